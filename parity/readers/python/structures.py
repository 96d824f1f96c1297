"""Lists, dicts and alternatives as they are built, with a bound: `x = [x, x]`, forty times, is a short text."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal

from parity.contract.python import Either, FromEnv, Many, Maybe, Nothing, Path, Table, Text, Unknown

# More than a settings file of ten thousand words needs.
MOST_WEIGHT = 3000

MOST_ALTERNATIVES = 8

MOST_TEXT = 20_000

LITERALS = (str, bytes, int, float, complex, bool, type(None))

COMPOSITE = (Many, Table, Text, Either, Maybe, FromEnv, Unknown)


class Structures:
    """Builds values, and remembers how heavy each is and which variables flow into it."""

    def __init__(self) -> None:
        # The value itself is kept beside, or another could get its id.
        self.known: dict[int, tuple[Any, int, tuple[str, ...]]] = {}

    def weight(self, value: Any) -> int:
        return self.measured(value)[0] if isinstance(value, COMPOSITE) else 1

    def reads(self, value: Any) -> tuple[str, ...]:
        """The environment variables that flow into a value."""
        if isinstance(value, Unknown):
            return value.reads
        return self.measured(value)[1] if isinstance(value, COMPOSITE) else ()

    def measured(self, value: Any) -> tuple[int, tuple[str, ...]]:
        known = self.known.get(id(value))
        if known is None:
            weight, reads = 1, dict.fromkeys(own_reads(value))
            for part in inside(value):
                if isinstance(part, COMPOSITE):
                    more, names = self.measured(part)
                    weight += more
                    reads.update(dict.fromkeys(names))
                else:
                    weight += 1
            known = self.known[id(value)] = (value, weight, tuple(reads))
        return known[1], known[2]

    def bounded(self, value: Any) -> Any:
        weight, reads = self.measured(value)
        return value if weight <= MOST_WEIGHT else Unknown("", reads)

    def many(self, items: Iterable[Any], kind: Literal["list", "tuple", "set"] = "list", whole: bool = True) -> Any:
        return self.bounded(Many(tuple(items), kind, whole))

    def table(self, entries: Iterable[tuple[Any, Any]], whole: bool = True) -> Any:
        return self.bounded(Table(tuple(entries), whole))

    def text(self, parts: Iterable[Any]) -> Any:
        """A string of parts; known neighbours become one."""
        merged: list[Any] = []
        for part in parts:
            for piece in part.parts if isinstance(part, Text) else (part,):
                if isinstance(piece, str) and merged and isinstance(merged[-1], str):
                    merged[-1] += piece
                elif piece != "":
                    merged.append(piece)
        if all(isinstance(piece, str) for piece in merged):
            whole = "".join(merged)
            return whole if len(whole) <= MOST_TEXT else Unknown()
        return self.bounded(Text(tuple(merged)))

    def either(self, values: Iterable[Any]) -> Any:
        flat: list[Any] = []
        for value in values:
            for one in value.values if isinstance(value, Either) else (value,):
                if not any(one is other or same(one, other) for other in flat):
                    flat.append(one)
        if len(flat) == 1:
            return flat[0]
        if len(flat) > MOST_ALTERNATIVES:
            return self.unknown(*flat)
        return self.bounded(Either(tuple(flat)))

    def unknown(self, *values: Any) -> Unknown:
        """A value that is made of others in a way that can't be told."""
        reads: dict[str, None] = {}
        for value in values:
            reads.update(dict.fromkeys(self.reads(value)))
        return Unknown("", tuple(reads)) if reads else UNKNOWN

    def join(self, one: Any, other: Any) -> Any:
        """What a name holds after a branch that only may have run."""
        if one is other or same(one, other):
            return one
        if isinstance(one, Nothing) or isinstance(other, Nothing):
            there = other if isinstance(one, Nothing) else one
            return there if isinstance(there, Maybe) else Maybe(there) if joinable(there) else there
        if isinstance(one, Maybe) or isinstance(other, Maybe):
            return Maybe(self.join(without_maybe(one), without_maybe(other)))
        if isinstance(one, Many) and isinstance(other, Many) and one.kind == other.kind and one.items and other.items:
            return self.join_many(one, other)
        if isinstance(one, Table) and isinstance(other, Table):
            return self.join_tables(one, other)
        if not joinable(one) or not joinable(other):
            # A function or a module in one branch, and its stand-in in the other: the one that says more.
            return one if not isinstance(one, (Unknown, str, int, float, bool, type(None))) else other
        return self.either((one, other))

    def join_many(self, one: Many, other: Many) -> Any:
        """The items that both begin and end with, and what stands between them in either as Maybe."""
        short = min(len(one.items), len(other.items))
        head = 0
        while head < short and same(one.items[head], other.items[head]):
            head += 1
        tail = 0
        while tail < short - head and same(one.items[-1 - tail], other.items[-1 - tail]):
            tail += 1
        if head + tail < short:
            return self.either((one, other))
        between = [*one.items[head : len(one.items) - tail], *other.items[head : len(other.items) - tail]]
        items = [*one.items[:head], *(item if isinstance(item, Maybe) else Maybe(item) for item in between)]
        return self.many([*items, *one.items[len(one.items) - tail :]], one.kind, one.whole and other.whole)

    def join_tables(self, one: Table, other: Table) -> Any:
        left, right = pairs(one), pairs(other)
        entries = []
        for key in {**left, **right}:
            entries.append((key, self.join(left.get(key, Nothing()), right.get(key, Nothing()))))
        return self.table(
            entries, one.whole and other.whole and len(left) == len(one.entries) and len(right) == len(other.entries)
        )


UNKNOWN = Unknown()


def inside(value: Any) -> Iterable[Any]:
    """The values that a value is made of."""
    if isinstance(value, Many):
        return value.items
    if isinstance(value, Table):
        return (part for entry in value.entries for part in entry)
    if isinstance(value, Text):
        return value.parts
    if isinstance(value, Either):
        return value.values
    if isinstance(value, Maybe):
        return (value.value,)
    if isinstance(value, FromEnv) and not isinstance(value.default, Nothing):
        return (value.default,)
    return ()


def own_reads(value: Any) -> tuple[str, ...]:
    if isinstance(value, FromEnv):
        return (value.name,)
    return value.reads if isinstance(value, Unknown) else ()


def joinable(value: Any) -> bool:
    """Whether it is a value of the contract."""
    return isinstance(value, (*LITERALS, *COMPOSITE, Path))


def same(one: Any, other: Any) -> bool:
    """Equal and of one type: True is not 1 here. Values that are built alike but apart count as different when they are large."""
    if one is other:
        return True
    if type(one) is not type(other):
        return isinstance(one, str) and isinstance(other, str) and one == other
    if isinstance(one, (Many, Table, Text, Either, Maybe)):
        return alike(one, other)
    if isinstance(one, FromEnv):
        return bool(one.name == other.name and one.cast == other.cast and same(one.default, other.default))
    return bool(one == other)


def alike(one: Any, other: Any) -> bool:
    """Compares two structures part by part, up to a bound."""
    waiting, steps = [(one, other)], 0
    while waiting:
        left, right = waiting.pop()
        if left is right:
            continue
        steps += 1
        if steps > 500 or (type(left) is not type(right) and not (isinstance(left, str) and isinstance(right, str))):
            return False
        mine, theirs = list(inside(left)), list(inside(right))
        if len(mine) != len(theirs):
            return False
        if mine and not isinstance(left, FromEnv):
            waiting.extend(zip(mine, theirs, strict=True))
        elif (
            (isinstance(left, (Many, Table)) and (left.whole != right.whole))
            or (not mine and left != right)
            or (isinstance(left, FromEnv) and left != right)
        ):
            return False
    return True


def pairs(table: Table) -> dict[Any, Any]:
    """The entries whose key is a literal; a later one wins."""
    return {key: value for key, value in table.entries if isinstance(key, LITERALS)}


def without_maybe(value: Any) -> Any:
    return value.value if isinstance(value, Maybe) else value
