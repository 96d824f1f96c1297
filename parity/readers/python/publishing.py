"""From a module that was run on paper to the values of the contract."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from parity.contract.python import (
    Either,
    FromEnv,
    Many,
    Maybe,
    Nothing,
    Path,
    Read,
    Setting,
    SettingsModule,
    Stored,
    Table,
    Text,
    Unknown,
    Value,
    alternatives,
)
from parity.readers.python.objects import External, Package, Word
from parity.readers.python.structures import LITERALS

if TYPE_CHECKING:
    from parity.contract.place import Place
    from parity.readers.python.machine import Machine
    from parity.readers.python.module import Module

# A module that assigns one of these is one of Django settings.
MARKS = (
    "INSTALLED_APPS",
    "MIDDLEWARE",
    "MIDDLEWARE_CLASSES",
    "DATABASES",
    "ROOT_URLCONF",
    "WSGI_APPLICATION",
    "TEMPLATES",
)

MOST_DEPTH = 25


def public(machine: Machine, value: Any, depth: int = 0) -> Any:
    """The value without what only this reader knows: functions, classes, words with a place."""
    if isinstance(value, Word):
        return str(value)
    if isinstance(value, (*LITERALS, Path, Nothing)):
        return value
    if depth > MOST_DEPTH:
        return Unknown("", machine.made.reads(value))
    if isinstance(value, Many):
        items = [public(machine, item, depth + 1) for item in value.items]
        return value if same_items(items, value.items) else Many(tuple(items), value.kind, value.whole)
    if isinstance(value, Table):
        entries = [(public(machine, key, depth + 1), public(machine, inner, depth + 1)) for key, inner in value.entries]
        same = all(a is c and b is d for (a, b), (c, d) in zip(entries, value.entries, strict=True))
        return value if same else Table(tuple(entries), value.whole)
    if isinstance(value, Text):
        return Text(tuple(public(machine, part, depth + 1) for part in value.parts))
    if isinstance(value, Either):
        return Either(tuple(public(machine, one, depth + 1) for one in value.values))
    if isinstance(value, Maybe):
        return Maybe(public(machine, value.value, depth + 1))
    if isinstance(value, FromEnv):
        default = public(machine, value.default, depth + 1)
        return value if default is value.default else FromEnv(value.name, value.cast, default)
    return value if isinstance(value, Unknown) else Unknown(described(value))


def same_items(items: list[Any], before: tuple[Any, ...]) -> bool:
    return all(item is other for item, other in zip(items, before, strict=True))


def described(value: Any) -> str:
    if isinstance(value, External):
        return value.name.removeprefix("builtins.").removeprefix("?.")
    return value.dotted if isinstance(value, Package) else getattr(value, "name", "")


def is_settings(module: Module) -> bool:
    return any(mark in module.scope.names for mark in MARKS)


def settings_module(machine: Machine, module: Module, test: bool, reads: tuple[Read, ...]) -> SettingsModule:
    settings = tuple(
        setting(machine, module, name, value) for name, value in module.scope.names.items() if is_name(name)
    )
    return SettingsModule(
        name=module.dotted,
        file=module.file,
        chain=chain(machine, module),
        settings=settings,
        stored=tuple(one for setting in settings for one in stored(setting)),
        whole=all(one.whole for one in chained(machine, module)),
        test=test,
        reads=reads,
    )


def is_name(name: str) -> bool:
    """Django takes names in capitals for settings."""
    return name.isupper() and not name.startswith("_")


def setting(machine: Machine, module: Module, name: str, value: Any) -> Setting:
    from parity.contract.place import Place

    place, conditional = module.scope.places.get(name, (Place(module.file, 1), False))
    if isinstance(value, Maybe):
        value, conditional = value.value, True
    return Setting(name, public(machine, value), place, machine.made.reads(value), conditional)


def chained(machine: Machine, module: Module) -> list[Module]:
    """The modules that a module takes everything from, and those that they do; itself among them."""
    found: dict[str, Module] = {}
    waiting = [module]
    while waiting:
        one = waiting.pop()
        if one.file not in found:
            found[one.file] = one
            linked = (machine.modules.get(link.file) for link in one.links if link.file)
            waiting.extend(inner for inner in linked if inner is not None)
    return list(found.values())


def chain(machine: Machine, module: Module) -> tuple[Any, ...]:
    """The links in the order in which their modules run."""
    found: dict[tuple[str, str | None], Any] = {}
    seen: set[str] = set()

    def follow(one: Module, depth: int) -> None:
        seen.add(one.file)
        for link in one.links:
            inner = machine.modules.get(link.file) if link.file else None
            if inner is not None and inner.file not in seen and depth < 20:
                follow(inner, depth + 1)
            found.setdefault((link.module, link.file), link)

    follow(module, 0)
    return tuple(found.values())


FILE_STORAGE = "django.core.files.storage.FileSystemStorage"

SQLITE = "sqlite3"


def stored(setting: Setting) -> list[Stored]:
    """The places on disk that a setting tells Django to write to."""
    finder = FINDERS.get(setting.name)
    found = finder(setting.value) if finder else []
    return [Stored(label, kind, path, setting.place) for label, kind, path in found]


def roots_of(kind: Any, label: str) -> Any:
    return lambda value: [(label, kind, one) for one in alternatives(value) if one not in (None, "")]


def databases(value: Value) -> list[tuple[str, Any, Value]]:
    found: list[tuple[str, Any, Value]] = []
    for name, database in named(value):
        for engine in alternatives(got(database, "ENGINE")):
            path = got(database, "NAME")
            if isinstance(engine, str) and SQLITE in engine and path is not None:
                found += [(f"DATABASES.{name}", "sqlite", one) for one in alternatives(path) if one != ":memory:"]
        if (
            isinstance(database, FromEnv)
            and isinstance(database.default, str)
            and database.default.startswith("sqlite:///")
        ):
            found.append((f"DATABASES.{name}", "sqlite", Path(database.default.removeprefix("sqlite:///"))))
    return found


def caches(value: Value) -> list[tuple[str, Any, Value]]:
    return [
        (f"CACHES.{name}", "cache", got(cache, "LOCATION"))
        for name, cache in named(value)
        if isinstance(backend := got(cache, "BACKEND"), str)
        and "filebased" in backend
        and got(cache, "LOCATION") is not None
    ]


def storages(value: Value) -> list[tuple[str, Any, Value]]:
    found: list[tuple[str, Any, Value]] = []
    for name, storage in named(value):
        path = got(got(storage, "OPTIONS"), "location")
        if got(storage, "BACKEND") == FILE_STORAGE and path is not None:
            found.append((f"STORAGES.{name}", "static" if name == "staticfiles" else "media", path))
    return found


def logging(value: Value) -> list[tuple[str, Any, Value]]:
    found: list[tuple[str, Any, Value]] = []
    for table in alternatives(value):
        for name, handler in named(got(table, "handlers")):
            path = got(handler, "filename")
            if path is not None:
                found += [(f"LOGGING.{name}", "log", one) for one in alternatives(path)]
    return found


def named(value: Any) -> list[tuple[str, Any]]:
    """The entries of a dict, in every form that it may have."""
    return [
        (key, form)
        for table in alternatives(value)
        if isinstance(table, Table)
        for key, inner in table.entries
        if isinstance(key, str)
        for form in alternatives(inner)
    ]


def got(value: Any, key: str) -> Any:
    found = value.get(key) if isinstance(value, Table) else None
    return None if isinstance(found, Nothing) else found


FINDERS: dict[str, Any] = {
    "MEDIA_ROOT": roots_of("media", "MEDIA_ROOT"),
    "STATIC_ROOT": roots_of("static", "STATIC_ROOT"),
    "DATABASES": databases,
    "CACHES": caches,
    "STORAGES": storages,
    "LOGGING": logging,
}

if TYPE_CHECKING:
    _ = Place
