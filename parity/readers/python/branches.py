"""Both sides of a condition, a try's body and its handlers, a loop's body and nothing: and what holds after them."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Any

from parity.contract.python import Nothing
from parity.readers.python import calls, notes, operations, statements
from parity.readers.python.module import ABSENT, Frame, Signal
from parity.readers.python.objects import (
    External,
    NotSet,
)
from parity.readers.python.structures import UNKNOWN

if TYPE_CHECKING:
    from parity.readers.python.machine import Machine


EXITS = ("sys.exit", "builtins.exit", "builtins.quit", "os._exit", "os.abort")


# What a reader of variables raises, and what a helper makes of it.
FAILURES = frozenset(
    {
        "KeyError",
        "LookupError",
        "Exception",
        "BaseException",
        "ImproperlyConfigured",
        "UndefinedValueError",
        "ValueError",
        "EnvError",
        "EnvironmentError",
        "ConfigurationError",
        "ValidationError",
        "RuntimeError",
        "",
    }
)


class Branch:
    """Runs a block, and takes back what it did to the names, so that the other side starts where this one did."""

    def __init__(self, machine: Machine, frame: Frame) -> None:
        self.machine, self.frame, self.scope = machine, frame, frame.scope
        self.owns = self.scope.log is None
        if self.owns:
            self.scope.log = []
        self.mark = len(self.scope.log or ())

    def side(
        self, body: list[ast.stmt], when: tuple[str, ...], guarded: frozenset[str]
    ) -> tuple[Signal, dict[str, Any]]:
        frame = self.frame
        outer = frame.when, frame.guarded
        frame.when, frame.guarded = (*frame.when, *when), frame.guarded | guarded
        signal = statements.execute_all(self.machine, frame, body)
        frame.when, frame.guarded = outer
        return signal, self.scope.undone(self.mark)

    def keep(self, changes: dict[str, Any]) -> None:
        for name, value in changes.items():
            if isinstance(value, Nothing):
                self.scope.remove(name)
            else:
                self.scope.assign(name, value)

    def join(self, one: dict[str, Any], other: dict[str, Any]) -> None:
        names = self.scope.names
        for name in {**one, **other}:
            before = names.get(name, ABSENT)
            value = notes.join(self.machine, self.frame, one.get(name, before), other.get(name, before))
            if isinstance(value, Nothing):
                self.scope.remove(name)
            else:
                self.scope.assign(name, value)

    def end(self) -> None:
        if self.owns:
            self.scope.log = None


def condition(machine: Machine, frame: Frame, node: ast.If) -> Signal:
    if is_main(node.test):
        return script(machine, frame, node)
    value, true, false = calls.tested(machine, frame, node.test)
    truth = typing_only(node.test, operations.truth(value))
    text = frame.module.source.segment(node.test)
    branch = Branch(machine, frame)
    first, one = branch.side(node.body, () if truth is True else (text,), true)
    second, other = (
        branch.side(node.orelse, () if truth is False else (f"not ({text})",), false) if node.orelse else (None, {})
    )
    signal = settle(machine, frame, branch, (first, one), (second, other), truth, (true, false))
    branch.end()
    return signal


def settle(
    machine: Machine,
    frame: Frame,
    branch: Branch,
    first: tuple[Signal, dict[str, Any]],
    second: tuple[Signal, dict[str, Any]],
    truth: bool | None,
    known: tuple[frozenset[str], frozenset[str]],
) -> Signal:
    """What holds after both sides."""
    if truth is not None:
        signal, changes = first if truth else second
        branch.keep(changes)
        return signal
    if first[0] and second[0]:
        return first[0] if first[0] == second[0] else "return" if "return" in (first[0], second[0]) else first[0]
    if first[0] or second[0]:
        # One side leaves: after it, only the other's condition holds.
        signal, names = (first[0], known[1]) if first[0] else (second[0], known[0])
        branch.keep(second[1] if first[0] else first[1])
        if signal == "raise":
            for name in names:
                notes.require(machine, frame, name)
        frame.guarded |= names
        return None
    branch.join(first[1], second[1])
    return None


def typing_only(test: ast.expr, truth: bool | None) -> bool | None:
    name = test.id if isinstance(test, ast.Name) else test.attr if isinstance(test, ast.Attribute) else ""
    return False if name == "TYPE_CHECKING" else truth


def is_main(test: ast.expr) -> bool:
    return (
        isinstance(test, ast.Compare)
        and isinstance(test.left, ast.Name)
        and test.left.id == "__name__"
        and isinstance(test.comparators[0], ast.Constant)
        and test.comparators[0].value == "__main__"
    )


def script(machine: Machine, frame: Frame, node: ast.If) -> Signal:
    """`if __name__ == "__main__"`: what a script does, and an import doesn't."""
    outer = frame.within
    frame.within = outer or "__main__"
    branch = Branch(machine, frame)
    branch.side(node.body, (), frozenset())
    branch.end()
    frame.within = outer
    return statements.execute_all(machine, frame, node.orelse)


def attempt(machine: Machine, frame: Frame, node: ast.Try) -> Signal:
    caught = tuple((handled(handler), ends(frame, handler.body)) for handler in node.handlers)
    branch = Branch(machine, frame)
    catching = frame.catching
    frame.catching = (*catching, *reversed(caught))
    survives = any(not fatal for _, fatal in caught)
    try:
        signal, done = branch.side(
            [*node.body, *node.orelse], ("try",) if survives and has_import(node.body) else (), frozenset()
        )
    except NotSet:
        if not any(names & FAILURES for names, _ in caught):
            raise
        frame.catching = catching
        branch.scope.undone(branch.mark)
        return failed(machine, frame, branch, node)
    frame.catching = catching
    signals, whole = [signal], done if not signal else None
    for handler in node.handlers:
        if handler.name:
            frame.scope.assign(handler.name, UNKNOWN)
        left, changes = branch.side(handler.body, (exception_text(frame, handler),), frozenset())
        signals.append(left)
        if left:
            continue
        if whole is None:
            whole = changes
        else:
            branch.join(whole, changes)
            whole = branch.scope.undone(branch.mark)
    branch.keep(whole or {})
    branch.end()
    last = statements.execute_all(machine, frame, node.finalbody)
    if last or whole is not None:
        return last
    return "return" if "return" in signals else signals[0]


def failed(machine: Machine, frame: Frame, branch: Branch, node: ast.Try) -> Signal:
    """Goes on with the first handler that catches what a missing variable raises."""
    handler = next(one for one in node.handlers if handled(one) & FAILURES)
    if handler.name:
        frame.scope.assign(handler.name, UNKNOWN)
    signal = statements.execute_all(machine, frame, handler.body)
    branch.end()
    return statements.execute_all(machine, frame, node.finalbody) or signal


def handled(handler: ast.ExceptHandler) -> frozenset[str]:
    """The last names of the exceptions that a handler catches; "" among them for every one."""
    if handler.type is None:
        return frozenset({"", "Exception", "BaseException"})
    types = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    return frozenset(
        one.id if isinstance(one, ast.Name) else one.attr if isinstance(one, ast.Attribute) else "?" for one in types
    )


def ends(frame: Frame, body: list[ast.stmt]) -> bool:
    """Whether a block surely ends the program, as far as its own statements show."""
    return any(isinstance(statement, ast.Raise) or exits(frame, statement) for statement in body)


def exits(frame: Frame, node: ast.stmt) -> bool:
    """Whether it is a call that ends the program."""
    if not isinstance(node, ast.Expr) or not isinstance(node.value, ast.Call):
        return False
    function = node.value.func
    if isinstance(function, ast.Attribute) and isinstance(function.value, ast.Name):
        owner = frame.lookup(function.value.id)
        module = owner.name if isinstance(owner, External) else function.value.id if owner is ABSENT else ""
        return f"{module}.{function.attr}" in EXITS
    if isinstance(function, ast.Name):
        owner = frame.lookup(function.id)
        name = f"builtins.{function.id}" if owner is ABSENT else owner.name if isinstance(owner, External) else ""
        return name in EXITS
    return False


def has_import(body: list[ast.stmt]) -> bool:
    """A read behind an import that may fail is one that may not be reached."""
    return any(isinstance(statement, (ast.Import, ast.ImportFrom)) for statement in body)


def exception_text(frame: Frame, handler: ast.ExceptHandler) -> str:
    return f"except {frame.module.source.segment(handler.type)}" if handler.type is not None else "except"
