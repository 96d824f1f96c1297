"""What an expression amounts to, as far as its text tells: https://docs.python.org/3/reference/expressions.html"""

from __future__ import annotations

import ast
import builtins
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from parity.contract.python import Either, FromEnv, Many, Maybe, Nothing, Path, Table, Text, Unknown
from parity.readers.python import calls, operations, paths, statements
from parity.readers.python.module import ABSENT, Lazy, Module, Scope
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
    Word,
    word,
)
from parity.readers.python.structures import LITERALS, UNKNOWN, without_maybe

if TYPE_CHECKING:
    from parity.readers.python.machine import Machine
    from parity.readers.python.module import Frame

MOST_DEPTH = 90

# Of a loop or a comprehension that is gone through item by item.
MOST_ITEMS = 300

BUILTINS = frozenset(dir(builtins))


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
        return without_maybe(statements.forced(machine, value))
    if value is ABSENT:
        return External(f"builtins.{node.id}" if node.id in BUILTINS else f"?.{node.id}")
    return without_maybe(value)


def attribute_of(machine: Machine, frame: Frame, node: ast.Attribute) -> Any:
    return attribute(machine, frame, evaluate(machine, frame, node.value), node.attr, node)


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
                owner.properties[attr] = machine.inline(frame, found, calls.without_arguments(node), (owner,))
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
        return without_maybe(statements.forced(machine, value) if isinstance(value, Lazy) else value)
    dotted = f"{owner.dotted}.{attr}"
    file = machine.roots.find(dotted, frame.module.file)
    if file:
        from parity.readers.python import importing

        return importing.module_value(machine, frame, file, dotted)
    if machine.roots.is_package(dotted, frame.module.file):
        return Package(dotted)
    return machine.external(dotted)


def subscript(machine: Machine, frame: Frame, node: ast.Subscript) -> Any:
    owner = evaluate(machine, frame, node.value)
    if isinstance(node.slice, ast.Slice):
        return sliced(machine, frame, owner, node.slice)
    key = evaluate(machine, frame, node.slice)
    return item(machine, frame, owner, key, node)


def item(machine: Machine, frame: Frame, owner: Any, key: Any, node: ast.AST) -> Any:
    """owner[key]"""
    for one in owner.values if isinstance(owner, Either) else (owner,):
        if isinstance(one, Environment):
            return machine.read(frame, key, node, "os.environ[]", True)
        if isinstance(one, Globals):
            return without_maybe(frame.module.scope.names.get(key, UNKNOWN)) if isinstance(key, str) else UNKNOWN
        if isinstance(one, Class) and isinstance(key, str):
            return attribute(machine, frame, one, key, node)
    if isinstance(owner, FromEnv):
        return machine.made.unknown(owner)
    return operations.item(machine.made, owner, key)


def sliced(machine: Machine, frame: Frame, owner: Any, node: ast.Slice) -> Any:
    bounds = [
        evaluate(machine, frame, bound) if bound is not None else None for bound in (node.lower, node.upper, node.step)
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
        return machine.fall_back(frame, left, right, node)
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
        and isinstance(other, LITERALS)
        and isinstance(body.default, (Nothing, type(None)))
    ):
        return machine.fall_back(frame, body, other, node.orelse)
    if (
        isinstance(other, FromEnv)
        and other.name in false
        and isinstance(body, LITERALS)
        and isinstance(other.default, (Nothing, type(None)))
    ):
        return machine.fall_back(frame, other, body, node.body)
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
    return machine.join(frame, body, other) if not isinstance(body, Table) else machine.made.either((body, other))


def assigned(machine: Machine, frame: Frame, node: ast.NamedExpr) -> Any:
    value = evaluate(machine, frame, node.value)
    if isinstance(node.target, ast.Name):
        frame.scope.assign(node.target.id, value)
    return value


def function(machine: Machine, frame: Frame, node: ast.Lambda) -> Any:
    return Function(node, frame.module, "lambda", (frame.scope, *frame.closure) if not frame.at_top else ())


def awaited(machine: Machine, frame: Frame, node: ast.Await | ast.Starred | ast.YieldFrom | ast.FormattedValue) -> Any:
    return evaluate(machine, frame, node.value)


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
            results.append((evaluate(machine, frame, node.key), evaluate(machine, frame, node.value)))
        else:
            results.append(evaluate(machine, frame, node.elt))
        return True
    generator = node.generators[position]
    value = evaluate(machine, frame, generator.iter)
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


def call(machine: Machine, frame: Frame, node: ast.Call) -> Any:
    return calls.call(machine, frame, node)


HANDLERS: dict[type[ast.expr], Callable[..., Any]] = {
    ast.Name: name,
    ast.Attribute: attribute_of,
    ast.Subscript: subscript,
    ast.List: sequence,
    ast.Tuple: sequence,
    ast.Set: sequence,
    ast.Dict: mapping,
    ast.JoinedStr: joined_string,
    ast.BinOp: binary,
    ast.UnaryOp: unary,
    ast.BoolOp: boolean,
    ast.Compare: comparison,
    ast.IfExp: conditional,
    ast.NamedExpr: assigned,
    ast.Lambda: function,
    ast.Await: awaited,
    ast.Starred: awaited,
    ast.YieldFrom: awaited,
    ast.ListComp: comprehension,
    ast.SetComp: comprehension,
    ast.GeneratorExp: comprehension,
    ast.DictComp: comprehension,
    ast.Call: call,
}
