"""Images that can't be pulled or started any more: https://hub.docker.com"""

from __future__ import annotations

from collections.abc import Iterator

from parity.checks._references import also, grouped, homes
from parity.contract.finding import Finding
from parity.contract.rule import Rule
from parity.contract.whole import Contract
from parity.tables.images import change

RULE = Rule(
    "image-gone",
    "Image",
    "error",
    "Nobody who hasn't it yet can pull it or start it, so a new laptop, a new CI machine and the next build stop there.",
)

SAID = {"gone": "has been gone", "closed": "has needed an account to start"}


def check(contract: Contract) -> Iterator[Finding]:
    """One finding for each image."""
    today = contract.today.isoformat()
    for ones in grouped(contract):
        one = ones[0]
        known = change(one.name, one.tag)
        if known and known.state in SAID and today >= known.since:
            yield Finding(
                RULE.id,
                one.place,
                f"{one.text} {SAID[known.state]} since {known.since} ({known.source}){also(ones)}",
                f"write {known.instead}",
                ones[1].place if len(ones) > 1 else None,
                homes(ones),
            )
