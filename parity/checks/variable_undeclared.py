"""A config var that code reads and no file tells of: https://12factor.net/config"""

from __future__ import annotations

from collections.abc import Iterator

from parity.checks._variables import SYSTEM, listed, named_anywhere, of_program
from parity.checks.variable_misspelt import pairs
from parity.contract.finding import Finding
from parity.contract.python import Read
from parity.contract.rule import Rule
from parity.contract.whole import Contract
from parity.tables import services

RULE = Rule(
    "variable-undeclared",
    "Config vars",
    "warning",
    "Nobody who sets up a home learns of it, so its default, or its absence, is found out in production.",
)


def check(contract: Contract) -> Iterator[Finding]:
    """One finding for each file that reads such variables; only where homes are told of config vars at all."""
    if not contract.homes:
        return
    known = named_anywhere(contract)
    misspelt = {read.name for read, _ in pairs(contract)}
    files: dict[str, dict[str, Read]] = {}
    for read in of_program(contract):
        if (
            read.name not in known
            and read.name not in misspelt
            and not SYSTEM.fullmatch(read.name)
            # An add-on or a service sets it, as DATABASE_URL.
            and not services.category_of_config_var(read.name)
            and is_name(read.name)
        ):
            files.setdefault(read.place.file, {}).setdefault(read.name, read)
    example = next((file for file in contract.dotenvs if "example" in file or "sample" in file), None)
    seen: set[str] = set()
    for reads in files.values():
        fresh = [read for name, read in reads.items() if name not in seen]
        seen.update(reads)
        if fresh:
            yield told(fresh, example)


def is_name(name: str) -> bool:
    return name.replace("_", "").isalnum() and name.upper() == name


def told(reads: list[Read], example: str | None) -> Finding:
    names = [read.name for read in reads]
    several = len(names) > 1
    target = example or ".env.example"
    return Finding(
        RULE.id,
        min(read.place for read in reads),
        f"{listed(names)} {'are' if several else 'is'} read and declared in no example, manifest or home",
        f"declare {'each' if several else 'it'} in {target}"
        + ("" if example else ", a file to be made")
        + ", with a value that suits a laptop",
    )
