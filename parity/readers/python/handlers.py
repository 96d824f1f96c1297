"""Which function is for which kind of node: https://docs.python.org/3/library/ast.html#abstract-grammar"""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import Any

from parity.readers.python import (
    assignments,
    attributes,
    branches,
    calls,
    comprehensions,
    definitions,
    expressions,
    importing,
    loops,
    statements,
)
from parity.readers.python.module import Signal

STATEMENTS: dict[type[ast.stmt], Callable[..., Signal]] = {
    ast.Assign: assignments.assignment,
    ast.AnnAssign: assignments.annotated,
    ast.AugAssign: assignments.augmented,
    ast.Delete: assignments.deletion,
    ast.Expr: statements.expression,
    ast.If: branches.condition,
    ast.Try: branches.attempt,
    ast.TryStar: branches.attempt,
    ast.For: loops.loop,
    ast.AsyncFor: loops.loop,
    ast.While: loops.repetition,
    ast.With: loops.context,
    ast.AsyncWith: loops.context,
    ast.Match: loops.match,
    ast.Return: statements.returned,
    ast.Raise: statements.raised,
    ast.Assert: statements.assertion,
    ast.FunctionDef: definitions.function,
    ast.AsyncFunctionDef: definitions.function,
    ast.ClassDef: definitions.class_,
    ast.Import: importing.plain,
    ast.ImportFrom: importing.from_,
    ast.Break: lambda machine, frame, node: "break",
    ast.Continue: lambda machine, frame, node: "continue",
}

EXPRESSIONS: dict[type[ast.expr], Callable[..., Any]] = {
    ast.Name: expressions.name,
    ast.Attribute: attributes.attribute_of,
    ast.Subscript: attributes.subscript,
    ast.List: expressions.sequence,
    ast.Tuple: expressions.sequence,
    ast.Set: expressions.sequence,
    ast.Dict: expressions.mapping,
    ast.JoinedStr: expressions.joined_string,
    ast.BinOp: expressions.binary,
    ast.UnaryOp: expressions.unary,
    ast.BoolOp: expressions.boolean,
    ast.Compare: expressions.comparison,
    ast.IfExp: expressions.conditional,
    ast.NamedExpr: expressions.assigned,
    ast.Lambda: expressions.function,
    ast.Await: expressions.awaited,
    ast.Starred: expressions.awaited,
    ast.YieldFrom: expressions.awaited,
    ast.ListComp: comprehensions.comprehension,
    ast.SetComp: comprehensions.comprehension,
    ast.GeneratorExp: comprehensions.comprehension,
    ast.DictComp: comprehensions.comprehension,
    ast.Call: calls.call,
}


def install() -> None:
    """Statements and expressions hold each other, so the tables are filled when all modules are there."""
    statements.HANDLERS.update(STATEMENTS)
    expressions.HANDLERS.update(EXPRESSIONS)
