"""A config var one letter away from the name that code reads."""

from __future__ import annotations

from collections.abc import Iterator

from parity.checks._variables import SYSTEM, given, names_read, of_program, used_by_others
from parity.contract.finding import Finding
from parity.contract.homes import PRODUCTION
from parity.contract.place import Place
from parity.contract.python import Read
from parity.contract.rule import Rule
from parity.contract.whole import Contract

RULE = Rule(
    "variable-misspelt",
    "Config vars",
    "error",
    "Whoever sets the name as declared sets nothing, and the code goes on with its default or stops.",
)

SHORTEST = 5


def check(contract: Contract) -> Iterator[Finding]:
    for read, (name, place) in pairs(contract):
        yield Finding(
            RULE.id,
            place,
            f"{name} is set here and read by nobody, and the code reads {read.name}, which isn't set here",
            f"write {read.name}",
            read.place,
        )


def pairs(contract: Contract) -> list[tuple[Read, tuple[str, Place]]]:
    """A read, and a declared name that nobody reads, one letter apart, in a file that doesn't declare the read's own name."""
    declared = all_declared(contract)
    reads = names_read(contract) | used_by_others(contract)
    unread = [(name, place) for name, place in declared.items() if name not in reads and len(name) >= SHORTEST]
    known = {(one.name, one.place.file) for one in contract.declared}
    known.update((name, place.file) for home in contract.homes for name, place in given(home).items())
    found: dict[str, tuple[Read, tuple[str, Place]]] = {}
    for read in of_program(contract) if unread else ():
        if read.name in found or SYSTEM.fullmatch(read.name):
            continue
        near = (one for one in unread if apart(read.name, one[0]) and (read.name, one[1].file) not in known)
        meant = next(near, None)
        if meant:
            found[read.name] = (read, meant)
    return list(found.values())


def all_declared(contract: Contract) -> dict[str, Place]:
    """By name, where it is said first: examples, then homes."""
    found: dict[str, Place] = {}
    for one in contract.declared:
        found.setdefault(one.name, one.place)
    for home in contract.homes:
        if home.kind in ("compose", *PRODUCTION):
            for variables in (home.variables, *(process.variables for process in home.processes)):
                for name, variable in variables.items():
                    if variable.source not in ("platform", "ENV"):
                        found.setdefault(name, variable.place)
    return found


def apart(one: str, other: str) -> bool:
    """Whether two names differ by one letter left out, put in, changed or swapped with its neighbour; a digit is no slip."""
    if one == other or abs(len(one) - len(other)) > 1 or min(len(one), len(other)) < SHORTEST:
        return False
    at = next(
        (number for number, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )
    if len(one) == len(other):
        if one[at + 1 :] == other[at + 1 :]:
            return not (one[at].isdigit() or other[at].isdigit())
        return one[at : at + 2] == other[at : at + 2][::-1] and one[at + 2 :] == other[at + 2 :]
    longer, shorter = (one, other) if len(one) > len(other) else (other, one)
    return longer[at + 1 :] == shorter[at:] and not longer[at].isdigit()
