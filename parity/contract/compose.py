"""A compose file with its override, and what it extends and includes, as one project of services."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal

from parity.contract.dataclass import dataclass, field
from parity.contract.finding import Finding
from parity.contract.place import Place

Form = Literal["", "-", ":-", "?", ":?", "+", ":+"]


@dataclass(frozen=True, slots=True)
class Mention:
    """A variable that a text asks for: `${NAME:-word}` has the form `:-`, `$NAME` and `${NAME}` have none."""

    name: str
    place: Place
    form: Form = ""
    # The default, the error's text or the replacement, as written.
    word: str = ""

    @property
    def required(self) -> bool:
        """Compose stops without it."""
        return self.form in ("?", ":?")

    @property
    def default(self) -> str | None:
        return self.word if self.form in ("-", ":-") else None


@dataclass(frozen=True, slots=True)
class Text:
    """A scalar: what it comes to once interpolated, and as the file spells it."""

    text: str
    place: Place
    written: str = ""
    mentions: tuple[Mention, ...] = ()


@dataclass(frozen=True, slots=True)
class Command:
    """A command or an entrypoint. No words: it takes away the image's own, where a Service's None leaves it."""

    words: tuple[str, ...]
    place: Place
    # The string form once interpolated, before it was split; "" for a list.
    text: str = ""
    form: Literal["string", "list"] = "list"
    mentions: tuple[Mention, ...] = ()


@dataclass(frozen=True, slots=True)
class Variable:
    """A variable of a container or of a build, by whichever form it is given.

    `value` is None where neither the file nor the .env says it: it comes from the shell, and isn't set where that has none.
    """

    name: str
    value: str | None
    place: Place
    source: Literal["environment", "env_file", "args"] = "environment"
    # As written behind the name; None for a name alone, which passes on what .env and the shell have.
    written: str | None = None
    mentions: tuple[Mention, ...] = ()


@dataclass(frozen=True, slots=True)
class EnvFile:
    """A file of variables. `path` is relative to the root, None when it leads out of it."""

    text: Text
    path: str | None
    required: bool = True
    # "" for compose's own dialect; raw takes lines as they are.
    format: str = ""
    # Not there, or not to be read.
    missing: bool = False
    variables: tuple[Variable, ...] = ()

    @property
    def place(self) -> Place:
        return self.text.place


@dataclass(frozen=True, slots=True)
class Build:
    """What a service's image is built from."""

    place: Place
    # As the file says it; "." when it says a dockerfile only.
    context: Text
    # The context relative to the root, "" for the root itself; None for an address, and for what leads out of the root.
    folder: str | None
    # None: Dockerfile.
    dockerfile: Text | None = None
    # The Dockerfile relative to the root; None where that can't be said, and with `inline`.
    file: str | None = None
    inline: Text | None = None
    target: Text | None = None
    args: Mapping[str, Variable] = field(default_factory=dict)
    # By name, the text of each; additional_contexts.
    contexts: Mapping[str, Text] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Port:
    """A port of the container, one of each range. `published` is "" when the engine picks one, and may be a range."""

    target: str
    place: Place
    published: str = ""
    ip: str = ""
    protocol: str = "tcp"
    mode: str = "ingress"
    # As the file spells the short form; "" for the long one.
    written: str = ""


@dataclass(frozen=True, slots=True)
class Mount:
    """A volume of a service. `kind`: bind, volume, tmpfs, npipe, cluster, image."""

    target: str
    place: Place
    kind: str = "volume"
    # The name of a volume, or the path as the file says it; "" for an anonymous volume.
    source: str = ""
    # A bind's path relative to the root, "" for the root itself; None when it leads out of it, and for other kinds.
    path: str | None = None
    read_only: bool = False
    # As the file spells the short form; "" for the long one.
    written: str = ""


@dataclass(frozen=True, slots=True)
class Dependency:
    name: str
    place: Place
    condition: str = "service_started"
    required: bool = True
    restart: bool = False
    # It follows from this key, with which another service is named: depends_on, links, volumes_from, network_mode, ...
    through: str = "depends_on"


@dataclass(frozen=True, slots=True)
class Healthcheck:
    """Times in seconds. `disabled`: it takes the image's own away."""

    place: Place
    # As compose hands it over: CMD, CMD-SHELL or NONE first; None leaves the image's own.
    test: tuple[str, ...] | None = None
    disabled: bool = False
    interval: float | None = None
    timeout: float | None = None
    start_period: float | None = None
    start_interval: float | None = None
    retries: int | None = None
    mentions: tuple[Mention, ...] = ()


@dataclass(frozen=True, slots=True)
class Memory:
    """A limit in bytes, and the key that says it."""

    bytes: int
    text: Text
    # mem_limit or deploy.resources.limits.memory
    key: str


@dataclass(frozen=True, slots=True)
class Extends:
    """Whose entries a service starts from. `file` is relative to the root; None: it can't be said."""

    service: str
    file: str | None
    place: Place


@dataclass(frozen=True, slots=True)
class Service:
    """A service with all that it inherits; each part's place is where it is really written."""

    name: str
    place: Place
    # The place of every key that it has, also of those that have no part here.
    fields: Mapping[str, Place] = field(default_factory=dict)
    image: Text | None = None
    build: Build | None = None
    # None leaves the image's own.
    command: Command | None = None
    entrypoint: Command | None = None
    # By name: of `environment` alone.
    environment: Mapping[str, Variable] = field(default_factory=dict)
    env_files: tuple[EnvFile, ...] = ()
    ports: tuple[Port, ...] = ()
    expose: tuple[Text, ...] = ()
    mounts: tuple[Mount, ...] = ()
    tmpfs: tuple[Text, ...] = ()
    depends_on: tuple[Dependency, ...] = ()
    healthcheck: Healthcheck | None = None
    profiles: tuple[Text, ...] = ()
    user: Text | None = None
    working_dir: Text | None = None
    # Seconds between the signal and SIGKILL; compose's own 10 are not filled in.
    grace: float | None = None
    stop_signal: Text | None = None
    init: bool | None = None
    read_only: bool | None = None
    memory: Memory | None = None
    cpus: Text | None = None
    # Of `scale` and deploy.replicas.
    replicas: Text | None = None
    networks: tuple[Text, ...] = ()
    network_mode: Text | None = None
    links: tuple[Text, ...] = ()
    restart: Text | None = None
    platform: Text | None = None
    container_name: Text | None = None
    hostname: Text | None = None
    # Names of the top level's.
    secrets: tuple[Text, ...] = ()
    configs: tuple[Text, ...] = ()
    labels: Mapping[str, Text] = field(default_factory=dict)
    extends: Extends | None = None
    # The place of develop.watch, if there is one.
    watch: Place | None = None

    @property
    def variables(self) -> dict[str, Variable]:
        """What a container of it is given: of all env files the last one that names it, before them `environment`."""
        found = {variable.name: variable for file in self.env_files for variable in file.variables}
        return {**found, **self.environment}


@dataclass(frozen=True, slots=True)
class Resource:
    """A volume, network, secret or config of the top level."""

    name: str
    place: Place
    external: bool = False
    driver: str = ""
    # A secret's or config's file, relative to the root; None: it has none, or it leads out of the root.
    file: str | None = None
    # The variable of the shell that a secret or config comes from.
    environment: str = ""


@dataclass(frozen=True, slots=True)
class Include:
    """Files that are read as one project of their own; paths are relative to the root, None for what leads out of it."""

    paths: tuple[str | None, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Compose:
    """What `docker compose -f file config` makes of it, with the services of every profile."""

    file: str
    # Every file that was read for it: `file` first, then overrides, included and extended ones.
    files: tuple[str, ...] = ()
    # None: compose takes the folder's.
    name: Text | None = None
    services: Mapping[str, Service] = field(default_factory=dict)
    volumes: Mapping[str, Resource] = field(default_factory=dict)
    networks: Mapping[str, Resource] = field(default_factory=dict)
    secrets: Mapping[str, Resource] = field(default_factory=dict)
    configs: Mapping[str, Resource] = field(default_factory=dict)
    includes: tuple[Include, ...] = ()
    # x-* of the top level.
    extensions: Mapping[str, Place] = field(default_factory=dict)
    # Every variable that interpolation asks for, wherever it stands.
    mentions: tuple[Mention, ...] = ()
    findings: tuple[Finding, ...] = ()

    def mentioned(self, name: str) -> Iterator[Mention]:
        return (mention for mention in self.mentions if mention.name == name)
