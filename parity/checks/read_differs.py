"""A config var that two places read with another type or default."""

from __future__ import annotations

from collections.abc import Iterator

from parity.checks._variables import for_development, of_program
from parity.contract.finding import Finding
from parity.contract.python import Nothing, Read
from parity.contract.rule import Rule
from parity.contract.whole import Contract

RULE = Rule(
    "read-differs",
    "Config vars",
    "warning",
    "A home that doesn't set it runs with one value in one part of the program, and with another in the next.",
)


def check(contract: Contract) -> Iterator[Finding]:
    """Reads at a module's top level with literal defaults; what a module for development does by itself is no drift."""
    reads: dict[str, list[Read]] = {}
    for read in of_program(contract):
        module = read.place.file.removesuffix(".py").replace("/", ".")
        if isinstance(read.default, str | int | float | bool) and not read.within and not for_development(module):
            reads.setdefault(read.name, []).append(read)
    for name, found in reads.items():
        first = found[0]
        other = next((read for read in found[1:] if differs(first, read)), None)
        if other:
            yield Finding(
                RULE.id,
                other.place,
                f"{name} is read here with the default {other.default!r}, and with {first.default!r} in {first.place.file}",
                "read it in one place, and import the value in the other",
                first.place,
            )


def differs(one: Read, other: Read) -> bool:
    """Defaults that mean different things: "1" and True are one."""
    if isinstance(one.default, Nothing) or isinstance(other.default, Nothing) or one.when != other.when:
        return False
    return meaning(one) != meaning(other)


def meaning(read: Read) -> object:
    text = str(read.default).strip().lower()
    if read.cast == "bool" or isinstance(read.default, bool) or text in ("true", "false"):
        return text in ("true", "1", "on", "yes", "y", "t")
    return text
