"""Secrets that COPY takes along: https://docs.docker.com/build/concepts/context/#dockerignore-files"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from parity.checks.dotenv_dialects import is_example
from parity.contract.dockerfile import Copy
from parity.contract.finding import Finding
from parity.contract.homes import Image
from parity.contract.rule import Rule
from parity.contract.whole import Contract

RULE = Rule(
    "secrets-in-context",
    "Image",
    "warning",
    "Whoever can pull the image reads the .env of whoever built it, or every version that git keeps.",
)

# Images of a laptop alone, which nobody else pulls.
LAPTOP = re.compile(r"(?:^|[._/-])(?:dev|develop|development|local|test|tests|ci|docs)(?:[._/-]|$)", re.IGNORECASE)


def check(contract: Contract) -> Iterator[Finding]:
    """One finding for each Dockerfile that copies its whole context into the image."""
    seen: set[str] = set()
    for image in contract.images.values():
        if image.file in seen or LAPTOP.search(image.file) or LAPTOP.search(image.target or ""):
            continue
        copy = next((one for one in image.stage.effective.copies if whole(one)), None)
        found = [name for name in relevant(contract, image) if image.holds(posixpath.join(image.context, name))]
        if copy and found:
            seen.add(image.file)
            names = " and ".join(found)
            ignore = posixpath.join(image.context, ".dockerignore")
            there = (
                f"{ignore} doesn't leave out" if ignore in contract.paths else f"there is no {ignore} that leaves out"
            )
            yield Finding(
                RULE.id,
                copy.place,
                f"{'ADD' if copy.add else 'COPY'} of the whole context takes {names} along: {there} {names}",
                f"write {' and '.join(found)} into {ignore}, a line each",
                homes=image.homes,
            )


def whole(copy: Copy) -> bool:
    return any(posixpath.normpath(source.lstrip("/") or ".") == "." for source in copy.local) and not copy.excludes


def relevant(contract: Contract, image: Image) -> Iterator[str]:
    """.env where people have one beside the Dockerfile's context, and .git at the root."""
    env = posixpath.join(image.context, ".env")
    examples = (path for path, one in contract.dotenvs.items() if is_example(path) or path == env)
    named = any(
        file.path == env for project in contract.composes for one in project.services.values() for file in one.env_files
    )
    if env not in contract.paths and (
        named or contract.look(env) is not None or any(posixpath.dirname(path) == image.context for path in examples)
    ):
        yield ".env"
    if not image.context:
        yield ".git"
