"""A blueprint of Render."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from parity.contract.dataclass import dataclass
from parity.contract.finding import Finding
from parity.contract.place import Place
from parity.contract.value import Value


@dataclass(frozen=True, slots=True)
class Variable:
    """A variable. `value.text` is None where the file doesn't say it: any `source` but `value`."""

    name: str
    value: Value
    # fromGroup stands in Service.groups instead. `sync`: a person types it in once, in the dashboard.
    source: Literal["value", "sync", "generateValue", "fromDatabase", "fromService"]
    # Name of the database or service that it comes from, and the property that is taken (connectionString, host, ...).
    origin: str = ""
    property: str = ""


@dataclass(frozen=True, slots=True)
class Disk:
    place: Place
    mount_path: Value
    name: str = ""
    size: str = ""


@dataclass(frozen=True, slots=True)
class Service:
    """A service. The texts of its paths are from the root."""

    # web, pserv, worker, cron, static (type web with runtime static), keyvalue (redis too)
    type: str
    name: str
    place: Place
    # python, docker, image, node, static, ...
    runtime: str = ""
    image: Value | None = None
    dockerfile: Value | None = None
    context: Value | None = None
    docker_command: Value | None = None
    root: Value | None = None
    build: Value | None = None
    start: Value | None = None
    pre_deploy: Value | None = None
    initial_deploy: Value | None = None
    schedule: Value | None = None
    health_path: Value | None = None
    variables: tuple[Variable, ...] = ()
    # envVarGroups that it is given.
    groups: tuple[Value, ...] = ()
    disk: Disk | None = None
    plan: Value | None = None
    instances: Value | None = None
    # Seconds between SIGTERM and SIGKILL; Render's own default, 30, is not filled in.
    shutdown_delay: float | None = None


@dataclass(frozen=True, slots=True)
class Database:
    """A Postgres."""

    name: str
    place: Place
    # As written; None: the newest that Render has.
    version: Value | None = None
    database: Value | None = None
    user: Value | None = None
    plan: Value | None = None


@dataclass(frozen=True, slots=True)
class Group:
    name: str
    place: Place
    variables: tuple[Variable, ...] = ()


@dataclass(frozen=True, slots=True)
class Render:
    """render.yaml."""

    file: str
    services: tuple[Service, ...] = ()
    databases: tuple[Database, ...] = ()
    groups: tuple[Group, ...] = ()
    findings: tuple[Finding, ...] = ()

    def given(self, service: Service) -> Mapping[str, Variable]:
        """A service's variables with those of its groups, its own first."""
        groups = {group.name: group for group in self.groups}
        found: dict[str, Variable] = {}
        for name in service.groups:
            group = groups.get(name.text or "")
            found.update({variable.name: variable for variable in group.variables} if group else {})
        return {**found, **{variable.name: variable for variable in service.variables}}
