"""Puts variables into a text: https://docs.docker.com/reference/compose-file/interpolation/

After https://github.com/compose-spec/compose-go/blob/main/template/template.go, whose patterns let through what they don't
know: `$1` and a `$` at the end mean themselves, and a `}` is looked for in the same line only.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from parity.contract.dataclass import dataclass, field

NAMED = re.compile(r"[_a-zA-Z][_a-zA-Z0-9]*")
FORM = re.compile(r":?[-+?]")

BRACE = re.compile(r"[{}]")

# A default may hold another one; nobody nests them deeper than a few levels.
DEEPEST = 20
# A value that is put in a thousand times into one that is put in a thousand times is no mistake of an honest file.
LONGEST = 1_000_000


@dataclass(slots=True)
class Interpolated:
    """What a text comes to, and what was seen on the way."""

    text: str = ""
    # Name, form and word of each variable once, those of a default that isn't needed among them.
    mentions: dict[tuple[str, str, str], None] = field(default_factory=dict)
    # Those without a value that become a blank.
    unset: dict[str, None] = field(default_factory=dict)
    # Those that `?` asks for in vain, each with the error's text.
    required: dict[str, str] = field(default_factory=dict)
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


class Line:
    """The line of a text that is being read, of which the last brace is looked for once."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.end = self.brace = -1

    def last_brace(self, position: int) -> int:
        """The last } in the line of `position`; before `position` when there is none behind it."""
        if position > self.end:
            end = self.text.find("\n", position)
            self.end = end if end >= 0 else len(self.text)
            self.brace = self.text.rfind("}", position, self.end)
        return self.brace


@dataclass(slots=True)
class Substitution:
    environment: Mapping[str, str]
    seen: Interpolated
    # Characters that variables have brought in.
    brought: int = 0

    def value(self, name: str) -> str | None:
        value = self.environment.get(name)
        self.brought += len(value or "")
        if self.brought > LONGEST:
            raise Invalid(f"{name}: more than {LONGEST} characters")
        return value

    def of(self, text: str, depth: int, needed: bool) -> str:
        """`needed`: its value is asked for; of a default that isn't, only the mentions count."""
        parts: list[str] = []
        position = 0
        line = Line(text)
        while (dollar := text.find("$", position)) >= 0:
            parts.append(text[position:dollar])
            value, position = self.expansion(line, dollar, depth, needed)
            parts.append(value)
        parts.append(text[position:])
        return "".join(parts)

    def expansion(self, line: Line, dollar: int, depth: int, needed: bool) -> tuple[str, int]:
        """What stands for the $, and where the text goes on."""
        text = line.text
        after = text[dollar + 1 : dollar + 2]
        if after == "$":
            return "$", dollar + 2
        if after == "{":
            return self.braced(line, dollar, depth, needed)
        match = NAMED.match(text, dollar + 1)
        return (self.plain(match[0], needed), match.end()) if match else ("$", dollar + 1)

    def braced(self, line: Line, dollar: int, depth: int, needed: bool) -> tuple[str, int]:
        text = line.text
        match = NAMED.match(text, dollar + 2)
        form = FORM.match(text, match.end()) if match else None
        if match and form:
            last = line.last_brace(form.end())
            if last >= form.end():
                end = closing(text, dollar, last)
                return self.formed(match[0], form[0], text[form.end() : end], depth, needed), end + 1
        if match and text[match.end() : match.end() + 1] == "}":
            return self.plain(match[0], needed), match.end() + 1
        raise Invalid(text[dollar:].splitlines()[0][:40])

    def plain(self, name: str, needed: bool) -> str:
        self.seen.mentions[name, "", ""] = None
        value = self.value(name)
        if value is None and needed:
            self.seen.unset[name] = None
        return value or ""

    def formed(self, name: str, form: str, word: str, depth: int, needed: bool) -> str:
        if depth >= DEEPEST:
            raise Invalid(f"${{{name}{form}…}}, {DEEPEST} levels deep")
        self.seen.mentions[name, form, word] = None
        value = self.value(name)
        there = bool(value) if form[0] == ":" else value is not None
        wanted = needed and there == (form[-1] == "+")
        other = self.of(word, depth + 1, wanted) if "$" in word else word
        if form[-1] == "?" and wanted:
            self.seen.required.setdefault(name, other)
            return ""
        return other if wanted else value or ""


def closing(text: str, dollar: int, last: int) -> int:
    """The brace that closes the first one, as compose-go counts: it skips the character behind each opening one."""
    depth = skipped = 0
    for match in BRACE.finditer(text, dollar, last + 1):
        position = match.start()
        if position == skipped:
            continue
        if match[0] == "{":
            depth, skipped = depth + 1, position + 1
        else:
            depth -= 1
            if depth == 0:
                return position
    return last
