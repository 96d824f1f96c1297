"""What the libraries' calls have in common: a name, a default, and a cast."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Any

from parity.contract.python import FromEnv, Nothing
from parity.readers.python import calls, expressions, notes
from parity.readers.python.objects import Call, External, Reader, Word, word
from parity.readers.python.operations import shown
from parity.readers.python.structures import UNKNOWN

if TYPE_CHECKING:
    from parity.readers.python.machine import Machine
    from parity.readers.python.module import Frame

TRUE = ("y", "yes", "t", "true", "on", "1")
FALSE = ("n", "no", "f", "false", "off", "0")

TYPES = {bool: "bool", int: "int", float: "float"}


def asked(
    machine: Machine,
    frame: Frame,
    reader: Reader,
    name: Any,
    node: ast.AST,
    default: Any,
    written: ast.expr | None,
    cast: str | None,
    via: str,
) -> Any:
    """One question to a reader: fails without a default."""
    if isinstance(name, Nothing):
        return UNKNOWN
    full = prefixed(machine, reader.prefix, name)
    if reader.file_aware:
        notes.read(machine, frame, machine.made.text((shown(full), "_FILE")), node, via, False)
    return notes.read(machine, frame, full, node, via, isinstance(default, Nothing), default, written, cast)


def prefixed(machine: Machine, prefix: Any, name: Any) -> Any:
    if not prefix:
        return name
    whole = machine.made.text((shown(prefix), shown(name)))
    return word(whole, name.place, name.row) if isinstance(name, Word) and isinstance(whole, str) else whole


def default_cast(machine: Machine, frame: Frame, call: Call, value: Any, cast: Any) -> Any:
    """The value of a library that casts its defaults as well."""
    if (
        not isinstance(value, FromEnv)
        or isinstance(value.default, Nothing)
        or isinstance(cast, Nothing)
        or cast is None
    ):
        return value
    default = value.default
    if isinstance(cast, External) and cast.name == "builtins.bool" and isinstance(default, str):
        default = {**dict.fromkeys(TRUE, True), **dict.fromkeys(FALSE, False), "": False}.get(default.lower(), UNKNOWN)
    else:
        default = calls.called(machine, frame, cast, Call(call.node, (default,), {}, False))
    return FromEnv(value.name, value.cast, machine.plain(default))


def cast_of(value: Any) -> str | None:
    return None if isinstance(value, Nothing) or value is None else expressions.cast_name(value)


def smart(default: Any) -> str | None:
    """The cast that the type of a default asks for."""
    return TYPES.get(type(default))


def argument(call: Call, position: int | None, *keywords: str) -> tuple[Any, ast.expr | None]:
    return call.get(position, *keywords), call.written(position, *keywords)
