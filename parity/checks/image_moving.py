"""Images whose tag is the latest: https://docs.docker.com/build/building/best-practices/#pin-base-image-versions"""

from __future__ import annotations

from collections.abc import Iterator

from parity.checks._references import also, grouped, homes
from parity.contract.finding import Finding
from parity.contract.rule import Rule
from parity.contract.whole import Contract

RULE = Rule(
    "image-moving",
    "Image",
    "note",
    "Each build and each machine gets what is newest on its day, so two homes can have different versions of it.",
)


def check(contract: Contract) -> Iterator[Finding]:
    """One finding for each image; of what a home builds itself the tag is its own."""
    for ones in grouped(contract):
        one = ones[0]
        if one.digest or one.tag not in ("", "latest") or any(each.built for each in ones):
            continue
        said = "names the tag latest" if one.tag else "has no tag"
        yield Finding(
            RULE.id,
            one.place,
            f"{one.text} {said}, so it is whatever is newest{also(ones)}",
            f"write the version: {one.name}:VERSION",
            ones[1].place if len(ones) > 1 else None,
            homes(ones),
        )
