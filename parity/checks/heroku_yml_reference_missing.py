"""Files that heroku.yml and app.json name: https://devcenter.heroku.com/articles/build-docker-images-heroku-yml"""

from __future__ import annotations

from collections.abc import Iterator

from parity.checks._files import TEMPLATE, argument, of_repository
from parity.contract.finding import Finding
from parity.contract.rule import Rule
from parity.contract.whole import Contract

RULE = Rule(
    "heroku-yml-reference-missing",
    "References",
    "error",
    "Heroku stops the build at it, or the making of a review app.",
)


def check(contract: Contract) -> Iterator[Finding]:
    """One finding for each path that is named and isn't there."""
    for path, place, home in dict.fromkeys(contract.missing):
        if home == "heroku":
            file, colon, target = path.partition(":")
            name = place.file
            message = f"{name} builds {path}, and the repository has no {path}"
            if colon:
                message = f"{name} builds stage {target} of {file}, and it has none of that name"
            yield Finding(RULE.id, place, message, f"add {file}, or correct {name}", homes=("heroku",))
    yield from scripts(contract)


def scripts(contract: Contract) -> Iterator[Finding]:
    """Scripts of app.json whose first command is a file."""
    manifest = contract.appjson
    for one in manifest.scripts if manifest else ():
        words = tuple(one.command.split())
        if not words or TEMPLATE.intersection(one.command) or "cd " in one.command:
            continue
        path = words[0] if "/" in words[0] and not words[0].startswith("/") else None
        if words[0] in ("sh", "bash", "python", "python3"):
            path = argument(words[1:], words[0].startswith("python"))
        path = path.rstrip(";") if path else None
        if not path or path.startswith("/") or not ("/" in path or path.endswith((".py", ".sh"))):
            continue
        inside = path.removeprefix("./")
        if of_repository(contract, inside).state == "missing" and not in_images(contract):
            message = f"{one.name} of app.json runs {path}, and the repository has no {inside}"
            yield Finding(RULE.id, one.place, message, "correct the path", homes=("heroku",))


def in_images(contract: Contract) -> bool:
    """Whether the app runs in an image, whose folder is another than the root."""
    return bool(contract.herokuyml) or any("image" in image.homes for image in contract.images.values())
