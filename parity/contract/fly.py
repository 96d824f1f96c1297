"""An app of Fly.io."""

from __future__ import annotations

from collections.abc import Mapping

from parity.contract.dataclass import dataclass, field
from parity.contract.finding import Finding
from parity.contract.place import Place
from parity.contract.value import Value


@dataclass(frozen=True, slots=True)
class Endpoint:
    """An [http_service], or one of [[services]]: the port that the process listens on, and those that the world sees."""

    place: Place
    internal_port: Value
    processes: tuple[str, ...] = ()
    ports: tuple[Value, ...] = ()
    force_https: bool = False
    # Paths of its HTTP checks.
    checks: tuple[Value, ...] = ()
    auto_stop: bool = False
    min_machines: int | None = None


@dataclass(frozen=True, slots=True)
class Mount:
    """A volume; no process named: all of them."""

    place: Place
    source: Value | None
    destination: Value
    processes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Machine:
    """A [[vm]]: memory in MB, None when only the size says it."""

    place: Place
    memory: int | None = None
    cpus: int | None = None
    size: str = ""
    processes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Fly:
    """fly.toml. The texts of its paths are from the root."""

    file: str
    app: Value | None = None
    dockerfile: Value | None = None
    image: Value | None = None
    builder: Value | None = None
    target: Value | None = None
    args: Mapping[str, Value] = field(default_factory=dict)
    env: Mapping[str, Value] = field(default_factory=dict)
    # By process group; empty: one group, `app`, that runs the image's own command.
    processes: Mapping[str, Value] = field(default_factory=dict)
    release_command: Value | None = None
    strategy: Value | None = None
    endpoints: tuple[Endpoint, ...] = ()
    mounts: tuple[Mount, ...] = ()
    machines: tuple[Machine, ...] = ()
    kill_signal: Value | None = None
    # Seconds; Fly's own default, 5, is not filled in.
    kill_timeout: float | None = None
    kill_timeout_place: Place | None = None
    # guest_path and the URL prefix of each [[statics]].
    statics: tuple[tuple[Value, Value], ...] = ()
    findings: tuple[Finding, ...] = ()
