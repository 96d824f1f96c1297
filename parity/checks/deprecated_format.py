"""Files and keys that their own tools ask to be replaced.

runtime.txt: https://devcenter.heroku.com/articles/python-runtimes#selecting-a-runtime-using-the-runtime-txt-file
compose: https://docs.docker.com/reference/compose-file/version-and-name/
MAINTAINER: https://docs.docker.com/reference/dockerfile/#maintainer-deprecated
app.json's image: https://devcenter.heroku.com/articles/app-json-schema#image
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from parity.checks._versions import buildpack
from parity.contract.finding import Finding
from parity.contract.place import Place
from parity.contract.rule import Rule
from parity.contract.whole import Contract

RULE = Rule(
    "deprecated-format",
    "Versions",
    "note",
    "It is ignored or warned of today, and one of the homes will stop to read it before the others do.",
)

VERSION = r"^version\s*:"


def check(contract: Contract) -> Iterator[Finding]:
    yield from of_runtime(contract)
    for compose in contract.composes:
        for file in compose.files:
            yield from of_compose(file, contract)
    yield from of_dockerfiles(contract)
    yield from of_appjson(contract)


def of_runtime(contract: Contract) -> Iterator[Finding]:
    """On the container stack nobody reads it as Heroku's, so it is as good a place for the version as another."""
    if not buildpack(contract):
        return
    for one in contract.statements:
        if one.source == "runtime.txt":
            message = "runtime.txt is deprecated: Heroku's buildpack reads .python-version in its place"
            hint = f"move {one.stated.spec} to .python-version, and remove this file"
            yield Finding(RULE.id, one.stated.place, message, hint, homes=("heroku",))


def of_compose(file: str, contract: Contract) -> Iterator[Finding]:
    text = contract.look(file) or ""
    match = re.search(VERSION, text, re.MULTILINE)
    if match:
        place = Place(file, text.count("\n", 0, match.start()) + 1)
        message = "compose ignores `version:`, and warns of it in each run"
        yield Finding(RULE.id, place, message, "remove the line", homes=("compose",))


def of_dockerfiles(contract: Contract) -> Iterator[Finding]:
    for dockerfile in contract.dockerfiles.values():
        for one in dockerfile.instructions:
            if one.keyword == "MAINTAINER":
                hint = f"write LABEL org.opencontainers.image.authors={one.text!r}"
                yield Finding(RULE.id, one.place, "MAINTAINER is deprecated, and LABEL has its place", hint)


def of_appjson(contract: Contract) -> Iterator[Finding]:
    place = contract.appjson.section("image") if contract.appjson else None
    if place:
        message = "`image` of app.json is deprecated: Heroku makes an app from a repository, and from no image"
        yield Finding(
            RULE.id, place, message, 'remove it, and write "stack": "container" with a heroku.yml', homes=("heroku",)
        )
