"""python-dotenv, dj-database-url and their kin: one function each.

https://saurabh-kumar.com/python-dotenv/ https://github.com/jazzband/dj-database-url
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from parity.contract.python import FromEnv, Nothing
from parity.readers.python import notes, paths
from parity.readers.python.libraries.asking import argument
from parity.readers.python.objects import Call
from parity.readers.python.structures import UNKNOWN

if TYPE_CHECKING:
    from parity.readers.python.machine import Machine
    from parity.readers.python.module import Frame


def load(machine: Machine, frame: Frame, call: Call) -> Any:
    path = call.get(0, "dotenv_path")
    found = UNKNOWN if isinstance(path, Nothing) or path in (None, "") else path
    notes.env_file(machine, frame, found, call.node, "dotenv.load_dotenv", call.get(3, "override") is True)
    return UNKNOWN


def values(machine: Machine, frame: Frame, call: Call) -> Any:
    path = call.get(0, "dotenv_path")
    notes.env_file(machine, frame, UNKNOWN if isinstance(path, Nothing) else path, call.node, "dotenv.dotenv_values")
    return UNKNOWN


def read(machine: Machine, frame: Frame, call: Call) -> Any:
    """django-dotenv's read_dotenv()"""
    path = call.get(0, "dotenv")
    if isinstance(path, Nothing) or path is None:
        path = paths.joined(paths.up(paths.of_file(frame.module.file)), ".env")
    notes.env_file(machine, frame, path, call.node, "dotenv.read_dotenv", call.get(None, "override") is True)
    return UNKNOWN


def from_url(usual: str, cast: str, via: str) -> Any:
    """config(env="DATABASE_URL", default=None): without the variable and a default it gives an empty dict."""

    def config(machine: Machine, frame: Frame, call: Call) -> Any:
        name = call.get(0, "env")
        default, written = argument(call, 1, "default")
        name = usual if isinstance(name, Nothing) else name
        return notes.read(
            machine,
            frame,
            name,
            call.node,
            via,
            False,
            None if isinstance(default, Nothing) else default,
            written,
            cast,
        )

    return config


def parsed(cast: str) -> Any:
    def parse(machine: Machine, frame: Frame, call: Call) -> Any:
        value = call.get(0, "url")
        if isinstance(value, FromEnv):
            return notes.cast(machine, frame, value, cast, value.default)
        return machine.made.unknown(value)

    return parse


FUNCTIONS = {
    "dotenv.load_dotenv": load,
    "dotenv.main.load_dotenv": load,
    "dotenv.dotenv_values": values,
    "dotenv.find_dotenv": lambda machine, frame, call: UNKNOWN,
    "dotenv.read_dotenv": read,
    "dj_database_url.config": from_url("DATABASE_URL", "db", "dj_database_url.config"),
    "dj_database_url.parse": parsed("db"),
    "dj_email_url.config": from_url("EMAIL_URL", "email", "dj_email_url.config"),
    "dj_email_url.parse": parsed("email"),
    "django_cache_url.config": from_url("CACHE_URL", "cache", "django_cache_url.config"),
    "django_cache_url.parse": parsed("cache"),
    "dj_search_url.config": from_url("SEARCH_URL", "search", "dj_search_url.config"),
}
