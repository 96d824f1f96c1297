"""What a Dockerfile says, as BuildKit understands it. https://docs.docker.com/reference/dockerfile/"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal

from parity.contract.dataclass import dataclass, field
from parity.contract.finding import Finding
from parity.contract.place import Place

Form = Literal["shell", "exec"]

# What runs the shell form where no SHELL says otherwise.
SHELL = ("/bin/sh", "-c")


@dataclass(frozen=True, slots=True)
class Heredoc:
    """A document within the Dockerfile; `text` without its leading tabs where <<- asks for that."""

    name: str
    text: str
    # Its first line; that of its end when it is empty.
    place: Place
    # Without quotes round its name, COPY and ADD expand variables in it.
    expand: bool = True


@dataclass(frozen=True, slots=True)
class Instruction:
    """An instruction as written, its continuation lines joined and comments between them left out."""

    # In upper case.
    keyword: str
    # Its first line, and the number of its last, here-documents and all.
    place: Place
    last: int
    # Behind the keyword and the flags.
    text: str
    # Its arguments as the builder parts them: one for a shell form, name and value by turns for ENV and LABEL.
    words: tuple[str, ...] = ()
    # --from=x is ("from", "x"); --link is ("link", None).
    flags: tuple[tuple[str, str | None], ...] = ()
    # Whether `words` were a JSON array.
    json: bool = False
    heredocs: tuple[Heredoc, ...] = ()
    # Where lines begin in `text`: (offset, number of the line). The first is that of the text itself.
    joints: tuple[tuple[int, int], ...] = ()
    # What ONBUILD holds back.
    trigger: Instruction | None = None

    def flag(self, name: str) -> str | None:
        """Its value; "" for one without; None when it isn't there."""
        return next((value or "" for flag, value in self.flags if flag == name), None)

    def switch(self, name: str) -> bool:
        """Whether a flag that is true or false is given, and true."""
        value = self.flag(name)
        return value is not None and value.lower() != "false"


@dataclass(frozen=True, slots=True)
class Setting:
    """A value once variables are put in, and where it is given."""

    value: str
    place: Place


@dataclass(frozen=True, slots=True)
class Reference:
    """An image by name. `name` is as people write it: python, bitnami/redis, ghcr.io/a/b."""

    name: str
    tag: str = ""
    digest: str = ""
    # docker.io where the name has none.
    registry: str = "docker.io"

    def __str__(self) -> str:
        tag = f":{self.tag}" if self.tag else ""
        return f"{self.name}{tag}@{self.digest}" if self.digest else f"{self.name}{tag}"


@dataclass(frozen=True, slots=True)
class CommandLine:
    """What CMD, ENTRYPOINT, RUN or HEALTHCHECK runs. No builder expands variables in it: the shell does, or nobody."""

    form: Form
    # The argv of the exec form; of the shell form its text alone.
    words: tuple[str, ...]
    place: Place
    # What the shell form is given to.
    shell: tuple[str, ...] = SHELL
    # Where lines begin in the text of the shell form: (offset, number of the line).
    joints: tuple[tuple[int, int], ...] = ()

    @property
    def argv(self) -> tuple[str, ...]:
        """What the container starts."""
        return (*self.shell, *self.words) if self.form == "shell" else self.words

    @property
    def text(self) -> str:
        return " ".join(self.words)


@dataclass(frozen=True, slots=True)
class Mount:
    """A `RUN --mount`. `kind`: bind, cache, tmpfs, secret, ssh."""

    kind: str
    target: str = ""
    source: str = ""
    # A stage or an image; "" is the build context.
    origin: str = ""
    id: str = ""
    read_only: bool = True


@dataclass(frozen=True, slots=True)
class Run:
    """A RUN, with what it finds around it."""

    command: CommandLine
    place: Place
    workdir: str
    # "" where the Dockerfile says none: the base image's, most often root.
    user: str
    # ENV and ARG together.
    environment: Mapping[str, Setting]
    mounts: tuple[Mount, ...] = ()
    network: str = "default"


@dataclass(frozen=True, slots=True)
class Copy:
    """A COPY or ADD with variables put in."""

    sources: tuple[str, ...]
    # From the root of the image; a slash at the end, as written, says that it is a folder.
    destination: str
    place: Place
    # ADD unpacks archives and fetches addresses.
    add: bool = False
    # --from as written: a stage's name or number, or an image; "" is the build context.
    origin: str = ""
    # The number of that stage; None for an image and for the build context.
    stage: int | None = None
    chown: str = ""
    chmod: str = ""
    link: bool = False
    parents: bool = False
    excludes: tuple[str, ...] = ()
    # Files whose content stands in the Dockerfile; their names are not among `sources`.
    heredocs: tuple[Heredoc, ...] = ()
    # The user of the stage at this point; what is copied belongs to root all the same, unless --chown says otherwise.
    user: str = ""

    @property
    def local(self) -> tuple[str, ...]:
        """The sources that come from the build context."""
        return () if self.origin else tuple(source for source in self.sources if not remote(source))


@dataclass(frozen=True, slots=True)
class Folder:
    """A WORKDIR, which makes the folder."""

    path: str
    place: Place
    user: str = ""


Step = Run | Copy | Folder


@dataclass(frozen=True, slots=True)
class Healthcheck:
    """`command` is None for HEALTHCHECK NONE. Times in seconds; 0 is the engine's default."""

    command: CommandLine | None
    place: Place
    interval: float = 0
    timeout: float = 0
    start_period: float = 0
    retries: int = 0


@dataclass(frozen=True, slots=True)
class Effective:
    """The image that a stage makes, with what it has from the stages that it builds on."""

    # The image at the bottom; None when it is scratch, or no image could have that name.
    base: Reference | None
    # As written at the bottom, once variables were put in.
    base_text: str
    base_place: Place
    # Stages by number, the lowest first and the stage itself last.
    chain: tuple[int, ...]
    # What a container gets: ENV alone.
    env: Mapping[str, Setting] = field(default_factory=dict)
    # What a build sees besides; of a name that is both, `environment` of a Run says which one counted.
    args: Mapping[str, Setting] = field(default_factory=dict)
    labels: Mapping[str, Setting] = field(default_factory=dict)
    workdir: Setting | None = None
    user: Setting | None = None
    cmd: CommandLine | None = None
    entrypoint: CommandLine | None = None
    shell: tuple[str, ...] = SHELL
    # 8000/tcp
    exposed: tuple[Setting, ...] = ()
    volumes: tuple[Setting, ...] = ()
    stopsignal: Setting | None = None
    healthcheck: Healthcheck | None = None
    # In the order that they run.
    steps: tuple[Step, ...] = ()
    # Instructions for the builds of others.
    onbuild: tuple[Instruction, ...] = ()

    @property
    def runs(self) -> tuple[Run, ...]:
        return tuple(step for step in self.steps if isinstance(step, Run))

    @property
    def copies(self) -> tuple[Copy, ...]:
        return tuple(step for step in self.steps if isinstance(step, Copy))


@dataclass(frozen=True, slots=True)
class Mention:
    """A variable that an instruction names and that nothing before it declares; the base image may."""

    name: str
    place: Place


@dataclass(frozen=True, slots=True)
class Stage:
    """A FROM and what follows it."""

    number: int
    # In lower case, as the builder knows it; "" without AS.
    name: str
    place: Place
    # FROM's reference as written, and with variables put in.
    written: str
    base: str
    # None: it builds on a stage, on scratch, or on what can't be an image's name.
    reference: Reference | None
    # The stage that it builds on.
    parent: int | None
    platform: str
    instructions: tuple[Instruction, ...]
    effective: Effective
    undeclared: tuple[Mention, ...] = ()

    @property
    def label(self) -> str:
        return self.name or str(self.number)


@dataclass(frozen=True, slots=True)
class Arg:
    """An ARG as declared; `stage` is None for one before the first FROM."""

    name: str
    default: str | None
    place: Place
    stage: int | None = None


@dataclass(frozen=True, slots=True)
class Dockerfile:
    """A Dockerfile with the build args that it was read with put in.

    Findings: `dockerfile-refused` where BuildKit refuses to build all stages, `dockerfile-json` where what looks like the exec
    form is none, `dockerfile-continuation` where an instruction goes on behind an empty line.
    """

    file: str
    stages: tuple[Stage, ...]
    # All, in the order of the file.
    instructions: tuple[Instruction, ...]
    args: tuple[Arg, ...] = ()
    escape: str = "\\"
    # The frontend that `# syntax=` asks for.
    syntax: str = ""
    findings: tuple[Finding, ...] = ()

    def stage(self, target: str | None = None) -> Stage | None:
        """The stage that a target means, or the last; None when there is no such stage."""
        if not target:
            return self.stages[-1] if self.stages else None
        # Of two with one name the builder knows the later.
        return next((stage for stage in reversed(self.stages) if stage.name == target.lower()), None)

    def needed(self, stage: Stage) -> tuple[Stage, ...]:
        """The stages that are built for a stage: those below it, those that it copies and mounts from, and itself, in order."""
        found: set[int] = set()
        waiting = [stage.number]
        while waiting:
            number = waiting.pop()
            if number not in found:
                found.add(number)
                waiting.extend(self.sources(self.stages[number]))
        return tuple(self.stages[number] for number in sorted(found))

    def sources(self, stage: Stage) -> Iterator[int]:
        """The stages that a stage takes something from, by number."""
        yield from stage.effective.chain[:-1]
        for step in stage.effective.steps:
            if isinstance(step, Copy) and step.stage is not None:
                yield step.stage
            elif isinstance(step, Run):
                for mount in step.mounts:
                    yield from (one.number for one in self.stages if mount.origin and one.name == mount.origin.lower())


def remote(source: str) -> bool:
    """Whether ADD fetches a source: http, https, and git by its several spellings."""
    return source.startswith(("http://", "https://", "git://", "ssh://", "git@"))
