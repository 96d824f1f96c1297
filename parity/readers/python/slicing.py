"""The part of a module that has to do with the environment: its own lines, and the definitions that these need.

What is left out are whole statements of the top level, as blank lines, so that every line keeps its number.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import pairwise

from parity.contract.dataclass import dataclass
from parity.readers.python.triggers import Triggers

# What a line that begins a statement doesn't begin with, and what one begins with that goes on.
NO_START = " \t\f#)]}"
GOES_ON = re.compile(r"(?:else|elif|except|finally)\b")

QUOTES = ('"""', "'''")

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
    found = blocks(triggers)
    if found is None:
        return None
    lines = triggers.text_lines
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


def blocks(triggers: Triggers) -> list[Block] | None:
    """The statements of the top level; None when a string of several lines makes that unsure."""
    text, starts = triggers.text, triggers.starts
    inside = strings(text)
    if inside is None:
        return None
    begins: list[int] = []
    decorated = False
    for number, line in enumerate(triggers.text_lines, 1):
        # The text of a string is no statement.
        if not line or line[0] in NO_START or (inside and bisect_right(inside, starts[number - 1]) % 2):
            continue
        if not decorated and not GOES_ON.match(line):
            begins.append(number)
        decorated = line[0] == "@"
    begins.append(len(starts) + 1)
    found = []
    for first, after in pairwise(begins):
        end = starts[after - 1] if after <= len(starts) else len(text)
        kind, names = described(text, starts[first - 1], end)
        found.append(Block(first, after - 1, names, kind))
    return found


def strings(text: str) -> list[int] | None:
    """Where strings in triple quotes begin and end, in turn; None when one stays open."""
    found: list[int] = []
    position = 0
    while True:
        places = [(place, quote) for quote in QUOTES if (place := text.find(quote, position)) >= 0]
        if not places:
            return found
        place, quote = min(places)
        # A # before it on the line may be a comment's, or stand in a string: it isn't tried to tell.
        end = text.find(quote, place + 3)
        if end < 0 or "#" in text[text.rfind("\n", 0, place) + 1 : place]:
            return None
        found += [place, end + 3]
        position = end + 3


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
