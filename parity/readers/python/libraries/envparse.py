"""envparse: https://github.com/rconradharris/envparse"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from parity.contract.python import Nothing, Table
from parity.readers.python import notes
from parity.readers.python.libraries.asking import argument, asked, cast_of
from parity.readers.python.objects import Call, Reader
from parity.readers.python.structures import UNKNOWN

if TYPE_CHECKING:
    from parity.readers.python.machine import Machine
    from parity.readers.python.module import Frame

VIA = "envparse.Env"

SHORTCUTS = ("bool", "dict", "float", "int", "list", "set", "str", "tuple", "json", "url")


def ask(machine: Machine, frame: Frame, reader: Reader, method: str, call: Call) -> Any:
    if method == "read_envfile":
        path = call.get(0, "path")
        notes.env_file(
            machine,
            frame,
            UNKNOWN if isinstance(path, Nothing) or path is None else path,
            call.node,
            "envparse.Env.read_envfile",
        )
        return None
    if method != "__call__" and method not in SHORTCUTS:
        return UNKNOWN
    name = call.get(0, "var")
    declared = reader.scheme.get(name, Nothing()) if isinstance(name, str) else Nothing()
    default, written = argument(call, 1 if method == "__call__" else None, "default")
    cast = cast_of(call.get(2, "cast")) if method == "__call__" else method
    if isinstance(declared, Table):
        default = declared.get("default") if isinstance(default, Nothing) else default
        cast = cast or cast_of(declared.get("cast"))
    else:
        cast = cast or cast_of(declared)
    return asked(machine, frame, reader, name, call.node, default, written, cast, VIA)


READERS = {"envparse.Env": ask, "envparse.env": ask}
