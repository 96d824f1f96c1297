"""A module while it is read: its names, and what was found in it."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from typing import Any

from parity.contract.dataclass import dataclass, field
from parity.contract.place import Place
from parity.contract.python import EnvFile, Link, Nothing, Write
from parity.readers.python.objects import Function
from parity.readers.python.source import Source
from parity.readers.python.triggers import Triggers

# How a block was left: "return", "raise", "break", "continue", or None for going on.
Signal = str | None


@dataclass(slots=True)
class Draft:
    """A Read that may still learn its default, its cast and its setting from what is done with the value."""

    name: str
    place: Place
    via: str
    required: bool | None
    default: Any = field(default_factory=Nothing)
    default_text: str = ""
    cast: str | None = None
    setting: str | None = None
    when: tuple[str, ...] = ()
    within: str = ""
    pattern: bool = False
    # A default that is found on the way must not make a guarded read required again.
    guarded: bool = False
    # A row of a table of variables says what there is to say.
    told: bool = False

    @property
    def distance(self) -> tuple[bool, int]:
        """The lower, the surer it is that the program gets here."""
        return bool(self.within), len(self.when)


class Scope:
    """The names of a module, a function or a class. Inside a branch every change is kept, so that it can be undone."""

    __slots__ = ("log", "names", "places")

    def __init__(self, names: dict[str, Any] | None = None) -> None:
        self.names: dict[str, Any] = names or {}
        # Of the last assignment: where, and whether only under a condition.
        self.places: dict[str, tuple[Place, bool]] = {}
        self.log: list[tuple[str, Any]] | None = None

    def assign(self, name: str, value: Any) -> None:
        if self.log is not None:
            self.log.append((name, self.names.get(name, ABSENT)))
        self.names[name] = value

    def remove(self, name: str) -> None:
        if name in self.names:
            if self.log is not None:
                self.log.append((name, self.names[name]))
            del self.names[name]

    def undone(self, mark: int) -> dict[str, Any]:
        """Takes back every change since `mark`, and gives what the changed names had become."""
        changes: dict[str, Any] = {}
        log = self.log or []
        for name, _ in log[mark:]:
            changes[name] = self.names.get(name, ABSENT)
        while len(log) > mark:
            name, before = log.pop()
            if before is ABSENT:
                self.names.pop(name, None)
            else:
                self.names[name] = before
        return changes


ABSENT = Nothing()


@dataclass(eq=False, slots=True)
class Lazy:
    """An assignment of a module's top level that is evaluated when somebody asks for the name."""

    node: ast.Assign
    module: Module


class Module:
    """A file of the repository, and all that running it does to the environment."""

    def __init__(self, source: Source, dotted: str, full: bool = True, triggers: Triggers | None = None) -> None:
        self.source, self.dotted = source, dotted
        # Settings, programs, and what they import are read whole; of other modules what touches the environment.
        self.full = full
        self.triggers = triggers or Triggers(source.text)
        self.file = source.file
        self.scope = Scope()
        self.drafts: dict[tuple[str, str, int, str], Draft] = {}
        self.latest: dict[str, Draft] = {}
        self.writes: list[Write] = []
        self.env_files: list[EnvFile] = []
        # Modules of the repository that its top level imports, in order.
        self.imports: dict[str, Module] = {}
        # What it takes everything from.
        self.links: list[Link] = []
        self.whole = True
        # Functions and methods that were met, to be walked through in the end.
        self.functions: list[Function] = []
        # Reads whose name isn't known, as (place) and the same once a caller told the name.
        self.dynamic: dict[Place, None] = {}
        self.resolved: set[Place] = set()
        self.copies: dict[Place, None] = {}
        self.loading = True

    def loaded(self) -> Iterable[Module]:
        """It and every module of the repository that loading it loads; itself last."""
        seen: dict[int, Module] = {}
        waiting: list[tuple[Module, bool]] = [(self, False)]
        while waiting:
            module, done = waiting.pop()
            if done:
                yield module
            elif id(module) not in seen:
                seen[id(module)] = module
                waiting.append((module, True))
                waiting.extend((one, False) for one in reversed(module.imports.values()))


class Frame:
    """Where the reading stands: in which module and function, and under which conditions."""

    __slots__ = (
        "catching",
        "closure",
        "depth",
        "eager",
        "function",
        "guarded",
        "module",
        "returned",
        "root",
        "scope",
        "setting",
        "when",
        "within",
    )

    def __init__(self, module: Module, scope: Scope, root: Module, within: str = "", depth: int = 0) -> None:
        self.module, self.scope, self.root, self.within, self.depth = module, scope, root, within, depth
        self.when: tuple[str, ...] = ()
        # Variables that are known to be set here, for somebody looked.
        self.guarded: frozenset[str] = frozenset()
        # Around this, innermost last: the exceptions that are caught, and whether the program ends by them nevertheless.
        self.catching: tuple[tuple[frozenset[str], bool], ...] = ()
        self.returned: list[Any] = []
        self.setting: str | None = None
        self.closure: tuple[Scope, ...] = ()
        # Every function that is called is gone through; else those that touch the environment.
        self.eager = root.full
        # The function that this is the body of.
        self.function = ""

    @property
    def at_top(self) -> bool:
        return self.scope is self.module.scope

    def lookup(self, name: str) -> Any:
        if name in self.scope.names:
            return self.scope.names[name]
        for scope in self.closure:
            if name in scope.names:
                return scope.names[name]
        return self.module.scope.names.get(name, ABSENT)

    def owner(self, name: str) -> Scope:
        """The scope whose name it is, for a change in place."""
        for scope in (self.scope, *self.closure, self.module.scope):
            if name in scope.names:
                return scope
        return self.scope
