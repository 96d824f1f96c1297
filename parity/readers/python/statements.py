"""What a statement does to the names: https://docs.python.org/3/reference/compound_stmts.html"""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from parity.contract.python import Either, FromEnv, Many, Maybe, Nothing, Table, Unknown
from parity.readers.python import calls, expressions, importing, libraries, operations
from parity.readers.python.module import ABSENT, Frame, Lazy, Scope
from parity.readers.python.objects import (
    Call,
    Class,
    Environment,
    External,
    Field,
    Function,
    Globals,
    Instance,
    Reader,
    Word,
    word,
)
from parity.readers.python.structures import UNKNOWN, without_maybe

if TYPE_CHECKING:
    from parity.readers.python.machine import Machine

MOST_DEPTH = 90

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

Signal = str | None


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


# Assignments


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
            machine.write(frame, key, value, target, "assign")
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


def expression(machine: Machine, frame: Frame, node: ast.Expr) -> Signal:
    if isinstance(node.value, ast.Constant) or forgets(machine, frame, node.value):
        return None
    machine.discarded = node.value
    expressions.evaluate(machine, frame, node.value)
    return "raise" if exits(frame, node) else None


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


# Branches


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
        signal = execute_all(self.machine, frame, body)
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
            value = self.machine.join(self.frame, one.get(name, before), other.get(name, before))
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
                machine.require(frame, name)
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
    return execute_all(machine, frame, node.orelse)


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
    except Exception as error:
        # Only the second run, in which a variable isn't set, fails.
        if type(error).__name__ != "NotSet" or not any(names & FAILURES for names, _ in caught):
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
    last = execute_all(machine, frame, node.finalbody)
    if last or whole is not None:
        return last
    return "return" if "return" in signals else signals[0]


def failed(machine: Machine, frame: Frame, branch: Branch, node: ast.Try) -> Signal:
    """Goes on with the first handler that catches what a missing variable raises."""
    handler = next(one for one in node.handlers if handled(one) & FAILURES)
    if handler.name:
        frame.scope.assign(handler.name, UNKNOWN)
    signal = execute_all(machine, frame, handler.body)
    branch.end()
    return execute_all(machine, frame, node.finalbody) or signal


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


def has_import(body: list[ast.stmt]) -> bool:
    """A read behind an import that may fail is one that may not be reached."""
    return any(isinstance(statement, (ast.Import, ast.ImportFrom)) for statement in body)


def exception_text(frame: Frame, handler: ast.ExceptHandler) -> str:
    return f"except {frame.module.source.segment(handler.type)}" if handler.type is not None else "except"


def loop(machine: Machine, frame: Frame, node: ast.For | ast.AsyncFor) -> Signal:
    value = expressions.evaluate(machine, frame, node.iter)
    items = expressions.iterated(machine, frame, value, node.iter)
    if items is None or not items:
        return once(machine, frame, node, items is None, machine.made.unknown(value))
    if len(items) * length(node) > 3000:
        items = items[: max(1, 3000 // length(node))]
    for one in items:
        expressions.bind(machine, frame, node.target, without_maybe(one))
        signal = execute_all(machine, frame, node.body)
        if signal in ("return", "raise", "break"):
            return None if signal == "break" else signal
    return execute_all(machine, frame, node.orelse)


def length(node: ast.stmt) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def once(
    machine: Machine, frame: Frame, node: ast.For | ast.AsyncFor | ast.While, reached: bool, item: Any = UNKNOWN
) -> Signal:
    """A loop that may run any number of times, or never."""
    branch = Branch(machine, frame)
    if isinstance(node, (ast.For, ast.AsyncFor)):
        expressions.bind(machine, frame, node.target, item)
    text = frame.module.source.segment(node.test if isinstance(node, ast.While) else node.iter)
    _, changes = branch.side(node.body, (text,), frozenset())
    if reached:
        branch.join(changes, {})
    branch.end()
    return execute_all(machine, frame, node.orelse)


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
            assign(machine, frame, one.optional_vars, value)
    signal = execute_all(machine, frame, node.body)
    for reader, prefix in reversed(undo):
        reader.prefix = prefix
    frame.catching = catching
    return signal


def match(machine: Machine, frame: Frame, node: ast.Match) -> Signal:
    expressions.evaluate(machine, frame, node.subject)
    text = frame.module.source.segment(node.subject)
    branch = Branch(machine, frame)
    whole: dict[str, Any] = {}
    for case in node.cases:
        signal, changes = branch.side(case.body, (f"match {text}",), frozenset())
        if not signal:
            branch.join(whole, changes)
            whole = branch.scope.undone(branch.mark)
    branch.keep(whole)
    branch.end()
    return None


# Leaving


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
        machine.require(frame, name)
    frame.guarded |= true


# Definitions


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
            execute(machine, frame, statement)
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


HANDLERS: dict[type[ast.stmt], Callable[..., Any]] = {
    ast.Assign: assignment,
    ast.AnnAssign: annotated,
    ast.AugAssign: augmented,
    ast.Delete: deletion,
    ast.Expr: expression,
    ast.If: condition,
    ast.Try: attempt,
    ast.For: loop,
    ast.AsyncFor: loop,
    ast.While: repetition,
    ast.With: context,
    ast.AsyncWith: context,
    ast.Match: match,
    ast.Return: returned,
    ast.Raise: raised,
    ast.Assert: assertion,
    ast.FunctionDef: function,
    ast.AsyncFunctionDef: function,
    ast.ClassDef: class_,
    ast.Import: importing.plain,
    ast.ImportFrom: importing.from_,
    ast.Break: lambda machine, frame, node: "break",
    ast.Continue: lambda machine, frame, node: "continue",
}
if hasattr(ast, "TryStar"):
    HANDLERS[ast.TryStar] = attempt

__all__ = ["Either", "FromEnv"]
