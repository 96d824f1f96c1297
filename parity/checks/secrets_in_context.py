"""Secrets that COPY takes along: https://docs.docker.com/build/concepts/context/#dockerignore-files"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

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
            *front, last = found
            names = f"{', '.join(front)} and {last}" if front else last
            ignore = posixpath.join(image.context, ".dockerignore")
            there = (
                f"which {ignore} doesn't leave out"
                if contract.look(ignore) is not None
                else f"for there is no {ignore}"
            )
            yield Finding(
                RULE.id,
                copy.place,
                f"{'ADD' if copy.add else 'COPY'} of the whole context takes {names} along, {there}",
                f"write {names} into {ignore}, a line each",
                homes=image.homes,
            )


def whole(copy: Copy) -> bool:
    return any(posixpath.normpath(source.lstrip("/") or ".") == "." for source in copy.local) and not copy.excludes


def relevant(contract: Contract, image: Image) -> Iterator[str]:
    """Files of variables that people have in the context and git hasn't, by their paths in it; and .git at the root."""
    front = f"{image.context}/" if image.context else ""
    services = (one for project in contract.composes for one in project.services.values())
    named = {file.path for one in services for file in one.env_files if file.path}
    if contract.look(front + ".env") is not None or any(beside(path, image.context) for path in contract.dotenvs):
        named.add(front + ".env")
    for path in sorted(named - contract.paths):
        if path.startswith(front) and not example_name(path):
            yield path.removeprefix(front)
    if not image.context:
        yield ".git"


def beside(path: str, folder: str) -> bool:
    """Whether a file is what people make a folder's .env from."""
    return posixpath.dirname(path) == folder and example_name(path)


def example_name(path: str) -> bool:
    return any(word in posixpath.basename(path) for word in ("example", "sample", "template", "dist", "default"))
