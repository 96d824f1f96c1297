"""Methods of values: of os.environ, of strings, lists, dicts and paths. What changes a value assigns it anew."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Any

from parity.contract.python import FromEnv, Many, Maybe, Nothing, Path, Table
from parity.readers.python import assignments, libraries, notes, operations, paths
from parity.readers.python.libraries import process
from parity.readers.python.objects import Call, Environment, EnvironmentName, Globals, Method, Reader
from parity.readers.python.structures import LITERALS, MOST_TEXT, UNKNOWN, without_maybe

if TYPE_CHECKING:
    from parity.readers.python.machine import Machine
    from parity.readers.python.module import Frame

# Of a string whose arguments are known, and of a variable's default.
OF_TEXT = frozenset(
    {
        "strip",
        "lstrip",
        "rstrip",
        "lower",
        "upper",
        "title",
        "capitalize",
        "casefold",
        "replace",
        "split",
        "rsplit",
        "splitlines",
        "startswith",
        "endswith",
        "removeprefix",
        "removesuffix",
        "partition",
        "rpartition",
        "isdigit",
        "encode",
        "count",
        "find",
    }
)


def call(machine: Machine, frame: Frame, method: Method, arguments: Call, target: ast.expr | None) -> Any:
    owner, name = method.owner, method.name
    if isinstance(owner, Environment):
        return process.environment(machine, frame, owner, name, arguments)
    if isinstance(owner, EnvironmentName):
        return process.any_name(machine, frame, name, arguments)
    if isinstance(owner, Reader):
        return libraries.ask(machine, frame, owner, name, arguments)
    if isinstance(owner, Globals):
        return of_globals(machine, frame, name, arguments)
    if isinstance(owner, FromEnv):
        return of_variable(machine, frame, owner, name, arguments)
    if isinstance(owner, (str, bytes)):
        return of_text(machine, owner, name, arguments)
    if isinstance(owner, Many):
        return of_many(machine, frame, owner, name, arguments, target)
    if isinstance(owner, Table):
        return of_table(machine, frame, owner, name, arguments, target)
    if isinstance(owner, Path):
        return of_path(machine, owner, name, arguments)
    return libraries.of_instance(machine, frame, owner, name, arguments)


def of_globals(machine: Machine, frame: Frame, name: str, arguments: Call) -> Any:
    first = arguments.get(0)
    if name == "update":
        entries = [*(first.entries if isinstance(first, Table) else ()), *arguments.keywords.items()]
        for key, value in entries:
            if isinstance(key, str):
                assignments.assign_name(machine, frame, frame.module.scope, key, value, arguments.node)
    elif name == "setdefault" and isinstance(first, str):
        if first not in frame.module.scope.names:
            assignments.assign_name(
                machine, frame, frame.module.scope, first, arguments.get(1, "default"), arguments.node
            )
        return frame.module.scope.names[first]
    elif name == "get" and isinstance(first, str):
        found = frame.module.scope.names.get(first, arguments.get(1, "default"))
        return None if isinstance(found, Nothing) else without_maybe(found)
    return UNKNOWN


def of_variable(machine: Machine, frame: Frame, owner: FromEnv, name: str, arguments: Call) -> Any:
    """A method of a variable's value: None, which stands for a missing variable, has none."""
    if owner.default is None:
        notes.require(machine, frame, owner)
    default = owner.default
    if isinstance(default, str) and name in OF_TEXT:
        default = of_text(machine, default, name, arguments)
    elif not isinstance(default, Nothing):
        default = Nothing() if default is None else UNKNOWN
    if name in ("split", "rsplit", "splitlines"):
        return notes.cast(machine, frame, owner, "list", default)
    if name in (
        "strip",
        "lstrip",
        "rstrip",
        "lower",
        "upper",
        "title",
        "capitalize",
        "casefold",
        "replace",
        "removesuffix",
        "rstrip",
    ):
        return FromEnv(owner.name, owner.cast, default)
    if name in ("startswith", "endswith", "isdigit"):
        return operations.of_variable(machine.made, owner, "equal", default)
    return machine.made.unknown(owner, *arguments.positional)


def of_text(machine: Machine, owner: str | bytes, name: str, arguments: Call) -> Any:
    if isinstance(owner, str) and name == "format":
        return formatted(machine, owner, arguments)
    if isinstance(owner, str) and name == "join":
        return together(machine, owner, arguments.get(0))
    plain = all(isinstance(one, LITERALS) for one in (*arguments.positional, *arguments.keywords.values()))
    if (
        name not in OF_TEXT
        or not plain
        or len(owner) > MOST_TEXT
        or any(isinstance(one, str) and len(one) > 100 for one in arguments.positional)
    ):
        return machine.made.unknown(*arguments.positional)
    try:
        value = getattr(owner, name)(*arguments.positional, **arguments.keywords)
    except (TypeError, ValueError, LookupError, OverflowError):
        return UNKNOWN
    if isinstance(value, (list, tuple)):
        return machine.made.many(value, "list" if isinstance(value, list) else "tuple")
    return value if not isinstance(value, str) or len(value) <= MOST_TEXT else UNKNOWN


def formatted(machine: Machine, template: str, arguments: Call) -> Any:
    """ "{}:{port}".format(...), for the plain fields."""
    parts: list[Any] = []
    position = 0
    pieces = template.replace("{{", "\0").replace("}}", "\1").split("{")
    parts.append(pieces[0])
    for piece in pieces[1:]:
        field, closed, rest = piece.partition("}")
        if not closed:
            return UNKNOWN
        if field == "":
            value = arguments.get(position)
            position += 1
        else:
            value = arguments.get(int(field)) if field.isdecimal() and len(field) < 3 else arguments.get(None, field)
        parts += [UNKNOWN if isinstance(value, Nothing) else operations.shown(value), rest]
    return machine.made.text(
        part.replace("\0", "{").replace("\1", "}") if isinstance(part, str) else part for part in parts
    )


def together(machine: Machine, separator: str, items: Any) -> Any:
    if not isinstance(items, Many) or not items.whole or len(items.items) > 200:
        return machine.made.unknown(items)
    parts: list[Any] = []
    for one in items.items:
        parts += [separator, operations.shown(without_maybe(one))]
    return machine.made.text(parts[1:])


def change(machine: Machine, frame: Frame, target: ast.expr | None, value: Any) -> None:
    if target is not None:
        assignments.assign(machine, frame, target, value, change=True)


def of_many(machine: Machine, frame: Frame, owner: Many, name: str, arguments: Call, target: ast.expr | None) -> Any:
    first = arguments.get(0)
    if name in ("append", "add") and not isinstance(first, Nothing):
        change(machine, frame, target, machine.made.many((*owner.items, first), owner.kind, owner.whole))
    elif name in ("extend", "update", "union") and not isinstance(first, Nothing):
        value = operations.extended(machine.made, owner, first)
        if name == "union":
            return value
        change(machine, frame, target, value)
    elif name == "insert":
        change(machine, frame, target, inserted(machine, owner, first, arguments.get(1)))
    elif name in ("remove", "discard"):
        left = [one for one in owner.items if not (isinstance(first, LITERALS) and without_maybe(one) == first)]
        change(machine, frame, target, machine.made.many(left, owner.kind, owner.whole and isinstance(first, LITERALS)))
    elif name == "index" and isinstance(first, LITERALS):
        return next((place for place, one in enumerate(owner.items) if one == first), UNKNOWN)
    elif name == "pop":
        place = -1 if isinstance(first, Nothing) else first
        if isinstance(place, int) and -len(owner.items) <= place < len(owner.items):
            items = list(owner.items)
            taken = items.pop(place)
            change(machine, frame, target, machine.made.many(items, owner.kind, owner.whole))
            return without_maybe(taken)
    elif name == "copy":
        return owner
    elif name == "clear":
        change(machine, frame, target, Many((), owner.kind))
    elif name in ("sort", "reverse"):
        items = list(reversed(owner.items)) if name == "reverse" else list(owner.items)
        change(machine, frame, target, machine.made.many(items, owner.kind, owner.whole))
    return None if name in ("append", "extend", "insert", "remove", "add", "update") else machine.made.unknown(owner)


def inserted(machine: Machine, owner: Many, place: Any, value: Any) -> Any:
    """Where it isn't known where, the item stands at the end."""
    items = list(owner.items)
    items.insert(place if isinstance(place, int) else len(items), value if not isinstance(value, Nothing) else UNKNOWN)
    return machine.made.many(items, owner.kind, owner.whole)


def of_table(machine: Machine, frame: Frame, owner: Table, name: str, arguments: Call, target: ast.expr | None) -> Any:
    made, first = machine.made, arguments.get(0)
    if name == "update":
        value: Any = owner
        if not isinstance(first, Nothing):
            first = Table(((UNKNOWN, first),), False) if isinstance(first, FromEnv) else first
            value = operations.updated(made, owner, first)
        change(machine, frame, target, operations.updated(made, value, Table(tuple(arguments.keywords.items()))))
        return None
    if name == "items":
        return made.many(
            (Many((key, without_maybe(value)), "tuple") for key, value in owner.entries), "list", owner.whole
        )
    if name == "keys":
        return made.many((key for key, _ in owner.entries), "list", owner.whole)
    if name == "values":
        return made.many((value for _, value in owner.entries), "list", owner.whole)
    if name == "copy":
        return owner
    if name not in ("get", "setdefault", "pop") or not isinstance(first, LITERALS):
        return made.unknown(owner, first)
    found = next((value for key, value in owner.entries if key == first), Nothing())
    default = arguments.get(1, "default")
    default = None if isinstance(default, Nothing) else default
    if name == "setdefault" and isinstance(found, Nothing):
        change(machine, frame, target, operations.with_item(made, owner, first, default))
    if name == "pop":
        change(
            machine,
            frame,
            target,
            made.table(((key, value) for key, value in owner.entries if key != first), owner.whole),
        )
    if isinstance(found, Maybe):
        return made.either((found.value, default))
    if isinstance(found, Nothing):
        return default if owner.whole else made.unknown(owner)
    return found


def of_path(machine: Machine, owner: Path, name: str, arguments: Call) -> Any:
    if name in ("resolve", "absolute", "expanduser", "as_posix", "__str__", "__call__"):
        return (
            owner
            if not arguments.positional or name == "resolve"
            else paths.joined(owner, *arguments.positional) or UNKNOWN
        )
    if name in ("joinpath", "path", "rstrip"):
        return (paths.joined(owner, *arguments.positional) or UNKNOWN) if name != "rstrip" else owner
    first = arguments.get(0)
    if name == "with_name" and isinstance(first, str):
        return paths.joined(paths.up(owner), first)
    if name == "with_suffix" and isinstance(first, str):
        return paths.without_suffix(owner, first)
    return machine.made.unknown(*arguments.positional)
