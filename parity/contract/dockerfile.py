"""What a Dockerfile says, and what each of its stages comes to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from parity.contract.finding import Finding
from parity.contract.place import Place


@dataclass(frozen=True, slots=True)
class Instruction:
    """An instruction: its text once lines are joined, and its words: the exec form's argv, or what blanks part."""

    keyword: str
    text: str
    words: tuple[str, ...]
    form: Literal["shell", "exec"]
    place: Place
    flags: Mapping[str, str] = field(default_factory=dict)
    # The bodies of here-documents.
    heredocs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Copy:
    """A COPY or ADD. `destination` is absolute where WORKDIR tells, and ends with a slash if it is written so."""

    sources: tuple[str, ...]
    destination: str
    place: Place
    # "" is the build context; else the stage or image of --from.
    origin: str = ""
    chown: str = ""
    chmod: str = ""
    add: bool = False
    # Number of the stage in which it stands.
    stage: int = 0


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage, with what it has inherited from the stages that it begins from."""

    name: str
    number: int
    # The reference with its ARGs put in, and as written.
    base: str
    written: str
    place: Place
    platform: str = ""
    # Number of the stage that it begins from.
    parent: int | None = None
    instructions: tuple[Instruction, ...] = ()
    # The image at the bottom of the chain.
    image: str = ""
    image_place: Place | None = None
    env: Mapping[str, tuple[str, Place]] = field(default_factory=dict)
    args: Mapping[str, tuple[str | None, Place]] = field(default_factory=dict)
    workdir: str = ""
    user: tuple[str, Place] | None = None
    cmd: Instruction | None = None
    entrypoint: Instruction | None = None
    shell: tuple[str, ...] = ()
    exposed: tuple[tuple[str, Place], ...] = ()
    volumes: tuple[tuple[str, Place], ...] = ()
    stopsignal: str = ""
    healthcheck: Instruction | None = None
    copies: tuple[Copy, ...] = ()
    runs: tuple[Instruction, ...] = ()


@dataclass(frozen=True, slots=True)
class Dockerfile:
    """A Dockerfile, with the build args that it was read with."""

    file: str
    instructions: tuple[Instruction, ...] = ()
    stages: tuple[Stage, ...] = ()
    # The ARGs before the first FROM.
    args: Mapping[str, tuple[str | None, Place]] = field(default_factory=dict)
    escape: str = "\\"
    syntax: str = ""
    findings: tuple[Finding, ...] = ()

    def stage(self, target: str | None = None) -> Stage | None:
        """The stage of that name or number; the last without one."""
        if target is None:
            return self.stages[-1] if self.stages else None
        found = (one for one in self.stages if one.name.lower() == target.lower() or str(one.number) == target)
        return next(found, None)
