"""What a dialect's reader hands back: names and their meanings, each at the line where it begins."""

from __future__ import annotations

import re
from collections.abc import Iterator

from parity.contract.dataclass import dataclass, field
from parity.contract.dotenv import Meaning


@dataclass(frozen=True, slots=True)
class Binding:
    line: int
    name: str
    meaning: Meaning


@dataclass(slots=True)
class Reading:
    """One dialect's view of a whole text. `refused` are the lines that stop it, `ignored` those that it passes over."""

    bindings: list[Binding] = field(default_factory=list)
    refused: list[tuple[int, str]] = field(default_factory=list)
    ignored: list[int] = field(default_factory=list)

    def bind(self, line: int, name: str, meaning: Meaning) -> None:
        self.bindings.append(Binding(line, name, meaning))


def opened(text: str) -> str:
    """The text as Python's open() gives it: every line end is a line feed."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def python_lines(text: str) -> Iterator[tuple[int, str]]:
    """What splitlines gives of an opened file, which also parts at a form feed and the like, with an editor's line numbers."""
    number = 1
    for line in opened(text).splitlines(keepends=True):
        yield number, re.sub(LINE_END, "", line)
        number += line.endswith("\n")


LINE_END = re.compile(r"[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]\Z")
