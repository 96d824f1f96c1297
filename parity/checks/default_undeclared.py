"""A config var that code can do without, and that no file tells of: https://12factor.net/config"""

from __future__ import annotations

from collections.abc import Iterator

from parity.checks import _declaring
from parity.contract.finding import Finding
from parity.contract.rule import Rule
from parity.contract.whole import Contract

RULE = Rule(
    "default-undeclared",
    "Config vars",
    "note",
    "Nobody who sets up a home learns that it can be changed there, and each home runs with the code's default.",
)


def check(contract: Contract) -> Iterator[Finding]:
    """One finding for all of a repository."""
    reads = list(_declaring.undeclared(contract)) if contract.homes else []
    needed = _declaring.needed(contract, reads)
    optional = [read for read in reads if read.name not in needed]
    if optional:
        yield _declaring.told(contract, RULE.id, optional)
