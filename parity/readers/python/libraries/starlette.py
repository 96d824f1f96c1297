"""Starlette's configuration: https://www.starlette.io/config/"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from parity.contract.python import Nothing
from parity.readers.python import notes
from parity.readers.python.libraries import made
from parity.readers.python.libraries.asking import argument, asked, cast_of, default_cast
from parity.readers.python.objects import Call, Reader
from parity.readers.python.structures import UNKNOWN

if TYPE_CHECKING:
    from parity.readers.python.machine import Machine
    from parity.readers.python.module import Frame

VIA = "starlette.config"

CASTS = {"Secret": "str", "CommaSeparatedStrings": "list", "URL": "url"}


def create(machine: Machine, frame: Frame, call: Call) -> Reader:
    path = call.get(0, "env_file")
    if not isinstance(path, Nothing) and path is not None:
        notes.env_file(machine, frame, path, call.node, "starlette.config.Config")
    reader = made(machine, "starlette.config.Config", call)
    prefix = call.get(2, "env_prefix")
    reader.prefix = "" if isinstance(prefix, Nothing) else prefix
    return reader


def ask(machine: Machine, frame: Frame, reader: Reader, method: str, call: Call) -> Any:
    if method not in ("__call__", "get"):
        return UNKNOWN
    default, written = argument(call, 2, "default")
    cast = call.get(1, "cast")
    name = cast_of(cast)
    value = asked(
        machine, frame, reader, call.get(0, "key"), call.node, default, written, CASTS.get(name or "", name), VIA
    )
    return default_cast(machine, frame, call, value, cast)


FUNCTIONS = {"starlette.config.Config": create}

READERS = {"starlette.config.Config": ask}
