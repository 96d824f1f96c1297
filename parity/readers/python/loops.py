"""Loops, and the blocks of with and match: https://docs.python.org/3/reference/compound_stmts.html"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Any

from parity.readers.python import (
    assignments,
    branches,
    calls,
    comprehensions,
    expressions,
    libraries,
    operations,
    statements,
)
from parity.readers.python.module import Frame, Signal
from parity.readers.python.structures import UNKNOWN, without_maybe

if TYPE_CHECKING:
    from parity.readers.python.machine import Machine


def loop(machine: Machine, frame: Frame, node: ast.For | ast.AsyncFor) -> Signal:
    value = expressions.evaluate(machine, frame, node.iter)
    items = comprehensions.iterated(machine, frame, value, node.iter)
    if items is None or not items:
        return once(machine, frame, node, items is None, machine.made.unknown(value))
    if len(items) * length(node) > 3000:
        items = items[: max(1, 3000 // length(node))]
    for one in items:
        comprehensions.bind(machine, frame, node.target, without_maybe(one))
        signal = statements.execute_all(machine, frame, node.body)
        if signal in ("return", "raise", "break"):
            return None if signal == "break" else signal
    return statements.execute_all(machine, frame, node.orelse)


def length(node: ast.stmt) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def once(
    machine: Machine, frame: Frame, node: ast.For | ast.AsyncFor | ast.While, reached: bool, item: Any = UNKNOWN
) -> Signal:
    """A loop that may run any number of times, or never."""
    branch = branches.Branch(machine, frame)
    if isinstance(node, (ast.For, ast.AsyncFor)):
        comprehensions.bind(machine, frame, node.target, item)
    text = frame.module.source.segment(node.test if isinstance(node, ast.While) else node.iter)
    _, changes = branch.side(node.body, (text,), frozenset())
    if reached:
        branch.join(changes, {})
    branch.end()
    return statements.execute_all(machine, frame, node.orelse)


def repetition(machine: Machine, frame: Frame, node: ast.While) -> Signal:
    value = calls.tested(machine, frame, node.test)[0]
    return once(machine, frame, node, operations.truth(value) is not False)


def context(machine: Machine, frame: Frame, node: ast.With | ast.AsyncWith) -> Signal:
    catching, undo = frame.catching, []
    for one in node.items:
        value = expressions.evaluate(machine, frame, one.context_expr)
        if isinstance(value, libraries.Prefixed):
            undo.append((value.reader, value.reader.prefix))
            value.reader.prefix = machine.made.text(
                (operations.shown(value.reader.prefix or ""), operations.shown(value.prefix))
            )
            value = value.reader
        elif isinstance(value, libraries.Suppressed):
            frame.catching = (*frame.catching, (value.names, False))
        if one.optional_vars is not None:
            assignments.assign(machine, frame, one.optional_vars, value)
    signal = statements.execute_all(machine, frame, node.body)
    for reader, prefix in reversed(undo):
        reader.prefix = prefix
    frame.catching = catching
    return signal


def match(machine: Machine, frame: Frame, node: ast.Match) -> Signal:
    expressions.evaluate(machine, frame, node.subject)
    text = frame.module.source.segment(node.subject)
    branch = branches.Branch(machine, frame)
    whole: dict[str, Any] = {}
    for case in node.cases:
        signal, changes = branch.side(case.body, (f"match {text}",), frozenset())
        if not signal:
            branch.join(whole, changes)
            whole = branch.scope.undone(branch.mark)
    branch.keep(whole)
    branch.end()
    return None
