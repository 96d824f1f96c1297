"""Who chooses the settings module: https://docs.djangoproject.com/en/stable/topics/settings/#designating-the-settings"""

from __future__ import annotations

import re
from collections.abc import Iterable

from parity.contract.place import Place
from parity.contract.python import Selection
from parity.readers.python.module import Module
from parity.readers.python.names import is_test

NAME = "DJANGO_SETTINGS_MODULE"

# In an ini file and in a pyproject.toml alike; --ds stands in addopts.
PYTEST = re.compile(
    r"^[ \t]*DJANGO_SETTINGS_MODULE[ \t]*=[ \t]*[\"']?([\w.]+)|^[^#;\n]*?--ds[= ][\"']?([\w.]+)", re.MULTILINE
)


def selections(modules: Iterable[Module]) -> tuple[Selection, ...]:
    found: dict[Selection, None] = {}
    for module in modules:
        for write in module.writes:
            if write.name == NAME:
                test = is_test(module.file)
                found[Selection(write.value, write.place, module.file, write.how, write.when, test)] = None
    return tuple(found)


def pytest_selection(text: str, file: str) -> tuple[Selection, ...]:
    """What pytest-django is told in pytest.ini, pyproject.toml, setup.cfg or tox.ini; --ds wins, and comes first."""
    found = [
        (match[2] is None, Selection(match[1] or match[2], place(text, match, file), file, "pytest", (), True))
        for match in PYTEST.finditer(text)
    ]
    return tuple(selection for _, selection in sorted(found, key=lambda pair: pair[0]))


def place(text: str, match: re.Match[str], file: str) -> Place:
    return Place(file, text.count("\n", 0, match.start(1 if match[1] else 2)) + 1)
