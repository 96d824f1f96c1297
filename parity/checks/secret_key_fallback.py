"""A SECRET_KEY that works without being set: https://docs.djangoproject.com/en/5.2/ref/settings/#secret-key"""

from __future__ import annotations

from collections.abc import Iterator

from parity.checks._variables import for_development, production_modules
from parity.contract.finding import Finding
from parity.contract.python import Either, FromEnv, Nothing, Setting, SettingsModule, Text, Unknown, Value, alternatives
from parity.contract.rule import Rule
from parity.contract.whole import Contract

RULE = Rule(
    "secret-key-fallback",
    "Config vars",
    "error",
    "A home that forgets to set it runs all the same: with a key that everybody knows, or one that each process makes.",
)


def check(contract: Contract) -> Iterator[Finding]:
    """The modules that production selects; where that isn't known, those that aren't named for development or tests."""
    chosen = production_modules(contract)
    modules = [module for _, module, _ in chosen] or [
        module for module in contract.code.settings if not module.test and not for_development(module.name)
    ]
    seen: set[object] = set()
    for module in modules:
        setting = module.get("SECRET_KEY")
        why = fallback(setting, module) if setting else None
        if setting and why and setting.place not in seen:
            seen.add(setting.place)
            yield Finding(
                RULE.id,
                setting.place,
                f"SECRET_KEY of {module.name} {why}",
                "read it without a default, so that a home without it stops: env('SECRET_KEY'), os.environ['SECRET_KEY']",
            )


def fallback(setting: Setting, module: SettingsModule) -> str | None:
    for value in alternatives(setting.value):
        if isinstance(value, str) and value:
            return "is written in the code"
        if isinstance(value, FromEnv) and (why := default(value.default)):
            return f"falls back to {why} when {value.name} isn't set"
        if isinstance(value, Unknown) and makes(value.text):
            return "is made anew by each process"
    return None


def default(value: Value | Nothing) -> str | None:
    if isinstance(value, str) and value.strip():
        return "a text that everybody can read"
    if isinstance(value, Unknown) and makes(value.text):
        return "one that each process makes for itself"
    if isinstance(value, Text | Either):
        return "a text that everybody can read" if isinstance(value, Text) else None
    return None


def makes(text: str) -> bool:
    return any(
        name in text
        for name in ("get_random_secret_key", "get_random_string", "token_", "urandom", "uuid4", "random.", "secrets.")
    )
