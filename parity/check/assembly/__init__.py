"""Puts together the contract of a repository out of what readers make of its files."""

from __future__ import annotations

import datetime
import importlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from parity.check.assembly import chosen, ci, devcontainers, local, platforms, secrets, statements
from parity.check.assembly.commands import Commands
from parity.check.assembly.composed import Composed
from parity.check.assembly.declared import EXAMPLES, REAL, declared, is_example
from parity.check.assembly.heroku import Heroku
from parity.check.assembly.images import Images
from parity.check.assembly.sources import Sources
from parity.check.walk import Tree
from parity.contract.compose import Compose
from parity.contract.finding import Finding
from parity.contract.homes import Home, Statement
from parity.contract.ledger import Ledger
from parity.contract.whole import Contract
from parity.readers import packages, paritytoml, python

# What `docker compose` takes by itself, the first that is there.
COMPOSE = ("compose.yaml", "compose.yml", "docker-compose.yaml", "docker-compose.yml")
# Others that people name with -f, where none of those is there.
NAMED = (
    "local.yml",
    "docker-compose.local.yml",
    "docker-compose.dev.yml",
    "docker-compose.development.yml",
    "dev.yml",
    "docker/docker-compose.yml",
)


def is_test(path: str) -> bool:
    name = path.rpartition("/")[2]
    return "tests/" in path or name.startswith("test_") or name.endswith("_test.py") or name == "conftest.py"


def assemble(root: Path, today: datetime.date | None = None) -> Contract:
    """Reads a folder, as of today or of another day.

    Raises UserError for a parity.toml that can't be read; of everything else what is wrong is a finding.
    """
    tree = Tree(root)
    return Assembly(tree, paritytoml.ledger(tree.text(paritytoml.FILE) or "")).contract(today or datetime.date.today())


def reader(name: str) -> Callable[..., Any]:
    """A format's `read`, imported when a file of that format is read: most repositories have few of them."""

    def read(*arguments: Any, **options: Any) -> Any:
        return importlib.import_module(f"parity.readers.{name}").read(*arguments, **options)

    return read


class Assembly:
    """The files of a repository on their way to a contract."""

    def __init__(self, tree: Tree, ledger: Ledger) -> None:
        self.tree, self.ledger = tree, ledger
        self.sources = Sources(tree, ledger)
        self.commands = Commands(tree.text)
        self.images = Images(self.sources, self.commands)
        # Tests that start containers, by path.
        self.containers: dict[str, str] = {}

    def contract(self, today: datetime.date) -> Contract:
        sources, look = self.sources, self.tree.text
        self.procfile = sources.read(sources.first("Procfile"), reader("procfile"))
        self.herokuyml = sources.read(sources.first("heroku.yml"), reader("herokuyml"))
        self.appjson = sources.read(sources.first("app.json"), reader("appjson"))
        self.dotenvs = sources.each(self.dotenv_files(), reader("dotenv"))
        self.composes = tuple(self.projects())
        self.workflows = tuple(sources.each(self.workflow_files(), reader("workflow")).values())
        self.circleci = sources.read(sources.first(".circleci/config.yml"), reader("circleci"))
        self.devcontainers = tuple(sources.each(iter(devcontainers.files(self.tree)), reader("devcontainer")).values())
        self.fly = sources.read(sources.first("fly.toml"), reader("fly"))
        self.render = sources.read(sources.first("render.yaml"), reader("render"))
        self.makefile = sources.read(sources.first("Makefile", "makefile", "GNUmakefile"), reader("makefile"))
        self.gunicorn = sources.each(sources.named("gunicorn*.py", "*gunicorn*.conf.py"), reader("gunicornconf"))
        files = list(packages.files(sources.named))
        self.packages = tuple(sources.each(iter(files), lambda text, path: packages.read(text, path, look)).values())
        self.languages = tuple(sources.each(packages.languages(sources.first), packages.language).values())
        self.code = python.read(self.python_files(), self.tree.paths, look)
        homes = tuple(self.homes())
        return Contract(
            homes=homes,
            images=self.images.images,
            code=self.code,
            paths=self.tree.paths,
            folders=self.tree.folders,
            ignored=self.tree.ignored,
            look=look,
            executable=self.tree.executable,
            procfile=self.procfile,
            herokuyml=self.herokuyml,
            appjson=self.appjson,
            composes=self.composes,
            dockerfiles=self.images.files,
            missing=tuple(self.images.missing),
            dotenvs=self.dotenvs,
            declared=tuple(declared(self.dotenvs, self.appjson, look)),
            packages=self.packages,
            statements=tuple(self.statements(homes)),
            ledger=self.ledger,
            today=today,
            workflows=self.workflows,
            circleci=self.circleci,
            devcontainers=self.devcontainers,
            fly=self.fly,
            render=self.render,
            makefile=self.makefile,
            gunicorn=self.gunicorn,
            findings=(
                *self.findings(),
                *secrets.findings(homes, tuple(self.dotenvs.values()), self.code, self.tree.ignored),
            ),
            chosen=chosen.chosen(homes, self.code, self.ledger.settings),
        )

    def homes(self) -> Iterator[Home]:
        composed = Composed(self.commands, self.images)
        heroku = Heroku(self.herokuyml, self.procfile, self.appjson, self.commands, self.images).home()
        env = next((one for file, one in self.dotenvs.items() if is_example(file)), None)
        # The .env of a laptop is not the repository's, so homes are judged by the example that it is made from.
        honcho = local.procfile(self.procfile, env or self.dotenvs.get(".env"), self.commands)
        found = [
            heroku,
            honcho,
            local.embedded(honcho, self.packages),
            *composed.homes(self.composes),
            self.images.home(),
            *ci.github(self.workflows, self.commands),
            *ci.circle(self.circleci, self.commands),
            *devcontainers.homes(self.devcontainers, self.commands, self.images),
            platforms.fly(self.fly, self.commands, self.images),
            platforms.render(self.render, self.commands, self.images),
        ]
        return (home for home in found if home)

    def projects(self) -> Iterator[Compose]:
        """The compose file that a plain `docker compose up` takes, or those that the ledger names."""
        sources = self.sources
        plain = sources.first(*COMPOSE)
        named = self.ledger.compose or ((plain,) if plain else tuple(filter(None, [sources.first(*NAMED)])))
        example = next((one for file, one in self.dotenvs.items() if is_example(file)), None)
        env = self.dotenvs.get(".env") or example
        values = {
            name: value for name, value in (env.environment("compose") if env else {}).items() if isinstance(value, str)
        }
        for file in named:
            project = sources.read(file, lambda text, path: reader("compose")(path, self.tree.text, env=values))
            if project:
                yield project

    def dotenv_files(self) -> Iterator[str]:
        """Examples anywhere, and the real ones of the root, which git should ignore."""
        found = dict.fromkeys(self.sources.named(*EXAMPLES))
        found.update(dict.fromkeys(path for path in REAL if self.tree.exists(path) and not self.tree.is_folder(path)))
        found.update(dict.fromkeys(path for path in self.sources.named(".env", ".env.*", "*.env")))
        return iter(found)

    def workflow_files(self) -> Iterator[str]:
        # A folder among them holds an action, and no workflow.
        named = self.sources.named(".github/workflows/*.yml", ".github/workflows/*.yaml")
        return (path for path in named if path.count("/") == 2)

    def python_files(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for path in self.sources.named("*.py"):
            text = self.tree.text(path)
            if text is not None and (not is_test(path) or "settings" in path) and python.worth_reading(text):
                found[path] = text
            if text is not None and "testcontainers" in text:
                self.containers[path] = text
        return found

    def statements(self, homes: tuple[Home, ...]) -> Iterator[Statement]:
        buildpack = any(home.stack == "buildpack" for home in homes)
        yield from statements.of_files(self.packages, self.languages, buildpack)
        yield from statements.of_images(tuple(self.images.images.values()))
        yield from statements.of_services(homes)
        yield from statements.of_workflows(self.workflows)
        yield from statements.of_circle(self.circleci)
        yield from statements.of_stack(self.appjson)
        yield from statements.of_tests(self.containers)
        yield from statements.of_devcontainers(self.devcontainers)

    def findings(self) -> Iterator[Finding]:
        """What readers found, each file's own."""
        values = [
            self.procfile,
            self.herokuyml,
            self.appjson,
            *self.composes,
            *self.images.files.values(),
            *self.workflows,
            self.circleci,
            *self.devcontainers,
            self.fly,
            self.render,
            self.makefile,
            *self.packages,
            *self.languages,
            self.code,
        ]
        for value in values:
            yield from value.findings if value else ()
        yield from self.sources.unreadable.values()
        yield from self.tree.findings
