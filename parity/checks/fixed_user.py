"""Folders that one user alone may write: https://devcenter.heroku.com/articles/container-registry-and-runtime#run-the-image-as-a-non-root-user"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from parity.checks._services import modules
from parity.checks._stored import within, written
from parity.contract.dockerfile import Copy, Run
from parity.contract.finding import Finding
from parity.contract.homes import Image
from parity.contract.place import Place
from parity.contract.rule import Rule
from parity.contract.whole import Contract

RULE = Rule(
    "fixed-user",
    "Image",
    "warning",
    "Heroku runs an image as a user of its own choice, who can't write what belongs to the one that the Dockerfile names.",
)

CHOWN = re.compile(r"chown\s+(?:-\w+\s+|--\w+\s+)*(?P<user>[\w$:.{}-]+)\s+(?P<paths>[^&|;]+)")
# A mode that lets everybody write.
OPEN = re.compile(r"chmod\s+(?:-\w+\s+|--\w+\s+)*(?:\d*7[67]7|\d*666|\d*777|[ugoa]*[oa][ugoa]*[+=]\w*w\w*|\+\w*w\w*)\s")


def check(contract: Contract) -> Iterator[Finding]:
    """One finding for each line that gives away what production's settings write."""
    seen: set[Place] = set()
    for home, module, _ in modules(contract, "heroku"):
        images = dict.fromkeys(process.image for process in home.processes if process.image)
        for key in images:
            image = contract.images[key]
            for one, path in written(image, module):
                given = owned(image, path)
                if given and given[0] not in seen:
                    seen.add(given[0])
                    yield Finding(
                        RULE.id,
                        given[0],
                        f"{path}, which {one.setting} says is written, belongs to {given[1]}, "
                        f"and {home.name} runs {image.file} as any user",
                        f"let everybody write there (chmod a+rwX {path}), or write elsewhere, as to S3",
                        one.place,
                        (home.name,),
                    )


def owned(image: Image, path: str) -> tuple[Place, str] | None:
    """The last line that gives a path to one user, unless a RUN opens it to everybody."""
    found: tuple[Place, str] | None = None
    for step in image.stage.effective.steps:
        if isinstance(step, Copy) and step.chown and within(path, posixpath.normpath(step.destination)):
            found = (step.place, step.chown)
        elif isinstance(step, Run):
            if OPEN.search(step.command.text + " "):
                return None
            match = CHOWN.search(step.command.text)
            if match and any(
                within(path, posixpath.normpath(posixpath.join(step.workdir or "/", one)))
                for one in match["paths"].split()
                if "$" not in one
            ):
                found = (step.place, match["user"])
    # What belongs to root, and to its group, is written by nobody else either, and is said nowhere.
    return None if found and found[1].startswith(("root", "0")) else found
