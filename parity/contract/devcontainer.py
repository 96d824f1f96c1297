"""A development container."""

from __future__ import annotations

from collections.abc import Mapping

from parity.contract.dataclass import dataclass, field
from parity.contract.finding import Finding
from parity.contract.place import Place
from parity.contract.value import Value


@dataclass(frozen=True, slots=True)
class Feature:
    """A feature that is installed: `ghcr.io/devcontainers/features/python:1` with its options (`version`)."""

    id: str
    place: Place
    options: Mapping[str, Value] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """python, of ghcr.io/devcontainers/features/python:1"""
        return self.id.rsplit("/", 1)[-1].partition("@")[0].partition(":")[0]


@dataclass(frozen=True, slots=True)
class LifecycleCommand:
    """A command of the life of the container. `words` of the list form, else `text` goes through a shell."""

    # initializeCommand, onCreateCommand, updateContentCommand, postCreateCommand, postStartCommand, postAttachCommand
    event: str
    place: Place
    text: str
    words: tuple[str, ...] = ()
    # Of the object form, whose commands run at once.
    name: str = ""


@dataclass(frozen=True, slots=True)
class Devcontainer:
    """A devcontainer.json. The texts of its paths are from the root; None is a path that leads out, or an expression."""

    file: str
    place: Place
    name: str = ""
    image: Value | None = None
    dockerfile: Value | None = None
    # The folder of the Dockerfile's file when it isn't said.
    context: Value | None = None
    target: Value | None = None
    args: Mapping[str, Value] = field(default_factory=dict)
    compose: tuple[Value, ...] = ()
    # The compose service that it enters, and those that it starts (None: all).
    service: Value | None = None
    run_services: tuple[Value, ...] | None = None
    container_env: Mapping[str, Value] = field(default_factory=dict)
    # A null takes the variable away: its text is None, its `written` "null".
    remote_env: Mapping[str, Value] = field(default_factory=dict)
    ports: tuple[Value, ...] = ()
    features: tuple[Feature, ...] = ()
    commands: tuple[LifecycleCommand, ...] = ()
    user: Value | None = None
    workspace_folder: Value | None = None
    findings: tuple[Finding, ...] = ()
