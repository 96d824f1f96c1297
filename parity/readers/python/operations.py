"""Operators on values of which only some are known."""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable
from typing import Any

from parity.contract.python import Either, FromEnv, Many, Maybe, Nothing, Path, Table, Text, Unknown
from parity.readers.python import paths
from parity.readers.python.objects import Class, External, Function, Instance, Reader, Sentinel
from parity.readers.python.structures import LITERALS, MOST_TEXT, UNKNOWN, Structures, pairs, same, without_maybe

MOST_NUMBER = 1 << 128

ARITHMETIC: dict[type[ast.operator], Callable[[Any, Any], Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.FloorDiv: operator.floordiv,
    ast.Mod: operator.mod,
    ast.BitOr: operator.or_,
    ast.BitAnd: operator.and_,
}

COMPARISONS: dict[type[ast.cmpop], Callable[[Any, Any], Any]] = {
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
}


def truth(value: Any) -> bool | None:
    """Whether a value counts as true; None when that can't be told."""
    if isinstance(value, LITERALS):
        return bool(value)
    if isinstance(value, Many):
        return (
            True
            if any(not isinstance(item, Maybe) for item in value.items)
            else None
            if not value.whole or value.items
            else False
        )
    if isinstance(value, Table):
        return (
            True
            if any(not isinstance(item, Maybe) for _, item in value.entries)
            else None
            if not value.whole or value.entries
            else False
        )
    if isinstance(value, Text):
        return True if any(isinstance(part, str) for part in value.parts) else None
    if isinstance(value, Either):
        found = {truth(one) for one in value.values}
        return found.pop() if len(found) == 1 else None
    if isinstance(value, (Path, Function, Class, Instance, Reader)):
        return True
    return None


def binary(made: Structures, kind: type[ast.operator], left: Any, right: Any) -> Any:
    """left + right, and so on."""
    if isinstance(left, (Either, Maybe)) or isinstance(right, (Either, Maybe)):
        return distributed(made, kind, left, right)
    if kind is ast.Add:
        return added(made, left, right)
    if isinstance(left, Path) and kind is ast.Div:
        return paths.joined(left, right) or made.unknown(right)
    if isinstance(left, Path) and kind is ast.Sub and isinstance(right, int) and 0 <= right < 50:
        # django-environ's Path: `root - 2` is two folders up.
        return paths.up(left, right)
    if isinstance(left, str) and kind is ast.Mod:
        return formatted(made, left, right)
    if isinstance(left, Table) and isinstance(right, Table) and kind is ast.BitOr:
        return updated(made, left, right)
    if isinstance(left, Many) and isinstance(right, int) and kind is ast.Mult and right * len(left.items) < 500:
        return made.many(left.items * right, left.kind, left.whole)
    return literal_binary(kind, left, right) if arithmetic(left) and arithmetic(right) else made.unknown(left, right)


def arithmetic(value: Any) -> bool:
    return isinstance(value, (int, float, str, bytes)) and not (isinstance(value, int) and abs(value) > MOST_NUMBER)


def literal_binary(kind: type[ast.operator], left: Any, right: Any) -> Any:
    if isinstance(left, (str, bytes)) or isinstance(right, (str, bytes)):
        count, text = (left, right) if isinstance(left, int) else (right, left)
        if kind is not ast.Mult or not isinstance(count, int) or count * len(text) > MOST_TEXT:
            return UNKNOWN
    if (
        kind is ast.Pow
        and isinstance(left, (int, float))
        and isinstance(right, int)
        and abs(left) <= 1000
        and 0 <= right <= 32
    ):
        return left**right
    if kind is ast.LShift and isinstance(left, int) and isinstance(right, int) and 0 <= right <= 64:
        return left << right
    function = ARITHMETIC.get(kind)
    try:
        return function(left, right) if function else UNKNOWN
    except (TypeError, ValueError, ArithmeticError):
        return UNKNOWN


def distributed(made: Structures, kind: type[ast.operator], left: Any, right: Any) -> Any:
    lefts = left.values if isinstance(left, Either) else (without_maybe(left),)
    rights = right.values if isinstance(right, Either) else (without_maybe(right),)
    if len(lefts) * len(rights) > 9:
        return made.unknown(left, right)
    results = [
        binary(made, kind, one, other)
        for one in lefts
        for other in rights
        if not isinstance(one, (Either, Maybe)) and not isinstance(other, (Either, Maybe))
    ]
    return made.either(results) if results else made.unknown(left, right)


def added(made: Structures, left: Any, right: Any) -> Any:
    if isinstance(left, Many) or isinstance(right, Many):
        return extended(made, left, right)
    if isinstance(left, (str, Text)) or isinstance(right, (str, Text)):
        if isinstance(left, Path) or isinstance(right, Path):
            return paths.concatenated(left, right) or made.unknown(left, right)
        if (
            isinstance(left, LITERALS)
            and isinstance(right, LITERALS)
            and not (isinstance(left, str) and isinstance(right, str))
        ):
            return UNKNOWN
        return made.text((left, right))
    if isinstance(left, (FromEnv, Unknown)) and isinstance(right, (FromEnv, Unknown)):
        return (
            made.text((left, right))
            if isinstance(left, FromEnv) and isinstance(right, FromEnv)
            else made.unknown(left, right)
        )
    return literal_binary(ast.Add, left, right) if arithmetic(left) and arithmetic(right) else made.unknown(left, right)


def extended(made: Structures, left: Any, right: Any) -> Any:
    """A list and what is put behind it; what isn't known leaves a list that may hold more."""
    first, last = as_many(left), as_many(right)
    kind = left.kind if isinstance(left, Many) else right.kind
    result = made.many((*first.items, *last.items), kind, first.whole and last.whole)
    if not isinstance(result, Many) or (isinstance(left, Many) and isinstance(right, Many)):
        return result
    reads = made.reads(right if isinstance(left, Many) else left)
    # What flows in from elsewhere must not be lost: the unknown part stands in the list as one item.
    rest = Unknown("", reads)
    return (
        made.many((*first.items, rest) if isinstance(left, Many) else (rest, *last.items), kind, False)
        if reads
        else result
    )


def as_many(value: Any) -> Many:
    if isinstance(value, Many):
        return value
    if isinstance(value, Table):
        return Many(tuple(key for key, _ in value.entries), "list", value.whole)
    if isinstance(value, Maybe):
        inner = as_many(value.value)
        return Many(
            tuple(item if isinstance(item, Maybe) else Maybe(item) for item in inner.items), inner.kind, inner.whole
        )
    return Many((), "list", False)


def updated(made: Structures, left: Any, right: Any) -> Any:
    """A dict after `update`."""
    if not isinstance(left, Table):
        return made.unknown(left, right)
    if not isinstance(right, Table):
        # What comes in may replace what is there, and may be named by the variables that it comes from.
        entries = [*left.entries, (UNKNOWN, right)] if made.reads(right) else left.entries
        return made.table(entries, False)
    return made.table(merged(made, left, right), left.whole and right.whole)


def merged(made: Structures, left: Table, right: Table) -> list[tuple[Any, Any]]:
    """The entries of both, those behind an entry of which only the value is known being set after it."""
    entries: dict[Any, tuple[Any, Any]] = {}
    unnamed = 0
    for key, value in (*left.entries, *right.entries):
        if not isinstance(key, LITERALS):
            forget(entries, value)
            unnamed += 1
            entries[(unnamed,)] = (key, value)
            continue
        known = entries.pop(key, None) if unnamed else entries.get(key)
        if isinstance(value, Maybe) and known is not None and not isinstance(known[1], Maybe):
            value = made.either((known[1], value.value))
        entries[key] = (key, value)
    return list(entries.values())


def forget(entries: dict[Any, tuple[Any, Any]], value: Any) -> None:
    """A database's URL names all of these, whatever they were."""
    if isinstance(value, FromEnv) and value.cast == "db" and value.default is not None:
        for name in ("ENGINE", "NAME", "USER", "PASSWORD", "HOST", "PORT"):
            entries.pop(name, None)


def compared(made: Structures, kind: type[ast.cmpop], left: Any, right: Any) -> Any:
    """left == right, left in right, left is right, and so on."""
    if kind in (ast.Is, ast.IsNot):
        return identical(made, kind is ast.Is, left, right)
    if kind in (ast.In, ast.NotIn):
        return contained(made, kind is ast.In, left, right)
    if isinstance(left, FromEnv) and isinstance(right, LITERALS):
        return of_variable(
            made, left, "equal", compared(made, kind, left.default, right) if known(left.default) else None
        )
    if isinstance(left, LITERALS) and isinstance(right, LITERALS):
        try:
            return bool(COMPARISONS[kind](left, right))
        except TypeError:
            return made.unknown(left, right)
    return made.unknown(left, right)


def known(value: Any) -> bool:
    return isinstance(value, LITERALS) and not isinstance(value, Nothing)


def of_variable(made: Structures, value: FromEnv, cast: str, default: Any) -> FromEnv:
    """A variable's value after something was made of it; `default` is what became of its default, if that is known."""
    unset = (
        value.default
        if isinstance(value.default, Nothing)
        else default
        if known(default) and default is not None
        else UNKNOWN
    )
    return FromEnv(value.name, value.cast or cast, unset)


def identical(made: Structures, wanted: bool, left: Any, right: Any) -> Any:
    if isinstance(left, (Sentinel, Function, Class, Instance)) or isinstance(
        right, Sentinel | Function | Class | Instance
    ):
        return (
            (left is right) is wanted
            if not isinstance(left, Unknown) and not isinstance(right, Unknown)
            else made.unknown(left, right)
        )
    if isinstance(left, LITERALS) and isinstance(right, LITERALS):
        return same(left, right) is wanted
    if right is None and isinstance(left, (Many, Table, Text, Path, External)):
        return not wanted
    return made.unknown(left, right)


def contained(made: Structures, wanted: bool, left: Any, right: Any) -> Any:
    if isinstance(left, FromEnv) and isinstance(right, (Many, str)):
        inner = contained(made, wanted, left.default, right) if known(left.default) else None
        return of_variable(made, left, "member", inner)
    if not isinstance(left, LITERALS):
        return made.unknown(left, right)
    if isinstance(right, str):
        return (left in right) is wanted if isinstance(left, str) else UNKNOWN
    items = right.items if isinstance(right, Many) else tuple(pairs(right)) if isinstance(right, Table) else None
    if items is None:
        return made.unknown(left, right)
    if any(same(left, item) for item in items):
        return wanted
    whole = right.whole and all(isinstance(item, LITERALS) for item in items)
    return not wanted if whole else made.unknown(left, right)


def formatted(made: Structures, template: str, right: Any) -> Any:
    """template % right, for the plain forms %s and %d."""
    values = right.items if isinstance(right, Many) and right.kind == "tuple" else (right,)
    pieces = template.replace("%d", "%s").split("%s")
    if len(pieces) != len(values) + 1 or any("%" in piece for piece in pieces):
        return made.unknown(right)
    parts: list[Any] = [pieces[0]]
    for value, piece in zip(values, pieces[1:], strict=True):
        parts += [shown(value), piece]
    return made.text(parts)


def shown(value: Any) -> Any:
    """A value as a part of a string."""
    if isinstance(value, (bool, int, float)) or value is None:
        return str(value)
    return value if isinstance(value, (str, FromEnv, Text, Path, Either, Unknown)) else UNKNOWN


def item(made: Structures, owner: Any, key: Any) -> Any:
    """owner[key]"""
    owner = without_maybe(owner)
    if isinstance(owner, Either):
        results = [item(made, one, key) for one in owner.values if not isinstance(one, Either)]
        return made.either(results) if results else UNKNOWN
    if isinstance(owner, Table):
        return table_item(made, owner, key)
    if isinstance(owner, (Many, str, bytes)) and isinstance(key, int):
        inside = owner.items if isinstance(owner, Many) else owner
        if (
            isinstance(owner, Many)
            and (not owner.whole or any(isinstance(one, Maybe) for one in owner.items))
            and key != 0
        ):
            return made.unknown(owner)
        found = inside[key] if -len(inside) <= key < len(inside) else UNKNOWN
        return without_maybe(found)
    return made.unknown(owner, key)


def table_item(made: Structures, owner: Table, key: Any) -> Any:
    if isinstance(key, LITERALS):
        for name, value in reversed(owner.entries):
            if isinstance(name, LITERALS) and same(name, key):
                return without_maybe(value)
        return UNKNOWN if owner.whole else made.unknown(owner)
    values = [without_maybe(value) for name, value in owner.entries]
    return made.either(values) if 0 < len(values) <= 4 and owner.whole else made.unknown(owner, key)


def with_item(made: Structures, owner: Any, key: Any, value: Any) -> Any:
    """A dict or a list after owner[key] = value."""
    owner = without_maybe(owner)
    if isinstance(owner, Either):
        return made.either([with_item(made, one, key, value) for one in owner.values if not isinstance(one, Either)])
    if isinstance(owner, Table) and isinstance(key, LITERALS):
        return made.table(merged(made, owner, Table(((key, value),))), owner.whole)
    if isinstance(owner, Table):
        return made.table((*owner.entries, (key, value)), False)
    if isinstance(owner, Many) and isinstance(key, int) and -len(owner.items) <= key < len(owner.items):
        items = list(owner.items)
        items[key] = value
        return made.many(items, owner.kind, owner.whole)
    if isinstance(owner, FromEnv) and isinstance(key, LITERALS):
        # DATABASES["default"]["CONN_MAX_AGE"] = 600, on what came out of a URL.
        return made.table(((UNKNOWN, owner), (key, value)), False)
    return made.unknown(owner, value)
