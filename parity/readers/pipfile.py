"""Reads Pipfile and Pipfile.lock: https://pipenv.pypa.io/en/latest/pipfile.html"""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from typing import Any

from parity.contract.dataclass import replace
from parity.contract.packages import MAIN, Packages, Requirement, Script, normalised
from parity.contract.place import Place
from parity.contract.version import Kind, Stated
from parity.readers import tree
from parity.readers.pyproject import EMPTY, table_requirement
from parity.readers.requirement import EXTRA
from parity.readers.unreadable import Unreadable

# Sections that hold no packages; any other one is a category of them.
OTHERS = {"source", "requires", "scripts", "pipenv", "pipfile"}
GROUPS = {"packages": MAIN, "dev-packages": "dev", "default": MAIN, "develop": "dev"}
VERSIONS: tuple[tuple[str, Kind], ...] = (("python_full_version", "exact"), ("python_version", "version"))

OBJECT = re.compile(r'"([^"\\\n]+)"\s*:\s*(?=[{"])')


def read(text: str, file: str) -> Packages:
    """A Pipfile. Raises Unreadable for what isn't TOML."""
    root = tree.toml(text)
    requirements = tuple(
        # pipenv takes what pip takes, and `*` for any version.
        replace(table_requirement(name, node, Place(file, node.line)), groups=(GROUPS.get(section, section),))
        for section, table in root.entries()
        if section not in OTHERS
        for name, node in table.entries()
    )
    stated = [
        Stated("python", str(node.string()), Place(file, node.line), kind)
        for name, kind in VERSIONS
        if (node := root.get("requires", name)) and node.string()
    ]
    scripts = tuple(
        Script(name, (node.get("cmd") or node).string() or "", Place(file, node.line))
        for name, node in (root.get("scripts") or EMPTY).entries()
    )
    groups = tuple(GROUPS.get(name, name) for name, table in root.entries() if name not in OTHERS)
    return Packages(file, "Pipfile", requirements, tuple(stated), scripts=scripts, groups=groups)


def read_lock(text: str, file: str) -> Packages:
    """Raises Unreadable for what isn't JSON, or is no object."""
    root = loaded(text)
    lines = Lines(text)
    meta = root.get("_meta")
    requires = meta.get("requires") if isinstance(meta, dict) else None
    stated = tuple(
        Stated("python", requires[name], Place(file, lines.of(name)), kind)
        for name, kind in VERSIONS
        if isinstance(requires, dict) and isinstance(requires.get(name), str)
    )
    requirements = tuple(
        locked(name, entry, Place(file, lines.under(section, name)), GROUPS.get(section, section))
        for section, table in root.items()
        if section != "_meta" and isinstance(table, dict)
        for name, entry in table.items()
        if isinstance(entry, dict)
    )
    groups = tuple(GROUPS.get(name, name) for name in root if name != "_meta")
    return Packages(file, "Pipfile.lock", requirements, stated, groups=groups)


def loaded(text: str) -> dict[str, Any]:
    """pipenv's locks have thousands of lines, of which none but a few are asked for theirs."""
    try:
        value = json.loads(text)
    except json.JSONDecodeError as error:
        raise Unreadable(error.lineno, f"not JSON: {error.msg}", "write the lock file again: pipenv lock") from None
    except (RecursionError, ValueError):
        raise Unreadable(1, "not JSON that can be read", "write the lock file again: pipenv lock") from None
    if not isinstance(value, dict):
        raise Unreadable(1, "no object of JSON", "write the lock file again: pipenv lock")
    return value


class Lines:
    """Where keys stand: the first one of a name behind its section's own."""

    def __init__(self, text: str) -> None:
        self.starts = [0, *(match.end() for match in re.finditer("\n", text))]
        self.keys: dict[str, list[int]] = {}
        for match in OBJECT.finditer(text):
            self.keys.setdefault(match[1], []).append(match.start())

    def under(self, section: str, name: str) -> int:
        places = self.keys.get(name, [0])
        start = self.keys.get(section, [0])[0]
        behind = bisect_right(places, start)
        return self.line(places[min(behind, len(places) - 1)])

    def of(self, name: str) -> int:
        return self.line(self.keys.get(name, [0])[0])

    def line(self, place: int) -> int:
        return bisect_right(self.starts, place)


def locked(name: str, entry: dict[str, Any], place: Place, group: str) -> Requirement:
    def text(*keys: str) -> str:
        return next((entry[key] for key in keys if isinstance(entry.get(key), str)), "")

    version = text("version").removeprefix("==") or None
    extras = entry.get("extras")
    names = extras if isinstance(extras, list) else []
    hashes = entry.get("hashes")
    return Requirement(
        name=normalised(name),
        place=place,
        extras=tuple(normalised(extra) for extra in names if isinstance(extra, str) and EXTRA.fullmatch(extra)),
        specifier=text("version"),
        pinned=version,
        marker=text("markers"),
        groups=(group,),
        url=text("git", "path", "file"),
        editable=entry.get("editable") is True,
        hashes=len(hashes) if isinstance(hashes, list) else 0,
        written=name,
    )
