"""Where an app's settings write, as paths in an image. https://docs.djangoproject.com/en/5.2/ref/settings/"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from parity.checks._files import TEMPLATE, workdir
from parity.contract.dockerfile import Copy
from parity.contract.homes import Image
from parity.contract.python import Path, SettingsModule, Stored

KINDS = ("media", "sqlite", "log")


def written(image: Image, module: SettingsModule) -> Iterator[tuple[Stored, str]]:
    """What is written, and its path in the image; nothing where the path depends on a variable."""
    for one in module.stored:
        text = one.path.text if isinstance(one.path, Path) else one.path
        if one.kind not in KINDS or not isinstance(text, str) or not text or TEMPLATE.intersection(text):
            continue
        if isinstance(one.path, Path) and one.path.anchored:
            for base in bases(image):
                yield one, posixpath.normpath(posixpath.join(base, text))
        elif text.startswith("/"):
            yield one, posixpath.normpath(text)


def bases(image: Image) -> tuple[str, ...]:
    """Where the image has the repository's root, by the COPY of a whole context."""
    found = [
        posixpath.normpath(copy.destination)
        for copy in image.stage.effective.copies
        if isinstance(copy, Copy) and not image.context and any(source.strip("/") in (".", "") for source in copy.local)
    ]
    return tuple(dict.fromkeys(found)) or (workdir(image),)


def within(path: str, folder: str) -> bool:
    return path == folder or path.startswith(folder.rstrip("/") + "/")
