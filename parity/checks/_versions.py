"""Versions that files state, as several rules hold them against one another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from parity.contract.homes import Statement
from parity.contract.version import Stated, agrees
from parity.contract.whole import Contract

# How a sentence begins that says which version a place states.
SAYS = {
    "FROM": "the image has",
    "stage": "a stage of the image has",
    "ci": "CI has",
    "runner": "CI runs on",
    "requires-python": "pyproject.toml asks for",
    "lock": "the lock file is made for",
    "devcontainer": "the development container has",
    "add-on": "the add-on has",
    "service": "there is",
    "test": "tests start",
    "client": "the image installs the client of",
    "stack": "the stack is",
}
NAMES = {
    "python": "Python",
    "node": "Node",
    "postgres": "Postgres",
    "redis": "Redis",
    "valkey": "Valkey",
    "mysql": "MySQL",
    "mariadb": "MariaDB",
    "mongo": "MongoDB",
    "rabbitmq": "RabbitMQ",
    "elasticsearch": "Elasticsearch",
    "opensearch": "OpenSearch",
    "django": "Django",
    "debian": "Debian",
    "ubuntu": "Ubuntu",
    "alpine": "Alpine",
    "heroku": "heroku",
}


def production(contract: Contract) -> tuple[str, ...]:
    """The names of the homes that serve users, Heroku's first."""
    return tuple(home.name for home in contract.production())


def buildpack(contract: Contract) -> bool:
    """Whether Heroku's buildpack runs. Cloud Foundry's own takes a Procfile and a runtime.txt too, by rules of its own.

    https://docs.cloudfoundry.org/buildpacks/python/
    """
    heroku = contract.home("heroku")
    return bool(heroku and heroku.stack == "buildpack") and (contract.appjson is not None or not foundry(contract))


def foundry(contract: Contract) -> bool:
    manifests = (path for path in contract.paths if path.startswith("manifest") and path.endswith((".yml", ".yaml")))
    return ".cfignore" in contract.paths or any("applications:" in (contract.look(path) or "") for path in manifests)


def folders(contract: Contract, what: str) -> set[str]:
    """Where files speak of the program: the root, and the build contexts of the images with `what` that production builds.

    A repository may hold other programs beside it, whose versions are their own.
    """
    bases = {
        one.stated.place for one in contract.statements if one.stated.what == what and one.source in ("FROM", "stage")
    }
    images = [image for image in contract.images.values() if image.stage.effective.base_place in bases]
    ours = set(production(contract))
    serving = {image.context for image in images if ours & set(image.homes)}
    contexts = serving or {image.context for image in images}
    return {"", *(contexts if serving or len(contexts) == 1 else ())}


def belongs(file: str, folders: set[str]) -> bool:
    """Whether a file stands in one of the folders itself; requirements may stand in one more."""
    folder = file.rpartition("/")[0]
    above = folder.removesuffix("requirements").rstrip("/") if folder.endswith("requirements") else folder
    return folder in folders or above in folders


def built(contract: Contract, statement: Statement, folders: set[str]) -> bool:
    """Whether a FROM is of an image that is built from one of the folders."""
    return any(
        image.file == statement.stated.place.file and image.context in folders for image in contract.images.values()
    )


def groups(statements: Iterable[Statement]) -> list[list[Statement]]:
    """What is stated in one place for one purpose: a matrix of CI is one group, and so is a file."""
    found: dict[tuple[object, ...], list[Statement]] = {}
    for one in statements:
        place = one.stated.place if one.source in ("FROM", "test", "add-on") else one.stated.place.file
        key = (one.source, one.homes if one.source in ("ci", "service") else (), place)
        found.setdefault(key, []).append(one)
    return list(found.values())


def fits(group: list[Statement], other: Stated) -> bool:
    """Whether one version of a group agrees with another place's; one that can't be told does."""
    return any(agrees(one.stated, other) is not False for one in group)


def shown(stated: Stated) -> str:
    """A version as people say it: 3.13 of the tag 3.13-slim-trixie."""
    found = stated.version if stated.kind == "tag" else None
    return found.text if found else stated.spec


def said(statement: Statement) -> str:
    """The beginning of a sentence that the version ends."""
    source, file = statement.source, statement.stated.place.file
    if source == "FROM" and statement.homes and statement.homes[0] != "image":
        return f"the image of {named(statement.homes[0])} has"
    if source == "service" and statement.homes:
        return f"{named(statement.homes[0])} has"
    return SAYS.get(source, f"{file.rpartition('/')[2]} says")


def named(home: str) -> str:
    kind, _, rest = home.partition(":")
    return {"ci": "CI", "heroku": "Heroku", "fly": "Fly", "render": "Render"}.get(kind, home if rest else kind)


def several(group: Iterable[Statement]) -> str:
    return ", ".join(dict.fromkeys(shown(one.stated) for one in group))


def tested(contract: Contract) -> Iterator[tuple[str, str]]:
    """The jobs of CI that run tests, by file and home."""
    for home in contract.of_kind("ci"):
        for process in home.processes:
            if process.command and any(TESTS & set(simple.words) for simple in process.command.commands):
                yield home.place.file, home.name


TESTS = {"pytest", "py.test", "test", "tests", "tox", "nox", "unittest", "coverage", "behave", "runtests.py"}
