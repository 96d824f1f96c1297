"""Which lines of a module have to do with the environment: the rest of a module that isn't settings is passed over."""

from __future__ import annotations

import ast
import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from itertools import accumulate

from parity.readers.python.quoting import is_code

# Each begins with a word, which makes the search as fast as one for that word.
BASE = (
    re.compile(r"env(?:iron|[.(\[])"),
    re.compile(r"Env[.(\[]"),
    re.compile(r"ENV[.(\[]"),
    *(
        re.compile(word)
        for word in (
            "DJANGO_SETTINGS_MODULE",
            "BaseSettings",
            "GoodConf",
            "decouple",
            "dj_database_url",
            "django_heroku",
        )
    ),
)

# A reader of variables under any name: config = AutoConfig(...), cfg = environ.Env().
MAKERS = ("Env(", "Config(", "Settings(", ".environ", "getenv")
NAMED = re.compile(r"[ \t]*(\w+)[ \t]*(?::[^=\n]+)?=[^=]")
IMPORTED = re.compile(
    r"^[ \t]*from[ \t]+(?:decouple|envparse|environs)[ \t]+import[ \t]+(\w+)(?:[ \t]+as[ \t]+(\w+))?", re.MULTILINE
)


class Triggers:
    """The lines of a module that touch the environment, by themselves or by a name that is known to do so."""

    __slots__ = ("lines", "names", "starts", "text", "text_lines")

    def __init__(self, text: str) -> None:
        self.text = text
        self.text_lines = text.split("\n")
        # Where each line begins.
        self.starts = [0, *accumulate(len(line) + 1 for line in self.text_lines[:-1])]
        self.names: set[str] = set()
        found = (match.start() for pattern in BASE for match in pattern.finditer(text))
        self.lines = sorted({self.line(position) for position in found if is_code(text, position)})
        self.extend({*self.named(), *imported(text)})

    def named(self) -> Iterator[str]:
        """Names that a reader is assigned to."""
        for maker in MAKERS:
            for position in places(self.text, maker):
                match = NAMED.match(self.text_lines[self.line(position) - 1])
                if match:
                    yield match[1]

    def line(self, position: int) -> int:
        return bisect_left(self.starts, position + 1)

    def extend(self, names: Iterable[str]) -> bool:
        """Takes more names for ones that touch the environment; says whether any of them stands here."""
        fresh = {name for name in names if name not in self.names and name.isidentifier() and name in self.text}
        self.names |= fresh
        lines = {self.line(position) for name in fresh for position in uses(self.text, name)}.difference(self.lines)
        if lines:
            self.lines = sorted({*self.lines, *lines})
        return bool(lines)

    def touch(self, node: ast.stmt | ast.expr) -> bool:
        """Whether one of the lines of `node` does."""
        place = bisect_left(self.lines, node.lineno)
        return place < len(self.lines) and self.lines[place] <= (node.end_lineno or node.lineno)


def imported(text: str) -> Iterator[str]:
    """Readers that libraries make by themselves, under the names that they have here."""
    if "decouple" in text or "envparse" in text or "environs" in text:
        for match in IMPORTED.finditer(text):
            yield match[2] or match[1]


def places(text: str, word: str) -> Iterator[int]:
    position = text.find(word)
    while position >= 0:
        yield position
        position = text.find(word, position + len(word))


def uses(text: str, name: str) -> Iterator[int]:
    """Where a name stands by itself."""
    for position in places(text, name):
        before, after = text[position - 1 : position], text[position + len(name) : position + len(name) + 1]
        if not (before.isalnum() or before == "_" or after.isalnum() or after == "_"):
            yield position
