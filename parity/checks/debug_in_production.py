"""DEBUG in production's home: https://docs.djangoproject.com/en/5.2/howto/deployment/checklist/#debug"""

from __future__ import annotations

from collections.abc import Iterator

from parity.checks._variables import for_development, production_modules
from parity.contract.finding import Finding
from parity.contract.homes import Home
from parity.contract.python import FromEnv, Setting
from parity.contract.rule import Rule
from parity.contract.whole import Contract

RULE = Rule(
    "debug-in-production",
    "Config vars",
    "error",
    "A page of an error shows settings, paths and the code around it to whoever made the error happen.",
)

TRUE = ("true", "1", "on", "yes", "y", "t", "ok")


def check(contract: Contract) -> Iterator[Finding]:
    for name, module, through in production_modules(contract):
        if for_development(module.name):
            # That such settings are chosen is a finding of its own.
            continue
        home = next(home for home in contract.homes if home.name == name)
        setting = module.get("DEBUG")
        if setting and (why := debugs(setting, home)):
            yield Finding(
                RULE.id,
                setting.place,
                f"DEBUG is on in {name}, which runs {module.name} (chosen by {through}): {why}",
                "let it be off unless a config var of a laptop turns it on",
                home.place,
                (name,),
            )


def debugs(setting: Setting, home: Home) -> str | None:
    """Why DEBUG is on there; None when it is off or can't be told."""
    value = setting.value
    if value is True and not setting.conditional:
        return "it is True"
    if isinstance(value, FromEnv):
        variable = home.variables.get(value.name)
        if variable and variable.value is not None:
            return f"{value.name} is {variable.value} there" if variable.value.strip().lower() in TRUE else None
        if variable is None and truth(value.default):
            return f"{value.name} isn't set there, and its default is {value.default!r}"
    return None


def truth(value: object) -> bool:
    return (
        value is True
        or (isinstance(value, str) and value.strip().lower() in TRUE)
        or (isinstance(value, int) and value == 1)
    )
