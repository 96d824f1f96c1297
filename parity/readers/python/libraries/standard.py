"""What the standard library and the builtins make of values: https://docs.python.org/3/library/functions.html"""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from parity.contract.python import Either, FromEnv, Many, Maybe, Nothing, Path, Table
from parity.readers.python import attributes, calls, comprehensions, notes, operations, paths
from parity.readers.python.libraries import Suppressed
from parity.readers.python.objects import Bound, Call, Class, Environment, External, Field, Globals, Sentinel
from parity.readers.python.structures import LITERALS, UNKNOWN, without_maybe

if TYPE_CHECKING:
    from parity.readers.python.machine import Machine
    from parity.readers.python.module import Frame

CASTS: dict[str, Callable[[Any], Any]] = {"int": int, "float": float, "str": str, "bool": bool}

# The program fails when these get None.
FAILING = ("int", "float", "json", "literal", "list", "tuple", "set")


def cast(name: str) -> Any:
    def convert(machine: Machine, frame: Frame, call: Call) -> Any:
        value = call.get(0)
        if isinstance(value, FromEnv):
            return of_variable(machine, frame, value, name)
        if isinstance(value, Path) and name == "str":
            return value
        if isinstance(value, Either) and len(value.values) < 4:
            return machine.made.either(converted(machine, frame, one, name) for one in value.values)
        return converted(machine, frame, value, name)

    return convert


def of_variable(machine: Machine, frame: Frame, value: FromEnv, name: str) -> FromEnv:
    if value.default is None and name in FAILING:
        notes.require(machine, frame, value)
    default = (
        converted(machine, frame, value.default, name)
        if isinstance(value.default, LITERALS) and value.default is not None
        else Nothing()
    )
    if not isinstance(value.default, (Nothing, type(None))) and not isinstance(default, LITERALS):
        default = UNKNOWN
    # bool("False") is True: no cast in the sense of the libraries.
    return notes.cast(machine, frame, value, {"bool": "truth"}.get(name, name), default)


def converted(machine: Machine, frame: Frame, value: Any, name: str) -> Any:
    if isinstance(value, FromEnv):
        return of_variable(machine, frame, value, name)
    if name == "bool":
        truth = operations.truth(value)
        return machine.made.unknown(value) if truth is None else truth
    if isinstance(value, Nothing):
        return {"int": 0, "float": 0.0, "str": ""}[name]
    if name == "str" and isinstance(value, str):
        return value
    if not isinstance(value, (str, int, float)) or len(str(value) if not isinstance(value, int) else "") > 300:
        return machine.made.unknown(value)
    try:
        return CASTS[name](value)
    except (ValueError, OverflowError):
        return UNKNOWN


def collection(kind: Any) -> Any:
    def convert(machine: Machine, frame: Frame, call: Call) -> Any:
        value = call.get(0)
        if isinstance(value, Nothing):
            return Many((), kind)
        if isinstance(value, FromEnv):
            return machine.made.unknown(value)
        if isinstance(value, Class):
            items = comprehensions.iterated(machine, frame, value, call.node)
            return machine.made.many(items, kind) if items is not None else UNKNOWN
        if isinstance(value, Environment):
            frame.root.copies[frame.module.source.place(call.node)] = None
            return UNKNOWN
        inner = operations.as_many(value)
        if not inner.whole and not inner.items:
            return machine.made.unknown(value)
        return machine.made.many(inner.items, kind, inner.whole)

    return convert


def dictionary(machine: Machine, frame: Frame, call: Call) -> Any:
    first = call.get(0)
    if isinstance(first, Environment):
        frame.root.copies[frame.module.source.place(call.node)] = None
        return Environment(copied=True)
    whole: Any = first if isinstance(first, Table) else Table(())
    if isinstance(first, Many):
        items = [without_maybe(item) for item in first.items]
        good = all(isinstance(item, Many) and len(item.items) == 2 for item in items)
        whole = (
            machine.made.table(((item.items[0], item.items[1]) for item in items), first.whole)
            if good
            else machine.made.unknown(first)
        )
    elif isinstance(first, FromEnv):
        whole = Table(((UNKNOWN, first),), False)
    elif not isinstance(first, (Table, Nothing)):
        whole = Table((), False)
    return operations.updated(machine.made, whole, Table(tuple(call.keywords.items()), not call.starred))


def copied(machine: Machine, frame: Frame, call: Call) -> Any:
    value = call.get(0)
    if isinstance(value, Environment):
        frame.root.copies[frame.module.source.place(call.node)] = None
        return Environment(copied=True)
    return UNKNOWN if isinstance(value, Nothing) else value


def mapped(machine: Machine, frame: Frame, call: Call) -> Any:
    function, items = call.get(0), call.get(1)
    if isinstance(items, FromEnv):
        return notes.cast(machine, frame, items, "list", Nothing())
    if not isinstance(items, Many) or len(items.items) > 200:
        return machine.made.unknown(items)
    results = [
        calls.called(machine, frame, function, Call(call.node, (without_maybe(item),), {}, False))
        for item in items.items
    ]
    return machine.made.many(results, "list", items.whole)


def filtered(machine: Machine, frame: Frame, call: Call) -> Any:
    items = call.get(1)
    if isinstance(items, Many) and call.get(0) is None:
        return machine.made.many(
            (item for item in items.items if operations.truth(item) is not False), "list", items.whole
        )
    return items if isinstance(items, FromEnv) else machine.made.unknown(items)


def zipped(machine: Machine, frame: Frame, call: Call) -> Any:
    if all(isinstance(one, Many) and one.whole for one in call.positional) and call.positional:
        rows = zip(*(one.items for one in call.positional), strict=False)
        return machine.made.many(machine.made.many(row, "tuple") for row in rows)
    return machine.made.unknown(*call.positional)


def enumerated(machine: Machine, frame: Frame, call: Call) -> Any:
    value = call.get(0)
    if isinstance(value, Many) and value.whole:
        return machine.made.many(machine.made.many((place, item), "tuple") for place, item in enumerate(value.items))
    return machine.made.unknown(value)


def length(machine: Machine, frame: Frame, call: Call) -> Any:
    value = call.get(0)
    if isinstance(value, Many) and value.whole and not any(isinstance(item, Maybe) for item in value.items):
        return len(value.items)
    return len(value) if isinstance(value, str) else machine.made.unknown(value)


def attribute(machine: Machine, frame: Frame, call: Call) -> Any:
    """getattr(x, "name", default)"""
    name = call.get(1)
    if not isinstance(name, str):
        return machine.made.unknown(*call.positional)
    return attributes.attribute(machine, frame, call.get(0), name, call.node)


def partial(machine: Machine, frame: Frame, call: Call) -> Any:
    return Bound(call.positional[0], call.positional[1:]) if call.positional and not call.keywords else UNKNOWN


def field(machine: Machine, frame: Frame, call: Call) -> Any:
    """dataclasses.field(default=...)"""
    default = call.get(None, "default")
    factory = call.get(None, "default_factory", "factory")
    if isinstance(default, Nothing) and not isinstance(factory, Nothing):
        return calls.called(machine, frame, factory, calls.without_arguments(call.node))
    return default


def named_tuple(machine: Machine, frame: Frame, call: Call) -> Any:
    """namedtuple("Variable", "name default")"""
    name, fields = call.get(0), call.get(1, "field_names")
    names = (
        fields.replace(",", " ").split()
        if isinstance(fields, str)
        else [one for one in operations.as_many(fields).items if isinstance(one, str)]
    )
    defaults = operations.as_many(call.get(None, "defaults")).items
    blank = ast.ClassDef(str(name), [], [], [], [], lineno=call.node.lineno, col_offset=0)
    target = ast.AnnAssign(ast.Name("", ast.Store()), ast.Name("", ast.Load()), None, 1)
    made = [Field(str(one), target.annotation, Nothing(), target, None) for one in names[:100]]
    for one, default in zip(made[len(made) - len(defaults) :], defaults, strict=False):
        one.default = default
    return Class(str(name), frame.module, (), {}, made, blank, record=True)


def cast_by(name: str) -> Any:
    """A function that makes something of one string."""

    def convert(machine: Machine, frame: Frame, call: Call) -> Any:
        value = call.get(0)
        if not isinstance(value, FromEnv):
            return machine.made.unknown(*call.positional)
        if value.default is None and name in FAILING:
            notes.require(machine, frame, value)
        return notes.cast(machine, frame, value, name)

    return convert


def path(machine: Machine, frame: Frame, call: Call) -> Any:
    if not call.positional:
        return Path(".")
    if isinstance(call.positional[0], FromEnv) and len(call.positional) == 1:
        value = call.positional[0]
        if value.default is None:
            notes.require(machine, frame, value)
        default = value.default
        return notes.cast(
            machine,
            frame,
            value,
            "path",
            Path(default) if isinstance(default, str) else default if isinstance(default, Path) else Nothing(),
        )
    return joined(machine, frame, call)


def joined(machine: Machine, frame: Frame, call: Call) -> Any:
    found = paths.joined(*call.positional) if call.positional else None
    if (
        found is None
        and len(call.positional) > 1
        and all(isinstance(one, (str, Path, FromEnv)) for one in call.positional)
    ):
        parts: list[Any] = []
        for one in call.positional:
            parts += ["/", one]
        return machine.made.text(parts[1:])
    return found if found is not None else machine.made.unknown(*call.positional)


def folder(machine: Machine, frame: Frame, call: Call) -> Any:
    value = paths.of(call.get(0))
    return paths.up(value) if value is not None else machine.made.unknown(*call.positional)


def normal(machine: Machine, frame: Frame, call: Call) -> Any:
    value = paths.of(call.get(0))
    return paths.normal(value) if value is not None else machine.made.unknown(*call.positional)


def base(machine: Machine, frame: Frame, call: Call) -> Any:
    value = paths.of(call.get(0))
    return paths.name(value) if value is not None else UNKNOWN


def same(machine: Machine, frame: Frame, call: Call) -> Any:
    """gettext_lazy("x") is "x" as far as we care."""
    value = call.get(0)
    return UNKNOWN if isinstance(value, Nothing) else value


def suppressed(machine: Machine, frame: Frame, call: Call) -> Suppressed:
    return Suppressed(frozenset(one.last for one in call.positional if isinstance(one, External)))


def names(machine: Machine, frame: Frame, call: Call) -> Any:
    return (
        Globals()
        if frame.at_top or not isinstance(call.node.func, ast.Name) or call.node.func.id == "globals"
        else UNKNOWN
    )


FUNCTIONS = {
    **{f"builtins.{name}": cast(name) for name in CASTS},
    "builtins.list": collection("list"),
    "builtins.sorted": collection("list"),
    "builtins.reversed": collection("list"),
    "builtins.tuple": collection("tuple"),
    "builtins.set": collection("set"),
    "builtins.frozenset": collection("set"),
    "builtins.dict": dictionary,
    "builtins.map": mapped,
    "builtins.filter": filtered,
    "builtins.zip": zipped,
    "builtins.enumerate": enumerated,
    "builtins.len": length,
    "builtins.getattr": attribute,
    "builtins.object": lambda machine, frame, call: Sentinel(),
    "builtins.globals": names,
    "builtins.locals": names,
    "builtins.vars": names,
    "copy.copy": copied,
    "copy.deepcopy": copied,
    "collections.OrderedDict": dictionary,
    "collections.namedtuple": named_tuple,
    "typing.NamedTuple": named_tuple,
    "typing.cast": lambda machine, frame, call: call.get(1),
    "dataclasses.field": field,
    "attr.ib": field,
    "attrs.field": field,
    "functools.partial": partial,
    "json.loads": cast_by("json"),
    "ast.literal_eval": cast_by("literal"),
    "distutils.util.strtobool": cast_by("strtobool"),
    "setuptools.distutils.util.strtobool": cast_by("strtobool"),
    "urllib.parse.urlparse": cast_by("url"),
    "urllib.parse.urlsplit": cast_by("url"),
    "pathlib.Path": path,
    "pathlib.PurePath": path,
    "pathlib.PosixPath": path,
    "pathlib.Path.cwd": lambda machine, frame, call: Path("."),
    "os.getcwd": lambda machine, frame, call: Path("."),
    "os.fspath": same,
    "os.path.join": joined,
    "os.path.dirname": folder,
    "os.path.abspath": normal,
    "os.path.realpath": normal,
    "os.path.normpath": normal,
    "os.path.expanduser": normal,
    "os.path.basename": base,
    "contextlib.suppress": suppressed,
    **dict.fromkeys(
        (
            "django.utils.translation.gettext_lazy",
            "django.utils.translation.gettext",
            "django.utils.translation.ugettext_lazy",
            "django.utils.safestring.mark_safe",
            "textwrap.dedent",
        ),
        same,
    ),
}
