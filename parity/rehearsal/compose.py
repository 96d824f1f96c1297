"""Builders of docker's argument lists; nothing is run here.

https://docs.docker.com/reference/cli/docker/compose/
"""

import json
from dataclasses import dataclass
from typing import Any

from parity.contract.order import Order

COMPOSE = ["docker", "compose"]

# The services of a compose file that stand for the app and its add-ons.
WEB, DATABASE, BUCKET, BUCKET_MAKER = "web", "db", "minio", "bucket"
BEHIND = (DATABASE, BUCKET)


def engine() -> list[str]:
    """Asks the engine, since a docker client may be there with no engine behind it."""
    return ["docker", "info", "--format", "{{.ServerVersion}}"]


def version() -> list[str]:
    return [*COMPOSE, "version", "--short"]


def build(*services: str) -> list[str]:
    return [*COMPOSE, "build", *services]


def create() -> list[str]:
    """Pulls or builds what is missing, and makes the containers without starting them."""
    return [*COMPOSE, "create"]


def up(*services: str, seconds: int = 180) -> list[str]:
    return [*COMPOSE, "up", "--detach", "--wait", "--wait-timeout", str(seconds), *services]


def once(service: str) -> list[str]:
    return [*COMPOSE, "run", "--rm", "--no-TTY", service]


def stop(*services: str) -> list[str]:
    return [*COMPOSE, "stop", *services]


def down(*, volumes: bool = False) -> list[str]:
    """Without `volumes` the data stays."""
    return [*COMPOSE, "down", "--remove-orphans", *(["--volumes"] if volumes else [])]


def logs(*services: str, lines: int, follow: bool) -> list[str]:
    return [*COMPOSE, "logs", "--tail", str(lines), *(["--follow"] if follow else []), *services]


def ps() -> list[str]:
    """All containers, since one that has failed runs no more."""
    return [*COMPOSE, "ps", "--all", "--format", "json"]


def ports(order: Order) -> dict[str, str]:
    """The host's ports for the compose file's `${WEB_PORT}`, `${DB_PORT}` and `${S3_PORT}`: those that .env promises."""
    found = {"WEB_PORT": str(order.port)}
    if order.database:
        found["DB_PORT"] = str(order.database.port)
    if order.bucket:
        found["S3_PORT"] = str(order.bucket.port)
    return found


@dataclass(frozen=True)
class Container:
    """A container that runs: its ports on this machine, and the folder it was started in ("" if compose doesn't say)."""

    ports: tuple[int, ...]
    folder: str


def running(output: str) -> dict[str, Container]:
    """The services that run, from what `ps` wrote. Clones of one repository share a project name, and so their services."""
    services = (row for row in rows(output) if row.get("State") == "running")
    return {row["Service"]: Container(published(row), folder(row)) for row in services}


def failed(output: str) -> list[str]:
    """The services that ended with an error or are not healthy, from what `ps` wrote."""
    return [row["Service"] for row in rows(output) if row.get("ExitCode") or row.get("Health") == "unhealthy"]


def rows(output: str) -> list[dict[str, Any]]:
    """Compose before 2.21 writes one list, later ones write an object a line."""
    lines = [line for line in output.splitlines() if line.startswith(("{", "["))]
    values = [json.loads(line) for line in lines]
    return values[0] if values and isinstance(values[0], list) else values


def published(row: dict[str, Any]) -> tuple[int, ...]:
    return tuple(sorted({port["PublishedPort"] for port in row.get("Publishers") or [] if port["PublishedPort"]}))


def folder(row: dict[str, Any]) -> str:
    labels = (label.partition("=") for label in str(row.get("Labels") or "").split(","))
    return next((value for name, _, value in labels if name == "com.docker.compose.project.working_dir"), "")
