"""Compose's .env and env_file: https://docs.docker.com/compose/how-tos/environment-variables/variable-interpolation/#env-file-syntax

After https://github.com/compose-spec/compose-go/blob/main/dotenv/parser.go, which reads statements, not lines: a quoted value
may hold line ends, and a second statement may follow it in the same line.
"""

from __future__ import annotations

import re
from collections import ChainMap
from collections.abc import Mapping

from parity.contract.dotenv import PassThrough
from parity.readers.dotenv.binding import Reading
from parity.readers.dotenv.go import SPACE, letter_or_number

# What compose-go takes for a blank within a line.
BLANK = "\t\v\f\r \x85\xa0"

EXPORT = re.compile(r"export[\t\n\f\r ]+")
QUOTED = {
    '"': re.compile(r'"(?P<value>[^"\\]*(?:\\.[^"\\]*)*)"', re.DOTALL),
    "'": re.compile(r"'(?P<value>[^'\\]*(?:\\.[^'\\]*)*)'", re.DOTALL),
}
ESCAPE = re.compile(r'\\(?:[abcfnrtv$"\\]|0[0-9]{0,3})')
# Forty lines that each say the one before twice come to a terabyte.
LONGEST = 10_000_000
LETTERS = {"a": "\a", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v", "\\": "\\", '"': '"', "$": "$$"}


def read(text: str, environment: Mapping[str, str]) -> Reading:
    """What stands behind a refused line is read on from the next one."""
    reader = Reader(text.removeprefix("\ufeff"), environment)
    while reader.statement():
        pass
    return reader.reading


class Refused(Exception):
    """Compose stops at such a line."""


class Reader:
    def __init__(self, text: str, environment: Mapping[str, str]) -> None:
        self.text, self.environment = text, environment
        self.position, self.line, self.counted, self.brought = 0, 1, 0, 0
        self.seen: dict[str, str] = {}
        # What surrounds the file comes first, as compose-go has it.
        self.variables = ChainMap[str, str](dict(environment), self.seen)
        self.reading = Reading()

    def statement(self) -> bool:
        """Reads one, and says whether there was one."""
        if not self.begin():
            return False
        self.line += self.text.count("\n", self.counted, self.position)
        self.counted = self.position
        try:
            self.assignment()
        except Refused as error:
            self.reading.refused.append((self.line, str(error)))
            end = self.text.find("\n", self.counted)
            self.position = end if end >= 0 else len(self.text)
        return True

    def begin(self) -> bool:
        """Goes to where the next statement begins."""
        text = self.text
        while True:
            while self.position < len(text) and text[self.position] in SPACE:
                self.position += 1
            if text[self.position : self.position + 1] != "#":
                return self.position < len(text)
            end = text.find("\n", self.position)
            self.position = end if end >= 0 else len(text)

    def assignment(self) -> None:
        name, sign = self.name()
        if " " in name:
            raise Refused(f"the name `{name}` holds a blank")
        if sign == "\n":
            self.bind(name, self.environment.get(name, PassThrough(name)))
            return
        self.skip_blanks()
        value = self.value()
        self.seen[name] = value
        self.bind(name, value)

    def bind(self, name: str, meaning: str | PassThrough) -> None:
        # A last line without = and without an end makes a variable without a name, which nobody can ask for.
        if name:
            self.reading.bind(self.line, name, meaning)

    def name(self) -> tuple[str, str]:
        """The name and what ends it: = or :, a line end, or "" for the end of the text, where compose sees no name at all."""
        text = self.text
        if EXPORT.match(text, self.position):
            self.position += len("export")
            self.skip_blanks()
            if self.position == len(text):
                raise Refused("no name stands behind export")
        begin = self.position
        for position in range(begin, len(text)):
            char = text[position]
            if char in "=:\n":
                self.position = position + 1
                return text[begin:position].rstrip(SPACE), char
            if char not in "_.-[]" and char not in BLANK and not letter_or_number(char):
                raise Refused(f"`{char}` can't be part of a name")
        return "", ""

    def skip_blanks(self) -> None:
        while self.position < len(self.text) and self.text[self.position] in BLANK:
            self.position += 1

    def value(self) -> str:
        quote = self.text[self.position : self.position + 1]
        return self.quoted(quote) if quote in QUOTED else self.unquoted()

    def unquoted(self) -> str:
        end = self.text.find("\n", self.position)
        value = self.text[self.position : end if end >= 0 else len(self.text)]
        self.position = end + 1 if end >= 0 else len(self.text)
        return self.substituted(value.partition(" #")[0].rstrip(SPACE))

    def quoted(self, quote: str) -> str:
        match = QUOTED[quote].match(self.text, self.position)
        if match is None:
            raise Refused(f"a {quote} is opened and not closed")
        self.position = match.end()
        value = unescaped(match["value"], quote)
        return self.substituted(ESCAPE.sub(escape, value)) if quote == '"' else value

    def substituted(self, value: str) -> str:
        if "$" not in value:
            return value
        # The compose reader asks this module for its env_files.
        from parity.readers.compose.interpolation import interpolated

        found = interpolated(value, self.variables)
        if found.invalid:
            raise Refused(f"`{found.invalid}` is no expansion of a variable")
        if found.required:
            raise Refused(f"{next(iter(found.required))} has no value, and an expansion asks for one")
        self.brought += len(found.text)
        if self.brought > LONGEST:
            raise Refused(f"its variables bring in more than {LONGEST} characters")
        return found.text


def unescaped(value: str, quote: str) -> str:
    """Without the backslashes before the quote's own character; a backslash before a backslash keeps both."""
    return re.sub(r"\\(.)", lambda match: match[1] if match[1] == quote else match[0], value, flags=re.DOTALL)


def escape(match: re.Match[str]) -> str:
    """As Go's strconv.UnquoteChar; what it refuses stays, an octal number without its 0."""
    escaped = match[0][1:]
    if escaped in LETTERS:
        return LETTERS[escaped]
    if not escaped.startswith("0"):
        return match[0]
    digits = escaped[1:]
    if len(digits) == 3 and all(digit in "01234567" for digit in digits) and int(digits, 8) < 256:
        return chr(int(digits, 8))
    return f"\\{digits}"
