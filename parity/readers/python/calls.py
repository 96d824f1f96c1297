"""What a call gives: of the repository's functions, of classes, of the libraries that are known, of values' methods."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Any

from parity.contract.python import Either, FromEnv, Many, Nothing, Path, Table
from parity.readers.python import expressions, inlining, libraries, methods, operations
from parity.readers.python.objects import (
    Bound,
    Call,
    Class,
    Environment,
    External,
    Function,
    Instance,
    Method,
    Reader,
    Word,
    word,
)
from parity.readers.python.structures import LITERALS, UNKNOWN

if TYPE_CHECKING:
    from parity.readers.python.machine import Machine
    from parity.readers.python.module import Frame

NONE: frozenset[str] = frozenset()

Tested = tuple[Any, frozenset[str], frozenset[str]]


def call(machine: Machine, frame: Frame, node: ast.Call) -> Any:
    callee = expressions.evaluate(machine, frame, node.func)
    arguments = evaluated(machine, frame, node)
    if isinstance(callee, Method) and isinstance(node.func, ast.Attribute):
        return methods.call(machine, frame, callee, arguments, node.func.value)
    return called(machine, frame, callee, arguments)


def evaluated(machine: Machine, frame: Frame, node: ast.Call) -> Call:
    positional: list[Any] = []
    keywords: dict[str, Any] = {}
    starred = False
    for argument in node.args:
        value = expressions.evaluate(machine, frame, argument)
        if isinstance(argument, ast.Starred):
            starred = starred or not isinstance(value, Many) or not value.whole
            positional.extend(operations.as_many(value).items)
        else:
            positional.append(value)
    for keyword in node.keywords:
        value = expressions.evaluate(machine, frame, keyword.value)
        if keyword.arg is not None:
            keywords[keyword.arg] = value
        elif isinstance(value, Environment):
            frame.root.copies[frame.module.source.place(keyword.value)] = None
        elif isinstance(value, Table):
            keywords.update({key: inner for key, inner in value.entries if isinstance(key, str)})
            starred = starred or not value.whole
        else:
            starred = True
    return Call(node, tuple(positional), keywords, starred)


def without_arguments(node: ast.AST) -> Call:
    return Call(ast.Call(ast.Name("", ast.Load()), [], []), (), {}, False)


def called(machine: Machine, frame: Frame, callee: Any, arguments: Call) -> Any:
    if isinstance(callee, External):
        return libraries.call(machine, frame, callee, arguments)
    if isinstance(callee, Function):
        return inlining.inline(machine, frame, callee, with_words(frame, arguments))
    if isinstance(callee, Bound):
        if isinstance(callee.function, Function):
            return inlining.inline(machine, frame, callee.function, with_words(frame, arguments), callee.first)
        more = Call(arguments.node, (*callee.first, *arguments.positional), arguments.keywords, arguments.starred)
        return called(machine, frame, callee.function, more)
    if isinstance(callee, Class):
        return constructed(machine, frame, callee, with_words(frame, arguments))
    if isinstance(callee, Reader):
        return libraries.ask(machine, frame, callee, "__call__", arguments)
    if isinstance(callee, Path):
        # django-environ's Path: root("static").
        from parity.readers.python import paths

        return paths.joined(callee, *arguments.positional) or UNKNOWN
    if isinstance(callee, Instance):
        method = callee.type.attribute("__call__")
        return (
            inlining.inline(machine, frame, method, with_words(frame, arguments), (callee,))
            if isinstance(method, Function)
            else UNKNOWN
        )
    if isinstance(callee, Method):
        return methods.call(machine, frame, callee, arguments, None)
    if isinstance(callee, Either):
        results = [called(machine, frame, one, arguments) for one in callee.values[:4] if not isinstance(one, Either)]
        return machine.made.either(results) if results else UNKNOWN
    return machine.made.unknown(callee, *arguments.positional, *arguments.keywords.values())


def with_words(frame: Frame, arguments: Call) -> Call:
    """The arguments, with the place of every literal among them."""
    node = arguments.node
    positional = list(arguments.positional)
    if not any(isinstance(one, ast.Starred) for one in node.args) and len(node.args) == len(positional):
        positional = [placed(frame, value, written) for value, written in zip(positional, node.args, strict=True)]
    keywords = dict(arguments.keywords)
    for keyword in node.keywords:
        if keyword.arg in keywords:
            keywords[keyword.arg] = placed(frame, keywords[keyword.arg], keyword.value)
    return Call(node, tuple(positional), keywords, arguments.starred)


def placed(frame: Frame, value: Any, node: ast.expr) -> Any:
    if isinstance(value, Word) or not isinstance(value, (str, Many)):
        return value
    if isinstance(value, str):
        literal = isinstance(node, (ast.Constant, ast.JoinedStr, ast.BinOp, ast.Name, ast.Attribute))
        return word(value, frame.module.source.place(node)) if literal and len(value) < 200 else value
    if isinstance(node, (ast.List, ast.Tuple, ast.Set)) and len(node.elts) == len(value.items) < 200:
        items = tuple(placed(frame, one, written) for one, written in zip(value.items, node.elts, strict=True))
        return Many(items, value.kind, value.whole)
    return value


def constructed(machine: Machine, frame: Frame, type_: Class, arguments: Call) -> Any:
    special = libraries.construct(machine, frame, type_, arguments)
    if special is not None:
        return special
    place = frame.module.source.place(arguments.node)
    if type_.attributes.get("__call_value__") is not None:
        return UNKNOWN
    made = Instance(type_, {}, place)
    initial = type_.attribute("__init__")
    if isinstance(initial, Function):
        inlining.inline(machine, frame, initial, arguments, (made,))
        return made
    fields = {field.name: field for one in reversed(type_.lineage()) for field in one.fields}
    if not any(one.record for one in type_.lineage()) and not fields:
        # An Enum by its value, or a class that takes nothing.
        return (
            arguments.positional[0]
            if len(arguments.positional) == 1 and any("Enum" in root for root in type_.roots())
            else made
        )
    for position, (name, field) in enumerate(fields.items()):
        value = arguments.get(position, name)
        value = field.default if isinstance(value, Nothing) else value
        made.attributes[name] = (
            word(value, value.place, made)
            if isinstance(value, Word)
            else UNKNOWN
            if isinstance(value, Nothing)
            else value
        )
    return made


def tested(machine: Machine, frame: Frame, node: ast.expr) -> Tested:
    """A condition's value, and the variables that are known to be set when it is true, and when it is false."""
    machine.depth += 1
    try:
        if machine.depth > expressions.MOST_DEPTH:
            return UNKNOWN, NONE, NONE
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
            value, true, false = tested(machine, frame, node.operand)
            truth = operations.truth(value)
            return negated(machine, value, truth), false, true
        if isinstance(node, ast.BoolOp):
            return tested_together(machine, frame, node)
        if isinstance(node, ast.Compare) and len(node.ops) == 1:
            return tested_comparison(machine, frame, node)
        if isinstance(node, ast.Compare):
            return expressions.anything(machine, frame, node), NONE, NONE
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("all", "any"):
            return tested_all(machine, frame, node)
        value = expressions.evaluate(machine, frame, node)
        known = machine.unset.get(id(value))
        return value, set_by_truth(value), known[1] if known is not None else NONE
    finally:
        machine.depth -= 1


def tested_all(machine: Machine, frame: Frame, node: ast.Call) -> Tested:
    """all(os.environ.get(name) for name in NAMES), and any(name not in os.environ for name in NAMES)."""
    machine.told_true, machine.told_false = set(), set()
    value = expressions.evaluate(machine, frame, node)
    true, false = frozenset(machine.told_true), frozenset(machine.told_false)
    machine.told_true, machine.told_false = set(), set()
    every = isinstance(node.func, ast.Name) and node.func.id == "all"
    return value, true if every else NONE, NONE if every else false


def negated(machine: Machine, value: Any, truth: bool | None) -> Any:
    if truth is not None:
        return not truth
    if isinstance(value, FromEnv) and isinstance(value.default, LITERALS):
        return FromEnv(value.name, "not", not value.default)
    return machine.made.unknown(value)


def set_by_truth(value: Any) -> frozenset[str]:
    """A variable whose value counts as true is set, unless its default would do so too."""
    if isinstance(value, FromEnv) and (isinstance(value.default, Nothing) or operations.truth(value.default) is False):
        return frozenset((value.name,))
    return NONE


def tested_together(machine: Machine, frame: Frame, node: ast.BoolOp) -> Tested:
    every = isinstance(node.op, ast.And)
    when, guarded = frame.when, frame.guarded
    values, trues, falses = [], [], []
    for operand in node.values:
        value, true, false = tested(machine, frame, operand)
        values.append(value)
        trues.append(true)
        falses.append(false)
        truth = operations.truth(value)
        if truth is (not every):
            break
        if truth is None:
            text = frame.module.source.segment(operand)
            frame.when = (*frame.when, text if every else f"not ({text})")
        frame.guarded |= true if every else false
    frame.when, frame.guarded = when, guarded
    true = frozenset.union(*trues) if every else frozenset.intersection(*trues)
    false = frozenset.intersection(*falses) if every else frozenset.union(*falses)
    if len(values) < len(node.values):
        return values[-1], true, false
    truths = [operations.truth(value) for value in values]
    value = every if all(truth is every for truth in truths) else machine.made.unknown(*values)
    return value, true, false


def tested_comparison(machine: Machine, frame: Frame, node: ast.Compare) -> Tested:
    left = expressions.evaluate(machine, frame, node.left)
    right = expressions.evaluate(machine, frame, node.comparators[0])
    kind = type(node.ops[0])
    if kind in (ast.In, ast.NotIn) and (asked := libraries.membership(machine, frame, left, right, node)):
        names = frozenset(asked)
        return machine.made.unknown(*(FromEnv(name) for name in asked)), *(
            (names, NONE) if kind is ast.In else (NONE, names)
        )
    value = operations.compared(machine.made, kind, left, right)
    names = set_by_truth(left) if right is None or right == "" else NONE
    if kind in (ast.Is, ast.Eq):
        # `X == "1"` holds for a variable that is set, unless its default is the same.
        equal = set_by_truth(left) if isinstance(right, str) and right else NONE
        return value, equal, names
    return value, names if kind in (ast.IsNot, ast.NotEq) else set_by_truth(left) if kind is ast.In else NONE, NONE
