"""What the Python source of a program says: the environment variables that it reads, its settings, and who chooses them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from parity.contract.dataclass import dataclass
from parity.contract.finding import Finding
from parity.contract.place import Place


@dataclass(frozen=True, slots=True)
class Unknown:
    """A value that only running the program would tell: how it is written, and the variables that flow into it."""

    text: str = ""
    reads: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Nothing:
    """No value was given, which differs from None."""


@dataclass(frozen=True, slots=True)
class FromEnv:
    """The value of an environment variable, after `cast`; `default`, after the same, when it isn't set.

    Besides what a library casts to, `cast` may be what the program does itself: `equal` (== "1", startswith), `member`
    (in ("1", "true")), `not`, `truth` (bool(), which "False" passes), `if` (one of two literals), or a function's name. The
    default is Nothing when the program fails without the variable, and Unknown when only running it would tell.
    """

    name: str
    cast: str | None = None
    default: Value | Nothing = Nothing()


@dataclass(frozen=True, slots=True)
class Path:
    """A path. `anchored`: relative to the repository's root, for it was built from __file__; else as written."""

    text: str
    anchored: bool = False


@dataclass(frozen=True, slots=True)
class Text:
    """A string of which only some parts are known."""

    parts: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Either:
    """One of several values, for a condition decides."""

    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Maybe:
    """An item of a list, or the value of a mapping's entry, that is there under a condition only."""

    value: Value


@dataclass(frozen=True, slots=True)
class Many:
    """A list, tuple or set. `whole` is False when it holds more than `items`."""

    items: tuple[Value, ...]
    kind: Literal["list", "tuple", "set"] = "list"
    whole: bool = True


@dataclass(frozen=True, slots=True)
class Table:
    """A dict. `whole` is False when it holds more than `entries`, or other values for them.

    The key of `**value` is Unknown: `{**env.db(), "CONN_MAX_AGE": 600}`.
    """

    entries: tuple[tuple[Value, Value], ...]
    whole: bool = True

    def get(self, *keys: str) -> Value | Nothing:
        """The value behind `keys`, walked down from here (a Maybe is looked through); Nothing as soon as one isn't there."""
        value: Value | Nothing = self
        for key in keys:
            if not isinstance(value, Table):
                return Nothing()
            value = next((found for name, found in value.entries if name == key), Nothing())
            value = value.value if isinstance(value, Maybe) else value
        return value


Value = (
    str | bytes | int | float | complex | bool | None | FromEnv | Path | Text | Either | Maybe | Many | Table | Unknown
)


def alternatives(value: Value) -> Iterator[Value]:
    """What a value may be: the values of an Either and of a Maybe, and else the value itself."""
    waiting = [value]
    while waiting:
        value = waiting.pop()
        if isinstance(value, Either):
            waiting.extend(reversed(value.values))
        elif isinstance(value, Maybe):
            waiting.append(value.value)
        else:
            yield value


def parts(value: Value | Nothing) -> Iterator[Value]:
    """A value and everything in it, keys and defaults too."""
    waiting: list[Value | Nothing] = [value]
    while waiting:
        value = waiting.pop()
        if isinstance(value, Nothing):
            continue
        yield value
        if isinstance(value, Either):
            waiting.extend(reversed(value.values))
        elif isinstance(value, Text):
            waiting.extend(reversed(value.parts))
        elif isinstance(value, Many):
            waiting.extend(reversed(value.items))
        elif isinstance(value, Table):
            waiting.extend(part for entry in reversed(value.entries) for part in reversed(entry))
        elif isinstance(value, Maybe):
            waiting.append(value.value)
        elif isinstance(value, FromEnv):
            waiting.append(value.default)


def names(value: Value | Nothing) -> tuple[str, ...]:
    """The environment variables that flow into a value, each once."""
    found: dict[str, None] = {}
    for part in parts(value):
        if isinstance(part, FromEnv):
            found[part.name] = None
        elif isinstance(part, Unknown):
            found.update(dict.fromkeys(part.reads))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Read:
    """One place where the program asks for an environment variable."""

    # With a * for each unknown part when `pattern` is true: f"DB_{x}" is DB_*.
    name: str
    place: Place
    # The API in its users' words: os.environ[], os.environ.get, os.getenv, environ.Env, decouple.config, and so on.
    via: str
    # Whether the program fails when the variable isn't set and the read is reached; None when that can't be told.
    required: bool | None
    default: Value | Nothing = Nothing()
    # The default as it is written.
    default_text: str = ""
    # bool, int, float, str, list, tuple, dict, json, path, url, db, cache, email, search, channels, truth, member, or the name of
    # a function of the program, whose demands aren't known.
    cast: str | None = None
    # The setting whose assignment it stands in, or flows into.
    setting: str | None = None
    # The tested expressions as text, outermost first: `DEBUG`, `not (DEBUG)`, `try`.
    when: tuple[str, ...] = ()
    # The function that must be called to get here; "" when loading the module is enough, "__main__" when running it is.
    within: str = ""
    pattern: bool = False
    # It stands in a file of tests.
    test: bool = False

    @property
    def conditional(self) -> bool:
        return bool(self.when or self.within)


@dataclass(frozen=True, slots=True)
class Write:
    """One place where the program sets an environment variable for itself and its children."""

    name: str
    value: Value
    place: Place
    # setdefault keeps what is there, assign and update overwrite it.
    how: Literal["setdefault", "assign", "update"]
    when: tuple[str, ...] = ()
    within: str = ""
    test: bool = False


@dataclass(frozen=True, slots=True)
class EnvFile:
    """A .env file that the program reads by itself; `path` is Unknown when the library searches for it."""

    path: Value
    place: Place
    via: str
    # Whether the file's values win over those that are set already.
    overwrites: bool = False
    when: tuple[str, ...] = ()
    test: bool = False


@dataclass(frozen=True, slots=True)
class Setting:
    """A setting as it stands once the whole chain of settings modules has run."""

    name: str
    value: Value
    # Of the last statement that changed it.
    place: Place
    # The environment variables that flow into it.
    reads: tuple[str, ...] = ()
    # Only under a condition does the last statement run, or the setting exist.
    conditional: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """A module that a settings module takes everything from. `file` is None when it isn't in the repository."""

    module: str
    file: str | None
    place: Place
    # It may be missing: try/except ImportError, or split_settings' optional().
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Stored:
    """A place on disk that a setting tells Django to write to."""

    # MEDIA_ROOT, STATIC_ROOT, STORAGES.default, CACHES.default, LOGGING.file, DATABASES.default.
    setting: str
    kind: Literal["media", "static", "cache", "log", "sqlite"]
    path: Value
    place: Place


@dataclass(frozen=True, slots=True)
class SettingsModule:
    """A module of Django settings, after everything that it takes from others."""

    # As DJANGO_SETTINGS_MODULE would name it.
    name: str
    file: str
    # In the order in which they run, those of the chain's own modules among them.
    chain: tuple[Link, ...]
    settings: tuple[Setting, ...]
    stored: tuple[Stored, ...] = ()
    # False when the chain leads to what isn't in the repository, or can't be followed.
    whole: bool = True
    test: bool = False
    # What loading it reads, in the order of running: of its chain, and of the functions that they call.
    reads: tuple[Read, ...] = ()

    def get(self, name: str) -> Setting | None:
        return next((setting for setting in self.settings if setting.name == name), None)


@dataclass(frozen=True, slots=True)
class Selection:
    """Who chooses the settings module, in which file, and through what."""

    # The dotted name, or Unknown.
    module: Value
    place: Place
    # The script that runs it: manage.py, wsgi.py, ... The place may be in a module that this one calls.
    entry: str
    # pytest: a test configuration's DJANGO_SETTINGS_MODULE or --ds.
    through: Literal["setdefault", "assign", "update", "pytest"]
    when: tuple[str, ...] = ()
    test: bool = False


@dataclass(frozen=True, slots=True)
class Import:
    """An import of another top-level module; relative ones aren't listed."""

    # What stands before the first dot, and the whole dotted name.
    top: str
    module: str
    place: Place
    # In a try that catches ImportError, or under `if TYPE_CHECKING`.
    optional: bool = False
    test: bool = False


@dataclass(frozen=True, slots=True)
class Code:
    """What the Python files that were given say."""

    reads: tuple[Read, ...] = ()
    writes: tuple[Write, ...] = ()
    # Reads whose name can't be told at all, each of which may be of any variable.
    dynamic: tuple[Place, ...] = ()
    # Places where the whole environment is copied, as in dict(os.environ), for a child process most often.
    copies: tuple[Place, ...] = ()
    env_files: tuple[EnvFile, ...] = ()
    settings: tuple[SettingsModule, ...] = ()
    selections: tuple[Selection, ...] = ()
    imports: tuple[Import, ...] = ()
    findings: tuple[Finding, ...] = ()

    def module(self, name: str) -> SettingsModule | None:
        """The settings module of that dotted name."""
        return next((module for module in self.settings if module.name == name), None)
