"""A COPY of what isn't in the build context: https://docs.docker.com/reference/dockerfile/#copy"""

from __future__ import annotations

from collections.abc import Iterator

from parity.checks._contexts import Taken, elsewhere, left_out, taken
from parity.contract.finding import Finding
from parity.contract.rule import Rule
from parity.contract.whole import Contract

RULE = Rule(
    "copy-missing",
    "References",
    "error",
    "The build stops at it, on every machine that hasn't the file by chance.",
)


def check(contract: Contract) -> Iterator[Finding]:
    """One finding for each source, with the homes that build it."""
    found: dict[tuple[object, str], list[Taken]] = {}
    for one in taken(contract):
        if not one.outside:
            found.setdefault((one.copy.place, one.source), []).append(one)
    for takes in found.values():
        bad = [(one, why) for one in takes for why in [reason(contract, one)] if why]
        if bad:
            one, why = bad[0]
            homes = tuple(dict.fromkeys(home for each, _ in bad for home in each.image.homes))
            hint = f"add {one.path}, or correct the source"
            if "leaves" in why:
                hint = f"write !{one.source.strip('/')} at the end of .dockerignore"
            yield Finding(
                RULE.id,
                one.copy.place,
                f"{'ADD' if one.copy.add else 'COPY'} {one.source} in {', '.join(homes)}: {why}",
                hint,
                one.image.place if one.image.place != one.copy.place else None,
                homes,
            )


def reason(contract: Contract, one: Taken) -> str:
    if not contract.exists(one.path):
        # Heroku's context is said by copy-outside-context.
        at_root = "heroku" in one.image.homes and contract.exists(one.source.strip("/"))
        if at_root or elsewhere(contract, one.path):
            return ""
        return f"the build context {one.image.context or '.'} has no {one.source}"
    return f".dockerignore leaves {one.source} out" if left_out(contract, one) else ""
