"""python-dotenv's .env, which Flask, uvicorn and pydantic read: https://github.com/theskumar/python-dotenv#file-format

After 1.2's parser: a quoted value may hold line ends, and ${NAME} and ${NAME:-default} stand for values, in single quotes too.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from parity.readers.dotenv.binding import Reading, opened

BLANKS = r"[^\S\r\n]*"
BEGIN = re.compile(r"\s*")
# What is read of a line stays read when the rest is no name, so `export =x` isn't a variable called export.
EXPORT = re.compile(r"(?:export[^\S\r\n]+)?")
NAME = re.compile(rf"(?:'(?P<quoted>[^']+)'|(?!')(?P<plain>[^=\#\s]+)){BLANKS}")
EQUALS = re.compile(rf"={BLANKS}")
SINGLE = re.compile(r"'([^'\\]*(?:\\.[^'\\]*)*)'", re.DOTALL)
DOUBLE = re.compile(r'"([^"\\]*(?:\\.[^"\\]*)*)"', re.DOTALL)
UNQUOTED = re.compile(r"[^\r\n]*")
COMMENT = re.compile(r"\s+#.*")
END = re.compile(rf"(?:{BLANKS}#[^\r\n]*)?{BLANKS}(?:\n|\Z)")
REST = re.compile(r"[^\r\n]*\n?")
SINGLE_ESCAPE = re.compile(r"\\([\\'])")
DOUBLE_ESCAPE = re.compile(r"\\([\\'\"abfnrtv])")
LETTERS = {"a": "\a", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}
NAME_END = re.compile(r"[:}]")


def read(text: str, environment: Mapping[str, str]) -> Reading:
    reader = Reader(opened(text).removeprefix("\ufeff"), environment)
    while reader.begin():
        try:
            reader.binding()
        except NoBinding:
            reader.reading.ignored.append(reader.line)
            reader.take(REST)
    return reader.reading


class NoBinding(Exception):
    """python-dotenv warns of such a line, and goes on behind it."""


class Reader:
    def __init__(self, text: str, environment: Mapping[str, str]) -> None:
        self.text, self.environment = text, environment
        self.position, self.line, self.counted = 0, 1, 0
        self.seen: dict[str, str | None] = {}
        self.reading = Reading()

    def begin(self) -> bool:
        """Goes to where the next binding or comment begins, and says whether there is one."""
        self.take(BEGIN)
        self.line += self.text.count("\n", self.counted, self.position)
        self.counted = self.position
        return self.position < len(self.text)

    def take(self, pattern: re.Pattern[str]) -> re.Match[str]:
        """Raises NoBinding when something else stands here."""
        match = pattern.match(self.text, self.position)
        if match is None:
            raise NoBinding
        self.position = match.end()
        return match

    def peek(self) -> str:
        return self.text[self.position : self.position + 1]

    def binding(self) -> None:
        self.take(EXPORT)
        if self.peek() == "#":
            self.take(END)
            return
        match = self.take(NAME)
        name = match["quoted"] or match["plain"]
        value = self.value() if self.peek() == "=" else None
        self.take(END)
        if value is not None:
            value = self.expanded(value)
        self.seen[name] = value
        self.reading.bind(self.line, name, value)

    def value(self) -> str:
        blanks = len(self.take(EQUALS)[0]) > 1
        char = self.peek()
        if char == "#" and blanks:
            return ""
        if char == "'":
            return SINGLE_ESCAPE.sub(r"\1", self.take(SINGLE)[1])
        if char == '"':
            return DOUBLE_ESCAPE.sub(lambda match: LETTERS.get(match[1], match[1]), self.take(DOUBLE)[1])
        return COMMENT.sub("", self.take(UNQUOTED)[0]).rstrip()

    def expanded(self, value: str) -> str:
        """With ${NAME} and ${NAME:-default} replaced; one pass, where a pattern would begin again at every brace."""
        found: list[str] = []
        copied = position = 0
        while (begin := value.find("${", position)) >= 0:
            stop = NAME_END.search(value, begin)
            end = value.find("}", stop.start()) if stop else -1
            if stop is None or end < 0:
                break
            if stop[0] == ":" and value[stop.end()] != "-":
                # Whatever begins before this colon comes to it as well.
                position = stop.end()
                continue
            name, default = value[begin + 2 : stop.start()], value[stop.end() + 1 : end]
            known = self.environment.get(name) if name in self.environment else self.seen.get(name, default)
            found += [value[copied:begin], known or ""]
            copied = position = end + 1
        return "".join([*found, value[copied:]])
