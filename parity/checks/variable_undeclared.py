"""A config var that code needs and no file tells of: https://12factor.net/config"""

from __future__ import annotations

from collections.abc import Iterator

from parity.checks import _declaring
from parity.contract.finding import Finding
from parity.contract.rule import Rule
from parity.contract.whole import Contract

RULE = Rule(
    "variable-undeclared",
    "Config vars",
    "warning",
    "Nobody who sets up a home learns of it, so that it is missing is found out in production, by a program that stops.",
)


def check(contract: Contract) -> Iterator[Finding]:
    """One finding for all that the settings require; what has a default is a note's matter."""
    reads = list(_declaring.undeclared(contract)) if contract.homes else []
    needed = _declaring.needed(contract, reads)
    required = [read for read in reads if read.name in needed]
    if required:
        yield _declaring.told(contract, RULE.id, required)
