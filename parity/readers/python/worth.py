"""Which texts are worth making a tree of, which takes a hundred times as long as this look."""

from __future__ import annotations

import re

from parity.readers.python.quoting import is_code

# Words that by themselves make a text worth it.
WORDS = (
    "getenv(",
    "execute_from_command_line(",
    "get_wsgi_application(",
    "get_asgi_application(",
)

ENVIRON = re.compile(r"\.environ\b")

# Words that must stand in the right place: settings that are assigned, and imports of what reads the environment.
LIBRARIES = (
    "environ",
    "decouple",
    "dj_database_url",
    "dotenv",
    "envparse",
    "goodconf",
    "pydantic",
    "split_settings",
    "starlette.config",
    "configurations",
    "django_heroku",
    "django_on_heroku",
)
SETTINGS = ("INSTALLED_APPS", "DATABASES", "MIDDLEWARE", "ROOT_URLCONF", "WSGI_APPLICATION")

IMPORT = re.compile(
    r"^[ \t]*(?:from|import)[ \t]+(?:environs?|" + "|".join(map(re.escape, LIBRARIES[1:])) + r")(?:_settings)?\b",
    re.MULTILINE,
)
ASSIGNMENT = re.compile(rf"^(?:{'|'.join(SETTINGS)})\b\s*[:=+\[.]", re.MULTILINE)

# `import *`, and the `env` or `environ` of another module.
FROM = re.compile(r"import[ \t]+(?:\*|\(?[\w, \t]*\benv(?:iron)?\b)")

# A helper's call with the name of a variable: get_env_variable("SECRET_KEY"). monkeypatch.setenv("X", "1") asks for nothing.
CALL = re.compile(r"env\w*\([ \t\n]*[\"'][A-Z]")
NOT_READS = ("set", "del")


def worth_reading(text: str) -> bool:
    """Whether a text may have anything to tell; cheap, and seldom wrong to say yes."""
    if any(word in text and stands(text, word) for word in WORDS):
        return True
    if stands_in(text, ENVIRON):
        return True
    if any(word in text for word in SETTINGS) and ASSIGNMENT.search(text):
        return True
    if (
        any(word in text for word in LIBRARIES)
        and IMPORT.search(text)
        and ("pydantic" not in text or "BaseSettings" in text)
    ):
        return True
    if ("import *" in text or "import env" in text or ", env" in text) and stands_in(text, FROM):
        return True
    return "env" in text and any(
        text[max(0, match.start() - 3) : match.start()] not in NOT_READS and is_code(text, match.start())
        for match in CALL.finditer(text)
    )


def stands(text: str, word: str) -> bool:
    """Whether a word stands in code somewhere."""
    position = text.find(word)
    while position >= 0:
        if is_code(text, position):
            return True
        position = text.find(word, position + 1)
    return False


def stands_in(text: str, pattern: re.Pattern[str]) -> bool:
    return any(is_code(text, match.start()) for match in pattern.finditer(text))


def is_program(text: str) -> bool:
    """Whether it is a module of settings, or starts a program of Django's."""
    started = any(word in text and stands(text, word) for word in WORDS[1:])
    return started or (any(word in text for word in SETTINGS) and ASSIGNMENT.search(text) is not None)
