"""honcho 2.0's .env: https://github.com/nickstenning/honcho/blob/v2.0.0/honcho/environ.py

It takes each line apart as https://docs.python.org/3/library/shlex.html does without `whitespace_split`, and puts the tokens
behind the = together again, which loses the blanks between them, quotes, backslashes and all from # on.
"""

from __future__ import annotations

import re

from parity.readers.dotenv.binding import Reading, python_lines

LATIN = "ßàáâãäåæçèéêëìíîïðñòóôõöøùúûüýþÿÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖØÙÚÛÜÝÞ"
PARTS = re.compile(
    rf"""
    (?P<blank>[ \t\r\n]+) | (?P<comment>\#)
    | (?P<plain>[A-Za-z0-9_{LATIN}]+)
    | '(?P<single>[^']*)'
    | "(?P<double>[^"\\]*(?:\\.[^"\\]*)*)"
    | \\(?P<escaped>.)
    | (?P<open>['"\\])
    | (?P<other>.)
    """,
    re.VERBOSE | re.DOTALL,
)
ESCAPE = re.compile(r'\\(["\\])')
NAME = re.compile(r"[A-Za-z_][A-Za-z_0-9]*")


def read(text: str) -> Reading:
    reading = Reading()
    for number, line in python_lines(text):
        try:
            found = tokens(line)
        except ValueError as error:
            reading.refused.append((number, str(error)))
            continue
        if len(found) >= 3 and found[1] == "=" and NAME.match(found[0]):
            value = "".join(found[2:])
            reading.bind(number, found[0], value.replace(r"\n", "\n").replace(r"\t", "\t"))
        elif found:
            reading.ignored.append(number)
    return reading


def tokens(line: str) -> list[str]:
    """shlex's tokens, posix. Raises ValueError for a quote or a backslash that the line's end leaves open."""
    found: list[str] = []
    word: list[str] | None = None
    for match in PARTS.finditer(line):
        kind = match.lastgroup
        if kind == "open":
            raise ValueError(
                "a backslash ends the line" if match[0] == "\\" else f"a {match[0]} is opened and not closed"
            )
        if kind in ("plain", "single", "double", "escaped"):
            word = [] if word is None else word
            word.append(ESCAPE.sub(r"\1", match[kind]) if kind == "double" else match[kind])
            continue
        if word is not None:
            found.append("".join(word))
            word = None
        if kind == "comment":
            break
        if kind == "other":
            found.append(match[0])
    return found if word is None else [*found, "".join(word)]
