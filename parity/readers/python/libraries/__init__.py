"""What the libraries that read the environment do, each in a module of its own."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Any

from parity.contract.dataclass import dataclass
from parity.contract.python import FromEnv, Nothing, Value, alternatives
from parity.readers.python import notes
from parity.readers.python.objects import (
    Call,
    Class,
    Environment,
    EnvironmentName,
    External,
    Handler,
    Instance,
    Method,
    Reader,
)
from parity.readers.python.structures import UNKNOWN

if TYPE_CHECKING:
    from parity.readers.python.machine import Machine
    from parity.readers.python.module import Frame


@dataclass(frozen=True, slots=True)
class Prefixed:
    """`with env.prefixed("X_")`"""

    reader: Reader
    prefix: Value


@dataclass(frozen=True, slots=True)
class Suppressed:
    """`with suppress(KeyError)`"""

    names: frozenset[str]


# By the dotted name of a function, by that of a Reader's class, and by that of a class of settings.
FUNCTIONS: dict[str, Handler] = {}
READERS: dict[str, Handler] = {}
BASES: dict[str, Any] = {}

# A module that isn't in the repository, or isn't among the files that were given, may make an `env` of its own.
GUESSED = ("env", "ENV")


def register() -> None:
    from parity.readers.python.libraries import (
        configurations,
        decouple,
        django_environ,
        django_heroku,
        dotenv,
        environs,
        envparse,
        process,
        pydantic,
        split_settings,
        standard,
        starlette,
    )

    for module in (
        process,
        standard,
        django_environ,
        environs,
        decouple,
        envparse,
        starlette,
        dotenv,
        split_settings,
        django_heroku,
        pydantic,
        configurations,
    ):
        FUNCTIONS.update(getattr(module, "FUNCTIONS", {}))
        READERS.update(getattr(module, "READERS", {}))
        BASES.update(getattr(module, "BASES", {}))


def call(machine: Machine, frame: Frame, callee: External, arguments: Call) -> Any:
    """A call of something from outside of the repository."""
    if not FUNCTIONS:
        register()
    handler = FUNCTIONS.get(callee.name)
    if handler is not None:
        return handler(machine, frame, arguments)
    if callee.name in INSTANCES:
        return ask(machine, frame, instance(callee.name), "__call__", arguments)
    if callee.name in READERS:
        return made(machine, callee.name, arguments)
    guess = guessed(callee, arguments)
    if guess is not None:
        return ask(machine, frame, Reader("environ.Env"), guess, arguments)
    owner, _, method = callee.name.rpartition(".")
    if owner in FUNCTIONS or owner in INSTANCES:
        return ask(machine, frame, instance(owner), method, arguments)
    values = (*arguments.positional, *arguments.keywords.values())
    if len(values) == 1 and isinstance(values[0], FromEnv) and not callee.name.startswith("builtins."):
        # A function that isn't known makes something of the variable: what is unknown, and that it does is not.
        notes.cast(machine, frame, values[0], callee.last)
    return machine.made.unknown(*values)


# Objects that the libraries make by themselves.
INSTANCES = {"decouple.config": "decouple.AutoConfig", "envparse.env": "envparse.Env", "environs.env": "environs.Env"}

SHARED: dict[str, Reader] = {}


def instance(name: str) -> Reader:
    return Reader(INSTANCES.get(name, name))


def guessed(callee: External, arguments: Call) -> str | None:
    """The method, when this looks like a call of an `env` whose making isn't seen: env("X"), env.bool("X")."""
    first = arguments.get(0, "var", "name")
    names = callee.name.split(".")
    if callee.name.startswith("builtins.") or not isinstance(first, str) or not first.isupper():
        return None
    if names[-1] in GUESSED:
        return "__call__"
    return names[-1] if names[-2:-1] and names[-2] in GUESSED and names[0] not in ("envparse", "environs") else None


def made(machine: Machine, name: str, arguments: Call) -> Reader:
    reader = Reader(name, dict(arguments.keywords))
    prefix = arguments.get(None, "prefix", "env_prefix")
    if name.startswith(("environs.", "starlette.")) and not isinstance(prefix, Nothing) and prefix is not None:
        reader.prefix = prefix
    reader.file_aware = name.endswith("FileAwareEnv")
    return reader


def ask(machine: Machine, frame: Frame, reader: Reader, method: str, arguments: Call) -> Any:
    """reader.method(...)"""
    if not FUNCTIONS:
        register()
    handler = READERS.get(reader.library)
    return handler(machine, frame, reader, method, arguments) if handler is not None else UNKNOWN


def configure(reader: Reader, attribute: str, value: Any) -> None:
    """reader.attribute = value"""
    if attribute == "prefix":
        reader.prefix = value


def membership(machine: Machine, frame: Frame, left: Any, right: Any, node: ast.Compare) -> list[str]:
    """The variables that `left in right` asks for."""
    if isinstance(right, Method) and isinstance(right.owner, Reader):
        right = right.owner
    if not isinstance(right, (Environment, Reader)):
        return []
    names = [str(one) for one in alternatives(left) if isinstance(one, str)][:8]
    if machine.missing is not None and names == [machine.missing]:
        # Asked again, as if it weren't set.
        return []
    if isinstance(left, EnvironmentName):
        return []
    via = "in os.environ" if isinstance(right, Environment) else f"in {right.library}"
    notes.read(machine, frame, left, node, via, False)
    return names


def define(machine: Machine, frame: Frame, type_: Class) -> Any:
    """What stands for a class once its body was read: some ask for variables by their fields."""
    if not FUNCTIONS:
        register()
    for root in type_.roots():
        if root in BASES:
            return BASES[root].define(machine, frame, type_)
    return type_


def construct(machine: Machine, frame: Frame, type_: Class, arguments: Call) -> Any:
    """An instance of a class that is derived from a library's."""
    for root in type_.roots():
        if root in READERS:
            # Its __init__ sets `prefix` and `scheme` anew, whatever the class says.
            return made(machine, root, arguments)
        if root in BASES:
            return BASES[root].construct(machine, frame, type_, arguments)
    return None


def of_instance(machine: Machine, frame: Frame, owner: Any, name: str, arguments: Call) -> Any:
    if isinstance(owner, Instance):
        for root in owner.type.roots():
            if root in BASES:
                return BASES[root].method(machine, frame, owner, name, arguments)
    return machine.made.unknown(*arguments.positional, *arguments.keywords.values())
