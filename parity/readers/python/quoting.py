"""Whether a place of a line is code, or the words of a string or a comment, as far as that line alone tells.

https://docs.python.org/3/reference/lexical_analysis.html#string-and-bytes-literals
"""

from __future__ import annotations

# Longer lines are data; their beginning is looked at.
MOST_LINE = 2000


def is_code(text: str, position: int) -> bool:
    """A place in braces within a string counts as code: it may be an f-string's."""
    start = text.rfind("\n", 0, position) + 1
    line = text[start : min(position, start + MOST_LINE)]
    if "'" not in line and '"' not in line:
        return "#" not in line
    quote, opened, place = "", 0, 0
    while place < len(line):
        char = line[place]
        if quote:
            if char == "\\":
                place += 1
            elif char == quote:
                quote = ""
        elif char in "'\"":
            quote, opened = char, place
        elif char == "#":
            return False
        place += 1
    return not quote or "{" in line[opened:]
