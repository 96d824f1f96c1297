"""SQLite in one home and a server in another: https://docs.djangoproject.com/en/5.2/ref/databases/#sqlite-notes"""

from __future__ import annotations

from collections.abc import Iterator

from parity.checks._services import engines, modules, of
from parity.contract.finding import Finding
from parity.contract.homes import Home
from parity.contract.python import SettingsModule, names
from parity.contract.rule import Rule
from parity.contract.whole import Contract

RULE = Rule(
    "database-differs",
    "Services",
    "warning",
    "Locks, types, lengths, text search and migrations differ, so queries that pass on a laptop fail in production.",
)

KINDS = ("heroku", "procfile", "compose", "fly", "render", "ci")


def check(contract: Contract) -> Iterator[Finding]:
    """Homes whose settings end at SQLite, while production, or any other, has a database server."""
    server = next(
        (
            home
            for home in (*contract.production(), *contract.of_kind("compose"))
            if of(home, "postgres") or of(home, "mysql")
        ),
        None,
    )
    sqlite: list[tuple[Home, SettingsModule]] = []
    for home, module, _ in modules(contract, *KINDS):
        setting = module.get("DATABASES")
        if setting is None or of(home, "postgres") or of(home, "mysql"):
            continue
        asked = names(setting.value)
        given = any(variable in process.variables for process in home.processes for variable in asked)
        if "sqlite" in engines(setting) and not given:
            sqlite.append((home, module))
    other = server or production_server(contract)
    seen: set[object] = set()
    for home, module in sqlite:
        setting = module.get("DATABASES")
        if setting is None or setting.place in seen or other is None or other is home:
            continue
        seen.add(setting.place)
        yield Finding(
            RULE.id,
            setting.place,
            f"{home.name} runs on SQLite ({module.name}: nothing there says otherwise), {other.name} on a database server",
            f"give {home.name} a database server too, and let the settings require its URL",
            next((one.place for one in other.services if one.category in ("postgres", "mysql")), other.place),
            (home.name, other.name),
        )


def production_server(contract: Contract) -> Home | None:
    """Production whose settings can only be a server's."""
    for home, module, _ in modules(contract, "heroku", "fly", "render"):
        setting = module.get("DATABASES")
        if setting and engines(setting) in ({"postgres"}, {"mysql"}):
            return home
    return None
