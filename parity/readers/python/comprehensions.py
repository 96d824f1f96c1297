"""Comprehensions, and what a loop goes through: https://docs.python.org/3/reference/expressions.html#displays-for-lists-sets-and-dictionaries"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Any

from parity.contract.python import Many, Maybe, Table
from parity.readers.python import calls, expressions, operations
from parity.readers.python.module import Scope
from parity.readers.python.objects import (
    Class,
    Environment,
    EnvironmentName,
)
from parity.readers.python.structures import LITERALS, without_maybe

if TYPE_CHECKING:
    from parity.readers.python.machine import Machine
    from parity.readers.python.module import Frame


# Of a loop or a comprehension that is gone through item by item.
MOST_ITEMS = 300


def comprehension(
    machine: Machine, frame: Frame, node: ast.ListComp | ast.SetComp | ast.GeneratorExp | ast.DictComp
) -> Any:
    inner = frame.scope
    frame.scope = Scope()
    closure, frame.closure = frame.closure, (inner, *frame.closure)
    results: list[Any] = []
    outer, machine.unset_names = machine.unset_names, set()
    try:
        whole = generated(machine, frame, node, 0, results)
    finally:
        frame.scope, frame.closure = inner, closure
        machine.unset_names, missing = outer, machine.unset_names
    if isinstance(node, ast.DictComp):
        return machine.made.table(operations.merged(machine.made, Table(()), Table(tuple(results))), whole)
    result = machine.made.many(results, "set" if isinstance(node, ast.SetComp) else "list", whole)
    if missing and whole:
        machine.unset[id(result)] = (result, frozenset(missing))
    return result


def generated(machine: Machine, frame: Frame, node: Any, position: int, results: list[Any]) -> bool:
    """Adds the results of the generators from `position` on, and says whether these are all."""
    if position == len(node.generators):
        if isinstance(node, ast.DictComp):
            results.append(
                (expressions.evaluate(machine, frame, node.key), expressions.evaluate(machine, frame, node.value))
            )
        else:
            value, true, false = calls.tested(machine, frame, node.elt)
            machine.told_true |= true
            machine.told_false |= false
            results.append(value)
        return True
    generator = node.generators[position]
    value = expressions.evaluate(machine, frame, generator.iter)
    items = iterated(machine, frame, value, generator.iter)
    whole = items is not None
    for one in items if items is not None else [machine.made.unknown(value)]:
        bind(machine, frame, generator.target, without_maybe(one))
        whole = filtered(machine, frame, node, position, results, isinstance(one, Maybe)) and whole
        if len(results) > MOST_ITEMS:
            return False
    return whole


def filtered(machine: Machine, frame: Frame, node: Any, position: int, results: list[Any], maybe: bool) -> bool:
    when, guarded, count = frame.when, frame.guarded, len(results)
    taken: bool | None = True
    for test in node.generators[position].ifs:
        value, true, false = calls.tested(machine, frame, test)
        machine.unset_names |= false
        truth = operations.truth(value)
        taken = False if truth is False else None if truth is None else taken
        frame.guarded |= true
        if truth is not True:
            frame.when = (*frame.when, frame.module.source.segment(test))
        if taken is False:
            break
    whole = generated(machine, frame, node, position + 1, results) if taken is not False else True
    if (taken is None or maybe) and not isinstance(node, ast.DictComp):
        results[count:] = [one if isinstance(one, Maybe) else Maybe(one) for one in results[count:]]
    elif taken is None or maybe:
        results[count:] = [(key, value if isinstance(value, Maybe) else Maybe(value)) for key, value in results[count:]]
    frame.when, frame.guarded = when, guarded
    return whole


def iterated(machine: Machine, frame: Frame, value: Any, node: ast.AST) -> list[Any] | None:
    """The items of what a loop goes through; None when they aren't known."""
    value = without_maybe(value)
    if isinstance(value, Many) and value.whole and len(value.items) <= MOST_ITEMS:
        return list(value.items)
    if isinstance(value, Table) and value.whole and len(value.entries) <= MOST_ITEMS:
        return [key for key, _ in value.entries]
    if isinstance(value, Environment):
        return [EnvironmentName()]
    if isinstance(value, Class) and any("Enum" in root for root in value.roots()):
        return [one for one in value.attributes.values() if isinstance(one, (*LITERALS, Many))][:MOST_ITEMS]
    return None


def bind(machine: Machine, frame: Frame, target: ast.expr, value: Any) -> None:
    """Assigns to a loop's variable, or to several at once."""
    if isinstance(target, ast.Name):
        frame.scope.assign(target.id, value)
    elif isinstance(target, (ast.Tuple, ast.List)):
        known = isinstance(value, Many) and value.whole and len(value.items) == len(target.elts)
        starred = any(isinstance(one, ast.Starred) for one in target.elts)
        for position, one in enumerate(target.elts):
            part = without_maybe(value.items[position]) if known and not starred else machine.made.unknown(value)
            bind(machine, frame, one.value if isinstance(one, ast.Starred) else one, part)
