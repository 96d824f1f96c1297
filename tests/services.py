"""Real Postgres and real S3 for the tests: in containers when an engine answers, else from the Python package index."""

import os
import socket
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from parity.contract.order import Bucket, Database
from parity.embedded import postgres as embedded_postgres
from parity.embedded import s3 as embedded_s3
from tests import machine

POSTGRES_IMAGE = "postgres:17"
MINIO_IMAGE = "quay.io/minio/minio:RELEASE.2025-09-07T16-13-09Z"

# Ryuk is an image of its own that can't be had everywhere; every container here is ended by a `with`.
os.environ.setdefault("TESTCONTAINERS_RYUK_DISABLED", "true")
# The ports of these containers are open on loopback only, and are reached there, wherever the tests take themselves to be.
os.environ.setdefault("TESTCONTAINERS_HOST_OVERRIDE", "127.0.0.1")
os.environ.setdefault("TESTCONTAINERS_CONNECTION_MODE", "docker_host")


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def until(answers: Callable[[], Any], seconds: float, what: str) -> Any:
    """The first truthy answer. Fails the test when there is none within `seconds`."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if answer := answers():
            return answer
        time.sleep(0.05)
    raise AssertionError(f"{what}: not within {seconds:g} s")


@contextmanager
def postgres(port: int) -> Iterator[Database]:
    """An empty database on loopback at `port`."""
    database = Database("127.0.0.1", port, "dynowiki", "dynowiki", "dynowiki")
    with postgres_container(port) if machine.docker_answers() else postgres_embedded(database):
        yield database


def postgres_container(port: int) -> Any:
    from testcontainers.community.postgres import PostgresContainer

    container = PostgresContainer(POSTGRES_IMAGE, username="dynowiki", password="dynowiki", dbname="dynowiki")
    return on_loopback(container, 5432, port)


def on_loopback(container: Any, inside: int, outside: int) -> Any:
    """`container` with a port of its own open on this machine only; testcontainers itself opens ports to the network."""
    container.ports.pop(str(inside), None)
    container.ports.pop(inside, None)
    container.ports[f"{inside}/tcp"] = ("127.0.0.1", outside)
    return container


@contextmanager
def postgres_embedded(database: Database) -> Iterator[None]:
    with ExitStack() as parts:
        folder = Path(parts.enter_context(tempfile.TemporaryDirectory()))
        folder.chmod(0o711)
        cluster = embedded_postgres.located(folder / "postgres")
        embedded_postgres.prepare(cluster, database, {})
        log = parts.enter_context((folder / "log").open("wb"))
        server = embedded_postgres.start(cluster, database, log, {})
        parts.callback(embedded_postgres.stop, server)
        until(lambda: embedded_postgres.answers(cluster, database), 30, "Postgres answers")
        yield


@contextmanager
def bucket(port: int) -> Iterator[Bucket]:
    """An S3 server on loopback at `port`, with the bucket made."""
    promised = Bucket("127.0.0.1", port, "test-key-of-the-bucket", "test-secret-of-the-bucket", "dynowiki")
    with minio(promised) if machine.docker_answers() else rclone(promised):
        yield promised


@contextmanager
def minio(promised: Bucket, environment: dict[str, str] | None = None, network: Any = None) -> Iterator[Any]:
    """A MinIO with the bucket made, its port on loopback; on `network` it is called minio."""
    from testcontainers.community.minio import MinioContainer

    container = MinioContainer(MINIO_IMAGE, access_key=promised.key, secret_key=promised.secret)
    container.with_env("MINIO_ROOT_USER", promised.key).with_env("MINIO_ROOT_PASSWORD", promised.secret)
    for name, value in (environment or {}).items():
        container.with_env(name, value)
    if network:
        container.with_network(network).with_network_aliases("minio")
    container.with_kwargs(extra_hosts={"host.docker.internal": "host-gateway"})
    with on_loopback(container, 9000, promised.port):
        until(lambda: ready(container.get_client()), 20, "MinIO's object layer answers")
        container.get_client().make_bucket(bucket_name=promised.name)
        yield container


def ready(client: Any) -> bool:
    from urllib3.exceptions import HTTPError

    try:
        client.list_buckets()
    except (OSError, HTTPError, ValueError):
        return False
    except Exception as error:
        # minio-py: "server not initialized" is an S3Error while the object layer starts.
        if getattr(error, "code", "") not in ("XMinioServerNotInitialized", "ServiceUnavailable"):
            raise
        return False
    return True


@contextmanager
def rclone(promised: Bucket) -> Iterator[None]:
    with tempfile.TemporaryDirectory() as folder, (Path(folder) / "log").open("wb") as log:
        server = embedded_s3.start(promised, Path(folder) / "s3", log, {})
        try:
            until(lambda: embedded_s3.answers(promised), 20, "rclone answers")
            yield
        finally:
            embedded_s3.stop(server)


def config(database: Database, store: Bucket) -> dict[str, str]:
    """The config vars of a home without TLS on these two."""
    return {
        "DJANGO_SETTINGS_MODULE": "dynowiki.settings.heroku",
        "SECRET_KEY": "a-key-for-tests-on-loopback",
        "ALLOWED_HOSTS": "localhost,127.0.0.1,[::1]",
        "DATABASE_URL": f"postgres://{database.user}:{database.password}@{database.host}:{database.port}/{database.name}",
        "DATABASE_SSLMODE": "disable",
        "HTTPS_ONLY": "false",
        "BUCKETEER_AWS_ACCESS_KEY_ID": store.key,
        "BUCKETEER_AWS_SECRET_ACCESS_KEY": store.secret,
        "BUCKETEER_AWS_REGION": "us-east-1",
        "BUCKETEER_BUCKET_NAME": store.name,
        "AWS_ENDPOINT_URL_S3": f"http://{store.host}:{store.port}",
    }
