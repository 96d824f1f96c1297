"""Runs modules on paper: names stand for what is known of their values, and both sides of every branch are taken.

Nothing is imported or executed. https://en.wikipedia.org/wiki/Abstract_interpretation
"""

from __future__ import annotations

import ast
from collections.abc import Iterable
from typing import Any

from parity.contract.finding import Finding
from parity.contract.place import Place
from parity.contract.python import (
    Path,
)
from parity.readers.python import definitions, statements
from parity.readers.python.module import Frame, Module, Scope
from parity.readers.python.objects import (
    Environment,
    External,
    Function,
)
from parity.readers.python.roots import Roots
from parity.readers.python.slicing import sliced
from parity.readers.python.source import Source, parse, plain
from parity.readers.python.structures import Structures
from parity.readers.python.triggers import Triggers

# Expressions and statements in each other; the interpreter itself refuses more than a thousand calls.
MOST_DEPTH = 90


# Modules that import each other in a row.
MOST_LOADING = 12

# Files that are asked for beside those that were given.
MOST_LOOKS = 200


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
        # What the items of a comprehension say of variables: set when an item is true, and set when it is false.
        self.told_true: set[str] = set()
        self.told_false: set[str] = set()
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
            scope = Scope(definitions.parameters_unknown(self, function))
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

    # Findings

    def plain(self, value: Any) -> Any:
        from parity.readers.python.publishing import public

        return public(self, value)

    def external(self, name: str) -> Any:
        if name in ENVIRONS:
            return Environment()
        return CONSTANTS[name] if name in CONSTANTS else External(name)


def part(text: str, file: str, triggers: Triggers) -> Source | Finding:
    """What matters of a module; all of it where that can't be cut out."""
    chosen = sliced(text, triggers)
    source = parse(text, file, chosen) if chosen is not None else None
    return source if isinstance(source, Source) else parse(text, file)


def iter_growing(functions: list[Function]) -> Iterable[Function]:
    position = 0
    while position < len(functions):
        yield functions[position]
        position += 1
