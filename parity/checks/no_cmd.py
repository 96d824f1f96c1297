"""An image that says nothing of what to run: https://devcenter.heroku.com/articles/build-docker-images-heroku-yml"""

from __future__ import annotations

from collections.abc import Iterator

from parity.checks._files import in_scope, simple_enough
from parity.contract.finding import Finding
from parity.contract.place import Place
from parity.contract.rule import Rule
from parity.contract.whole import Contract

RULE = Rule(
    "no-cmd",
    "Image",
    "error",
    "A process without a command starts what the base image names, an interpreter without a program, and ends at once.",
)


def check(contract: Contract) -> Iterator[Finding]:
    """Processes of production that neither a manifest nor their image gives a command; of others' apps it isn't known."""
    seen: set[str] = set()
    for home in contract.production():
        for process in home.processes:
            image = contract.images.get(process.image or "")
            if process.command or image is None or image.key in seen or not simple_enough(image):
                continue
            seen.add(image.key)
            manifest = process.place.file
            yield Finding(
                RULE.id,
                Place(image.file, image.stage.place.line),
                f"{in_scope(image)} has no CMD, and {manifest} gives {process.name} no command",
                f"add CMD to {image.file}, or {process.name} with its command to {manifest}",
                process.place,
                (home.name,),
            )
