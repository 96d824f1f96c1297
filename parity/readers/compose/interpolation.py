"""Puts variables into a text: https://docs.docker.com/reference/compose-file/interpolation/

After https://github.com/compose-spec/compose-go/blob/main/template/template.go, whose patterns let through what they don't
know: `$1` and a `$` at the end mean themselves, and a `}` is looked for in the same line only.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

NAMED = re.compile(r"[_a-zA-Z][_a-zA-Z0-9]*")
FORM = re.compile(r":?[-+?]")

# A default may hold another one; nobody nests them deeper than a few levels.
DEEPEST = 50


@dataclass(slots=True)
class Interpolated:
    """What a text comes to, and what was seen on the way."""

    text: str = ""
    # Name, form and word of each variable, those of a default that isn't needed among them.
    mentions: list[tuple[str, str, str]] = field(default_factory=list)
    # Those without a value that become a blank.
    unset: list[str] = field(default_factory=list)
    # Those that `?` asks for in vain, each with the error's text.
    required: list[tuple[str, str]] = field(default_factory=list)
    # The first thing that is no expansion; compose then reads nothing.
    invalid: str = ""


class Invalid(Exception):
    """A `${` that begins no expansion."""


def interpolated(text: str, environment: Mapping[str, str]) -> Interpolated:
    """A text that can't be interpolated stays as it is written."""
    seen = Interpolated()
    try:
        seen.text = Substitution(environment, seen).of(text, 0, True)
    except Invalid as error:
        seen.text, seen.invalid = text, str(error)
    return seen


@dataclass(slots=True)
class Substitution:
    environment: Mapping[str, str]
    seen: Interpolated

    def of(self, text: str, depth: int, needed: bool) -> str:
        """`needed`: its value is asked for; of a default that isn't, only the mentions count."""
        parts: list[str] = []
        position = 0
        while (dollar := text.find("$", position)) >= 0:
            parts.append(text[position:dollar])
            value, position = self.expansion(text, dollar, depth, needed)
            parts.append(value)
        parts.append(text[position:])
        return "".join(parts)

    def expansion(self, text: str, dollar: int, depth: int, needed: bool) -> tuple[str, int]:
        """What stands for the $, and where the text goes on."""
        after = text[dollar + 1 : dollar + 2]
        if after == "$":
            return "$", dollar + 2
        if after == "{":
            return self.braced(text, dollar, depth, needed)
        match = NAMED.match(text, dollar + 1)
        return (self.plain(match[0], needed), match.end()) if match else ("$", dollar + 1)

    def braced(self, text: str, dollar: int, depth: int, needed: bool) -> tuple[str, int]:
        match = NAMED.match(text, dollar + 2)
        form = FORM.match(text, match.end()) if match else None
        if match and form:
            line_end = text.find("\n", form.end())
            last = text.rfind("}", form.end(), line_end if line_end >= 0 else len(text))
            if last >= 0:
                end = closing(text, dollar, last)
                return self.formed(match[0], form[0], text[form.end() : end], depth, needed), end + 1
        if match and text[match.end() : match.end() + 1] == "}":
            return self.plain(match[0], needed), match.end() + 1
        raise Invalid(text[dollar:].splitlines()[0][:40])

    def plain(self, name: str, needed: bool) -> str:
        self.seen.mentions.append((name, "", ""))
        value = self.environment.get(name)
        if value is None and needed:
            self.seen.unset.append(name)
        return value or ""

    def formed(self, name: str, form: str, word: str, depth: int, needed: bool) -> str:
        if depth >= DEEPEST:
            raise Invalid(f"${{{name}{form}…}}, {DEEPEST} levels deep")
        self.seen.mentions.append((name, form, word))
        value = self.environment.get(name)
        there = bool(value) if form[0] == ":" else value is not None
        wanted = needed and there == (form[-1] == "+")
        other = self.of(word, depth + 1, wanted) if "$" in word else word
        if form[-1] == "?" and wanted:
            self.seen.required.append((name, other))
            return ""
        return other if wanted else value or ""


def closing(text: str, dollar: int, last: int) -> int:
    """The brace that closes the first one, as compose-go counts: it skips the character behind each opening one."""
    depth, position = 0, dollar
    while position <= last:
        char = text[position]
        if char == "}":
            depth -= 1
            if depth == 0:
                return position
        elif char == "{":
            depth += 1
            position += 1
        position += 1
    return last
