"""Release lines that get no more updates in three months: https://endoflife.date"""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from parity.checks._lifetimes import aging
from parity.contract.finding import Finding
from parity.contract.rule import Rule
from parity.contract.whole import Contract

RULE = Rule(
    "end-of-life-soon",
    "Versions",
    "note",
    "An upgrade that is begun now is done before the last update, and one that is begun later is done in a hurry.",
)

DAYS = 90


def check(contract: Contract) -> Iterator[Finding]:
    today = contract.today.isoformat()
    soon = (contract.today + datetime.timedelta(days=DAYS)).isoformat()
    for one in aging(contract):
        if one.lifetime.ends and today <= one.lifetime.ends <= soon:
            yield one.finding(RULE.id, False)
