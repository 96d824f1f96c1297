"""Paths as pathlib and os.path make them: https://docs.python.org/3/library/pathlib.html

`Path(__file__)` is known, relative to the repository's root; the root itself is "".
"""

from __future__ import annotations

import posixpath
from typing import Any

from parity.contract.python import Path

MOST_TEXT = 4000


def of_file(file: str) -> Path:
    return Path(file, anchored=True)


def of(value: Any) -> Path | None:
    if isinstance(value, Path):
        return value
    return Path(value) if isinstance(value, str) else None


def joined(first: Any, *more: Any) -> Path | None:
    """os.path.join, and the slash of pathlib; an absolute path starts anew."""
    whole = of(first)
    for value in more:
        part = of(value)
        if whole is None or part is None or len(whole.text) > MOST_TEXT:
            return None
        if part.anchored or part.text.startswith("/"):
            whole = part
        else:
            whole = normal(Path(posixpath.join(whole.text, part.text), whole.anchored))
    return whole


def normal(path: Path) -> Path:
    text = posixpath.normpath(path.text) if path.text else ""
    return Path("" if text == "." and path.anchored else text, path.anchored)


def up(path: Path, steps: int = 1) -> Path:
    """The folder that many steps above; above the root it is "..", and so on."""
    text = path.text
    for _ in range(min(steps, 50)):
        if text == "" or text == ".." or text.endswith("/.."):
            text = posixpath.join(text, "..") if path.anchored else "."
        else:
            text = posixpath.dirname(text)
    return Path(text or ("" if path.anchored else "."), path.anchored)


def concatenated(left: Any, right: Any) -> Path | None:
    """str(path) + "/x", which is no join."""
    if isinstance(left, Path) and isinstance(right, str):
        return normal(Path(left.text + right if left.text or not right.startswith("/") else right[1:], left.anchored))
    return None


def name(path: Path) -> str:
    return posixpath.basename(path.text)


def without_suffix(path: Path, suffix: str) -> Path:
    return Path(posixpath.splitext(path.text)[0] + suffix, path.anchored)
