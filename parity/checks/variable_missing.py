"""A config var that code requires and a home doesn't set."""

from __future__ import annotations

from collections.abc import Iterator

from parity.checks._variables import given, listed
from parity.checks.variable_misspelt import pairs
from parity.contract.finding import Finding
from parity.contract.homes import Home
from parity.contract.python import Read, SettingsModule
from parity.contract.rule import Rule
from parity.contract.whole import Contract

RULE = Rule(
    "variable-missing",
    "Config vars",
    "error",
    "The program stops there before it serves anything, as soon as its settings are read.",
)


def check(contract: Contract) -> Iterator[Finding]:
    """Homes whose files name every variable they have, against what the settings that they select require."""
    misspelt = {read.name for read, _ in pairs(contract)}
    for home in contract.homes:
        if not home.closed or home.kind in ("ci", "image", "embedded"):
            continue
        missing: dict[str, Read] = {}
        for process in home.processes:
            chosen = contract.chosen.get((home.name, process.name))
            if chosen and chosen.module and not process.optional:
                names = set(process.variables) | self_set(process)
                missing.update(
                    {read.name: read for read in required(chosen.module, contract) if read.name not in names}
                )
        told = [
            read
            for name, read in sorted(missing.items())
            if name not in misspelt and name not in set_in_image(contract, home)
        ]
        if told:
            yield finding(home, told)


def required(module: SettingsModule, contract: Contract) -> Iterator[Read]:
    """What reading the module stops without, whatever its conditions are; one with another read that has a default isn't."""
    files = {module.file, *(link.file for link in module.chain)}
    for read in module.reads or contract.code.reads:
        asked = read.required and not read.conditional and not read.test and not read.pattern
        # What loading the module reads is known for most; for the others the files of its chain have to do.
        if asked and (module.reads or read.place.file in files):
            yield read


def self_set(process) -> set[str]:  # type: ignore[no-untyped-def]
    commands = process.command.commands if process.command else ()
    return {name for simple in commands for name, _ in simple.assignments}


def set_in_image(contract: Contract, home: Home) -> set[str]:
    """What the program itself sets before it reads it."""
    return {write.name for write in contract.code.writes if not write.test}


def finding(home: Home, reads: list[Read]) -> Finding:
    names = [read.name for read in reads]
    where = home.place
    known = given(home)
    if known:
        where = min((place for place in known.values() if place.file == home.place.file), default=home.place)
    return Finding(
        RULE.id,
        where,
        f"{home.name} doesn't set {listed(names)}, without which {reads[0].place.file} stops",
        f"set {'each' if len(names) > 1 else 'it'} in {home.place.file}, or where that home takes its config vars from",
        reads[0].place,
        (home.name,),
    )
