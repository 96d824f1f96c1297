"""environs: https://github.com/sloria/environs"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from parity.contract.python import Nothing
from parity.readers.python import notes
from parity.readers.python.libraries import Prefixed
from parity.readers.python.libraries.asking import argument, asked
from parity.readers.python.objects import Call, Reader
from parity.readers.python.structures import UNKNOWN

if TYPE_CHECKING:
    from parity.readers.python.machine import Machine
    from parity.readers.python.module import Frame

VIA = "environs.Env"

CASTS = {
    "__call__": None,
    "str": "str",
    "int": "int",
    "bool": "bool",
    "float": "float",
    "decimal": "decimal",
    "list": "list",
    "dict": "dict",
    "json": "json",
    "datetime": "datetime",
    "date": "date",
    "time": "time",
    "timedelta": "timedelta",
    "path": "path",
    "log_level": "log_level",
    "uuid": "uuid",
    "url": "url",
    "enum": "enum",
    "dj_db_url": "db",
    "dj_email_url": "email",
    "dj_cache_url": "cache",
}


def ask(machine: Machine, frame: Frame, reader: Reader, method: str, call: Call) -> Any:
    if method == "read_env":
        path = call.get(0, "path")
        found = UNKNOWN if isinstance(path, Nothing) or path is None else path
        notes.env_file(machine, frame, found, call.node, "environs.Env.read_env", call.get(None, "override") is True)
        return None
    if method == "prefixed":
        return Prefixed(reader, call.get(0, "prefix"))
    if method in ("seal", "add_parser", "parser_for", "dump", "add_parser_from_field"):
        return UNKNOWN
    # A parser that the program adds is named by itself.
    cast = CASTS.get(method, method)
    default, written = argument(call, 1, "default")
    return asked(machine, frame, reader, call.get(0, "name"), call.node, default, written, cast, VIA)


NAMES = ("environs.Env", "environs.FileAwareEnv")

READERS = dict.fromkeys(NAMES, ask)
