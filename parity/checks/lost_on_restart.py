"""Files that a volume keeps at home and no disk keeps in production.

https://devcenter.heroku.com/articles/dynos#ephemeral-filesystem
"""

from __future__ import annotations

from collections.abc import Iterator

from parity.checks._services import modules
from parity.checks._stored import within, written
from parity.contract.finding import Finding
from parity.contract.homes import Home, Image, Mount
from parity.contract.rule import Rule
from parity.contract.whole import Contract

RULE = Rule(
    "lost-on-restart",
    "Image",
    "warning",
    "What stays at home, for a volume keeps it, is gone in production with each deploy and each daily restart.",
)


def check(contract: Contract) -> Iterator[Finding]:
    """One finding for each volume. Of uploads uploads-on-disk speaks, by the settings."""
    seen: set[Mount] = set()
    for home, module, through in modules(contract, "heroku", "render"):
        if any(process.mounts for process in home.processes):
            continue
        for compose in contract.of_kind("compose"):
            for image, mount in kept(contract, compose):
                for one, path in written(image, module):
                    if one.kind != "media" and within(path, mount.target) and mount not in seen:
                        seen.add(mount)
                        yield Finding(
                            RULE.id,
                            one.place,
                            f"{module.name}, which {home.name} runs (chosen by {through}), writes {one.setting} to {path}: "
                            f"{compose.name} keeps it in a volume, and {home.name} forgets it",
                            "use a database add-on" if one.kind == "sqlite" else "write logs to standard output",
                            mount.place,
                            (home.name, compose.name),
                        )


def kept(contract: Contract, home: Home) -> Iterator[tuple[Image, Mount]]:
    """The volumes of a home's processes, and folders of the machine that hold no source of the repository."""
    for process in home.processes:
        image = contract.images.get(process.image or "")
        for mount in process.mounts if image else ():
            source = mount.source.strip("./") in contract.folders or not mount.source.strip("./")
            if image and (mount.kind == "volume" or (mount.kind == "bind" and not source)):
                yield image, mount
