"""The one value that the rules judge: every home of a repository, as its files describe it.

A home is a place where the program runs. Its kinds: `heroku`, `procfile` (honcho, foreman and `heroku local`), `compose`,
`image` (the Dockerfile by itself), `ci`, `devcontainer`, `fly`, `render`, `embedded` (`parity up` without containers).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Literal

from parity.contract.command import Simple
from parity.contract.dataclass import dataclass, field
from parity.contract.place import Place
from parity.contract.version import Stated

Kind = Literal["heroku", "procfile", "compose", "image", "ci", "devcontainer", "fly", "render", "embedded"]
Role = Literal["web", "release", "worker", "clock", "other"]

# Homes that serve users; what the others get wrong bites a developer, these bite everybody.
PRODUCTION = ("heroku", "fly", "render")


@dataclass(frozen=True, slots=True)
class Variable:
    """A config var that a home sets, or that its platform or an add-on does.

    `value` is None where the repository doesn't say it: passed through from a shell, generated, a secret of CI, an add-on's.
    """

    name: str
    value: str | None
    place: Place
    # environment, env_file, dotenv, app.json, setup.config, build.config, ENV, ci, fly, render, add-on, platform.
    source: str
    # app.json's `required`, and compose's ${X:?}.
    required: bool = True


@dataclass(frozen=True, slots=True)
class Command:
    """What a process runs. `text` is as the file says it, `words` the argv of the exec form (empty for the shell's)."""

    text: str
    words: tuple[str, ...]
    place: Place
    form: Literal["shell", "exec"]
    # procfile, heroku.yml, compose, cmd, entrypoint, ci, fly, render, devcontainer, app.json
    origin: str
    # Every simple command in order, `sh -c`, exec, env and the like taken off; those of a script of the repository that
    # it calls are among them, with that script's places.
    commands: tuple[Simple, ...]
    # Files of the repository that are run, by the path that the repository has for them.
    scripts: tuple[str, ...] = ()

    @property
    def main(self) -> Simple | None:
        """What the process is once all before it has run: the last command, or the one that `exec` puts in its place."""
        return self.commands[-1] if self.commands else None


@dataclass(frozen=True, slots=True)
class Port:
    """A port that a home opens to a process: the container's, and the address and port outside (None: the platform's choice)."""

    inside: str
    outside: str | None
    place: Place
    address: str = ""


@dataclass(frozen=True, slots=True)
class Mount:
    """A folder that outlives a container, or comes from the machine. `kind`: bind, volume, tmpfs."""

    target: str
    source: str
    kind: str
    place: Place
    read_only: bool = False


@dataclass(frozen=True, slots=True)
class After:
    """What a process waits for before it starts, and the condition as compose names it."""

    name: str
    condition: str
    place: Place


@dataclass(frozen=True, slots=True)
class Process:
    """A process type of a home: a line of a Procfile, a service of compose that runs this repository's code, a CI job."""

    name: str
    place: Place
    role: Role
    # None: the image's own, and the image isn't known.
    command: Command | None
    # Key of Contract.images; None when it runs without an image of this repository.
    image: str | None = None
    # Everything it is given, by name; the home's own variables are among them.
    variables: Mapping[str, Variable] = field(default_factory=dict)
    ports: tuple[Port, ...] = ()
    mounts: tuple[Mount, ...] = ()
    after: tuple[After, ...] = ()
    # Seconds between SIGTERM and SIGKILL, where the home says it.
    grace: float | None = None
    user: str | None = None
    working_dir: str | None = None
    healthcheck: bool = False
    # It starts only when it is asked for: a compose profile, a manual job.
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Service:
    """A backing service that a home has: a compose service, an add-on, a CI service."""

    # postgres, redis, s3, mysql, rabbitmq, memcached, elasticsearch, mongo, kafka, smtp, ...; "" when unknown.
    category: str
    name: str
    place: Place
    # The image as the file says it once interpolated, or the add-on's plan.
    what: str
    # As written: 17, 17.2-alpine; "" when it isn't said.
    version: str = ""
    healthcheck: bool = False
    optional: bool = False
    variables: Mapping[str, Variable] = field(default_factory=dict)
    mounts: tuple[Mount, ...] = ()
    ports: tuple[Port, ...] = ()


@dataclass(frozen=True, slots=True)
class Statement:
    """A version that a file states, by what kind of line, and the homes that go by it (none: whoever reads the file)."""

    stated: Stated
    # runtime.txt, .python-version, FROM, ci, requires-python, lock, service, add-on, client, devcontainer, ...
    source: str
    homes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Declared:
    """A variable that an example (.env.example, app.json, a table of ours) tells people to set."""

    name: str
    value: str
    place: Place
    source: str
    required: bool | None = None


@dataclass(frozen=True, slots=True)
class Home:
    """One place where the program runs. `name` is its kind, with what tells it from others of its kind: `ci:test`."""

    name: str
    kind: Kind
    place: Place
    processes: tuple[Process, ...] = ()
    services: tuple[Service, ...] = ()
    # What every process of it is given.
    variables: Mapping[str, Variable] = field(default_factory=dict)
    # Its files name every config var it has; where not (a Heroku app without app.json), one that is missing proves nothing.
    closed: bool = False
    # buildpack or container, for heroku.
    stack: str = ""

    @property
    def production(self) -> bool:
        return self.kind in PRODUCTION

    def process(self, name: str) -> Process | None:
        return next((process for process in self.processes if process.name == name), None)

    def by_role(self, role: Role) -> Iterator[Process]:
        return (process for process in self.processes if process.role == role)


@dataclass(frozen=True, slots=True)
class Image:
    """A Dockerfile as one home or more build it."""

    # Dockerfile, or Dockerfile:target.
    key: str
    file: str
    # The folder that COPY copies from, relative to the root; "" is the root.
    context: str
    target: str | None
    args: Mapping[str, str]
    # Homes that build it so.
    homes: tuple[str, ...]
    # Who asks for it: heroku.yml's line, compose's `build`, else the Dockerfile's first line.
    place: Place
    # parity.contract.dockerfile.Dockerfile and the Stage that is built.
    dockerfile: Any
    stage: Any
    # The path in the repository of a path in the image: a path, "" for what the image has from elsewhere, None when it
    # isn't there as far as the Dockerfile tells.
    find: Callable[[str], str | None]
    # The paths in the repository that get in, however they are called there.
    holds: Callable[[str], bool]
