"""Which files of dependencies there are, and the reader of each."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from parity.contract.packages import Language, Packages
from parity.readers import (
    environmentyml,
    packagejson,
    pipfile,
    poetrylock,
    pyproject,
    pythonversion,
    requirements,
    runtimetxt,
    setupcfg,
    setuppy,
    toolversions,
    uvlock,
)

Look = Callable[[str], str | None]

READERS: dict[str, Callable[[str, str], Packages]] = {
    "pyproject.toml": pyproject.read,
    "poetry.lock": poetrylock.read,
    "uv.lock": uvlock.read,
    "Pipfile": pipfile.read,
    "Pipfile.lock": pipfile.read_lock,
    "package.json": packagejson.read,
    "setup.py": setuppy.read,
    "setup.cfg": setupcfg.read,
    "environment.yml": environmentyml.read,
}
LANGUAGES: dict[str, Callable[[str, str], Language]] = {
    "runtime.txt": runtimetxt.read,
    ".python-version": pythonversion.read,
    ".tool-versions": toolversions.read,
}
REQUIREMENTS = ("requirements*.txt", "*requirements.txt", "*requirements/*.txt")


def files(named: Callable[..., Iterator[str]]) -> Iterator[str]:
    """The paths of files of dependencies, as `named` finds them."""
    return named(*READERS, *REQUIREMENTS)


def read(text: str, file: str, look: Look) -> Packages:
    reader = READERS.get(file.rpartition("/")[2])
    return reader(text, file) if reader else requirements.read(text, file, look)


def languages(first: Callable[..., str | None]) -> Iterator[str]:
    return (file for file in LANGUAGES if first(file))


def language(text: str, file: str) -> Language:
    return LANGUAGES[file.rpartition("/")[2]](text, file)
