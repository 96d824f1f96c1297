"""What an assignment does to the names: https://docs.python.org/3/reference/simple_stmts.html#assignment-statements"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Any

from parity.contract.python import Many, Maybe, Table, Unknown
from parity.readers.python import expressions, libraries, notes, operations
from parity.readers.python.module import Frame, Lazy, Scope
from parity.readers.python.objects import (
    Class,
    Environment,
    External,
    Globals,
    Instance,
    Reader,
    Word,
    word,
)
from parity.readers.python.structures import UNKNOWN, without_maybe

if TYPE_CHECKING:
    from parity.readers.python.machine import Machine


def assignment(machine: Machine, frame: Frame, node: ast.Assign) -> None:
    if frame.at_top and not frame.root.full and frame.module is frame.root and later(frame, node):
        return
    setting = next((one.id for one in node.targets if isinstance(one, ast.Name)), None) or subject(node.targets[0])
    value = valued(machine, frame, node.value, setting)
    for target in node.targets:
        assign(machine, frame, target, value)


def later(frame: Frame, node: ast.Assign) -> bool:
    """Leaves an assignment that has nothing to do with the environment for when somebody asks for its value."""
    if not all(isinstance(target, ast.Name) for target in node.targets) or frame.module.triggers.touch(node):
        return False
    for target in node.targets:
        if isinstance(target, ast.Name):
            frame.scope.assign(target.id, Lazy(node, frame.module))
            frame.scope.places[target.id] = (frame.module.source.place(target), bool(frame.when))
    return True


def forced(machine: Machine, lazy: Lazy) -> Any:
    """The value that was left for later."""
    module = lazy.module
    for target in lazy.node.targets:
        if isinstance(target, ast.Name):
            module.scope.names[target.id] = UNKNOWN
    value = expressions.evaluate(machine, Frame(module, module.scope, module), lazy.node.value)
    for target in lazy.node.targets:
        if isinstance(target, ast.Name):
            module.scope.names[target.id] = value
    return value


def annotated(machine: Machine, frame: Frame, node: ast.AnnAssign) -> None:
    if node.value is not None:
        value = valued(machine, frame, node.value, subject(node.target))
        assign(machine, frame, node.target, value)


def augmented(machine: Machine, frame: Frame, node: ast.AugAssign) -> None:
    target: Any = node.target
    before = expressions.evaluate(machine, frame, target)
    value = valued(machine, frame, node.value, subject(target))
    kind: type[ast.operator] = type(node.op)
    if isinstance(before, Maybe):
        before = before.value
    assign(machine, frame, target, operations.binary(machine.made, kind, before, value), change=True)


def subject(target: ast.expr) -> str | None:
    """The name that an assignment is about: DATABASES of DATABASES["default"]["HOST"]."""
    while isinstance(target, (ast.Subscript, ast.Attribute)):
        target = target.value
    return target.id if isinstance(target, ast.Name) else None


def valued(machine: Machine, frame: Frame, node: ast.expr, name: str | None) -> Any:
    outer = frame.setting
    if name and frame.at_top and name.isupper():
        frame.setting = name
    value = expressions.evaluate(machine, frame, node)
    frame.setting = outer
    if isinstance(value, Unknown) and not value.text and frame.at_top:
        return Unknown(frame.module.source.segment(node), value.reads)
    return value


def assign(machine: Machine, frame: Frame, target: ast.expr, value: Any, change: bool = False) -> None:
    """target = value. `change`: the value was changed in place, and its name stays where it is."""
    if isinstance(target, ast.Name):
        scope = frame.owner(target.id) if change else frame.scope
        assign_name(machine, frame, scope, target.id, value, target)
    elif isinstance(target, ast.Subscript):
        assign_item(machine, frame, target, value)
    elif isinstance(target, ast.Attribute):
        assign_attribute(machine, frame, target, value)
    elif isinstance(target, (ast.Tuple, ast.List)):
        assign_many(machine, frame, target, value)
    elif isinstance(target, ast.Starred):
        assign(machine, frame, target.value, UNKNOWN)


def assign_name(machine: Machine, frame: Frame, scope: Scope, name: str, value: Any, node: ast.AST) -> None:
    scope.assign(name, value)
    if scope is frame.module.scope:
        scope.places[name] = (frame.module.source.place(node), bool(frame.when or frame.within))
        if name.isupper():
            for variable in machine.made.reads(value):
                draft = frame.root.latest.get(variable)
                if draft is not None and draft.setting is None:
                    draft.setting = name


def assign_item(machine: Machine, frame: Frame, target: ast.Subscript, value: Any) -> None:
    owner = expressions.evaluate(machine, frame, target.value)
    key = expressions.evaluate(machine, frame, target.slice) if not isinstance(target.slice, ast.Slice) else UNKNOWN
    if isinstance(owner, Environment):
        if not owner.copied:
            notes.write(machine, frame, key, value, target, "assign")
    elif isinstance(owner, Globals):
        if isinstance(key, str):
            assign_name(machine, frame, frame.module.scope, key, value, target)
    elif not isinstance(owner, (External, Instance, Reader, Class, Unknown)) or isinstance(target.value, ast.Subscript):
        if isinstance(target.slice, ast.Slice):
            items = (*owner.items, *operations.as_many(value).items) if isinstance(owner, Many) else ()
            changed = machine.made.many(items, "list", False)
        else:
            changed = operations.with_item(machine.made, owner, key, value)
        assign(machine, frame, target.value, changed, change=True)


def assign_attribute(machine: Machine, frame: Frame, target: ast.Attribute, value: Any) -> None:
    owner = expressions.evaluate(machine, frame, target.value)
    if isinstance(owner, Instance):
        owner.properties.clear()
        kept = word(value, value.place, owner) if isinstance(value, Word) else value
        # A second branch must not take away what the first one said.
        known = owner.attributes.get(target.attr)
        owner.attributes[target.attr] = kept if known is None or not frame.when else machine.made.join(known, kept)
    elif isinstance(owner, Reader):
        libraries.configure(owner, target.attr, value)
    elif isinstance(owner, Class):
        owner.attributes[target.attr] = value
    elif isinstance(owner, External) and owner.name in ("os",) and target.attr == "environ":
        frame.root.copies[frame.module.source.place(target)] = None


def assign_many(machine: Machine, frame: Frame, target: ast.Tuple | ast.List, value: Any) -> None:
    starred = any(isinstance(one, ast.Starred) for one in target.elts)
    exact = isinstance(value, Many) and value.whole and len(value.items) == len(target.elts) and not starred
    for position, one in enumerate(target.elts):
        assign(machine, frame, one, without_maybe(value.items[position]) if exact else machine.made.unknown(value))


def deletion(machine: Machine, frame: Frame, node: ast.Delete) -> None:
    for target in node.targets:
        if isinstance(target, ast.Name):
            frame.scope.remove(target.id)
        elif isinstance(target, ast.Subscript):
            owner, key = (
                expressions.evaluate(machine, frame, target.value),
                expressions.evaluate(machine, frame, target.slice),
            )
            if isinstance(owner, Table) and isinstance(key, str):
                assign(
                    machine,
                    frame,
                    target.value,
                    Table(tuple(e for e in owner.entries if e[0] != key), owner.whole),
                    change=True,
                )
