"""A blank in an example that code can't read: NAME= is the empty text, not a variable that isn't set."""

from __future__ import annotations

from collections.abc import Iterator

from parity.contract.finding import Finding
from parity.contract.homes import Declared
from parity.contract.python import Read
from parity.contract.rule import Rule
from parity.contract.whole import Contract

RULE = Rule(
    "blank-refused",
    "Config vars",
    "error",
    "Whoever copies the example as it is told to gets a program that stops, with an error about a number or a URL.",
)

# Casts that refuse the empty text, in every library that has them.
REFUSING = ("int", "float", "json", "decimal", "Decimal", "timedelta", "date", "datetime", "uuid")


def check(contract: Contract) -> Iterator[Finding]:
    reads: dict[str, Read] = {}
    for read in contract.code.reads:
        if read.cast in REFUSING and not read.test and not read.pattern:
            reads.setdefault(read.name, read)
    for one in contract.declared:
        found = reads.get(one.name)
        if found and one.source == "example" and not one.value and active(contract, one):
            yield told(one, found)


def told(one: Declared, read: Read) -> Finding:
    known = isinstance(read.default, str | int | float) and str(read.default)
    return Finding(
        RULE.id,
        one.place,
        f"{one.name} is blank here, and the code takes it for {read.cast}, which refuses an empty text",
        f"give it a value{f', such as {known}' if known else ''}, or put # in front of the line",
        read.place,
    )


def active(contract: Contract, one: Declared) -> bool:
    """Whether a reader that homes here use sets it to the empty text."""
    file = contract.dotenvs.get(one.place.file)
    lines = [line for line in file.named(one.name) if line.place == one.place] if file else []
    return any("" in (line.values["compose"], line.values["django-environ"], line.values["docker"]) for line in lines)
