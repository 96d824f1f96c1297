"""The words of an instruction. https://github.com/moby/buildkit/blob/master/frontend/dockerfile/parser/line_parsers.go"""

from __future__ import annotations

import json
import re

from parity.readers.dockerfile.expansion import ASCII_SPACES, SPACES
from parity.readers.dockerfile.refusal import Refusal

BLANKS = re.compile(r"[\t\v\f\r ]+")
FIRST = re.compile(rf"([^{ASCII_SPACES}]*)[{ASCII_SPACES}]*")
# What a word may hold that needs no closer look.
PLAIN = re.compile(r"[^\s'\"\\`]+")
SINGLE = re.compile(r"[^']+")
DOUBLE = re.compile(r'[^"\\`]+')


def array(text: str) -> list[str] | None:
    """The strings of a JSON array; None when it is none, and so text. Raises Refusal when it holds something else."""
    text = text.lstrip(SPACES)
    if not text.startswith("["):
        return None
    try:
        found = json.loads(text, parse_constant=no_constant, parse_int=str.__len__, parse_float=str.__len__)
    except (ValueError, RecursionError):
        return None
    if not all(isinstance(one, str) for one in found):
        raise Refusal(
            "the JSON array holds something other than strings", 'put each element into double quotes: ["8000"]'
        )
    # As Go reads a half of a pair.
    return [one.encode("utf-16", "surrogatepass").decode("utf-16", "replace") for one in found]


def no_constant(name: str) -> None:
    """NaN and Infinity, which only Python's JSON knows."""
    raise ValueError(name)


def blanks(text: str) -> list[str]:
    return BLANKS.split(text) if text else []


def array_or_blanks(text: str) -> tuple[list[str], bool]:
    found = array(text)
    return (blanks(text), False) if found is None else (found, True)


def array_or_whole(text: str) -> tuple[list[str], bool]:
    found = array(text)
    return ([text] if text else [], False) if found is None else (found, True)


def health(text: str) -> tuple[list[str], bool]:
    """HEALTHCHECK's kind, then its command."""
    match = FIRST.match(text)
    if match is None or not match[1]:
        return [], False
    words, json = array_or_whole(text[match.end() :])
    return [match[1], *words], json


def pairs(text: str, keyword: str, escape: str) -> list[str]:
    """Names and values by turns, of ENV and LABEL, in either form."""
    found = quoted(text, escape)
    if not found:
        return []
    if "=" not in found[0]:
        both = BLANKS.split(text, maxsplit=1)
        if len(both) < 2:
            raise Refusal(f"{keyword} {text} gives no value", f"write `{keyword} {text}=VALUE`")
        return both
    whole: list[str] = []
    for word in found:
        name, equals, value = word.partition("=")
        if not equals:
            message = f"`{shortened(word)}` has no =, and stands in a {keyword} of the form NAME=VALUE"
            raise Refusal(message, f'put quotes round the value: {keyword} {found[0].partition("=")[0]}="..."')
        whole += (name, value)
    return whole


def shortened(text: str) -> str:
    text = "".join(char if char.isprintable() else " " for char in text)
    return text if len(text) <= 40 else f"{text[:39]}…"


def quoted(text: str, escape: str) -> list[str]:
    """Words between blanks, their quotes and escapes kept, which hold blanks together."""
    found: list[str] = []
    parts: list[str] = []
    at, end, quote, begun = 0, len(text), "", False
    while at < end:
        char = text[at]
        if quote == "'" or (quote and char != escape):
            part = char
            if char == quote:
                quote = ""
            else:
                match = (SINGLE if quote == "'" else DOUBLE).match(text, at)
                part = match[0] if match else char
            parts.append(part)
            at += len(part)
        elif char == escape:
            # At the end it is passed over.
            if at + 1 < end:
                parts.append(text[at : at + 2])
            elif quote:
                quote = ""
            at += 2
        elif char in SPACES:
            if begun or parts:
                found.append("".join(parts))
            parts, begun = [], False
            at += 1
        elif char in "'\"":
            quote, begun = char, True
            parts.append(char)
            at += 1
        else:
            match = PLAIN.match(text, at)
            parts.append(match[0] if match else char)
            at += len(parts[-1])
    if begun or any(parts):
        found.append("".join(parts))
    return found
