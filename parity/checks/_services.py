"""Which backing services homes have, and which settings speak of them."""

from __future__ import annotations

from collections.abc import Iterator

from parity.contract.homes import Home, Service
from parity.contract.python import FromEnv, Nothing, Setting, SettingsModule, Table, Text, Value, alternatives, parts
from parity.contract.whole import Contract


def of(home: Home, category: str) -> Service | None:
    return next((one for one in home.services if one.category == category), None)


def modules(contract: Contract, *kinds: str) -> Iterator[tuple[Home, SettingsModule, str]]:
    """The settings modules of homes of some kinds, each once a home: home, module, and what selects it."""
    for home in contract.of_kind(*kinds):
        seen: set[str] = set()
        for process in home.processes:
            one = contract.chosen.get((home.name, process.name))
            if one and one.module and one.name not in seen:
                seen.add(one.name)
                yield home, one.module, one.through


def texts(value: Value) -> Iterator[str]:
    """Every text that is part of a value."""
    for part in parts(value):
        if isinstance(part, str):
            yield part


def engines(setting: Setting) -> set[str]:
    """The engines that DATABASES.default can have: postgres, sqlite, mysql, ...; by ENGINE, or by a URL's default."""
    found: set[str] = set()
    for value in alternatives(setting.value):
        default = value.get("default") if isinstance(value, Table) else value
        if isinstance(default, FromEnv):
            if isinstance(default.default, str):
                found.add(of_text(default.default))
            elif isinstance(default.default, Text):
                found.add(next((of_text(text) for text in texts(default.default) if "://" in text), ""))
            continue
        if not isinstance(default, Nothing):
            found.update(of_text(text) for text in texts(default))
    return found - {""}


def of_text(text: str) -> str:
    plain = text.lower()
    for name, words in (
        ("sqlite", ("backends.sqlite3", "spatialite", "sqlite:")),
        (
            "postgres",
            ("backends.postgresql", "postgis", "postgres:", "postgresql:", "django_prometheus.db.backends.postgresql"),
        ),
        ("mysql", ("backends.mysql", "mysql:", "mysql2:")),
    ):
        if any(word in plain for word in words):
            return name
    return ""
