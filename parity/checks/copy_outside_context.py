"""A COPY from outside of the build context: https://devcenter.heroku.com/articles/build-docker-images-heroku-yml"""

from __future__ import annotations

from collections.abc import Iterator

from parity.checks._contexts import taken
from parity.contract.finding import Finding
from parity.contract.place import Place
from parity.contract.rule import Rule
from parity.contract.whole import Contract

RULE = Rule(
    "copy-outside-context",
    "References",
    "error",
    "No builder reaches above its context, and on Heroku that is the Dockerfile's own folder, so the build stops.",
)


def check(contract: Contract) -> Iterator[Finding]:
    """One finding for each Dockerfile and context, at the first COPY that reaches out."""
    seen: set[tuple[str, str]] = set()
    for one in taken(contract):
        image = one.image
        if (image.file, image.context) in seen:
            continue
        inside = one.source.strip("/").removeprefix("./")
        # BuildKit takes `..` at the top of the context for the top itself; the classic builder refuses it.
        stripped = inside.lstrip("./")
        there = contract.exists(f"{image.context}/{stripped}" if image.context else stripped)
        reaches = one.outside and ("heroku" in image.homes or not there)
        from_root = "heroku" in image.homes and image.context and not one.outside and not contract.exists(one.path)
        if reaches or (from_root and contract.exists(inside)):
            seen.add((image.file, image.context))
            yield Finding(
                RULE.id,
                one.copy.place,
                f"{'ADD' if one.copy.add else 'COPY'} {one.source} reaches out of the build context {image.context or '.'}"
                + (" (Heroku's is the Dockerfile's folder)" if "heroku" in image.homes else ""),
                "move the Dockerfile to the root" if "heroku" in image.homes else "build with the root as context",
                Place(image.place.file, image.place.line),
                image.homes,
            )
