"""What the lines of a .env mean to each of its readers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from parity.contract.dataclass import dataclass
from parity.contract.place import Place

Dialect = Literal["compose", "honcho", "django-environ", "docker", "python-dotenv"]

# Those that `alike` compares: a variable may come through any of them into a process of ours.
DIALECTS: tuple[Dialect, ...] = ("compose", "honcho", "django-environ", "docker")


@dataclass(frozen=True, slots=True)
class PassThrough:
    """The variable of that name of whoever starts the program; not set where that has none."""

    name: str


Meaning = str | PassThrough | None
"""None: this line does not set it."""


@dataclass(frozen=True, slots=True)
class Line:
    """A name that at least one reader sees in a line, and what each makes of it."""

    name: str
    # Of each dialect, python-dotenv too.
    values: dict[Dialect, Meaning]
    place: Place
    # Whether the four of DIALECTS make the same of it.
    alike: bool

    def agree(self, dialects: Iterable[Dialect]) -> bool:
        first, *others = [self.values[dialect] for dialect in dialects]
        return all(value == first for value in others)


@dataclass(frozen=True, slots=True)
class Refusal:
    """A line that a reader stops at: it then reads nothing of the file at all."""

    dialect: Dialect
    place: Place
    # What it takes offence at: "a quote is opened and never closed".
    message: str


@dataclass(frozen=True, slots=True)
class Ignored:
    """A line that a reader passes over, though it is neither blank nor a comment."""

    dialect: Dialect
    place: Place


@dataclass(frozen=True, slots=True)
class Dotenv:
    """A .env, or an example of one. What stands behind a refusal has the meaning that it would have without that line."""

    file: str
    lines: tuple[Line, ...] = ()
    refused: tuple[Refusal, ...] = ()
    ignored: tuple[Ignored, ...] = ()

    def environment(self, dialect: Dialect) -> dict[str, str | PassThrough]:
        """What a reader makes of the whole; in all of them the last line that sets a name counts."""
        found: dict[str, str | PassThrough] = {}
        for line in self.lines:
            value = line.values[dialect]
            if isinstance(value, PassThrough) and dialect != "django-environ":
                # A name alone takes nothing away.
                found.setdefault(line.name, value)
            elif value is not None:
                found[line.name] = value
        return found

    def named(self, name: str) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if line.name == name)
