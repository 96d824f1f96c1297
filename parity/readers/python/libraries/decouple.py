"""python-decouple: https://github.com/HBNetwork/python-decouple"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from parity.contract.python import Many, Nothing
from parity.readers.python import notes
from parity.readers.python.libraries.asking import argument, asked, cast_of, default_cast
from parity.readers.python.objects import Call, External, Handler, Reader
from parity.readers.python.structures import UNKNOWN

if TYPE_CHECKING:
    from parity.readers.python.machine import Machine
    from parity.readers.python.module import Frame

VIA = "decouple.config"


def ask(machine: Machine, frame: Frame, reader: Reader, method: str, call: Call) -> Any:
    if method not in ("__call__", "get"):
        return UNKNOWN
    if reader.library == "decouple.AutoConfig" and not frame.root.env_files:
        # It looks for .env and settings.ini beside the caller, then further up.
        notes.env_file(machine, frame, UNKNOWN, call.node, "decouple.AutoConfig")
    default, written = argument(call, 1, "default")
    cast = call.get(2, "cast")
    value = asked(machine, frame, reader, call.get(0, "option"), call.node, default, written, cast_of(cast), VIA)
    return default_cast(machine, frame, call, value, cast)


def config(machine: Machine, frame: Frame, call: Call) -> Any:
    return ask(machine, frame, Reader("decouple.AutoConfig"), "__call__", call)


def with_repository(machine: Machine, frame: Frame, call: Call) -> Reader:
    return Reader("decouple.Config")


def repository(machine: Machine, frame: Frame, call: Call) -> Any:
    notes.env_file(machine, frame, call.get(0, "source"), call.node, "decouple.RepositoryEnv")
    return UNKNOWN


def csv(machine: Machine, frame: Frame, call: Call) -> External:
    post = call.get(3, "post_process")
    if not isinstance(call.get(0, "cast"), Nothing) or not isinstance(call.get(1, "delimiter"), Nothing):
        return External("decouple.Csv()")
    return External(
        "decouple.csv.tuple" if isinstance(post, External) and post.last == "tuple" else "decouple.csv.list"
    )


def split(kind: Literal["list", "tuple"]) -> Handler:
    """Csv()("a, b")"""

    def convert(machine: Machine, frame: Frame, call: Call) -> Any:
        value = call.get(0)
        if not isinstance(value, str) or any(char in value for char in "'\"\\"):
            return Many((), kind) if value is None else machine.made.unknown(value)
        return Many(tuple(item.strip() for item in value.split(",") if item.strip()), kind)

    return convert


def choices(machine: Machine, frame: Frame, call: Call) -> Any:
    cast = call.get(1, "cast")
    return External("builtins.str") if isinstance(cast, Nothing) else cast


FUNCTIONS = {
    "decouple.config": config,
    "decouple.Config": with_repository,
    "decouple.RepositoryEnv": repository,
    "decouple.RepositoryIni": repository,
    "decouple.Csv": csv,
    "decouple.csv.list": split("list"),
    "decouple.csv.tuple": split("tuple"),
    "decouple.Choices": choices,
}

READERS = {"decouple.AutoConfig": ask, "decouple.Config": ask}
