"""Puts variables into an instruction, and takes quotes and escapes off.

https://github.com/moby/buildkit/blob/master/frontend/dockerfile/shell/lex.go
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from parity.contract.dataclass import dataclass, field
from parity.readers.dockerfile.refusal import Refusal

# Go's unicode.IsSpace, which isn't Python's.
SPACES = (
    "\t\n\v\f\r \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000"
)
# Those that BuildKit knows where it reads byte by byte.
ASCII_SPACES = SPACES[:6]
SPECIAL = frozenset("@*#?-$!0")
NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*|[0-9]+")
# Linux starts no program with a longer one: https://man7.org/linux/man-pages/man2/execve.2.html (MAX_ARG_STRLEN)
LONGEST = 131072
DEEPEST = 50
# Longer ones are left alone: a pattern takes the product of both lengths.
LONGEST_PATTERN = 4096


@dataclass
class Lex:
    """How words are read; `missed` gathers the names that were asked for without a default and had no value."""

    escape: str
    raw_quotes: bool = False
    raw_escapes: bool = False
    no_quotes: bool = False
    keep_unset: bool = False
    missed: list[str] = field(default_factory=list)

    def word(self, text: str, values: Mapping[str, str]) -> str:
        """The whole as one word."""
        if not needs_reading(text, self.escape):
            return text
        return Reading(self, text, values, parting=False).whole()[0]

    def words(self, text: str, values: Mapping[str, str]) -> list[str]:
        """Parted at blanks, those of the variables' values too."""
        return Reading(self, text, values, parting=True).whole()[1]


def needs_reading(text: str, escape: str) -> bool:
    return "$" in text or '"' in text or "'" in text or escape in text


class Words:
    """Gathers characters to words. The one buffer of a reading loses what stands before a ${X:-y}, as BuildKit's does."""

    def __init__(self, buffer: list[str]) -> None:
        self.found: list[str] = []
        self.parts = buffer
        self.parts.clear()

    def add(self, text: str) -> None:
        """Text that blanks part."""
        if not text:
            return
        # Compiled when a text first needs it: few do.
        rows = re.split(f"[{SPACES}]+", text)
        for number, row in enumerate(rows):
            if number:
                self.end()
            if row:
                self.parts.append(row)

    def add_raw(self, text: str) -> None:
        self.parts.append(text)

    def end(self) -> None:
        if any(self.parts):
            self.found.append("".join(self.parts))
        self.parts.clear()


class Reading:
    """One pass over a text."""

    def __init__(self, lex: Lex, text: str, values: Mapping[str, str], *, parting: bool) -> None:
        self.lex, self.text, self.values, self.parting = lex, text, values, parting
        self.at, self.end = 0, len(text)
        self.raw_escapes = lex.raw_escapes
        self.depth = self.spent = 0
        self.buffer: list[str] = []

    def whole(self) -> tuple[str, list[str]]:
        return self.until("", self.raw_escapes, False)

    def until(self, stop: str, raw_escapes: bool, pattern: bool) -> tuple[str, list[str]]:
        before, self.raw_escapes = self.raw_escapes, raw_escapes
        self.depth += 1
        if self.depth > DEEPEST:
            raise Refusal("variables are nested too deep", "take them apart with further ARG")
        parts: list[str] = []
        words = Words(self.buffer)
        text = self.text
        while self.at < self.end:
            char = text[self.at]
            if char == stop:
                self.at += 1
                break
            if char == "$":
                parts.append(self.dollar())
                if self.parting:
                    words.add(parts[-1])
            elif char in "'\"" and not self.lex.no_quotes:
                parts.append(self.single(pattern) if char == "'" else self.double(pattern))
                words.add_raw(parts[-1])
            elif char == "<":
                parts.append(self.angle())
                words.add_raw(parts[-1])
            elif char == self.lex.escape:
                escaped = text[self.at + 1 : self.at + 2]
                self.at += 2
                escaped = char + escaped if self.raw_escapes else escaped
                parts.append(escaped)
                words.add_raw(escaped)
            else:
                match = PLAIN.match(text, self.at)
                plain = match[0] if match else char
                if stop and stop in plain:
                    plain = plain[: plain.index(stop)]
                self.at += len(plain)
                parts.append(plain)
                if self.parting:
                    words.add(plain)
        else:
            if stop:
                raise Refusal(f"a ${{ has no {stop} that ends it", f"write the {stop}")
        self.raw_escapes = before
        self.depth -= 1
        words.end()
        return "".join(parts), words.found

    def angle(self) -> str:
        """<, or the << of a here-document with the blanks behind it, which part no word."""
        match = ANGLES.match(self.text, self.at)
        found = match[0] if match else "<"
        self.at += len(found)
        return found

    def single(self, pattern: bool) -> str:
        close = self.text.find("'", self.at + 1)
        if close < 0:
            raise Refusal("a ' has no other that ends it", "write the second ', or \\' where the character is meant")
        inner = self.text[self.at + 1 : close]
        self.at = close + 1
        if pattern:
            inner = inner.replace(self.lex.escape, self.lex.escape * 2)
        return f"'{inner}'" if self.lex.raw_quotes else inner

    def double(self, pattern: bool) -> str:
        parts = ['"'] if self.lex.raw_quotes else []
        text, escape = self.text, self.lex.escape
        self.at += 1
        while self.at < self.end:
            char = text[self.at]
            if char == '"':
                self.at += 1
                return "".join([*parts, '"'] if self.lex.raw_quotes else parts)
            if char == "$":
                parts.append(self.dollar())
            elif char == escape:
                parts.append(self.escaped(pattern))
            else:
                match = QUOTED.match(text, self.at)
                parts.append(match[0] if match else char)
                self.at += len(parts[-1])
        raise Refusal('a " has no other that ends it', 'write the second ", or \\" where the character is meant')

    def escaped(self, pattern: bool) -> str:
        """Between double quotes an escape counts before a quote, a dollar and itself."""
        escape = self.lex.escape
        following = self.text[self.at + 1 : self.at + 2]
        if following and following in ('"', "$", escape):
            self.at += 2
            return escape + following if self.raw_escapes else following
        self.at += 1
        if not following:
            return ""
        return escape * 2 if self.raw_escapes and (not self.lex.raw_quotes or pattern) else escape

    def dollar(self) -> str:
        self.at += 1
        if self.text[self.at : self.at + 1] != "{":
            name = self.name()
            if not name:
                return "$"
            value = self.value(name)
            return value if value is not None else self.unset(name, f"${name}")
        self.at += 1
        following = self.text[self.at : self.at + 1]
        if not following:
            raise Refusal("a ${ has no } that ends it", "write the }")
        if following in "{}:":
            raise Refusal(f"`${{{following}` names no variable", "write `${NAME}`, or `\\$` where a dollar is meant")
        return self.modified(self.name())

    def modified(self, name: str) -> str:
        sign = self.text[self.at : self.at + 1]
        self.at += 1
        if sign == "}":
            value = self.value(name)
            return value if value is not None else self.unset(name, f"${{{name}}}")
        if sign == "/":
            return self.replaced(name)
        colon = sign == ":"
        if colon:
            sign = self.text[self.at : self.at + 1]
            self.at += 1
        written = ":" + sign if colon else sign
        if not sign or sign not in "+-?#%" or (colon and sign in "#%"):
            raise Refusal(
                f"`${{{name}{written}` is no form of a variable", f"write `${{{name}}}` or `${{{name}:-default}}`"
            )
        word, _ = self.until("}", sign in "#%", sign in "#%")
        value = self.value(name)
        if self.lex.keep_unset and value is None:
            return f"${{{name}{written}{word}}}"
        return chosen(name, value, sign, colon, word)

    def replaced(self, name: str) -> str:
        every = self.text[self.at : self.at + 1] == "/"
        self.at += every
        pattern, _ = self.until("/", True, True)
        replacement, _ = self.until("}", True, False)
        value = self.value(name)
        if self.lex.keep_unset and value is None:
            return f"${{{name}/{pattern}/{replacement}}}"
        return substituted(value or "", pattern, replacement, every)

    def name(self) -> str:
        """Letters, digits and _; digits alone; or one sign."""
        match = NAME.match(self.text, self.at)
        found = match[0] if match else self.text[self.at : self.at + 1]
        if not match and found not in SPECIAL:
            return ""
        self.at += len(found)
        return found

    def value(self, name: str) -> str | None:
        value = self.values.get(name)
        self.spent += len(value or "")
        if self.spent > LONGEST:
            raise Refusal("variables make this longer than Linux lets a variable be", "shorten what is put in")
        return value

    def unset(self, name: str, written: str) -> str:
        self.lex.missed.append(name)
        return written if self.lex.keep_unset else ""


PLAIN = re.compile(r"[^$'\"<\\`]+")
QUOTED = re.compile(r"[^$\"\\`]+")
ANGLES = re.compile(r"<<[\t\r ]*|<")


def chosen(name: str, value: str | None, sign: str, colon: bool, word: str) -> str:
    """What `${name:-word}` and its kin mean."""
    there = value is not None and (value != "" or not colon)
    if sign == "-":
        return value if there and value is not None else word
    if sign == "+":
        return word if there else ""
    if sign == "?":
        if not there:
            message = f"{name} must have a value here: {word or 'it has none'}"
            raise Refusal(message, f"give it one: `ARG {name}=...`, or a build arg in every home that builds this")
        return value or ""
    greedy = word.startswith(sign)
    return trimmed(value or "", word[greedy:], sign == "%", greedy)


def trimmed(value: str, pattern: str, end: bool, greedy: bool) -> str:
    """The value without what the pattern matches at its begin or end: the shortest, or the longest."""
    atoms = atoms_of(pattern)
    if len(value) > LONGEST_PATTERN or len(atoms) > LONGEST_PATTERN // 16:
        return value
    if end:
        atoms.reverse()
        value = value[::-1]
    lengths = matching(value, atoms)
    if lengths:
        value = value[lengths[-1 if greedy else 0] :]
    return value[::-1] if end else value


def atoms_of(pattern: str) -> list[str | None]:
    """Characters as they are, None for any one, and "" for any number of any."""
    atoms: list[str | None] = []
    at = 0
    while at < len(pattern):
        char = pattern[at]
        at += 1
        if char == "\\":
            escaped = pattern[at : at + 1]
            if not escaped or escaped not in "}/*?\\":
                raise Refusal(f"`\\{escaped}` is no escape in the pattern of a variable", "remove the \\")
            if escaped in "*?\\":
                atoms.append(escaped)
                at += 1
        else:
            atoms.append("" if char == "*" else None if char == "?" else char)
    return atoms


def matching(value: str, atoms: list[str | None]) -> list[int]:
    """The lengths of the begins of a value that match, ascending. A dot of Go's patterns is no line's end."""
    states = {0}
    found: list[int] = []
    for place in range(len(value) + 1):
        for state in sorted(states):
            while state < len(atoms) and atoms[state] == "":
                state += 1
                states.add(state)
        if len(atoms) in states:
            found.append(place)
        if place == len(value) or not states:
            break
        char, following = value[place], set()
        for state in states:
            if state < len(atoms):
                atom = atoms[state]
                if atom == "" and char != "\n":
                    following.add(state)
                elif atom == char or (atom is None and char != "\n"):
                    following.add(state + 1)
        states = following
    return found


def substituted(value: str, pattern: str, replacement: str, every: bool) -> str:
    """`${X/pattern/replacement}`. A pattern with two stars is left alone: it could take the cube of the length."""
    atoms = atoms_of(pattern)
    if atoms.count("") > 1 or len(value) > LONGEST_PATTERN:
        return value
    expression = "".join(".*" if atom == "" else "." if atom is None else re.escape(atom) for atom in atoms)
    before = -1

    def put(match: re.Match[str]) -> str:
        # Go takes no empty match right behind another.
        nonlocal before
        hollow, before = match.start() == match.end() == before, match.end()
        return "" if hollow else replacement

    return re.sub(expression, put, value, count=0 if every else 1)
