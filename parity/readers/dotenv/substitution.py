"""Compose's expansion of variables: https://docs.docker.com/reference/compose-file/interpolation/

After https://github.com/compose-spec/compose-go/blob/main/template/template.go, with what its patterns let through.
"""

from __future__ import annotations

import re
from collections.abc import Callable

NAMED = re.compile(r"[_a-z][_a-z0-9]*", re.IGNORECASE)
OPERATOR = re.compile(r":?[-+?]")

# A default may hold another expansion; nobody nests them deeper than a few levels.
DEEPEST = 50

Lookup = Callable[[str], str | None]


class Refused(Exception):
    """Compose stops at such a text."""


def substitute(text: str, lookup: Lookup, depth: int = 0) -> str:
    """Raises Refused. An unknown variable is an empty text."""
    found: list[str] = []
    position = 0
    while True:
        dollar = text.find("$", position)
        if dollar < 0:
            return "".join([*found, text[position:]])
        found.append(text[position:dollar])
        value, position = expansion(text, dollar, lookup, depth)
        found.append(value)


def expansion(text: str, dollar: int, lookup: Lookup, depth: int) -> tuple[str, int]:
    """What stands for the $, and where the text goes on."""
    after = text[dollar + 1 : dollar + 2]
    if after == "$":
        return "$", dollar + 2
    if after == "{":
        return braced(text, dollar, lookup, depth)
    match = NAMED.match(text, dollar + 1)
    return (lookup(match[0]) or "", match.end()) if match else ("$", dollar + 1)


def braced(text: str, dollar: int, lookup: Lookup, depth: int) -> tuple[str, int]:
    name = NAMED.match(text, dollar + 2)
    operator = OPERATOR.match(text, name.end()) if name else None
    if name and operator:
        line_end = text.find("\n", operator.end())
        last = text.rfind("}", operator.end(), line_end if line_end >= 0 else len(text))
        if last >= 0:
            end = closing(text, dollar, last)
            argument = text[operator.end() : end]
            return operated(lookup(name[0]), operator[0], argument, name[0], lookup, depth), end + 1
    if name and text[name.end() : name.end() + 1] == "}":
        return lookup(name[0]) or "", name.end() + 1
    raise Refused(f"`{text[dollar:].splitlines()[0][:40]}` is no expansion of a variable")


def closing(text: str, dollar: int, last: int) -> int:
    """The brace that closes the first one, as compose-go counts: it skips the character behind each opening one."""
    depth, position = 0, dollar
    while position <= last:
        char = text[position]
        if char == "}":
            depth -= 1
            if depth == 0:
                return position
        elif char == "{":
            depth += 1
            position += 1
        position += 1
    return last


def operated(value: str | None, operator: str, argument: str, name: str, lookup: Lookup, depth: int) -> str:
    there = bool(value) if operator.startswith(":") else value is not None
    if there == (operator[-1] != "+"):
        return value or ""
    if depth >= DEEPEST:
        raise Refused(f"the default of {name} holds more than {DEEPEST} others within each other")
    expanded = substitute(argument, lookup, depth + 1)
    if operator[-1] == "?":
        raise Refused(f"{name} has no value, and ${{{name}{operator}…}} asks for one")
    return expanded
