"""The configuration files of the servers and supervisors that run an app's processes: gunicorn, uWSGI, supervisord."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from parity.contract.dataclass import dataclass, field
from parity.contract.finding import Finding
from parity.contract.place import Place
from parity.contract.value import Value


@dataclass(frozen=True, slots=True)
class Setting:
    """A setting of gunicorn. `value` is the literal, of `known`; else what its source says."""

    name: str
    value: Any
    known: bool
    # The expression as written.
    written: str
    place: Place
    # The variables of the environment that it is made from.
    variables: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GunicornConf:
    """gunicorn.conf.py: what it assigns, and the variables of the environment that it reads anywhere, with their places."""

    file: str
    settings: Mapping[str, Setting] = field(default_factory=dict)
    variables: Mapping[str, Place] = field(default_factory=dict)
    # Server hooks: post_fork, when_ready, ...
    hooks: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Option:
    """A line of an ini file. `variables` are those of the environment that its value names."""

    section: str
    name: str
    value: str
    place: Place
    variables: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class UwsgiIni:
    """uwsgi.ini: the lines of its section [uwsgi]; a name may stand there more than once."""

    file: str
    options: tuple[Option, ...] = ()
    findings: tuple[Finding, ...] = ()

    def named(self, *names: str) -> Iterator[Option]:
        """Options by name; uWSGI takes `-` and `_` for the same."""
        wanted = {name.replace("_", "-") for name in names}
        return (option for option in self.options if option.name.replace("_", "-") in wanted)


@dataclass(frozen=True, slots=True)
class Program:
    """A [program:x] of supervisord."""

    name: str
    place: Place
    command: Value | None = None
    directory: Value | None = None
    env: Mapping[str, Value] = field(default_factory=dict)
    autostart: bool = True
    stop_signal: str = "TERM"
    # Seconds between the signal and SIGKILL.
    stop_wait: float = 10
    user: Value | None = None
    processes: int = 1
    # What of it is not to be known here: %(ENV_X)s.
    variables: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Supervisord:
    """supervisord.conf."""

    file: str
    programs: tuple[Program, ...] = ()
    # It stays in the foreground, as a container needs it.
    nodaemon: bool = False
    # Files of [include], as written.
    includes: tuple[Value, ...] = ()
    findings: tuple[Finding, ...] = ()
