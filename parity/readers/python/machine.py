"""Runs modules on paper: names stand for what is known of their values, and both sides of every branch are taken.

Nothing is imported or executed. https://en.wikipedia.org/wiki/Abstract_interpretation
"""

from __future__ import annotations

import ast
from collections.abc import Iterable
from typing import Any, Literal

from parity.contract.dataclass import replace
from parity.contract.finding import Finding
from parity.contract.place import Place
from parity.contract.python import (
    Either,
    EnvFile,
    FromEnv,
    Many,
    Maybe,
    Nothing,
    Path,
    Text,
    Unknown,
    Write,
    alternatives,
)
from parity.readers.python import expressions, statements
from parity.readers.python.module import ABSENT, Draft, Frame, Module, Scope
from parity.readers.python.names import is_test
from parity.readers.python.objects import (
    Call,
    Environment,
    EnvironmentName,
    External,
    Function,
    Globals,
    Instance,
    Word,
    word,
)
from parity.readers.python.roots import Roots
from parity.readers.python.slicing import NAME, sliced
from parity.readers.python.source import Source, parse, plain
from parity.readers.python.structures import LITERALS, UNKNOWN, Structures
from parity.readers.python.triggers import Triggers

# Expressions and statements in each other; the interpreter itself refuses more than a thousand calls.
MOST_DEPTH = 90

# Lines of functions that are walked through for one module, calls in calls among them.
MOST_LINES = 6000

MOST_CALLS_DEEP = 6

# Modules that import each other in a row.
MOST_LOADING = 12

# Files that are asked for beside those that were given.
MOST_LOOKS = 200

MOST_NAMES = 12

MOST_ROUNDS = 4

# Names of variables that stand in libraries.
CONSTANTS = {
    "dj_database_url.DEFAULT_ENV": "DATABASE_URL",
    "django.conf.ENVIRONMENT_VARIABLE": "DJANGO_SETTINGS_MODULE",
    "django.utils.autoreload.DJANGO_AUTORELOAD_ENV": "RUN_MAIN",
}

ENVIRONS = ("os.environ", "os.environb", "posix.environ")


class Machine:
    """What all modules share: each other, what was found, and how much may still be walked through."""

    def __init__(self, roots: Roots) -> None:
        self.roots = roots
        self.made = Structures()
        self.modules: dict[str, Module | None] = {}
        self.findings: dict[str, Finding] = {}
        self.lines: dict[int, int] = {}
        self.active: set[int] = set()
        # Calls without arguments: the function, what it gave, and what was found on the way.
        self.memory: dict[int, tuple[Function, Any, list[Any]]] = {}
        self.recorders: list[list[Any]] = []
        # The variable that isn't set, while a call is gone through for the second time; nothing is noted then.
        self.missing: str | None = None
        # Lists that are empty only when these variables are set: [name for name in NAMES if name not in os.environ].
        self.unset: dict[int, tuple[Any, frozenset[str]]] = {}
        self.unset_names: set[str] = set()
        # The names of functions that ask for what their caller says, and the calls that only hand on.
        self.helpers: set[str] = set()
        self.callers: dict[Place, None] = {}
        # The names of functions that touch the environment, in every module whose functions were asked about.
        self.touching: set[str] = set()
        self.words: dict[int, set[str]] = {}
        self.learned = 0
        # The call whose value nobody takes.
        self.discarded: ast.expr | None = None
        self.depth = 0
        self.loading = 0
        self.looks = 0

    # Modules

    def load(self, file: str, full: bool = False) -> Module | None:
        """The module of a file, run to its end unless it is being run already; None when Python can't read it."""
        if file in self.modules:
            return self.modules[file]
        if self.loading >= MOST_LOADING or not self.may_look(file):
            return None
        text = self.roots.text(file)
        module = self.parsed(file, plain(text), full) if text is not None else None
        self.modules[file] = module
        if module is None:
            return None
        module.scope.names.update({"__name__": module.dotted, "__file__": Path(file, anchored=True)})
        self.loading += 1
        self.run(Frame(module, module.scope, module), module.source.tree.body)
        self.loading -= 1
        module.loading = False
        return module

    def parsed(self, file: str, text: str, full: bool) -> Module | None:
        triggers = Triggers(text)
        source = parse(text, file) if full else part(text, file, triggers)
        if isinstance(source, Source):
            return Module(source, self.roots.dotted(file), full, triggers)
        self.findings[file] = source
        return None

    def may_look(self, file: str) -> bool:
        self.looks += file not in self.roots.files
        return self.looks <= MOST_LOOKS

    def run(self, frame: Frame, body: list[ast.stmt]) -> str | None:
        """A module's statements. One that is nested too deeply takes only itself away."""
        depth = self.depth
        for statement in body:
            try:
                signal = statements.execute(self, frame, statement)
            except RecursionError:
                self.depth, signal = depth, None
            if signal in ("raise", "return"):
                return signal
        return None

    def visit(self, module: Module) -> None:
        """Walks through the functions that nobody called so far, with arguments that aren't known."""
        # Walking defines more: functions in functions.
        for function in iter_growing(module.functions):
            if (
                function.walked
                or isinstance(function.node, ast.Lambda)
                or not function.module.triggers.touch(function.node)
            ):
                continue
            scope = Scope(statements.parameters_unknown(self, function))
            frame = Frame(function.module, scope, module, function.name)
            frame.closure = function.closure or ()
            frame.eager = False
            frame.function = function.name
            function.walked += 1
            self.run(frame, function.node.body)

    def again(self, module: Module) -> None:
        """Runs a module once more when it turned out that more of its lines matter."""
        source = part(module.source.text, module.file, module.triggers) if not module.full else None
        if isinstance(source, Source):
            module.source = source
            module.functions.clear()
            self.run(Frame(module, module.scope, module), source.tree.body)

    # Calls of functions of the repository

    def inline(self, frame: Frame, function: Function, call: Call, first: tuple[Any, ...] = ()) -> Any:
        """What a function gives for these arguments, read as if it stood here."""
        node = function.node
        if not self.matters(frame, function, call, first):
            return self.passed_over(frame, function, call)
        memory = self.memory.get(id(function)) if remembers(frame, call, first) and self.missing is None else None
        if memory is not None:
            return self.replay(frame, memory)
        length = (node.end_lineno or node.lineno) - node.lineno + 1
        used = self.lines.get(id(frame.root), 0)
        if frame.depth >= MOST_CALLS_DEEP or id(function) in self.active or used + length > MOST_LINES:
            return self.made.unknown(*call.positional, *call.keywords.values())
        self.lines[id(frame.root)] = used + length
        inner = Frame(
            function.module,
            Scope(statements.bound(self, frame, function, call, first)),
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
        self.active.add(id(function))
        remembered = remembers(frame, call, first) and self.missing is None
        if remembered:
            self.recorders.append([])
        try:
            result = self.result(inner, node)
        finally:
            self.active.discard(id(function))
            events = self.recorders.pop() if remembered else []
        if remembered:
            self.memory[id(function)] = (function, result, events)
        return self.of_one(frame, function, call, first, result)

    def of_one(self, frame: Frame, function: Function, call: Call, first: tuple[Any, ...], result: Any) -> Any:
        """A result that hangs on one variable is that variable's value after a cast.

        What it is without the variable, a second run tells, in which the variable isn't set.
        """
        if self.missing is not None:
            return result
        if isinstance(result, FromEnv):
            self.raised(frame, function, call, first, result)
            return result
        if not isinstance(result, (Either, Unknown)):
            return result
        given = [value for value in (*call.positional, *call.keywords.values()) if isinstance(value, FromEnv)]
        names = {*self.made.reads(result), *(value.name for value in given)}
        if len(names) != 1 or not all(is_own(self, one) for one in alternatives(result)):
            return result
        name = names.pop()
        draft = frame.root.latest.get(name)
        if draft is None or draft.pattern:
            return result
        cast = next((one.cast for one in alternatives(result) if isinstance(one, FromEnv)), None) or draft.cast
        draft.cast = cast or (expressions.cast_name(function) if given else None)
        default = self.without(frame, name, function, call, first)
        if isinstance(default, Nothing):
            draft.required = (
                True if draft.required is False and not draft.guarded and not frame.catching else draft.required
            )
        elif draft.guarded or isinstance(draft.default, Nothing) or draft.default in (None, ""):
            draft.default = default if isinstance(default, (*LITERALS, Path)) and not draft.required else draft.default
        return FromEnv(name, draft.cast, Nothing() if draft.required else self.plain(default))

    def raised(self, frame: Frame, function: Function, call: Call, first: tuple[Any, ...], result: FromEnv) -> None:
        """A helper that looks before it reads, and raises when there is nothing, asks for what must be there."""
        draft = frame.root.latest.get(result.name)
        if (
            draft is None
            or draft.required is not False
            or draft.told
            or not isinstance(result.default, Nothing)
            or not self.ends(frame)
        ):
            return
        if isinstance(self.without(frame, result.name, function, call, first), Nothing):
            for other in frame.root.drafts.values():
                if other.name == draft.name and other.place == draft.place:
                    other.required = True

    def without(self, frame: Frame, name: str, function: Function, call: Call, first: tuple[Any, ...]) -> Any:
        """What a call gives when a variable isn't set; Nothing when it fails."""
        self.missing = name
        depth = self.depth
        positional = tuple(without_variable(value, name) for value in call.positional)
        keywords = {key: without_variable(value, name) for key, value in call.keywords.items()}
        inner = Frame(frame.module, frame.scope, frame.root, frame.within, frame.depth)
        inner.closure, inner.eager, inner.guarded = frame.closure, frame.eager, frame.guarded
        try:
            if any(isinstance(value, Nothing) for value in positional):
                return Nothing()
            return self.inline(inner, function, Call(call.node, positional, keywords, call.starred), first)
        except NotSet:
            return Nothing()
        finally:
            self.missing, self.depth = None, depth

    def matters(self, frame: Frame, function: Function, call: Call, first: tuple[Any, ...]) -> bool:
        """Whether a call is gone through: for what it asks, or in settings for its value."""
        if not frame.eager:
            return self.tells(frame, function, call, first)
        if call.node is not self.discarded or any(isinstance(value, Globals) for value in call.positional):
            return True
        return self.reaches(function)

    def reaches(self, function: Function) -> bool:
        """Whether a function touches the environment, or names a function that does, or imports what isn't read yet."""
        if function.reaches is None:
            self.learn()
            function.reaches = self.touches(function) or "import" in self.words[id(function)]
        return function.reaches

    def learn(self) -> None:
        """The names of the functions that touch the environment, and of those that name them in turn."""
        functions = [one for module in self.modules.values() if module is not None for one in module.functions]
        if len(functions) == self.learned:
            return
        self.learned = len(functions)
        for _ in range(MOST_ROUNDS):
            fresh = {one.name.rpartition(".")[2] for one in functions if self.touches(one)} - self.touching
            if not fresh:
                return
            self.touching |= fresh

    def touches(self, function: Function) -> bool:
        if id(function) not in self.words:
            node = function.node
            self.words[id(function)] = set(
                NAME.findall("\n".join(function.module.source.lines[node.lineno - 1 : node.end_lineno]))
            )
        return function.module.triggers.touch(function.node) or not self.touching.isdisjoint(self.words[id(function)])

    def passed_over(self, frame: Frame, function: Function, call: Call) -> Any:
        """A call that isn't gone through: at most it casts a variable, or hands on a name that its own caller tells."""
        if function.name.rpartition(".")[2] in self.helpers:
            self.callers[frame.module.source.place(call.node)] = None
        values = (*call.positional, *call.keywords.values())
        if len(values) == 1 and isinstance(values[0], FromEnv):
            self.cast(frame, values[0], expressions.cast_name(function) or "")
        return self.made.unknown(*values)

    def tells(self, frame: Frame, function: Function, call: Call, first: tuple[Any, ...]) -> bool:
        """Whether a call may tell a function the name of a variable; what else a function asks is seen without the call."""
        if not function.module.triggers.touch(function.node) and not function.name.endswith("__init__"):
            return False
        return frame.within in ("", "__main__") or any(
            isinstance(value, (str, Many, Instance)) for value in (*first, *call.positional, *call.keywords.values())
        )

    def replay(self, frame: Frame, memory: tuple[Function, Any, list[Any]]) -> Any:
        """What the same call gave before, with what was found on the way."""
        _, result, events = memory
        for event in events:
            if isinstance(event, Draft):
                self.note(frame, replace(event))
            elif isinstance(event, Write):
                self.add(frame, frame.root.writes, replace(event, within=frame.within))
            else:
                self.add(frame, frame.root.env_files, event)
        return result

    def add(self, frame: Frame, found: list[Any], event: Any) -> None:
        for recorder in self.recorders:
            recorder.append(event)
        if self.missing is None and event not in found[-50:]:
            found.append(event)

    def result(self, inner: Frame, node: ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda) -> Any:
        if isinstance(node, ast.Lambda):
            return expressions.evaluate(self, inner, node.body)
        signal = statements.execute_all(self, inner, node.body)
        values = [*inner.returned, *([None] if signal is None else [])]
        if not values and self.missing is not None and signal == "raise":
            raise NotSet
        if not values:
            return UNKNOWN
        whole = values[0]
        for value in values[1:]:
            whole = self.join(inner, whole, value)
        return whole

    # Findings

    def read(
        self,
        frame: Frame,
        name: Any,
        node: ast.AST,
        via: str,
        required: bool | None,
        default: Any = ABSENT,
        default_node: ast.expr | None = None,
        cast: str | None = None,
    ) -> Any:
        """Notes that a variable is asked for, and gives what stands for its value."""
        values: list[Any] = []
        for one in list(alternatives(name))[:MOST_NAMES]:
            if isinstance(one, str) and one:
                values.append(self.read_one(frame, one, node, via, required, default, default_node, cast))
            elif isinstance(one, Text) and (pattern := as_pattern(one)):
                self.note(frame, Draft(pattern, frame.module.source.place(node), via, None, cast=cast, pattern=True))
                frame.root.resolved.add(frame.module.source.place(node))
                values.append(Unknown("", (pattern,)))
            elif isinstance(one, EnvironmentName):
                # Whatever is set, is asked for; nothing must be.
                values.append(UNKNOWN)
            else:
                frame.root.dynamic[frame.module.source.place(node)] = None
                values.append(
                    self.made.unknown(one, default) if not isinstance(default, Nothing) else self.made.unknown(one)
                )
        return self.made.either(values) if values else UNKNOWN

    def read_one(
        self,
        frame: Frame,
        name: str,
        node: ast.AST,
        via: str,
        required: bool | None,
        default: Any,
        default_node: ast.expr | None,
        cast: Any,
    ) -> Any:
        if self.missing is not None:
            return self.not_set(name, required, default, cast)
        here = frame.module.source.place(node)
        frame.root.resolved.add(here)
        # What a test asks for isn't asked for by the table of the program.
        place = name.place if isinstance(name, Word) and (not is_test(here.file) or is_test(name.place.file)) else here
        guarded = name in frame.guarded
        if required:
            required, guarded = (False, True) if guarded or not self.ends(frame) else (True, False)
        draft = Draft(str(name), place, via, required, default, cast=cast, guarded=guarded)
        if default_node is not None:
            draft.default_text = frame.module.source.segment(default_node)
        if isinstance(name, Word) and name.row is not None:
            by_row(self, frame, draft, name.row)
        self.note(frame, draft)
        return FromEnv(draft.name, cast, self.plain(default))

    def not_set(self, name: str, required: bool | None, default: Any, cast: str | None) -> Any:
        if name != self.missing:
            return FromEnv(str(name), cast, self.plain(default))
        if required:
            raise NotSet
        return UNKNOWN if isinstance(default, Nothing) else default

    def ends(self, frame: Frame) -> bool:
        """Whether a failure here ends the program: nobody catches it, or who does raises or exits too."""
        return not any(caught & statements.FAILURES and not fatal for caught, fatal in frame.catching)

    def note(self, frame: Frame, draft: Draft) -> Draft:
        if self.missing is not None:
            return draft
        draft.when, draft.within = frame.when, frame.within
        draft.setting = frame.setting
        for recorder in self.recorders:
            recorder.append(draft)
        key = (draft.name, draft.place.file, draft.place.line, draft.via)
        known = frame.root.drafts.get(key)
        if known is None or draft.distance < known.distance:
            if known is not None and draft.setting is None:
                draft.setting = known.setting
            frame.root.drafts[key] = draft
        else:
            known.required = known.required or (draft.required if draft.distance == known.distance else known.required)
            draft = known
        frame.root.latest[draft.name] = draft
        return draft

    def require(self, frame: Frame, value: Any) -> None:
        """The program fails here when the variable isn't set: int(None), None.split(), or an `if not X: raise`."""
        name = value.name if isinstance(value, FromEnv) else value
        draft = frame.root.latest.get(name) if self.missing is None else None
        if draft is not None and name not in frame.guarded and not draft.guarded and self.ends(frame):
            draft.required = True
            draft.default = Nothing() if draft.default is None else draft.default

    def cast(self, frame: Frame, value: FromEnv, cast: str, default: Any = ABSENT) -> FromEnv:
        """The value after a cast, of which the read is told."""
        draft = frame.root.latest.get(value.name)
        if draft is not None and draft.cast is None and self.missing is None:
            draft.cast = cast
        return FromEnv(value.name, value.cast or cast, default)

    def fall_back(self, frame: Frame, value: FromEnv, default: Any, node: ast.expr | None) -> FromEnv:
        """The value of `X or default`, and of a try whose handler gives one."""
        draft = frame.root.latest.get(value.name) if self.missing is None else None
        if draft is not None and not draft.told and (isinstance(draft.default, Nothing) or draft.default in (None, "")):
            draft.default = default
            draft.default_text = frame.module.source.segment(node) if node is not None else draft.default_text
        return FromEnv(value.name, value.cast, self.plain(default))

    def join(self, frame: Frame, one: Any, other: Any) -> Any:
        """What a name holds after a branch; a guarded variable and its stand-in become a variable with a default."""
        for first, second in ((one, other), (other, one)):
            if (
                isinstance(first, FromEnv)
                and isinstance(first.default, Nothing)
                and not isinstance(second, (FromEnv, Nothing, Maybe))
            ):
                draft = frame.root.latest.get(first.name)
                if draft is not None and draft.guarded and isinstance(second, LITERALS):
                    return self.fall_back(frame, first, second, None)
        return self.made.join(one, other)

    def write(
        self, frame: Frame, name: Any, value: Any, node: ast.AST, how: Literal["setdefault", "assign", "update"]
    ) -> None:
        for one in list(alternatives(name))[:MOST_NAMES]:
            if isinstance(one, str) and one:
                place = frame.module.source.place(node)
                write = Write(str(one), self.plain(value), place, how, frame.when, frame.within)
                self.add(frame, frame.root.writes, write)

    def env_file(self, frame: Frame, path: Any, node: ast.AST, via: str, overwrites: bool = False) -> None:
        for one in alternatives(path):
            found = (
                Path(one)
                if isinstance(one, str) and one
                else one
                if isinstance(one, (Path, Text, FromEnv))
                else UNKNOWN
            )
            file = EnvFile(self.plain(found), frame.module.source.place(node), via, overwrites, frame.when)
            self.add(frame, frame.root.env_files, file)

    def plain(self, value: Any) -> Any:
        from parity.readers.python.publishing import public

        return public(self, value)

    def external(self, name: str) -> Any:
        if name in ENVIRONS:
            return Environment()
        return CONSTANTS[name] if name in CONSTANTS else External(name)


class NotSet(Exception):
    """The program fails here, for the variable that is looked at isn't set."""


def without_variable(value: Any, name: str) -> Any:
    return value.default if isinstance(value, FromEnv) and value.name == name else value


def is_own(machine: Machine, value: Any) -> bool:
    """Whether a value is simple enough to be what was made of one variable."""
    return isinstance(value, (*LITERALS, FromEnv, Unknown, Path)) or bool(machine.made.reads(value))


def part(text: str, file: str, triggers: Triggers) -> Source | Finding:
    """What matters of a module; all of it where that can't be cut out."""
    chosen = sliced(text, triggers)
    source = parse(text, file, chosen) if chosen is not None else None
    return source if isinstance(source, Source) else parse(text, file)


def remembers(frame: Frame, call: Call, first: tuple[Any, ...]) -> bool:
    """Whether a call without arguments and conditions gives the same wherever it stands."""
    plain = not call.positional and not call.keywords and not call.starred and not first
    return plain and not frame.when and not frame.catching and not frame.guarded


def iter_growing(functions: list[Function]) -> Iterable[Function]:
    position = 0
    while position < len(functions):
        yield functions[position]
        position += 1


def as_pattern(name: Text) -> str:
    """The name with a * for each part that isn't known; "" when nothing is."""
    pattern = "".join(part if isinstance(part, str) else "*" for part in name.parts)
    while "**" in pattern:
        pattern = pattern.replace("**", "*")
    return pattern if any(char.isalnum() for char in pattern) else ""


ROW_CASTS = ("cast", "parse", "parser", "type", "convert", "converter", "kind")


def by_row(machine: Machine, frame: Frame, draft: Draft, row: Instance) -> None:
    """A name that stands in a table of variables: the row's own words on default, cast and duty go before the read's."""
    draft.told = True
    required = expressions.attribute(machine, frame, row, "required", row.type.node)
    default = expressions.attribute(machine, frame, row, "default", row.type.node)
    if isinstance(default, LITERALS) and required is not True:
        draft.default = default
        if not isinstance(required, bool):
            draft.required = draft.required if default is None else False
    if isinstance(required, bool):
        draft.required = required
        if required and draft.default in ("", None):
            draft.default = Nothing()
    for name in ROW_CASTS:
        cast = expressions.cast_name(row.attributes.get(name))
        if cast:
            draft.cast = cast
            return


__all__ = ["EnvironmentName", "Machine", "word"]
