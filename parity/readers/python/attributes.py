"""What `owner.name` and `owner[key]` are: https://docs.python.org/3/reference/expressions.html#primaries"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Any

from parity.contract.python import Either, FromEnv, Many, Maybe, Nothing, Path, Table, Text, Unknown
from parity.readers.python import assignments, calls, expressions, inlining, notes, operations, paths
from parity.readers.python.module import Lazy, Module
from parity.readers.python.objects import (
    Bound,
    Class,
    Environment,
    EnvironmentName,
    External,
    Function,
    Globals,
    Instance,
    Method,
    Package,
    Reader,
)
from parity.readers.python.structures import UNKNOWN, without_maybe

if TYPE_CHECKING:
    from parity.readers.python.machine import Machine
    from parity.readers.python.module import Frame


def attribute_of(machine: Machine, frame: Frame, node: ast.Attribute) -> Any:
    return attribute(machine, frame, expressions.evaluate(machine, frame, node.value), node.attr, node)


def attribute(machine: Machine, frame: Frame, owner: Any, attr: str, node: ast.AST) -> Any:
    """owner.attr"""
    if isinstance(owner, External):
        return machine.external(f"{owner.name}.{attr}")
    if isinstance(owner, (Module, Package)):
        return member(machine, frame, owner, attr)
    if isinstance(owner, Instance):
        return of_instance(machine, frame, owner, attr, node)
    if isinstance(owner, Class):
        found = owner.attribute(attr)
        if isinstance(found, Function) and found.is_class:
            return Bound(found, (owner,))
        return UNKNOWN if isinstance(found, Nothing) else found
    if isinstance(owner, (Either, Maybe)):
        alternatives = owner.values if isinstance(owner, Either) else (owner.value,)
        found = [
            attribute(machine, frame, one, attr, node)
            for one in alternatives
            if one is not None and not isinstance(one, Either)
        ]
        known = [one for one in found if not isinstance(one, Unknown)] or found
        return known[0] if len(known) == 1 else machine.made.either(known) if known else UNKNOWN
    if isinstance(owner, Path):
        return of_path(machine, owner, attr)
    if isinstance(owner, str) and attr in ("value", "name"):
        # A member of an Enum of names.
        return owner
    if owner is None or isinstance(owner, Unknown):
        return machine.made.unknown(owner)
    if isinstance(owner, Reader) and attr == "ENVIRON":
        return Environment()
    if isinstance(
        owner, Environment | EnvironmentName | Reader | Globals | FromEnv | Many | Table | Text | str | bytes
    ):
        return Method(owner, attr)
    return UNKNOWN


def of_instance(machine: Machine, frame: Frame, owner: Instance, attr: str, node: ast.AST) -> Any:
    if attr in owner.attributes:
        return owner.attributes[attr]
    found = owner.type.attribute(attr)
    if isinstance(found, Function):
        if found.is_property:
            if attr not in owner.properties:
                owner.properties[attr] = inlining.inline(machine, frame, found, calls.without_arguments(node), (owner,))
            return owner.properties[attr]
        return found if found.is_static else Bound(found, (owner.type if found.is_class else owner,))
    if isinstance(found, Nothing):
        return Method(owner, attr)
    return found


def of_path(machine: Machine, owner: Path, attr: str) -> Any:
    if attr == "parent":
        return paths.up(owner)
    if attr == "parents":
        return machine.made.many([paths.up(owner, steps) for steps in range(1, owner.text.count("/") + 4)], "tuple")
    if attr == "name":
        return paths.name(owner)
    if attr == "root":
        # Of django-environ's Path.
        return owner
    return Method(owner, attr)


def member(machine: Machine, frame: Frame, owner: Module | Package, attr: str) -> Any:
    """A name of a module of the repository."""
    module: Module | None = owner if isinstance(owner, Module) else None
    if module is not None and attr in module.scope.names:
        value = module.scope.names[attr]
        return without_maybe(assignments.forced(machine, value) if isinstance(value, Lazy) else value)
    dotted = f"{owner.dotted}.{attr}"
    file = machine.roots.find(dotted, frame.module.file)
    if file:
        from parity.readers.python import importing

        return importing.module_value(machine, frame, file, dotted)
    if machine.roots.is_package(dotted, frame.module.file):
        return Package(dotted)
    return machine.external(dotted)


def subscript(machine: Machine, frame: Frame, node: ast.Subscript) -> Any:
    owner = expressions.evaluate(machine, frame, node.value)
    if isinstance(node.slice, ast.Slice):
        return sliced(machine, frame, owner, node.slice)
    key = expressions.evaluate(machine, frame, node.slice)
    return item(machine, frame, owner, key, node)


def item(machine: Machine, frame: Frame, owner: Any, key: Any, node: ast.AST) -> Any:
    """owner[key]"""
    for one in owner.values if isinstance(owner, Either) else (owner,):
        if isinstance(one, Environment):
            return notes.read(machine, frame, key, node, "os.environ[]", True)
        if isinstance(one, Globals):
            return without_maybe(frame.module.scope.names.get(key, UNKNOWN)) if isinstance(key, str) else UNKNOWN
        if isinstance(one, Class) and isinstance(key, str):
            return attribute(machine, frame, one, key, node)
    if isinstance(owner, FromEnv):
        return machine.made.unknown(owner)
    return operations.item(machine.made, owner, key)


def sliced(machine: Machine, frame: Frame, owner: Any, node: ast.Slice) -> Any:
    bounds = [
        expressions.evaluate(machine, frame, bound) if bound is not None else None
        for bound in (node.lower, node.upper, node.step)
    ]
    if (
        isinstance(owner, (Many, str))
        and all(bound is None or isinstance(bound, int) for bound in bounds)
        and bounds[2] != 0
    ):
        cut = slice(*bounds)
        if isinstance(owner, str):
            return owner[cut]
        if owner.whole and not any(isinstance(one, Maybe) for one in owner.items):
            return machine.made.many(owner.items[cut], owner.kind)
    return machine.made.unknown(owner)
