"""Which texts are worth making a tree of, which takes a hundred times as long as this look."""

from __future__ import annotations

import re

# What a text holds that has to do with the environment or with settings.
WORDS = (
    "import *",
    "INSTALLED_APPS",
    "DATABASES",
    "ROOT_URLCONF",
    "DJANGO_SETTINGS_MODULE",
    "BaseSettings",
    "GoodConf",
    "decouple",
    "dj_database_url",
    "dotenv",
    "split_settings",
    "starlette.config",
    "configurations",
    "MIDDLEWARE",
    "import env",
)

ENV = re.compile(r"env(?:iron\b|\w*\(|\.(?:bool|str|int|float|list|dict|json|url|path|db|get_value|read_env)\w*\()")

UPPER = re.compile(r"E(?:NV|nv)\w*\(")

# monkeypatch.setenv("X", "1") asks for nothing.
NOT_READS = ("set", "del")


def worth_reading(text: str) -> bool:
    """Whether a text may have anything to tell; cheap, and seldom wrong to say yes."""
    if any(word in text for word in WORDS) or UPPER.search(text):
        return True
    return any(
        text[max(0, match.start() - 3) : match.start()] not in NOT_READS and not match[0].startswith("environment")
        for match in ENV.finditer(text)
    )
