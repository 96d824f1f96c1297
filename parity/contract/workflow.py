"""A workflow of GitHub Actions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from parity.contract.dataclass import dataclass, field
from parity.contract.finding import Finding
from parity.contract.place import Place
from parity.contract.value import Value


@dataclass(frozen=True, slots=True)
class Container:
    """A service of a job, or the container that the job itself runs in (`name` is "")."""

    name: str
    place: Place
    # An empty text: GitHub leaves it out.
    image: Value
    env: Mapping[str, Value] = field(default_factory=dict)
    # As written: 5432, 5432:5432, 5432:5432/tcp.
    ports: tuple[Value, ...] = ()
    volumes: tuple[Value, ...] = ()
    # Arguments of `docker create`.
    options: Value | None = None
    # The command that the service runs instead of its image's own.
    command: Value | None = None
    # Whether `options` give it a health check; one of the image itself is not seen.
    healthcheck: bool = False


@dataclass(frozen=True, slots=True)
class SetUp:
    """A step that installs a language: actions/setup-python, actions/setup-node, astral-sh/setup-uv and the like."""

    # python, node, uv, ruby, go, java
    what: str
    place: Place
    # What it is asked for; none when it takes a default, or a file's.
    versions: tuple[Value, ...] = ()
    # The file that says the version, by its path from the root.
    file: Value | None = None


@dataclass(frozen=True, slots=True)
class Build:
    """A step that builds an image: docker/build-push-action, by paths from the root."""

    place: Place
    # What is built with: a text of None is an address or an expression. "" is the root.
    context: Value
    # The Dockerfile; None: the one in the context.
    file: Value | None = None
    target: Value | None = None
    args: Mapping[str, Value] = field(default_factory=dict)
    push: bool = False


@dataclass(frozen=True, slots=True)
class Deploy:
    """A step that deploys: akhileshns/heroku-deploy, superfly/flyctl-actions."""

    platform: Literal["heroku", "fly", "render"]
    place: Place
    app: Value | None = None
    # Heroku: whether the container registry is used, instead of a push with git.
    docker: bool = False
    # The process types of the images that it pushes.
    processes: tuple[str, ...] = ()
    stack: Value | None = None
    # Folder that is deployed.
    folder: Value | None = None
    # The action's other inputs.
    inputs: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Step:
    """A step. Its `env` is its own; `Job.environment(step)` has all."""

    place: Place
    name: str = ""
    # The script, with its first line's place. Expressions whose value isn't one and known stand in it as written, `${{ x }}`.
    run: Value | None = None
    # bash, sh, pwsh, python, ...; "": the runner's default.
    shell: str = ""
    # From the root.
    working_directory: Value | None = None
    env: Mapping[str, Value] = field(default_factory=dict)
    uses: Value | None = None
    inputs: Mapping[str, Value] = field(default_factory=dict)
    # Of `if`, as written.
    condition: str = ""
    # What it gives the steps behind it by way of GITHUB_ENV; `exports_more` when it gives them what can't be read.
    exports: Mapping[str, Value] = field(default_factory=dict)
    exports_more: bool = False


@dataclass(frozen=True, slots=True)
class Job:
    """A job, all of its matrix in one: what differs in it is told by `Value.among`."""

    id: str
    place: Place
    name: Value | None = None
    runs_on: tuple[Value, ...] = ()
    needs: tuple[str, ...] = ()
    env: Mapping[str, Value] = field(default_factory=dict)
    services: tuple[Container, ...] = ()
    container: Container | None = None
    steps: tuple[Step, ...] = ()
    # The combinations of the matrix, None when an expression makes them; without a matrix one that is empty.
    matrix: tuple[Mapping[str, Value], ...] | None = ({},)
    # A reusable workflow that it is made of, as written.
    uses: Value | None = None
    # Of `if`, as written.
    condition: str = ""
    setups: tuple[SetUp, ...] = ()
    builds: tuple[Build, ...] = ()
    deploys: tuple[Deploy, ...] = ()
    # What the workflow's and the job's env give every step.
    given: Mapping[str, Value] = field(default_factory=dict)

    def environment(self, step: Step) -> dict[str, Value]:
        """What a step is given: by the workflow and the job, by the steps before it, and by itself, the nearest last."""
        found = dict(self.given)
        for one in self.steps:
            if one is step:
                break
            found.update(one.exports)
        return {**found, **step.env}


@dataclass(frozen=True, slots=True)
class Workflow:
    """A file in .github/workflows."""

    file: str
    name: str = ""
    # push, pull_request, workflow_call, ...
    events: tuple[str, ...] = ()
    env: Mapping[str, Value] = field(default_factory=dict)
    jobs: tuple[Job, ...] = ()
    # Names of secrets.X and vars.X that it uses, with the first place of each.
    secrets: Mapping[str, Place] = field(default_factory=dict)
    variables: Mapping[str, Place] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
