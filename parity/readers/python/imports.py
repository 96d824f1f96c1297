"""The modules that a text imports, found by its lines alone: most files are never read further.

https://docs.python.org/3/reference/simple_stmts.html#the-import-statement
"""

from __future__ import annotations

import re

from parity.contract.place import Place
from parity.contract.python import Import

LINE = re.compile(
    r"^([ \t]*)(?:from[ \t]+([A-Za-z_][\w.]*)[ \t]+import\b|import[ \t]+([A-Za-z_][^#\n;]*))", re.MULTILINE
)

QUOTES = ('"""', "'''")


def imports(text: str, file: str, test: bool = False) -> tuple[Import, ...]:
    """The absolute imports, each module once a line."""
    found: list[Import] = []
    line, position, quoted, other = 1, 0, 0, 0
    for match in LINE.finditer(text):
        line += text.count("\n", position, match.start())
        quoted += text.count(QUOTES[0], position, match.start())
        other += text.count(QUOTES[1], position, match.start())
        position = match.start()
        # Between an odd number of triple quotes and the next stands a docstring's example.
        if quoted % 2 or other % 2:
            continue
        names = [match[2]] if match[2] else [part.split()[0] for part in match[3].split(",") if part.strip()]
        optional = bool(match[1]) and is_optional(text, match.start(), len(match[1]))
        for name in names:
            if all(part.isidentifier() for part in name.split(".")):
                found.append(Import(name.partition(".")[0], name, Place(file, line), optional, test))
    return tuple(found)


def is_optional(text: str, start: int, indent: int) -> bool:
    """Whether the block that the line stands in is a try, or for type checkers only."""
    for line in reversed(text[max(0, start - 1500) : start].split("\n")):
        bare = line.strip()
        if bare and not bare.startswith("#") and len(line) - len(line.lstrip()) < indent:
            return (
                bare.startswith(("try:", "except ImportError", "except ModuleNotFoundError", "else:"))
                or "TYPE_CHECKING" in bare
            )
    return False
