"""Reads uv.lock: https://docs.astral.sh/uv/concepts/projects/layout/#the-lockfile

uv writes it, always in the same form, so its lines are looked at in place of reading thousands of them as TOML.
"""

from __future__ import annotations

import re

from parity.contract import marker
from parity.contract.dataclass import dataclass, field
from parity.contract.packages import MAIN, Packages, Requirement, normalised, reached
from parity.contract.place import Place
from parity.contract.version import Stated
from parity.readers.poetrylock import lines as lines_of
from parity.readers.poetrylock import text_of

NEED = re.compile(r'\s*\{ name = "(?P<name>[^"]+)"(?P<rest>.*)')
EXTRAS = re.compile(r"extra = \[([^\]]*)\]")
# As uv writes what no machine of its choice would install.
NEVER = "python_version < '0'"
MARKER = re.compile(r'marker = "([^"]*)"')
ARRAY = re.compile(r'(?P<key>[A-Za-z0-9_.-]+|"[^"]*") = \[')
SOURCE = re.compile(r'source = \{ (?P<kind>[a-z]+) = "(?P<where>[^"]*)"')

# A distribution, and the extra or group of it that is meant: "" for what it asks for always.
Part = tuple[str, str]


@dataclass
class Entry:
    """A [[package]]: what it asks for always, for each extra, and for each group."""

    line: int
    name: str = ""
    version: str = ""
    source: str = ""
    where: str = ""
    hashes: int = 0
    always: list[Part] = field(default_factory=list)
    extras: dict[str, list[Part]] = field(default_factory=dict)
    groups: dict[str, list[Part]] = field(default_factory=dict)

    @property
    def own(self) -> bool:
        """Whether it is a project of this workspace."""
        return self.source in ("editable", "virtual", "directory") and self.where == "."


def read(text: str, file: str) -> Packages:
    """Raises Unreadable for a file that a merge left unfinished."""
    entries: list[Entry] = []
    stated: list[Stated] = []
    filling: list[Part] | None = None
    for header, number, line in lines_of(text):
        if line == "[[package]]":
            entries.append(Entry(number))
        elif not header and line.startswith("requires-python = "):
            spec = text_of(line.partition(" = ")[2])
            stated.append(Stated("python", spec, Place(file, number), "pep440"))
        elif header.startswith("package") and entries:
            filling = take(entries[-1], header, number, line, filling)
    return value(file, entries, stated)


def take(entry: Entry, header: str, number: int, line: str, filling: list[Part] | None) -> list[Part] | None:
    """Takes a line, and gives the list that the lines behind it fill."""
    if need := NEED.match(line):
        if filling is not None:
            filling.extend(parts(need))
        return filling
    if array := ARRAY.match(line):
        key = array["key"].strip('"')
        entry.hashes += key == "wheels"
        found = list_of(entry, header, key)
        if found is not None and (whole := NEED.match(line[array.end() :])):
            found.extend(parts(whole))
        return found
    if header == "package":
        take_own(entry, number, line)
    return filling if line != "]" else None


def list_of(entry: Entry, header: str, key: str) -> list[Part] | None:
    if header == "package" and key == "dependencies":
        return entry.always
    if header == "package.optional-dependencies":
        return entry.extras.setdefault(normalised(key), [])
    if header in ("package.dev-dependencies", "package.dependency-groups"):
        return entry.groups.setdefault(normalised(key), [])
    return None


def parts(need: re.Match[str]) -> list[Part]:
    """What an entry of a list leads to: nothing when no machine like Heroku's, CI's or a container's would install it."""
    condition = MARKER.search(need["rest"])
    if condition and (condition[1] == NEVER or marker.holds(condition[1], marker.LINUX) is False):
        return []
    name = normalised(need["name"])
    extras = EXTRAS.search(need["rest"])
    return [(name, ""), *((name, normalised(extra)) for extra in re.findall(r'"([^"]*)"', extras[1] if extras else ""))]


def take_own(entry: Entry, number: int, line: str) -> None:
    if line.startswith("name = "):
        entry.name, entry.line = text_of(line[7:]), number
    elif line.startswith("version = "):
        entry.version = text_of(line[10:])
    elif line.startswith("sdist = "):
        entry.hashes += 1
    elif source := SOURCE.match(line):
        entry.source, entry.where = source["kind"], source["where"]


def value(file: str, entries: list[Entry], stated: list[Stated]) -> Packages:
    entries = [entry for entry in entries if entry.name]
    project = next((entry for entry in entries if entry.own), None)
    wanted = roots(project) if project else {}
    groups = having(entries, wanted)
    found = tuple(
        requirement(entry, file, groups.get(normalised(entry.name), ())) for entry in entries if not entry.own
    )
    name = normalised(project.name) if project else ""
    return Packages(file, "uv.lock", found, tuple(stated), name=name, groups=tuple(wanted))


def roots(project: Entry) -> dict[str, list[Part]]:
    extras = {f"extra:{name}": needs for name, needs in project.extras.items()}
    return {MAIN: project.always, **project.groups, **extras}


def having(entries: list[Entry], wanted: dict[str, list[Part]]) -> dict[str, tuple[str, ...]]:
    """The groups that lead to each distribution."""
    needs: dict[str, list[str]] = {}
    for entry in entries:
        name = normalised(entry.name)
        needs.setdefault(key((name, "")), []).extend(map(key, entry.always))
        for extra, parts in entry.extras.items():
            needs.setdefault(key((name, extra)), []).extend(map(key, parts))
    found: dict[str, dict[str, None]] = {}
    for group, parts in list(wanted.items())[:MOST_GROUPS]:
        for one in reached(list(map(key, parts)), needs):
            found.setdefault(one.partition("[")[0], {})[group] = None
    return {name: tuple(groups) for name, groups in found.items()}


# The walk is made once for each group, so a file of nothing but groups would take a square of its length.
MOST_GROUPS = 100


def key(part: Part) -> str:
    name, extra = part
    return f"{name}[{extra}]" if extra else name


def requirement(entry: Entry, file: str, groups: tuple[str, ...]) -> Requirement:
    return Requirement(
        name=normalised(entry.name),
        place=Place(file, entry.line),
        specifier=f"=={entry.version}" if entry.version else "",
        pinned=entry.version or None,
        groups=groups,
        url="" if entry.source == "registry" else entry.where,
        editable=entry.source == "editable",
        needs=tuple(dict.fromkeys(name for name, _ in entry.always)),
        hashes=entry.hashes,
        written=entry.name,
    )
