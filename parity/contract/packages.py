"""What a file of dependencies asks for: distributions, versions of the language, and the programs that it declares."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from parity.contract.dataclass import dataclass, replace
from parity.contract.finding import Finding
from parity.contract.place import Place
from parity.contract.version import Kind, Stated

MAIN = "main"
"""The group of what every install gets."""


@dataclass(frozen=True, slots=True)
class Requirement:
    """A distribution that a file asks for, or that a lock file holds."""

    # As https://packaging.python.org/en/latest/specifications/name-normalization/ writes it; npm's as it is.
    name: str
    place: Place
    # Normalised as names are.
    extras: tuple[str, ...] = ()
    # As written, without blanks where they say nothing: `>=5.2,<5.3`; `dialect` says how it is meant.
    specifier: str = ""
    dialect: Kind = "pep440"
    # The one version that can be installed, of `==5.2.1` or of a lock file.
    pinned: str | None = None
    # As written: `sys_platform == 'win32'`.
    marker: str = ""
    # `main`, a group's name (`dev`, `test`), or `extra:NAME` of a distribution's extra: every group that has it, by including
    # another one too. Empty for a lock file that doesn't say, see `grouped`.
    groups: tuple[str, ...] = (MAIN,)
    # Where it comes from when that is no index: an address, or a path.
    url: str = ""
    editable: bool = False
    # It only bounds what others ask for: pip's -c, uv's constraint-dependencies.
    constraint: bool = False
    # The names of what a lock file's entry asks for itself.
    needs: tuple[str, ...] = ()
    # How many hashes it is locked with.
    hashes: int = 0
    # The name as written.
    written: str = ""

    @property
    def main(self) -> bool:
        return MAIN in self.groups


@dataclass(frozen=True, slots=True)
class Included:
    """A file that another one names: the path relative to the root, the place that names it, and whether it was found."""

    file: str
    place: Place
    constraint: bool = False
    found: bool = True


@dataclass(frozen=True, slots=True)
class Script:
    """A program that a distribution declares, with what it runs: `package.module:function`, or npm's command line."""

    name: str
    command: str
    place: Place


@dataclass(frozen=True, slots=True)
class Setting:
    """A value of a tool's own section: `DJANGO_SETTINGS_MODULE` of pytest, `index-url` of pip, `package-mode` of Poetry."""

    tool: str
    name: str
    value: str
    place: Place


@dataclass(frozen=True, slots=True)
class Packages:
    """A file of dependencies, with the files that it includes."""

    file: str
    format: Literal[
        "requirements",
        "pyproject.toml",
        "poetry.lock",
        "uv.lock",
        "Pipfile",
        "Pipfile.lock",
        "package.json",
        "setup.py",
        "setup.cfg",
        "environment.yml",
        "pytest.ini",
    ]
    requirements: tuple[Requirement, ...] = ()
    stated: tuple[Stated, ...] = ()
    included: tuple[Included, ...] = ()
    scripts: tuple[Script, ...] = ()
    settings: tuple[Setting, ...] = ()
    findings: tuple[Finding, ...] = ()
    # The distribution that the file describes, normalised; "" when it describes none.
    name: str = ""
    # Groups that it declares, those without an entry too.
    groups: tuple[str, ...] = ()

    @property
    def lock(self) -> bool:
        return self.format.endswith(".lock")

    @property
    def node(self) -> bool:
        return self.format == "package.json"

    def named(self, name: str) -> Iterator[Requirement]:
        wanted = normalised(name)
        return (one for one in self.requirements if one.name == wanted and not one.constraint)

    def of(self, *groups: str) -> Iterator[Requirement]:
        """What an install of some groups asks for."""
        return (one for one in self.requirements if not one.constraint and any(group in groups for group in one.groups))


@dataclass(frozen=True, slots=True)
class Language:
    """A file that says nothing but which version of a language, or of several, is used: .python-version, runtime.txt."""

    file: str
    format: Literal["runtime.txt", ".python-version", ".tool-versions"]
    stated: tuple[Stated, ...] = ()
    findings: tuple[Finding, ...] = ()


def normalised(name: str) -> str:
    """https://packaging.python.org/en/latest/specifications/name-normalization/"""
    return re.sub(r"[-_.]+", "-", name).lower()


def grouped(lock: Packages, declared: Packages) -> Packages:
    """A lock file whose entries say no groups (Poetry's before 2.0) with those of what the declared ones lead to."""
    if any(one.groups for one in lock.requirements):
        return lock
    needs: dict[str, list[str]] = {}
    for one in lock.requirements:
        needs.setdefault(one.name, []).extend(one.needs)
    groups: dict[str, dict[str, None]] = {}
    for group in dict.fromkeys(group for one in declared.requirements for group in one.groups):
        for name in reached([one.name for one in declared.of(group)], needs):
            groups.setdefault(name, {})[group] = None
    entries = (replace(one, groups=tuple(groups.get(one.name, ()))) for one in lock.requirements)
    return replace(lock, requirements=tuple(entries))


def reached(roots: list[str], needs: dict[str, list[str]]) -> dict[str, None]:
    found: dict[str, None] = {}
    waiting = list(roots)
    while waiting:
        name = waiting.pop()
        if name not in found:
            found[name] = None
            waiting.extend(needs.get(name, ()))
    return found
