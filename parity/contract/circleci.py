"""The configuration of CircleCI."""

from __future__ import annotations

from collections.abc import Mapping

from parity.contract.dataclass import dataclass, field
from parity.contract.finding import Finding
from parity.contract.place import Place
from parity.contract.value import Value


@dataclass(frozen=True, slots=True)
class Container:
    """An image of a job: the first runs the steps, the others are services beside it."""

    place: Place
    image: Value
    name: str = ""
    env: Mapping[str, Value] = field(default_factory=dict)
    command: Value | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """A step; of those of a command of this file, the command's own steps stand in its place."""

    place: Place
    # run, checkout, save_cache, setup_remote_docker, or ORB/COMMAND
    kind: str
    name: str = ""
    run: Value | None = None
    working_directory: Value | None = None
    env: Mapping[str, Value] = field(default_factory=dict)
    inputs: Mapping[str, Value] = field(default_factory=dict)
    background: bool = False


@dataclass(frozen=True, slots=True)
class Job:
    """A job with its executor's images and environment; what differs by parameter is told by `Value.among`."""

    name: str
    place: Place
    # It runs the steps; None for a machine, macOS, or an orb's executor.
    executor: Container | None = None
    services: tuple[Container, ...] = ()
    env: Mapping[str, Value] = field(default_factory=dict)
    steps: tuple[Step, ...] = ()
    working_directory: Value | None = None
    # docker, machine, macos, windows, or ORB/EXECUTOR
    kind: str = "docker"
    # Whether a workflow runs it.
    used: bool = True

    @property
    def given(self) -> dict[str, Value]:
        """What every step is given: by the image that runs it, and by the job."""
        return {**(self.executor.env if self.executor else {}), **self.env}


@dataclass(frozen=True, slots=True)
class Orb:
    """An orb: the name that this file gives it, and NAMESPACE/NAME@VERSION ("" when it stands in the file)."""

    name: str
    source: str
    place: Place


@dataclass(frozen=True, slots=True)
class CircleCI:
    """.circleci/config.yml."""

    file: str
    jobs: tuple[Job, ...] = ()
    orbs: tuple[Orb, ...] = ()
    # Names of contexts, which hold variables that no file says.
    contexts: tuple[str, ...] = ()
    # `setup: true`: another configuration is made while it runs.
    dynamic: bool = False
    findings: tuple[Finding, ...] = ()
