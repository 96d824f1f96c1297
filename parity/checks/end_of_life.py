"""Release lines that get no more updates: https://endoflife.date"""

from __future__ import annotations

from collections.abc import Iterator

from parity.checks._lifetimes import aging
from parity.contract.finding import Finding
from parity.contract.rule import Rule
from parity.contract.whole import Contract

RULE = Rule(
    "end-of-life",
    "Versions",
    "warning",
    "What is found to be broken or unsafe in it from now on stays so, and platforms and packages take it away one by one.",
)


def check(contract: Contract) -> Iterator[Finding]:
    today = contract.today.isoformat()
    return (one.finding(RULE.id, True) for one in aging(contract) if one.lifetime.over(today))
