"""Reads poetry.lock: https://python-poetry.org/docs/basic-usage/#committing-your-poetrylock-file-to-version-control

Poetry writes it, always in the same form, so its lines are looked at in place of reading thousands of them as TOML.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from parity.contract.dataclass import dataclass, field
from parity.contract.packages import MAIN, Packages, Requirement, normalised
from parity.contract.place import Place
from parity.contract.version import Stated
from parity.readers.unreadable import Unreadable

ENTRY = re.compile(r'(?P<key>[A-Za-z0-9_.-]+|"[^"]*") = (?P<value>.*)')
NAMES = re.compile(r'"([^"]*)"')


@dataclass
class Entry:
    """A [[package]] and its place."""

    line: int
    name: str = ""
    version: str = ""
    groups: tuple[str, ...] = ()
    optional: bool = False
    marker: str = ""
    url: str = ""
    needs: list[str] = field(default_factory=list)
    hashes: int = 0


def read(text: str, file: str) -> Packages:
    """Raises Unreadable for a file that a merge left unfinished."""
    entries: list[Entry] = []
    stated: list[Stated] = []
    wanted: dict[str, list[str]] = {}
    for header, number, line in lines(text):
        if line == "[[package]]":
            entries.append(Entry(number))
        elif header.startswith("package") and entries:
            take(entries[-1], header, number, line)
        elif header == "extras" and (match := ENTRY.match(line)):
            for name in NAMES.findall(match["value"]):
                wanted.setdefault(normalised(name.partition(" ")[0]), []).append(f"extra:{normalised(match['key'])}")
        elif header == "metadata" and (match := ENTRY.match(line)) and match["key"] == "python-versions":
            stated.append(Stated("python", text_of(match["value"]), Place(file, number), "poetry"))
    found = tuple(requirement(entry, file, wanted) for entry in entries if entry.name)
    groups = dict.fromkeys(group for one in found for group in one.groups)
    return Packages(file, "poetry.lock", found, tuple(stated), groups=tuple(groups))


def lines(text: str) -> Iterator[tuple[str, int, str]]:
    """Each line with the header that it stands under; raises Unreadable at a mark of git's."""
    header = ""
    for number, line in enumerate(text.splitlines(), 1):
        if line.startswith("["):
            header = line.strip("[] ")
        elif line.startswith(("<<<<<<< ", ">>>>>>> ")):
            raise Unreadable(
                number, "a merge was left unfinished here", "write the lock file again: poetry lock, or uv lock"
            )
        yield header, number, line


def take(entry: Entry, header: str, number: int, line: str) -> None:
    if line.startswith("    {file = "):
        entry.hashes += 1
        return
    match = ENTRY.match(line)
    if match is None:
        if line.startswith("[package.dependencies."):
            entry.needs.append(normalised(header.removeprefix("package.dependencies.").strip('"')))
        return
    key, value = match["key"].strip('"'), match["value"]
    if header == "package.dependencies":
        entry.needs.append(normalised(key))
    elif header == "package.source" and key == "url":
        entry.url = text_of(value)
    elif header == "package":
        take_own(entry, number, key, value)


def take_own(entry: Entry, number: int, key: str, value: str) -> None:
    if key == "name":
        entry.name, entry.line = text_of(value), number
    elif key == "version":
        entry.version = text_of(value)
    elif key == "groups":
        entry.groups = tuple(NAMES.findall(value))
    elif key == "category":
        # Poetry before 1.5 knew these two.
        entry.groups = (text_of(value),)
    elif key == "optional":
        entry.optional = value.startswith("true")
    elif key == "markers" and value.startswith('"'):
        # One for each group stands in a table, of which none can be had alone.
        entry.marker = text_of(value)


def text_of(value: str) -> str:
    """A TOML string of one line."""
    if value.startswith("'"):
        return value[1:].partition("'")[0]
    match = re.match(r'"((?:[^"\\]|\\.)*)"', value)
    return re.sub(r'\\(["\\])', r"\1", match[1]) if match else ""


def groups_of(entry: Entry, wanted: dict[str, list[str]]) -> tuple[str, ...]:
    """An optional distribution of the main group is there with an extra only, itself or for another one's sake."""
    groups = [MAIN if group == "default" else group for group in entry.groups]
    if not entry.optional:
        return tuple(groups)
    extras = wanted.get(normalised(entry.name), ["extra:"])
    return tuple(extras + [group for group in groups if group != MAIN])


def requirement(entry: Entry, file: str, wanted: dict[str, list[str]]) -> Requirement:
    return Requirement(
        name=normalised(entry.name),
        place=Place(file, entry.line),
        specifier=f"=={entry.version}" if entry.version else "",
        pinned=entry.version or None,
        marker=entry.marker,
        groups=groups_of(entry, wanted),
        url=entry.url,
        needs=tuple(entry.needs),
        hashes=entry.hashes,
        written=entry.name,
    )
