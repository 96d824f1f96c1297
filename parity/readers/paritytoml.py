"""Reads parity.toml: what `up` shows a person, and the differences that a repository intends. https://toml.io/en/v1.0.0"""

import datetime
import tomllib
from dataclasses import fields
from typing import Any

from parity.contract.ledger import Entry, Ledger
from parity.contract.order import Front
from parity.contract.place import Place
from parity.errors import UserError
from parity.readers import tree
from parity.readers.tree import Node

FILE = "parity.toml"
TABLES = ("up", "homes", "accept")
ACCEPT = ("rule", "where", "reason", "until")
# What can't be detected, and what it is made of.
HOMES = {
    "compose": "a list of paths",
    "dockerfile": "a path",
    "settings": "a dotted name",
    "exclude": "a list of paths",
}


def front(text: str) -> Front:
    """The `[up]` table; what it leaves out has Front's defaults. Raises UserError for a key or value that has no meaning."""
    table = whole(text).get("up", {})
    known = [field.name for field in fields(Front)]
    if unknown := sorted(set(table) - set(known)):
        message = f"parity.toml: [up] has no {', '.join(unknown)}"
        raise UserError(message, f"the keys are {', '.join(known)}", "parity-toml")
    for key in sorted(set(table) - {"next"}):
        if not isinstance(table[key], str):
            raise UserError(f"parity.toml: [up] {key} is not a text", f'write {key} = "…"', "parity-toml")
    return Front(**{**table, "next": tuple(table.get("next", ()))})


def whole(text: str) -> dict[str, Any]:
    try:
        table = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise UserError(f"parity.toml: {error}", "mend that line", "parity-toml") from None
    if unknown := sorted(set(table) - set(TABLES)):
        raise wrong(1, f"there is no table {', '.join(unknown)}", f"the tables are {', '.join(TABLES)}")
    return table


def ledger(text: str) -> Ledger:
    """The `[homes]` table and the `[[accept]]` tables. Raises UserError for a key or value that has no meaning."""
    whole(text)
    root = tree.toml(text)
    return Ledger(
        entries=tuple(entry(node) for node in accepted(root)),
        compose=paths(root, "compose"),
        dockerfile=single(root, "dockerfile"),
        settings=single(root, "settings"),
        exclude=paths(root, "exclude"),
    )


def accepted(root: Node) -> list[Node]:
    node = root.get("accept")
    if node is not None and not isinstance(node.value, list):
        raise wrong(node.line, "[accept] is one table", "write [[accept]], a table for each intended difference")
    return node.items() if node else []


def entry(node: Node) -> Entry:
    if unknown := sorted(set(dict(node.entries())) - set(ACCEPT)):
        raise wrong(node.line, f"[[accept]] has no {', '.join(unknown)}", f"its keys are {', '.join(ACCEPT)}")
    rule, where, reason = (text(node, key) for key in ("rule", "where", "reason"))
    for key, value in (("rule", rule), ("reason", reason)):
        if not value.strip():
            raise wrong(node.line, f"[[accept]] lacks a {key}", f'add {key} = "…"')
    return Entry(rule, where, reason, until(node), Place(FILE, node.line))


def until(node: Node) -> datetime.date | None:
    given = node.get("until")
    if given is None:
        return None
    try:
        return datetime.date.fromisoformat(given.text)
    except ValueError:
        raise wrong(given.line, f"until = {given.text} is no day", "write a day as 2027-01-31") from None


def text(node: Node, key: str) -> str:
    value = node.get(key)
    if value is None:
        return ""
    if not isinstance(value.value, str):
        raise wrong(value.line, f"{key} is no text", f'write {key} = "…"')
    return value.value


def single(root: Node, key: str) -> str | None:
    return text(homes(root), key) or None


def paths(root: Node, key: str) -> tuple[str, ...]:
    node = homes(root).get(key)
    if node is None:
        return ()
    items = node.items()
    if not items or not all(isinstance(item.value, str) for item in items):
        raise wrong(node.line, f"[homes] {key} is not {HOMES[key]}", f'write {key} = ["…"]')
    return tuple(item.text for item in items)


def homes(root: Node) -> Node:
    node = root.get("homes") or Node({}, 1)
    if unknown := sorted(set(dict(node.entries())) - set(HOMES)):
        raise wrong(node.line, f"[homes] has no {', '.join(unknown)}", f"its keys are {', '.join(HOMES)}")
    return node


def wrong(line: int, message: str, hint: str) -> UserError:
    return UserError(f"{FILE}:{line}: {message}", hint, "parity-toml")


def written(rule: str, where: str, reason: str) -> str:
    """An `[[accept]]` table to put behind the text of a parity.toml."""
    rows = [("rule", rule), ("where", where), ("reason", reason)]
    return "\n[[accept]]\n" + "".join(f"{key} = {quoted(value)}\n" for key, value in rows if value)


def quoted(value: str) -> str:
    """A TOML basic string: JSON's escapes are all TOML's too, and DEL alone must be escaped besides."""
    import json

    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
