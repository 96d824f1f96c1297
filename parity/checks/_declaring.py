"""Reads that no file tells of: which count, and how they are told."""

from __future__ import annotations

from collections.abc import Iterator

from parity.checks._variables import SYSTEM, for_development, listed, named_anywhere, of_program
from parity.checks.variable_misspelt import pairs
from parity.contract.finding import Finding
from parity.contract.python import Read
from parity.contract.whole import Contract
from parity.tables import services


def undeclared(contract: Contract) -> Iterator[Read]:
    """Each name once: of the program itself, in no example, manifest or home, and not set by a system or an add-on."""
    known = named_anywhere(contract) | {read.name for read, _ in pairs(contract)}
    seen: set[str] = set()
    for read in of_program(contract):
        if read.name in known or read.name in seen or SYSTEM.fullmatch(read.name) or not is_name(read.name):
            continue
        # An add-on or a service sets it, as DATABASE_URL.
        if services.category_of_config_var(read.name) or for_development(module(read)) or documents(read):
            continue
        seen.add(read.name)
        yield read


def module(read: Read) -> str:
    return read.place.file.removesuffix(".py").replace("/", ".")


def documents(read: Read) -> bool:
    return read.place.file.startswith(("docs/", "doc/"))


def is_name(name: str) -> bool:
    return name.replace("_", "").isalnum() and name.upper() == name


def needed(contract: Contract, reads: list[Read]) -> set[str]:
    """Those that loading the settings of the program stops without, of which no other read has a default."""
    files = {
        file
        for one in contract.code.settings
        if not one.test
        for file in (one.file, *(link.file for link in one.chain))
    }
    optional = {read.name for read in contract.code.reads if read.required is False and not read.test}
    return {
        read.name
        for read in reads
        if read.required and not read.conditional and read.place.file in files and read.name not in optional
    }


def told(contract: Contract, rule: str, reads: list[Read]) -> Finding:
    names = [read.name for read in reads]
    several = len(names) > 1
    example = next((file for file in contract.dotenvs if "example" in file or "sample" in file), None)
    target = example or ".env.example, a file to be made"
    return Finding(
        rule,
        min(read.place for read in reads),
        f"{listed(names)} {'are' if several else 'is'} read and declared in no example, manifest or home",
        f"declare {'each' if several else 'it'} in {target}, with a value that suits a laptop",
    )
