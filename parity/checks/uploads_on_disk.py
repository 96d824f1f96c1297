"""Uploads on a disk that production forgets: https://devcenter.heroku.com/articles/dynos#ephemeral-filesystem"""

from __future__ import annotations

from collections.abc import Iterator

from parity.checks._services import modules, texts
from parity.contract.finding import Finding
from parity.contract.python import Either, Maybe, SettingsModule, Table, Value
from parity.contract.rule import Rule
from parity.contract.whole import Contract

RULE = Rule(
    "uploads-on-disk",
    "Services",
    "error",
    "Files that users upload are gone with the dyno: after the next deploy, config change or daily restart.",
)

FILES = "django.core.files.storage"


def check(contract: Contract) -> Iterator[Finding]:
    """Production's settings that name MEDIA_ROOT and store uploads in files, whatever its config vars are."""
    seen: set[object] = set()
    for home, module, through in modules(contract, "heroku", "render"):
        media = module.get("MEDIA_ROOT")
        if media is None or media.place in seen or elsewhere(module) or lasting(contract, home.name):
            continue
        seen.add(media.place)
        yield Finding(
            RULE.id,
            media.place,
            f"{module.name}, which {home.name} runs (chosen by {through}), stores uploads in files, and its disk doesn't last",
            "store them in S3 there (django-storages and an add-on such as Bucketeer), and in MinIO at home",
            home.place,
            (home.name,),
        )


def elsewhere(module: SettingsModule) -> bool:
    """Whether any storage but files is named, or can be: by a condition, a variable, or what can't be followed."""
    for name in ("STORAGES", "DEFAULT_FILE_STORAGE"):
        setting = module.get(name)
        if setting is None:
            continue
        value = setting.value.get("default") if isinstance(setting.value, Table) else setting.value
        if isinstance(setting.value, Either | Maybe) or isinstance(value, Either | Maybe) or setting.conditional:
            return True
        if setting.value.get("default", "BACKEND") if isinstance(setting.value, Table) else False:
            value = setting.value.get("default", "BACKEND")  # type: ignore[union-attr]
        if named(value):  # type: ignore[arg-type]
            return True
    return not module.whole


def named(value: Value) -> bool:
    found = list(texts(value))
    return not found or not any(text.startswith(FILES) for text in found)


def lasting(contract: Contract, home: str) -> bool:
    return any(process.mounts for one in contract.homes if one.name == home for process in one.processes)
