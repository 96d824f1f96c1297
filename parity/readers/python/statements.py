"""What a statement does to the names: https://docs.python.org/3/reference/compound_stmts.html"""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import TYPE_CHECKING

from parity.readers.python import branches, calls, expressions, notes
from parity.readers.python.module import Frame, Signal
from parity.readers.python.objects import (
    Environment,
)

if TYPE_CHECKING:
    from parity.readers.python.machine import Machine

MOST_DEPTH = 90

# What runs each kind of statement; handlers.py fills it, for they run statements in turn.
HANDLERS: dict[type[ast.stmt], Callable[..., Signal]] = {}


def execute(machine: Machine, frame: Frame, node: ast.stmt) -> Signal:
    """Runs one statement; says how it left its block: "return", "raise", "break", "continue", or None for going on."""
    handler = HANDLERS.get(type(node))
    if handler is None:
        return None
    machine.depth += 1
    try:
        return handler(machine, frame, node) if machine.depth <= MOST_DEPTH else None
    finally:
        machine.depth -= 1


def execute_all(machine: Machine, frame: Frame, body: list[ast.stmt]) -> Signal:
    for statement in body:
        signal = execute(machine, frame, statement)
        if signal:
            return signal
    return None


def expression(machine: Machine, frame: Frame, node: ast.Expr) -> Signal:
    if isinstance(node.value, ast.Constant) or forgets(machine, frame, node.value):
        return None
    machine.discarded = node.value
    expressions.evaluate(machine, frame, node.value)
    return "raise" if branches.exits(frame, node) else None


def forgets(machine: Machine, frame: Frame, node: ast.expr) -> bool:
    """Whether it is os.environ.pop("X", None) by itself, which asks for nothing."""
    if (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "pop"
        and len(node.args) == 2
    ):
        return isinstance(expressions.evaluate(machine, frame, node.func.value), Environment)
    return False


def returned(machine: Machine, frame: Frame, node: ast.Return) -> Signal:
    frame.returned.append(expressions.evaluate(machine, frame, node.value) if node.value is not None else None)
    return "return"


def raised(machine: Machine, frame: Frame, node: ast.Raise) -> Signal:
    if node.exc is not None:
        expressions.evaluate(machine, frame, node.exc)
    return "raise"


def assertion(machine: Machine, frame: Frame, node: ast.Assert) -> None:
    _, true, _ = calls.tested(machine, frame, node.test)
    for name in true:
        notes.require(machine, frame, name)
    frame.guarded |= true
