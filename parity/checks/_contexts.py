"""What COPY and ADD take from build contexts. https://docs.docker.com/build/concepts/context/"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from parity.checks._files import MADE, TEMPLATE
from parity.contract.dataclass import dataclass
from parity.contract.dockerfile import Copy
from parity.contract.homes import Image
from parity.contract.whole import Contract


@dataclass(frozen=True, slots=True)
class Taken:
    """A source of a COPY: as written, and its path in the repository were it there."""

    image: Image
    copy: Copy
    source: str
    path: str
    # It leads out of the context.
    outside: bool = False


def taken(contract: Contract) -> Iterator[Taken]:
    """Every source without a wildcard or a variable in it, of each stage that a home's image needs."""
    contexts: dict[str, set[str]] = {}
    for image in contract.images.values():
        if image.homes != ("image",):
            contexts.setdefault(image.file, set()).add(image.context)
    for image in contract.images.values():
        # The Dockerfile by itself is built as the homes build it that name it.
        if image.homes == ("image",) and image.context not in contexts.get(image.file, {image.context}):
            continue
        for stage in image.dockerfile.needed(image.stage):
            for copy in stage.effective.copies:
                for source in copy.local:
                    if not TEMPLATE.intersection(source):
                        yield made(image, copy, source)


def made(image: Image, copy: Copy, source: str) -> Taken:
    inside = posixpath.normpath(source.lstrip("/") or ".")
    path = posixpath.normpath(posixpath.join(image.context, inside))
    outside = inside == ".." or inside.startswith("../")
    return Taken(image, copy, source, "" if path == "." else path, outside)


def elsewhere(contract: Contract, path: str) -> bool:
    """Whether a path may be there without being in git: what a tool makes, what git ignores, a submodule."""
    if any(part in MADE for part in path.split("/")) or contract.ignored(path) or contract.ignored(path + "/"):
        return True
    modules = contract.look(".gitmodules") or ""
    return any(
        path == line.partition("=")[2].strip() or path.startswith(line.partition("=")[2].strip() + "/")
        for line in modules.splitlines()
        if line.strip().startswith("path")
    )


def left_out(contract: Contract, one: Taken) -> bool:
    """Whether .dockerignore leaves out the file, or everything in the folder."""
    if one.path in contract.paths:
        return not one.image.holds(one.path)
    front = one.path + "/"
    return bool(one.path) and not any(one.image.holds(path) for path in contract.paths if path.startswith(front))
