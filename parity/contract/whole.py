"""The contract: everything that the files of a repository say of how its program runs, as one value."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

from parity.contract.dataclass import dataclass, field

if TYPE_CHECKING:
    import datetime

    from parity.contract.appjson import AppJson
    from parity.contract.circleci import CircleCI
    from parity.contract.compose import Compose
    from parity.contract.devcontainer import Devcontainer
    from parity.contract.dockerfile import Dockerfile
    from parity.contract.dotenv import Dotenv
    from parity.contract.finding import Finding
    from parity.contract.fly import Fly
    from parity.contract.herokuyml import HerokuYml
    from parity.contract.homes import Declared, Home, Image, Process, Statement
    from parity.contract.ledger import Ledger
    from parity.contract.makefile import Makefile
    from parity.contract.packages import Packages
    from parity.contract.place import Place
    from parity.contract.procfile import Procfile
    from parity.contract.python import Code, SettingsModule
    from parity.contract.render import Render
    from parity.contract.servers import GunicornConf
    from parity.contract.workflow import Workflow


@dataclass(frozen=True, slots=True)
class Chosen:
    """The settings module that a process runs with, and what selects it: a variable of its home, or an entry point's default."""

    module: SettingsModule | None
    name: str
    # `file:line` of the variable's value or of the default.
    through: str


@dataclass(frozen=True)
class Contract:
    """What a rule judges. What isn't in the repository is None or empty."""

    homes: tuple[Home, ...]
    images: Mapping[str, Image]
    code: Code
    # Every path of the repository that git doesn't ignore, with slashes.
    paths: frozenset[str]
    # Folders that hold one of them.
    folders: frozenset[str]
    # Whether git would ignore a path; what is ignored isn't committed.
    ignored: Callable[[str], bool]
    # The text of a file of the repository; None when it isn't there or can't be read.
    look: Callable[[str], str | None]
    # Whether a file of the repository may be run by its owner.
    executable: Callable[[str], bool]
    procfile: Procfile | None
    herokuyml: HerokuYml | None
    appjson: AppJson | None
    # The compose files that are a home, each with what it includes and extends; first that of a plain `docker compose up`.
    composes: tuple[Compose, ...]
    dockerfiles: Mapping[str, Dockerfile]
    # Dockerfiles, and stages (`Dockerfile:target`), that a home names and that aren't there: the path, who names it, its home.
    missing: tuple[tuple[str, Place, str], ...]
    # .env and its kin by path, with how each dialect reads them; `example` tells the templates from the real ones.
    dotenvs: Mapping[str, Dotenv]
    declared: tuple[Declared, ...]
    # Every file of dependencies: requirements*.txt, pyproject.toml, lock files, package.json, ...
    packages: tuple[Packages, ...]
    # Every version that a file states, of Python, Node, Postgres, ...
    statements: tuple[Statement, ...]
    ledger: Ledger
    # The day that versions and promises are judged by.
    today: datetime.date
    workflows: tuple[Workflow, ...] = ()
    circleci: CircleCI | None = None
    devcontainers: tuple[Devcontainer, ...] = ()
    fly: Fly | None = None
    render: Render | None = None
    makefile: Makefile | None = None
    # gunicorn.conf.py and its kin by path.
    gunicorn: Mapping[str, GunicornConf] = field(default_factory=dict)
    # What readers found in the files themselves.
    findings: tuple[Finding, ...] = ()
    # The settings module of each process, by home's name and process's name.
    chosen: Mapping[tuple[str, str], Chosen] = field(default_factory=dict)

    def home(self, kind: str) -> Home | None:
        """The first home of a kind."""
        return next((home for home in self.homes if home.kind == kind), None)

    def of_kind(self, *kinds: str) -> Iterator[Home]:
        return (home for home in self.homes if home.kind in kinds)

    def production(self) -> Iterator[Home]:
        return (home for home in self.homes if home.production)

    def processes(self) -> Iterator[tuple[Home, Process]]:
        """Every process of every home."""
        return ((home, process) for home in self.homes for process in home.processes)

    def exists(self, path: str) -> bool:
        """Whether a file or folder is there, by its path from the root."""
        return path in self.paths or path in self.folders or path in ("", ".")
