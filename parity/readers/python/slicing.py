"""The part of a module that has to do with the environment: its own lines, and the definitions that these need.

What is left out are whole statements of the top level, as blank lines, so that every line keeps its number.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import pairwise

from parity.contract.dataclass import dataclass
from parity.readers.python.triggers import Triggers

# A line that begins a statement, and one that goes on with it.
START = re.compile(r"^[^\s#)\]}]", re.MULTILINE)
GOES_ON = re.compile(r"(?:else|elif|except|finally)\b")

QUOTES = re.compile(r"\"\"\"|'''")

DEFINED = re.compile(r"^(?:async[ \t]+)?(def|class)[ \t]+(\w+)", re.MULTILINE)
ASSIGNED = re.compile(r"([A-Za-z_]\w*)(?:[ \t]*,[ \t]*(\w+))*[ \t]*(?::[^=\n]*)?=(?!=)")
SUBJECT = re.compile(r"([A-Za-z_]\w*)[ \t]*[.\[+(]")
NAME = re.compile(r"[A-Za-z_]\w*")

# Statements with a block of their own may define anything, and are few at the top level.
COMPOUND = ("if ", "if(", "try:", "with ", "for ", "while ", "from ", "import ", "match ")

# Lines of a class that is kept for its name.
MOST_CLASS = 80

# Below this there is nothing to gain.
LEAST = 1500


@dataclass(slots=True)
class Block:
    """A statement of the top level: its lines from 1, and what it defines or is about."""

    first: int
    last: int
    names: tuple[str, ...]
    # def, class, always (it is kept whatever it is about), or "".
    kind: str


def sliced(text: str, triggers: Triggers) -> str | None:
    """The text with what doesn't matter left blank; None when it isn't worth it, or can't be told."""
    if len(text) < LEAST:
        return None
    found = blocks(text, triggers.starts)
    if found is None:
        return None
    lines = text.split("\n")
    kept = chosen(found, lines, triggers)
    shown = [""] * len(lines)
    for block in kept:
        shown[block.first - 1 : block.last] = lines[block.first - 1 : block.last]
    return "\n".join(shown)


def chosen(found: list[Block], lines: list[str], triggers: Triggers) -> list[Block]:
    """The blocks with a line that matters, and those that define what these use."""
    by_name: dict[str, list[int]] = {}
    for position, block in enumerate(found):
        # A function that doesn't touch the environment isn't gone through, and a table's rows are of a short class.
        for name in (
            block.names
            if block.kind != "def" and (block.kind != "class" or block.last - block.first < MOST_CLASS)
            else ()
        ):
            by_name.setdefault(name, []).append(position)
    waiting = [
        position for position, block in enumerate(found) if block.kind == "always" or touched(block, triggers.lines)
    ]
    kept = set(waiting)
    while waiting:
        block = found[waiting.pop()]
        for name in set(NAME.findall("\n".join(lines[block.first - 1 : block.last]))):
            fresh = [position for position in by_name.get(name, ()) if position not in kept]
            kept.update(fresh)
            waiting.extend(fresh)
    return [found[position] for position in sorted(kept)]


def touched(block: Block, lines: list[int]) -> bool:
    place = bisect_right(lines, block.last)
    return place > 0 and lines[place - 1] >= block.first


def blocks(text: str, starts: list[int]) -> list[Block] | None:
    """The statements of the top level; None when a string of several lines makes that unsure."""
    inside = strings(text)
    if inside is None:
        return None
    begins: list[int] = []
    decorated = False
    for match in START.finditer(text):
        position = match.start()
        place = bisect_right(inside, position)
        if place % 2:
            # The text of a string.
            continue
        if GOES_ON.match(text, position) or decorated:
            decorated = decorated and text[position] == "@"
            continue
        decorated = text[position] == "@"
        begins.append(position)
    begins.append(len(text))
    found = []
    for position, after in pairwise(begins):
        first, last = bisect_right(starts, position), bisect_right(starts, max(position, after - 1))
        kind, names = described(text, position, after)
        found.append(Block(first, last, names, kind))
    return found


def strings(text: str) -> list[int] | None:
    """Where strings in triple quotes begin and end, in turn; None when one stays open."""
    places: list[int] = []
    opened = ""
    for match in QUOTES.finditer(text):
        if not opened:
            # A # before it on the line may be a comment's, or stand in a string: it isn't tried to tell.
            if "#" in text[text.rfind("\n", 0, match.start()) + 1 : match.start()]:
                return None
            opened = match[0]
            places.append(match.start())
        elif match[0] == opened:
            opened = ""
            places.append(match.end())
    return None if opened else places


def described(text: str, position: int, after: int) -> tuple[str, tuple[str, ...]]:
    """The kind of a block, and the names that it defines."""
    if text[position] == "@":
        match = DEFINED.search(text, position, after)
        return (match[1], (match[2],)) if match else ("always", ())
    match = DEFINED.match(text, position, after)
    if match:
        return match[1], (match[2],)
    if text.startswith(COMPOUND, position):
        return "always", ()
    match = ASSIGNED.match(text, position, after)
    if match:
        return "", tuple(NAME.findall(text, match.start(), match.end() - 1)) if "," in match[0] else (match[1],)
    match = SUBJECT.match(text, position, after)
    if match:
        return "", (match[1],)
    return "" if text[position] in "\"'" else "always", ()
