"""What a file of dependencies asks for: distributions, versions of the language, and the programs that it declares."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from parity.contract.finding import Finding
from parity.contract.place import Place
from parity.contract.version import Stated

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
    # As written, without blanks: `>=5.2,<5.3`; Poetry's and npm's ranges in their own dialects.
    specifier: str = ""
    # The one version that can be installed, of `==5.2.1` or of a lock file.
    pinned: str | None = None
    # As written: `sys_platform == 'win32'`.
    marker: str = ""
    # `main`, a group's name (`dev`, `test`), or `extra:NAME` of a distribution's extra: every group that has it, by including
    # another one too.
    groups: tuple[str, ...] = (MAIN,)
    # Where it comes from when that is no index: an address, or a path.
    url: str = ""
    editable: bool = False
    # It only bounds what others ask for: pip's -c, uv's constraint-dependencies.
    constraint: bool = False
    # A lock file's entry that nothing in the file asks for by itself is not direct.
    direct: bool = True
    # How many hashes it is locked with.
    hashes: int = 0
    # The name as written.
    written: str = ""

    @property
    def group(self) -> str:
        return self.groups[0]

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
