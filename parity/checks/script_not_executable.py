"""A script that is run directly and may not be: https://docs.docker.com/reference/dockerfile/#copy---chmod"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from parity.checks._files import Used, find, used, workdir
from parity.contract.command import Simple
from parity.contract.dockerfile import Copy, Run
from parity.contract.finding import Finding
from parity.contract.homes import Image
from parity.contract.place import Place
from parity.contract.rule import Rule
from parity.contract.whole import Contract

RULE = Rule(
    "script-not-executable",
    "References",
    "error",
    "The container or dyno ends with `permission denied` as soon as it starts.",
)


def check(contract: Contract) -> Iterator[Finding]:
    """One finding for each script, with the homes that run it by its path alone."""
    found: dict[str, list[Used]] = {}
    for one, script in (*direct(contract), *followed(contract)):
        image = contract.images.get(one.process.image or "")
        # A clone on Windows, and files behind a COPY --chmod or a RUN chmod, have other modes than git's.
        if not contract.executable(script) and not (image and chmodded(image, one)):
            found.setdefault(script, []).append(one)
    for script, uses in found.items():
        first = uses[0]
        homes = tuple(dict.fromkeys(one.home.name for one in uses))
        yield Finding(
            RULE.id,
            first.simple.place,
            f"{first.process.name} runs {first.path} by itself in {', '.join(homes)}, and {script} isn't executable",
            f"git update-index --chmod=+x {script}",
            Place(script, 1),
            homes,
        )


def direct(contract: Contract) -> Iterator[tuple[Used, str]]:
    for one in used(contract):
        if one.how == "run":
            where = find(contract, one)
            if where.state == "there" and where.path in contract.paths:
                yield one, where.path


def followed(contract: Contract) -> Iterator[tuple[Used, str]]:
    """Shell scripts, in whose place their commands stand: where the exec form or a line begins with one."""
    for home in contract.of_kind("heroku", "procfile", "compose", "image", "fly", "render"):
        for process in home.processes:
            command = process.command
            if command is None or not command.scripts:
                continue
            words = command.words or tuple(command.text.split())
            words = words[1:] if words[:1] == ("exec",) else words
            if not words or words[0] in ("sh", "bash") or "/" not in words[0] or "=" in words[0]:
                continue
            script = command.scripts[0]
            if script.rpartition("/")[2] == words[0].rpartition("/")[2] and script in contract.paths:
                yield Used(home, process, Simple(words, command.place), words[0], "run"), script


def chmodded(image: Image, one: Used) -> bool:
    """Whether the image, or a mount over it, gives the script another mode."""
    name = one.path.rpartition("/")[2]
    path = posixpath.join("/", one.process.working_dir or workdir(image), one.path)
    for stage in image.dockerfile.needed(image.stage):
        for step in stage.effective.steps:
            if isinstance(step, Run) and changes(step.command.text, name):
                # What is mounted over the image has the mode of the repository.
                return not any(
                    mount.kind == "bind" and path.startswith(mount.target.rstrip("/") + "/")
                    for mount in one.process.mounts
                )
            if isinstance(step, Copy) and step.chmod and not step.chmod.endswith(("644", "640", "600")):
                return True
    return False


def changes(text: str, name: str) -> bool:
    """Whether a RUN sets modes of a file, or of many."""
    return ("chmod" in text or "install -m" in text or "install --mode" in text) and (
        name in text or "-R" in text or "--recursive" in text or "*" in text or "find " in text or "$" in text
    )
