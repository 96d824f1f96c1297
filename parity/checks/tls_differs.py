"""TLS to the database in one home only: https://devcenter.heroku.com/articles/heroku-postgresql#heroku-postgres-ssl"""

from __future__ import annotations

from collections.abc import Iterator

from parity.checks._services import modules, of, texts
from parity.contract.finding import Finding
from parity.contract.python import FromEnv, SettingsModule, Table, parts
from parity.contract.rule import Rule
from parity.contract.whole import Contract

RULE = Rule(
    "tls-differs",
    "Services",
    "warning",
    "A client that requires TLS is stopped by a server without it, so what production needs is never tried at home.",
)

REQUIRED = ("require", "verify-ca", "verify-full")


def check(contract: Contract) -> Iterator[Finding]:
    """Settings that require TLS whatever the config vars are, in a home whose Postgres is a container without it."""
    seen: set[object] = set()
    for home, module, _ in modules(contract, "compose"):
        database = of(home, "postgres")
        setting = module.get("DATABASES")
        if database is None or setting is None or setting.place in seen or setting.conditional or not fixed(module):
            continue
        seen.add(setting.place)
        yield Finding(
            RULE.id,
            setting.place,
            f"{module.name} requires TLS to the database, and {database.name} of {home.name} ({database.what}) has none",
            "take sslmode from a config var: require on Heroku, prefer at home",
            database.place,
            (home.name,),
        )


def fixed(module: SettingsModule) -> bool:
    """Whether a literal sslmode, or ssl_require=True, stands in DATABASES, and no variable by the side of it."""
    setting = module.get("DATABASES")
    if setting is None or not isinstance(setting.value, Table):
        return False
    for part in parts(setting.value):
        if isinstance(part, Table):
            mode = part.get("sslmode")
            if isinstance(mode, FromEnv):
                return False
            if isinstance(mode, str):
                return mode in REQUIRED
    return any("sslmode=require" in text for text in texts(setting.value))
