"""Reads a .dockerignore: which paths stay out of a build context. https://docs.docker.com/build/concepts/context/#dockerignore-files"""

from __future__ import annotations

import posixpath
import re


class Ignore:
    """The patterns of a text; of those that match a path or a folder above it, the last counts."""

    def __init__(self, text: str) -> None:
        rows = (line.strip() for line in text.removeprefix("\ufeff").splitlines() if not line.startswith("#"))
        self.patterns = [
            (pattern(row.removeprefix("!").strip()), row.startswith("!")) for row in rows if row not in ("", "!")
        ]
        self.known: dict[str, bool] = {}

    def ignores(self, path: str) -> bool:
        """Whether a path, relative to the context, stays out."""
        if path not in self.known:
            self.known[path] = self.judged(path)
        return self.known[path]

    def judged(self, path: str) -> bool:
        out = False
        for compiled, back in self.patterns:
            # A pattern that can't change the answer needn't be tried.
            if out == back and any(compiled.fullmatch(one) for one in (path, *above(path))):
                out = not back
        return out


def above(path: str) -> list[str]:
    """The folders of a path, the nearest first."""
    parts = path.split("/")[:-1]
    return ["/".join(parts[:length]) for length in range(len(parts), 0, -1)]


def pattern(text: str) -> re.Pattern[str]:
    """Go's filepath.Match with ** for any number of folders; what Go refuses matches nothing."""
    cleaned = posixpath.normpath(text).lstrip("/") if text else ""
    try:
        return re.compile(translated(cleaned), re.DOTALL)
    except re.error:
        return re.compile(r"(?!)")


def translated(text: str) -> str:
    parts: list[str] = []
    number = 0
    while number < len(text):
        char = text[number]
        if text.startswith("**/", number):
            parts.append("(?:.*/)?")
            number += 3
            while text.startswith("**/", number):
                number += 3
            continue
        if text.startswith("**", number):
            parts.append(".*")
            number += 2
            while text.startswith("*", number):
                number += 1
            continue
        if char == "*":
            parts.append("[^/]*")
        elif char == "?":
            parts.append("[^/]")
        elif char == "\\" and number + 1 < len(text):
            number += 1
            parts.append(re.escape(text[number]))
        elif char == "[" and "]" in text[number + 2 :]:
            close = text.index("]", number + 2)
            inner = text[number + 1 : close]
            parts.append("[" + inner.replace("[", "\\[") + "]")
            number = close
        else:
            parts.append(re.escape(char))
        number += 1
    return "".join(parts)
