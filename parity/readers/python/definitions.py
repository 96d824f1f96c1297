"""Functions and classes as they are defined, and the parameters of a call: https://docs.python.org/3/reference/compound_stmts.html#function-definitions"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Any

from parity.contract.python import Nothing
from parity.readers.python import expressions, libraries, statements
from parity.readers.python.module import Frame, Scope
from parity.readers.python.objects import (
    Call,
    Class,
    Field,
    Function,
    Instance,
)
from parity.readers.python.structures import UNKNOWN

if TYPE_CHECKING:
    from parity.readers.python.machine import Machine


def function(machine: Machine, frame: Frame, node: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
    frame.scope.assign(node.name, defined(machine, frame, node, ""))


def defined(machine: Machine, frame: Frame, node: ast.FunctionDef | ast.AsyncFunctionDef, owner: str) -> Function:
    outer = owner or frame.function
    made = Function(node, frame.module, f"{outer}.{node.name}" if outer else node.name)
    if not frame.at_top and not owner:
        made.closure = (frame.scope, *frame.closure)
    arguments = node.args
    positional = [*arguments.posonlyargs, *arguments.args]
    for argument, default in zip(
        positional[len(positional) - len(arguments.defaults) :], arguments.defaults, strict=True
    ):
        made.defaults[argument.arg] = expressions.evaluate(machine, frame, default)
    for argument, keyword_default in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True):
        if keyword_default is not None:
            made.defaults[argument.arg] = expressions.evaluate(machine, frame, keyword_default)
    for decorator in node.decorator_list:
        name = decorator_name(decorator)
        if not isinstance(decorator, ast.Name) and (frame.eager or frame.module.triggers.touch(decorator)):
            expressions.evaluate(machine, frame, decorator)
        made.is_property |= name in ("property", "cached_property", "classproperty")
        made.is_static |= name == "staticmethod"
        made.is_class |= name == "classmethod"
    if len(frame.module.functions) < 5000:
        frame.module.functions.append(made)
    return made


def decorator_name(node: ast.expr) -> str:
    node = node.func if isinstance(node, ast.Call) else node
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def class_(machine: Machine, frame: Frame, node: ast.ClassDef) -> None:
    bases = tuple(expressions.evaluate(machine, frame, base) for base in node.bases)
    outer, closure = frame.scope, frame.closure
    scope = Scope()
    made = Class(node.name, frame.module, bases, scope.names, [], node)
    made.record = any(
        decorator_name(one) in ("dataclass", "define", "frozen", "attrs", "s") for one in node.decorator_list
    )
    made.record |= any(root.endswith("NamedTuple") for root in made.roots())
    frame.scope = scope
    frame.closure = (outer, *closure) if outer is not frame.module.scope else closure
    for statement in node.body:
        if isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef)):
            method = defined(machine, frame, statement, node.name)
            method.owner = made
            scope.assign(statement.name, method)
        elif isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
            default = (
                expressions.evaluate(machine, frame, statement.value) if statement.value is not None else Nothing()
            )
            made.fields.append(Field(statement.target.id, statement.annotation, default, statement, statement.value))
            if statement.value is not None:
                scope.assign(statement.target.id, default)
        else:
            statements.execute(machine, frame, statement)
    frame.scope, frame.closure = outer, closure
    frame.scope.assign(node.name, libraries.define(machine, frame, made))


def bound(machine: Machine, frame: Frame, function: Function, call: Call, first: tuple[Any, ...]) -> dict[str, Any]:
    """The parameters of a function with the arguments of a call."""
    arguments = function.node.args
    names = [argument.arg for argument in (*arguments.posonlyargs, *arguments.args)]
    given = [*first, *call.positional]
    rest: Any = UNKNOWN if call.starred else Nothing()
    scope: dict[str, Any] = {}
    for position, name in enumerate(names):
        value = given[position] if position < len(given) else call.keywords.get(name, function.defaults.get(name, rest))
        scope[name] = UNKNOWN if isinstance(value, Nothing) else value
    for argument in arguments.kwonlyargs:
        value = call.keywords.get(argument.arg, function.defaults.get(argument.arg, UNKNOWN))
        scope[argument.arg] = UNKNOWN if isinstance(value, Nothing) else value
    if arguments.vararg:
        scope[arguments.vararg.arg] = machine.made.many(given[len(names) :], "tuple", not call.starred)
    if arguments.kwarg:
        extra = [(name, value) for name, value in call.keywords.items() if name not in scope]
        scope[arguments.kwarg.arg] = machine.made.table(extra, not call.starred)
    return scope


def parameters_unknown(machine: Machine, function: Function) -> dict[str, Any]:
    arguments = function.node.args
    every = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]
    names = [argument.arg for argument in every]
    names += [argument.arg for argument in (arguments.vararg, arguments.kwarg) if argument is not None]
    scope: dict[str, Any] = dict.fromkeys(names, UNKNOWN)
    if function.owner is not None and names and not function.is_static:
        made = Instance(
            function.owner,
            dict(function.owner.attributes.get("__values__", {})),
            function.module.source.place(function.node),
        )
        scope[names[0]] = function.owner if function.is_class else made
    return scope
