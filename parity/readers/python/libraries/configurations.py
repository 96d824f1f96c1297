"""django-configurations: https://django-configurations.readthedocs.io/en/stable/values.html"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from parity.contract.python import Nothing
from parity.readers.python import notes
from parity.readers.python.libraries.asking import argument
from parity.readers.python.objects import Call, Class, Instance
from parity.readers.python.structures import UNKNOWN

if TYPE_CHECKING:
    from parity.readers.python.machine import Machine
    from parity.readers.python.module import Frame

VIA = "configurations.values"

# Kind of value -> cast, and the name that it goes by whatever the setting is called.
KINDS: dict[str, tuple[str, str | None]] = {
    "Value": ("str", None),
    "BooleanValue": ("bool", None),
    "IntegerValue": ("int", None),
    "FloatValue": ("float", None),
    "ListValue": ("list", None),
    "TupleValue": ("tuple", None),
    "SetValue": ("set", None),
    "DictValue": ("dict", None),
    "EmailValue": ("str", None),
    "URLValue": ("url", None),
    "PathValue": ("path", None),
    "SecretValue": ("str", None),
    "PositiveIntegerValue": ("int", None),
    "DatabaseURLValue": ("db", "DATABASE_URL"),
    "CacheURLValue": ("cache", "CACHE_URL"),
    "EmailURLValue": ("email", "EMAIL_URL"),
    "SearchURLValue": ("search", "SEARCH_URL"),
}


def define(machine: Machine, frame: Frame, type_: Class) -> Class:
    return type_


def construct(machine: Machine, frame: Frame, type_: Class, call: Call) -> Any:
    return None


def method(machine: Machine, frame: Frame, owner: Instance, name: str, call: Call) -> Any:
    return UNKNOWN


def value(kind: str) -> Any:
    cast, usual = KINDS[kind]

    def create(machine: Machine, frame: Frame, call: Call) -> Any:
        default, written = argument(call, 0, "default")
        name = call.get(None, "environ_name")
        prefix = call.get(None, "environ_prefix")
        if call.get(None, "environ") is False:
            return default
        # SECRET_KEY = values.SecretValue() is DJANGO_SECRET_KEY.
        setting = attribute_name(frame, call)
        name = (usual or setting) if isinstance(name, Nothing) else name
        if isinstance(prefix, Nothing):
            prefix = None if usual else "DJANGO"
        if name is None:
            return UNKNOWN
        full = machine.made.text((f"{prefix.rstrip('_')}_", name)) if isinstance(prefix, str) and prefix else name
        required = kind == "SecretValue" or call.get(None, "environ_required") is True
        default = None if isinstance(default, Nothing) and not required else default
        return notes.read(machine, frame, full, call.node, VIA, required, default, written, cast)

    return create


def attribute_name(frame: Frame, call: Call) -> str | None:
    """The setting that this is the value of: it stands on the same line, in the body of a class."""
    line = frame.module.source.lines[call.node.lineno - 1] if call.node.lineno <= len(frame.module.source.lines) else ""
    name = line.partition("=")[0].partition(":")[0].strip()
    return name if name.isidentifier() and name.isupper() else None


FUNCTIONS = {f"configurations.values.{kind}": value(kind) for kind in KINDS}

BASES = {"configurations.Configuration": sys.modules[__name__]}
