"""Values of a tree's scalars, as their tools take them."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable

from parity.contract.finding import Finding
from parity.contract.place import Place
from parity.contract.value import Value
from parity.readers.tree import Node

# What is no file of its tool's at all needs no finding for each line.
MOST_UNKNOWN = 100


def value(node: Node, file: str) -> Value:
    """A scalar as its tool gets it; `text` is None for null, a mapping and a list."""
    return Value(node.string(), Place(file, node.line), node.text, node.quoted)


def optional(node: Node | None, file: str) -> Value | None:
    """A scalar that may be missing, for which null and what is no scalar count too."""
    return None if node is None or node.string() is None else value(node, file)


def listed(node: Node | None, file: str) -> tuple[Value, ...]:
    """The scalars of a list, or a scalar by itself."""
    if node is None:
        return ()
    nodes = node.items() if isinstance(node.value, list) else [node]
    return tuple(value(item, file) for item in nodes if item.string() is not None)


def mapped(node: Node | None, file: str) -> dict[str, Value]:
    """The scalars of a mapping, null among them."""
    entries = node.entries() if node else []
    return {key: value(item, file) for key, item in entries if not isinstance(item.value, dict | list)}


def words(node: Node | None) -> tuple[str, ...]:
    """The texts of a list of scalars, or of a scalar by itself."""
    if node is None:
        return ()
    nodes = node.items() if isinstance(node.value, list) else [node]
    return tuple(text for item in nodes if (text := item.string()) is not None)


def from_root(folder: str, path: str) -> str | None:
    """A path that `folder` names, from the root ("" itself); None when it leads out of the root or is absolute."""
    if path.startswith(("/", "~")) or "\0" in path:
        return None
    plain = posixpath.normpath(posixpath.join(folder, path))
    return None if plain.split("/")[0] == ".." else "" if plain == "." else plain


def misspelt(node: Node | None, known: Iterable[str], file: str, rule: str, where: str) -> list[Finding]:
    """Findings for the keys of a mapping that are one edit away from one that its tool knows, and isn't there."""
    found = []
    entries = dict(node.entries()) if node else {}
    names, absent = set(known), sorted(set(known) - entries.keys())
    for key in [key for key in entries if key not in names][:MOST_UNKNOWN]:
        meant = next((name for name in absent if one_edit(key, name)), None)
        if meant:
            message = f"{where} has no key {key}"
            found.append(Finding(rule, Place(file, entries[key].line), message, f"write {meant}: instead of {key}:"))
    return found


def one_edit(one: str, other: str) -> bool:
    """Whether one letter that is added, left out, changed or swapped with the next makes one word the other."""
    if len(one) > len(other):
        one, other = other, one
    if len(other) - len(one) > 1 or len(other) > 60 or len(other) < 4:
        return False
    same = next((at for at, (left, right) in enumerate(zip(one, other, strict=False)) if left != right), len(one))
    if len(one) < len(other):
        return one[same:] == other[same + 1 :]
    return one[same + 1 :] == other[same + 1 :] or (
        one[same : same + 2] == other[same : same + 2][::-1] and one[same + 2 :] == other[same + 2 :]
    )
