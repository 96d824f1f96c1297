"""Calls of functions of the repository, gone through as if their bodies stood where they are called."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Any

from parity.contract.dataclass import replace
from parity.contract.python import (
    Either,
    FromEnv,
    Many,
    Nothing,
    Path,
    Unknown,
    Write,
    alternatives,
)
from parity.readers.python import definitions, expressions, notes, statements
from parity.readers.python.module import Draft, Frame, Scope
from parity.readers.python.objects import (
    Call,
    Function,
    Globals,
    Instance,
    NotSet,
)
from parity.readers.python.slicing import NAME
from parity.readers.python.structures import LITERALS, UNKNOWN

if TYPE_CHECKING:
    from parity.readers.python.machine import Machine


# Lines of functions that are walked through for one module, calls in calls among them.
MOST_LINES = 6000


MOST_CALLS_DEEP = 6


MOST_ROUNDS = 4


def inline(machine: Machine, frame: Frame, function: Function, call: Call, first: tuple[Any, ...] = ()) -> Any:
    """What a function gives for these arguments, read as if it stood here."""
    node = function.node
    if not matters(machine, frame, function, call, first):
        return passed_over(machine, frame, function, call)
    memory = machine.memory.get(id(function)) if remembers(frame, call, first) and machine.missing is None else None
    if memory is not None:
        return replay(machine, frame, memory)
    length = (node.end_lineno or node.lineno) - node.lineno + 1
    used = machine.lines.get(id(frame.root), 0)
    if frame.depth >= MOST_CALLS_DEEP or id(function) in machine.active or used + length > MOST_LINES:
        return machine.made.unknown(*call.positional, *call.keywords.values())
    machine.lines[id(frame.root)] = used + length
    inner = Frame(
        function.module,
        Scope(definitions.bound(machine, frame, function, call, first)),
        frame.root,
        frame.within,
        frame.depth + 1,
    )
    inner.when, inner.guarded, inner.catching, inner.setting = (
        frame.when,
        frame.guarded,
        frame.catching,
        frame.setting,
    )
    inner.closure = function.closure or ()
    inner.eager, inner.function = frame.eager, function.name
    function.walked += 1
    machine.active.add(id(function))
    remembered = remembers(frame, call, first) and machine.missing is None
    if remembered:
        machine.recorders.append([])
    try:
        result = outcome(machine, inner, node)
    finally:
        machine.active.discard(id(function))
        events = machine.recorders.pop() if remembered else []
    if remembered:
        machine.memory[id(function)] = (function, result, events)
    return of_one(machine, frame, function, call, first, result)


def of_one(machine: Machine, frame: Frame, function: Function, call: Call, first: tuple[Any, ...], result: Any) -> Any:
    """A result that hangs on one variable is that variable's value after a cast.

    What it is without the variable, a second run tells, in which the variable isn't set.
    """
    if machine.missing is not None:
        return result
    if isinstance(result, FromEnv):
        raised(machine, frame, function, call, first, result)
        return result
    if not isinstance(result, (Either, Unknown)):
        return result
    given = [value for value in (*call.positional, *call.keywords.values()) if isinstance(value, FromEnv)]
    names = {*machine.made.reads(result), *(value.name for value in given)}
    if len(names) != 1 or not all(is_own(machine, one) for one in alternatives(result)):
        return result
    name = names.pop()
    draft = frame.root.latest.get(name)
    if draft is None or draft.pattern:
        return result
    cast = next((one.cast for one in alternatives(result) if isinstance(one, FromEnv)), None) or draft.cast
    draft.cast = cast or (expressions.cast_name(function) if given else None)
    default = without(machine, frame, name, function, call, first)
    if isinstance(default, Nothing):
        draft.required = (
            True if draft.required is False and not draft.guarded and not frame.catching else draft.required
        )
    elif draft.guarded or isinstance(draft.default, Nothing) or draft.default in (None, ""):
        draft.default = default if isinstance(default, (*LITERALS, Path)) and not draft.required else draft.default
    return FromEnv(name, draft.cast, Nothing() if draft.required else machine.plain(default))


def raised(
    machine: Machine, frame: Frame, function: Function, call: Call, first: tuple[Any, ...], result: FromEnv
) -> None:
    """A helper that looks before it reads, and raises when there is nothing, asks for what must be there."""
    draft = frame.root.latest.get(result.name)
    if (
        draft is None
        or draft.required is not False
        or draft.told
        or not isinstance(result.default, Nothing)
        or not notes.ends(machine, frame)
    ):
        return
    if isinstance(without(machine, frame, result.name, function, call, first), Nothing):
        for other in frame.root.drafts.values():
            if other.name == draft.name and other.place == draft.place:
                other.required = True


def without(machine: Machine, frame: Frame, name: str, function: Function, call: Call, first: tuple[Any, ...]) -> Any:
    """What a call gives when a variable isn't set; Nothing when it fails."""
    machine.missing = name
    depth = machine.depth
    positional = tuple(without_variable(value, name) for value in call.positional)
    keywords = {key: without_variable(value, name) for key, value in call.keywords.items()}
    inner = Frame(frame.module, frame.scope, frame.root, frame.within, frame.depth)
    inner.closure, inner.eager, inner.guarded = frame.closure, frame.eager, frame.guarded
    try:
        if any(isinstance(value, Nothing) for value in positional):
            return Nothing()
        return inline(machine, inner, function, Call(call.node, positional, keywords, call.starred), first)
    except NotSet:
        return Nothing()
    finally:
        machine.missing, machine.depth = None, depth


def matters(machine: Machine, frame: Frame, function: Function, call: Call, first: tuple[Any, ...]) -> bool:
    """Whether a call is gone through: for what it asks, or in settings for its value."""
    if not frame.eager:
        return tells(machine, frame, function, call, first)
    if call.node is not machine.discarded or any(isinstance(value, Globals) for value in call.positional):
        return True
    return reaches(machine, function)


def reaches(machine: Machine, function: Function) -> bool:
    """Whether a function touches the environment, or names a function that does, or imports what isn't read yet."""
    if function.reaches is None:
        learn(machine)
        function.reaches = touches(machine, function) or "import" in machine.words[id(function)]
    return function.reaches


def learn(
    machine: Machine,
) -> None:
    """The names of the functions that touch the environment, and of those that name them in turn."""
    functions = [one for module in machine.modules.values() if module is not None for one in module.functions]
    if len(functions) == machine.learned:
        return
    machine.learned = len(functions)
    for _ in range(MOST_ROUNDS):
        fresh = {one.name.rpartition(".")[2] for one in functions if touches(machine, one)} - machine.touching
        if not fresh:
            return
        machine.touching |= fresh


def touches(machine: Machine, function: Function) -> bool:
    if id(function) not in machine.words:
        node = function.node
        machine.words[id(function)] = set(
            NAME.findall("\n".join(function.module.source.lines[node.lineno - 1 : node.end_lineno]))
        )
    return function.module.triggers.touch(function.node) or not machine.touching.isdisjoint(machine.words[id(function)])


def tells(machine: Machine, frame: Frame, function: Function, call: Call, first: tuple[Any, ...]) -> bool:
    """Whether a call may tell a function the name of a variable; what else a function asks is seen without the call."""
    if not function.module.triggers.touch(function.node) and not function.name.endswith("__init__"):
        return False
    return frame.within in ("", "__main__") or any(
        isinstance(value, (str, Many, Instance)) for value in (*first, *call.positional, *call.keywords.values())
    )


def passed_over(machine: Machine, frame: Frame, function: Function, call: Call) -> Any:
    """A call that isn't gone through: at most it casts a variable, or hands on a name that its own caller tells."""
    if function.name.rpartition(".")[2] in machine.helpers:
        machine.callers[frame.module.source.place(call.node)] = None
    values = (*call.positional, *call.keywords.values())
    if len(values) == 1 and isinstance(values[0], FromEnv):
        notes.cast(machine, frame, values[0], expressions.cast_name(function) or "")
    return machine.made.unknown(*values)


def replay(machine: Machine, frame: Frame, memory: tuple[Function, Any, list[Any]]) -> Any:
    """What the same call gave before, with what was found on the way."""
    _, result, events = memory
    for event in events:
        if isinstance(event, Draft):
            notes.note(machine, frame, replace(event))
        elif isinstance(event, Write):
            notes.add(machine, frame, frame.root.writes, replace(event, within=frame.within))
        else:
            notes.add(machine, frame, frame.root.env_files, event)
    return result


def outcome(machine: Machine, inner: Frame, node: ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda) -> Any:
    if isinstance(node, ast.Lambda):
        return expressions.evaluate(machine, inner, node.body)
    signal = statements.execute_all(machine, inner, node.body)
    values = [*inner.returned, *([None] if signal is None else [])]
    if not values and machine.missing is not None and signal == "raise":
        raise NotSet
    if not values:
        return UNKNOWN
    whole = values[0]
    for value in values[1:]:
        whole = notes.join(machine, inner, whole, value)
    return whole


def without_variable(value: Any, name: str) -> Any:
    return value.default if isinstance(value, FromEnv) and value.name == name else value


def is_own(machine: Machine, value: Any) -> bool:
    """Whether a value is simple enough to be what was made of one variable."""
    return isinstance(value, (*LITERALS, FromEnv, Unknown, Path)) or bool(machine.made.reads(value))


def remembers(frame: Frame, call: Call, first: tuple[Any, ...]) -> bool:
    """Whether a call without arguments and conditions gives the same wherever it stands."""
    plain = not call.positional and not call.keywords and not call.starred and not first
    return plain and not frame.when and not frame.catching and not frame.guarded
