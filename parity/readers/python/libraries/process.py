"""os.environ and os.getenv: https://docs.python.org/3/library/os.html#os.environ"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from parity.contract.python import Many, Nothing, Table, Text
from parity.readers.python import notes
from parity.readers.python.objects import Call, Environment, EnvironmentName
from parity.readers.python.structures import UNKNOWN

if TYPE_CHECKING:
    from parity.readers.python.machine import Machine
    from parity.readers.python.module import Frame


def get(machine: Machine, frame: Frame, arguments: Call, via: str) -> Any:
    default = arguments.get(1, "default")
    written = arguments.written(1, "default")
    default = None if isinstance(default, Nothing) else default
    return notes.read(machine, frame, arguments.get(0, "key"), arguments.node, via, False, default, written)


def getenv(machine: Machine, frame: Frame, arguments: Call) -> Any:
    return get(machine, frame, arguments, "os.getenv")


def putenv(machine: Machine, frame: Frame, arguments: Call) -> Any:
    notes.write(machine, frame, arguments.get(0), arguments.get(1), arguments.node, "assign")
    return None


def environment(machine: Machine, frame: Frame, owner: Environment, name: str, arguments: Call) -> Any:
    """A method of os.environ."""
    if name == "get":
        return get(machine, frame, arguments, "os.environ.get")
    if name == "pop":
        default = arguments.get(1, "default")
        return notes.read(
            machine,
            frame,
            arguments.get(0),
            arguments.node,
            "os.environ.pop",
            isinstance(default, Nothing),
            default,
            arguments.written(1),
        )
    if name in ("__getitem__", "__contains__"):
        via = "os.environ[]" if name == "__getitem__" else "in os.environ"
        return notes.read(machine, frame, arguments.get(0), arguments.node, via, name == "__getitem__")
    if name in ("setdefault", "__setitem__"):
        return set_one(machine, frame, owner, name, arguments)
    if name == "update":
        update(machine, frame, owner, arguments)
    elif name == "items":
        return Many((Many((EnvironmentName(), UNKNOWN), "tuple"),))  # type: ignore[arg-type]
    elif name == "keys":
        return Many((EnvironmentName(),))  # type: ignore[arg-type]
    elif name == "copy":
        frame.root.copies[frame.module.source.place(arguments.node)] = None
        return Environment(copied=True)
    return UNKNOWN


def set_one(machine: Machine, frame: Frame, owner: Environment, name: str, arguments: Call) -> Any:
    key, value = arguments.get(0), arguments.get(1, "default")
    value = UNKNOWN if isinstance(value, Nothing) else value
    if not owner.copied:
        notes.write(machine, frame, key, value, arguments.node, "setdefault" if name == "setdefault" else "assign")
    if name == "setdefault" and isinstance(key, str):
        from parity.contract.python import FromEnv

        return FromEnv(str(key), None, machine.plain(value))
    return UNKNOWN


def update(machine: Machine, frame: Frame, owner: Environment, arguments: Call) -> None:
    first = arguments.get(0)
    entries = [*(first.entries if isinstance(first, Table) else ()), *arguments.keywords.items()]
    for key, value in entries:
        if isinstance(key, str) and not owner.copied:
            notes.write(machine, frame, key, value, arguments.node, "update")


def any_name(machine: Machine, frame: Frame, name: str, arguments: Call) -> Any:
    """A method of a name that `for name in os.environ` gave: name.startswith("APP_") asks for APP_*."""
    first = arguments.get(0)
    starts = first.items if isinstance(first, Many) else (first,)
    for one in starts:
        if name in ("startswith", "endswith") and isinstance(one, str) and one:
            parts = (str(one), UNKNOWN) if name == "startswith" else (UNKNOWN, str(one))
            notes.read(machine, frame, Text(parts), arguments.node, "os.environ", False)
    return UNKNOWN


FUNCTIONS = {
    "os.getenv": getenv,
    "os.getenvb": getenv,
    "os.putenv": putenv,
}
