"""Instructions that Heroku doesn't heed.

https://devcenter.heroku.com/articles/container-registry-and-runtime#unsupported-dockerfile-commands
"""

from __future__ import annotations

from collections.abc import Iterator

from parity.contract.finding import Finding
from parity.contract.rule import Rule
from parity.contract.whole import Contract

RULE = Rule(
    "heroku-ignores",
    "Image",
    "note",
    "What other homes get from these lines, a disk, a check, a port, a dyno doesn't have.",
)

IGNORED = ("VOLUME", "EXPOSE", "HEALTHCHECK", "STOPSIGNAL", "SHELL")


def check(contract: Contract) -> Iterator[Finding]:
    """One finding for each Dockerfile that heroku.yml builds."""
    seen: set[str] = set()
    for image in contract.images.values():
        if "heroku" not in image.homes or image.file in seen:
            continue
        found = [
            one
            for number in image.stage.effective.chain
            for one in image.dockerfile.stages[number].instructions
            if one.keyword in IGNORED and one.text.strip().upper() != "NONE"
        ]
        if found:
            seen.add(image.file)
            said = ", ".join(f"{one.keyword} (line {one.place.line})" for one in found)
            yield Finding(
                RULE.id,
                found[0].place,
                f"Heroku heeds nothing of {said} in {image.file}",
                "nothing to do where other homes need it; else remove it",
                image.place,
                ("heroku",),
            )
