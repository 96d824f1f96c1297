"""What an expression amounts to, as far as its text tells: https://docs.python.org/3/reference/expressions.html"""

from __future__ import annotations

import ast
import builtins
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from parity.contract.python import FromEnv, Many, Nothing, Path, Table
from parity.readers.python import assignments, calls, notes, operations, paths
from parity.readers.python.module import ABSENT, Lazy
from parity.readers.python.objects import (
    Bound,
    Class,
    Environment,
    External,
    Function,
    Reader,
    Word,
    word,
)
from parity.readers.python.structures import LITERALS, UNKNOWN, without_maybe

if TYPE_CHECKING:
    from parity.readers.python.machine import Machine
    from parity.readers.python.module import Frame

MOST_DEPTH = 90

# What evaluates each kind of expression; handlers.py fills it, for they evaluate expressions in turn.
HANDLERS: dict[type[ast.expr], Callable[..., Any]] = {}


BUILTINS = frozenset(dir(builtins))


# What a variable may fall back to as a whole.
FALLBACKS = (*LITERALS, Many, Table, Path)


def evaluate(machine: Machine, frame: Frame, node: ast.expr) -> Any:
    if type(node) is ast.Constant:
        return node.value if node.value is not ... else UNKNOWN
    handler = HANDLERS.get(type(node))
    machine.depth += 1
    try:
        if machine.depth > MOST_DEPTH:
            return UNKNOWN
        return handler(machine, frame, node) if handler else anything(machine, frame, node)
    finally:
        machine.depth -= 1


def anything(machine: Machine, frame: Frame, node: ast.AST) -> Any:
    """An expression of a kind that isn't understood: what stands in it is read all the same."""
    values = [evaluate(machine, frame, child) for child in ast.iter_child_nodes(node) if isinstance(child, ast.expr)]
    return machine.made.unknown(*values)


def name(machine: Machine, frame: Frame, node: ast.Name) -> Any:
    value = frame.lookup(node.id)
    if isinstance(value, Lazy):
        return without_maybe(assignments.forced(machine, value))
    if value is ABSENT:
        return External(f"builtins.{node.id}" if node.id in BUILTINS else f"?.{node.id}")
    return without_maybe(value)


def sequence(machine: Machine, frame: Frame, node: ast.List | ast.Tuple | ast.Set) -> Any:
    items: list[Any] = []
    whole = True
    for element in node.elts:
        if isinstance(element, ast.Starred):
            value = evaluate(machine, frame, element.value)
            inner = operations.as_many(value)
            items.extend(inner.items)
            if not inner.whole:
                whole = False
                items.extend(
                    [machine.made.unknown(value)] if machine.made.reads(value) and not isinstance(value, Many) else []
                )
        else:
            items.append(evaluate(machine, frame, element))
    kinds: dict[type[ast.expr], Any] = {ast.List: "list", ast.Tuple: "tuple", ast.Set: "set"}
    return machine.made.many(items, kinds[type(node)], whole)


def mapping(machine: Machine, frame: Frame, node: ast.Dict) -> Any:
    table: Any = Table(())
    entries: list[tuple[Any, Any]] = []
    for key, value in zip(node.keys, node.values, strict=True):
        found = evaluate(machine, frame, value)
        if key is not None:
            entries.append((evaluate(machine, frame, key), found))
            continue
        table = operations.updated(machine.made, table, Table(tuple(entries)))
        entries = []
        if isinstance(found, Environment):
            frame.root.copies[frame.module.source.place(value)] = None
            found = UNKNOWN
        if isinstance(found, FromEnv):
            found = Table(((UNKNOWN, found),), False)
        table = operations.updated(machine.made, table, without_maybe(found))
    return (
        operations.updated(machine.made, table, Table(tuple(entries))) if entries or isinstance(table, Table) else table
    )


def joined_string(machine: Machine, frame: Frame, node: ast.JoinedStr) -> Any:
    parts: list[Any] = []
    origin: Word | None = None
    for part in node.values:
        value = evaluate(machine, frame, part.value if isinstance(part, ast.FormattedValue) else part)
        origin = value if isinstance(value, Word) else origin
        plain = not isinstance(part, ast.FormattedValue) or (part.format_spec is None and part.conversion in (-1, 115))
        if isinstance(part, ast.FormattedValue) and part.format_spec is not None:
            evaluate(machine, frame, part.format_spec)
        parts.append(operations.shown(value) if plain else machine.made.unknown(value))
    if len(parts) == 2 and isinstance(parts[0], Path) and isinstance(parts[1], str):
        return paths.concatenated(parts[0], parts[1])
    return from_word(machine.made.text(parts), origin)


def from_word(value: Any, origin: Any) -> Any:
    """A name that is made of a caller's word keeps the caller's place."""
    if isinstance(origin, Word) and isinstance(value, str):
        return word(value, origin.place, origin.row)
    return value


def binary(machine: Machine, frame: Frame, node: ast.BinOp) -> Any:
    # A sum of many is a tree that leans to the left; it is walked down without recursion.
    chain: list[ast.BinOp] = [node]
    while isinstance(chain[-1].left, ast.BinOp):
        chain.append(chain[-1].left)
    left = evaluate(machine, frame, chain[-1].left)
    for operation in reversed(chain):
        right = evaluate(machine, frame, operation.right)
        if isinstance(left, Environment) or isinstance(right, Environment):
            frame.root.copies[frame.module.source.place(operation)] = None
        origin = left if isinstance(left, Word) else right
        left = from_word(operations.binary(machine.made, type(operation.op), left, right), origin)
    return left


def unary(machine: Machine, frame: Frame, node: ast.UnaryOp) -> Any:
    if isinstance(node.op, ast.Not):
        return calls.tested(machine, frame, node)[0]
    value = evaluate(machine, frame, node.operand)
    if isinstance(node.op, ast.USub) and isinstance(value, (int, float)):
        return -value
    return value if isinstance(node.op, ast.UAdd) else machine.made.unknown(value)


def boolean(machine: Machine, frame: Frame, node: ast.BoolOp) -> Any:
    """`a or b` as a value: what a variable falls back to, most often."""
    when, guarded = frame.when, frame.guarded
    wanted = isinstance(node.op, ast.Or)
    whole: Any = ABSENT
    for operand in node.values:
        value, true, false = calls.tested(machine, frame, operand)
        whole = value if whole is ABSENT else either_of(machine, frame, whole, value, wanted, operand)
        if operations.truth(value) is wanted and isinstance(value, (*LITERALS, Many, Table, Path)):
            break
        text = frame.module.source.segment(operand)
        frame.when = (*frame.when, f"not ({text})" if wanted else text)
        frame.guarded |= false if wanted else true
    frame.when, frame.guarded = when, guarded
    return whole


def either_of(machine: Machine, frame: Frame, left: Any, right: Any, wanted: bool, node: ast.expr) -> Any:
    truth = operations.truth(left)
    if truth is (not wanted):
        return right
    if (
        wanted
        and isinstance(left, FromEnv)
        and (isinstance(left.default, Nothing) or left.default in (None, "", False))
    ):
        return notes.fall_back(machine, frame, left, right, node)
    return machine.made.either((left, right)) if wanted else machine.made.unknown(left, right)


def comparison(machine: Machine, frame: Frame, node: ast.Compare) -> Any:
    return calls.tested(machine, frame, node)[0]


def conditional(machine: Machine, frame: Frame, node: ast.IfExp) -> Any:
    test, true, false = calls.tested(machine, frame, node.test)
    truth = operations.truth(test)
    when, guarded = frame.when, frame.guarded
    text = frame.module.source.segment(node.test)
    frame.when, frame.guarded = (when if truth is True else (*when, text)), guarded | true
    body = evaluate(machine, frame, node.body)
    frame.when, frame.guarded = (when if truth is False else (*when, f"not ({text})")), guarded | false
    other = evaluate(machine, frame, node.orelse)
    frame.when, frame.guarded = when, guarded
    if truth is not None:
        return body if truth else other
    if (
        isinstance(body, FromEnv)
        and body.name in true
        and isinstance(other, FALLBACKS)
        and isinstance(body.default, (Nothing, type(None)))
    ):
        return notes.fall_back(machine, frame, body, other, node.orelse)
    if (
        isinstance(other, FromEnv)
        and other.name in false
        and isinstance(body, FALLBACKS)
        and isinstance(other.default, (Nothing, type(None)))
    ):
        return notes.fall_back(machine, frame, other, body, node.body)
    if isinstance(test, FromEnv) and isinstance(body, LITERALS) and isinstance(other, LITERALS):
        # A choice by one variable: its default chooses too.
        chosen = operations.truth(test.default) if isinstance(test.default, LITERALS) else None
        return FromEnv(
            test.name,
            "if",
            test.default
            if isinstance(test.default, Nothing)
            else UNKNOWN
            if chosen is None
            else body
            if chosen
            else other,
        )
    return (
        notes.join(machine, frame, body, other) if not isinstance(body, Table) else machine.made.either((body, other))
    )


def assigned(machine: Machine, frame: Frame, node: ast.NamedExpr) -> Any:
    value = evaluate(machine, frame, node.value)
    if isinstance(node.target, ast.Name):
        frame.scope.assign(node.target.id, value)
    return value


def function(machine: Machine, frame: Frame, node: ast.Lambda) -> Any:
    return Function(node, frame.module, "lambda", (frame.scope, *frame.closure) if not frame.at_top else ())


def awaited(machine: Machine, frame: Frame, node: ast.Await | ast.Starred | ast.YieldFrom | ast.FormattedValue) -> Any:
    return evaluate(machine, frame, node.value)


def cast_name(value: Any) -> str | None:
    """What a cast is called: bool, int, list, or the name of a function of the program."""
    if isinstance(value, External):
        return {"loads": "json", "literal_eval": "literal", "Csv()": "list", "urlparse": "url"}.get(
            value.last, value.last
        )
    if isinstance(value, Function):
        return value.name.partition(".")[0] if value.name != "lambda" else "lambda"
    if isinstance(value, Class):
        return value.name
    if isinstance(value, Reader):
        return value.library.rpartition(".")[2]
    if isinstance(value, Many):
        # django-environ's [str] is a list, (str,) a tuple.
        return value.kind
    if isinstance(value, Table):
        return "dict"
    return cast_name(value.function) if isinstance(value, Bound) else None
