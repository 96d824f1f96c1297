"""What homes install of Python's distributions. https://pip.pypa.io/en/stable/cli/pip_install/"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from parity.checks._files import simple_enough
from parity.contract.dataclass import dataclass
from parity.contract.dockerfile import Run
from parity.contract.homes import Home, Image, Process
from parity.contract.packages import Packages, normalised
from parity.contract.whole import Contract

ROOT = (
    "requirements.txt",
    "Pipfile",
    "Pipfile.lock",
    "poetry.lock",
    "uv.lock",
    "pyproject.toml",
    "setup.py",
    "setup.cfg",
)


@dataclass(frozen=True, slots=True)
class Install:
    """A command of a RUN that installs: its words behind the program, and the program: pip, poetry, pipenv, uv."""

    program: str
    words: tuple[str, ...]
    run: Run


def installs(image: Image) -> Iterator[Install]:
    """Of every stage that the image is made with."""
    for stage in image.dockerfile.needed(image.stage):
        yield from of_runs(stage.effective.runs)


def of_runs(runs: tuple[Run, ...]) -> Iterator[Install]:
    for run in runs:
        for words in commands(run):
            for program, verbs in (
                ("pip", ("install",)),
                ("poetry", ("install", "sync")),
                ("pipenv", ("install", "sync")),
            ):
                at = verb(words, program, verbs)
                if at:
                    yield Install(program, words[at:], run)
            at = verb(words, "uv", ("sync",))
            if at:
                yield Install("uv", words[at:], run)


def verb(words: tuple[str, ...], program: str, verbs: tuple[str, ...]) -> int:
    """Where the words behind a program's verb begin; 0 when it isn't run."""
    for number, word in enumerate(words):
        name = word.rpartition("/")[2]
        if name == program or (program == "pip" and re.fullmatch(r"pip[\d.]+", name)):
            for later, other in enumerate(words[number + 1 :], number + 2):
                if other in verbs:
                    return later
                if not other.startswith("-"):
                    break
    return 0


def installed(contract: Contract, home: Home, process: Process) -> set[str] | None:
    """The distributions that a process has, as far as files name them; None where more may be there."""
    if process.image is None:
        return by_buildpack(contract) if home.stack == "buildpack" else None
    image = contract.images.get(process.image)
    if (
        image is None
        or not simple_enough(image)
        or (process.mounts and any("venv" in m.target for m in process.mounts))
    ):
        return None
    if otherwise(image):
        return None
    found: set[str] = set()
    some = False
    for one in installs(image):
        names = of_install(contract, one)
        if names is None:
            return None
        some = True
        found |= names
    return found if some else None


def by_buildpack(contract: Contract) -> set[str] | None:
    packages = [one for one in contract.packages if one.file in ROOT]
    if not any(one.file in ROOT[:5] for one in packages):
        return None
    return together(packages)


def together(packages: list[Packages]) -> set[str] | None:
    """None where one of them is installed from a place of its own, or a file that they include isn't there."""
    if any(not included.found for one in packages for included in one.included):
        return None
    found = [one for package in packages for one in package.requirements]
    if any(one.editable or one.url.startswith((".", "/", "file:")) for one in found):
        return None
    return {one.name for one in found if not one.constraint}


def of_install(contract: Contract, one: Install) -> set[str] | None:
    if any("$" in word for word in one.words):
        return None
    if one.program != "pip":
        formats = {"poetry": ("pyproject.toml", "poetry.lock"), "pipenv": ("Pipfile", "Pipfile.lock")}
        names = formats.get(one.program, ("pyproject.toml", "uv.lock"))
        packages = [each for each in contract.packages if each.file.rpartition("/")[2] in names]
        return together(packages) if packages else None
    found: set[str] = set()
    waiting = iter(one.words)
    for word in waiting:
        file = word[2:] if word.startswith("-r") and len(word) > 2 else ""
        if word in ("-r", "--requirement"):
            file = next(waiting, "")
        elif word.startswith("--requirement="):
            file = word.partition("=")[2]
        if file:
            packages = [each for each in contract.packages if each.file == file or tail(each.file, file)]
            names_ = together(packages) if packages else None
            if names_ is None:
                return None
            found |= names_
        elif word in VALUED:
            next(waiting, None)
        elif word in ("-e", "--editable") or word.startswith((".", "/", "git+", "http", "*")) or word.endswith(".whl"):
            return None
        elif not word.startswith("-"):
            found.add(normalised(re.split(r"[\[<>=!~@; ]", word)[0]))
    return found


# Other ways to install: of what they bring nothing is known here.
OTHERS = frozenset(
    ("pip-sync", "conda", "mamba", "micromamba", "make", "tox", "pdm", "hatch", "pipx", "just", "invoke")
)
HANDED_ON = ("poetry export", "uv export", "pip wheel", "pip3 wheel", "pipenv requirements", "pipenv lock")


def otherwise(image: Image) -> bool:
    """Whether a RUN may install in a way that isn't followed: by a script, or by another tool."""
    for stage in image.dockerfile.needed(image.stage):
        for run in stage.effective.runs:
            if any(words in run.command.text for words in HANDED_ON):
                return True
            for words in commands(run):
                first = words[0].rpartition("/")[2]
                script = words[1] if first in ("sh", "bash") and len(words) > 1 else words[0]
                if first in OTHERS or script.endswith(".sh"):
                    return True
    return False


def commands(run: Run) -> Iterator[tuple[str, ...]]:
    for command in re.split(r"&&|\|\||;|\n", run.command.text.replace("\\\n", " ")):
        words = tuple(word.strip("\"'") for word in command.split())
        if words:
            yield words


VALUED = frozenset(
    ("-c", "--constraint", "-i", "--index-url", "--extra-index-url", "-f", "--find-links", "--target", "-t", "--prefix")
)


def tail(path: str, file: str) -> bool:
    """Whether a path in an image may be that of a file: /code/requirements/base.txt of requirements/base.txt."""
    return posixpath.basename(path) == posixpath.basename(file)
