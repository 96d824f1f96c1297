"""django-environ: https://django-environ.readthedocs.io/en/latest/api.html"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from parity.contract.python import FromEnv, Many, Nothing
from parity.readers.python import notes, paths
from parity.readers.python.libraries.asking import argument, asked, cast_of, smart
from parity.readers.python.objects import Call, Reader
from parity.readers.python.structures import UNKNOWN

if TYPE_CHECKING:
    from parity.readers.python.machine import Machine
    from parity.readers.python.module import Frame

VIA = "environ.Env"

# The methods whose second argument is the default; list, tuple and dict have a cast before it.
PLAIN = {
    "str": "str",
    "unicode": "str",
    "bytes": "bytes",
    "bool": "bool",
    "int": "int",
    "float": "float",
    "json": "json",
    "url": "url",
    "path": "path",
}

WITH_CAST = ("list", "tuple", "dict")

URLS = {
    "db": ("db", "DATABASE_URL"),
    "db_url": ("db", "DATABASE_URL"),
    "cache": ("cache", "CACHE_URL"),
    "cache_url": ("cache", "CACHE_URL"),
    "email": ("email", "EMAIL_URL"),
    "email_url": ("email", "EMAIL_URL"),
    "search": ("search", "SEARCH_URL"),
    "search_url": ("search", "SEARCH_URL"),
    "channels": ("channels", "CHANNELS_URL"),
    "channels_url": ("channels", "CHANNELS_URL"),
}


def ask(machine: Machine, frame: Frame, reader: Reader, method: str, call: Call) -> Any:
    if method in ("read_env",):
        return read_env(machine, frame, call)
    if method in ("__call__", "get_value"):
        cast: Any = call.get(1, "cast")
        default, written = argument(call, 2, "default")
        return question(machine, frame, reader, call, cast_of(cast), default, written)
    if method in PLAIN:
        default, written = argument(call, 1, "default")
        return question(machine, frame, reader, call, PLAIN[method], default, written)
    if method in WITH_CAST:
        default, written = argument(call, 2, "default")
        return question(machine, frame, reader, call, method, default, written)
    if method in URLS:
        return url(machine, frame, reader, method, call)
    if method.endswith("_config"):
        return parsed(machine, frame, call, method.partition("_")[0])
    return machine.made.unknown(*call.positional)


def url(machine: Machine, frame: Frame, reader: Reader, method: str, call: Call) -> Any:
    cast, usual = URLS[method]
    name, _ = argument(call, 0, "var")
    default, written = argument(call, 1, "default")
    name = usual if isinstance(name, Nothing) else name
    whole = declared_default(reader, name, default)
    return asked(machine, frame, reader, name, call.node, whole, written, cast, VIA)


def question(
    machine: Machine, frame: Frame, reader: Reader, call: Call, cast: str | None, default: Any, written: Any
) -> Any:
    name = call.get(0, "var")
    kind = declared_cast(reader, name)
    whole = declared_default(reader, name, default)
    cast = cast or kind or smart(whole)
    return asked(machine, frame, reader, name, call.node, whole, written, cast, VIA)


def scheme(reader: Reader, name: Any) -> Any:
    """What Env(NAME=...) declares of a variable: its cast, or a pair of the cast and the default."""
    return reader.scheme.get(name, Nothing()) if isinstance(name, str) else Nothing()


def declared_default(reader: Reader, name: Any, default: Any) -> Any:
    found = scheme(reader, name)
    if isinstance(default, Nothing) and isinstance(found, Many) and found.kind == "tuple" and len(found.items) == 2:
        return found.items[1]
    return default


def declared_cast(reader: Reader, name: Any) -> str | None:
    found = scheme(reader, name)
    return cast_of(
        found.items[0] if isinstance(found, Many) and found.kind == "tuple" and len(found.items) == 2 else found
    )


def parsed(machine: Machine, frame: Frame, call: Call, cast: str) -> Any:
    """Env.db_url_config(value): what env.db() makes of a variable, for a value that is at hand."""
    value = call.get(0, "url")
    return (
        notes.cast(machine, frame, value, cast, value.default)
        if isinstance(value, FromEnv)
        else machine.made.unknown(value)
    )


def read_env(machine: Machine, frame: Frame, call: Call) -> None:
    path = call.get(0, "env_file")
    if isinstance(path, Nothing) or path is None:
        # Beside the file that calls.
        path = paths.joined(paths.up(paths.of_file(frame.module.file)), ".env")
    overwrite = call.get(None, "overwrite")
    notes.env_file(machine, frame, path, call.node, "environ.Env.read_env", overwrite is True)


def static(method: str) -> Any:
    """A method of the class, which needs no instance."""
    return lambda machine, frame, call: ask(machine, frame, Reader(VIA), method, call)


def path(machine: Machine, frame: Frame, call: Call) -> Any:
    """environ.Path(start, *paths)"""
    return paths.joined(*call.positional) if call.positional else UNKNOWN


METHODS = (
    "read_env",
    "db_url_config",
    "cache_url_config",
    "email_url_config",
    "search_url_config",
    "channels_url_config",
)

NAMES = ("environ.Env", "environ.FileAwareEnv", "environ.environ.Env", "environ.environ.FileAwareEnv")

FUNCTIONS = {
    "environ.Path": path,
    "environ.environ.Path": path,
    **{f"{name}.{method}": static(method) for name in NAMES for method in METHODS},
}

READERS = dict.fromkeys(NAMES, ask)
