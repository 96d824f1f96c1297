"""Cuts a shell's text into words and signs.

https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html#tag_19_03
"""

from __future__ import annotations

import re
from typing import NamedTuple

# Operators first where one begins another.
SIGN = re.compile(r"&&|\|\||\|&|;;&|;;|;&|<<-|<<<|<<|>>|>&|<&|&>>|&>|>\||<>|[;|&()<>\n]")
SIGNS = frozenset(";|&()<>\n")
REDIRECTS = frozenset(("<<-", "<<<", "<<", ">>", ">&", "<&", "&>>", "&>", ">|", "<>", "<", ">"))
# Between words: blanks, lines that go on, comments.
BETWEEN = re.compile(r"(?:[ \t\r]|\\\r?\n)*(?:#[^\n]*)?")
PLAIN = re.compile(r"[^\s;|&()<>\\'\"$`]+")
QUOTED = re.compile(r"[^\\\"$`]+")
# What a quoted text must hold so that it isn't taken for a variable.
ASKS = re.compile(r"\$(?=[A-Za-z_{(])|(?<=\\)\$")
PARENTHESES = re.compile(r"\\.|'[^']*'|[()]", re.DOTALL)
BRACES = re.compile(r"\\.|[{}]", re.DOTALL)
DESCRIPTOR = re.compile(r"[0-9]+(?=[<>])")
# bash's $'…'
CONTROLS = {"n": "\n", "t": "\t", "r": "\r", "a": "\a", "b": "\b", "f": "\f", "v": "\v", "e": "\x1b", "E": "\x1b"}


class Token(NamedTuple):
    """A word without its quotes, a sign, or the number of a redirected stream."""

    # word, sign or number
    kind: str
    text: str
    offset: int
    end: int
    # Whether any of a word was quoted, so that it is no reserved word.
    quoted: bool = False


def tokens(text: str) -> list[Token]:
    return Lexer(text).all()


class Lexer:
    def __init__(self, text: str) -> None:
        self.text, self.at, self.end = text, 0, len(text)
        self.found: list[Token] = []
        # Here-documents whose bodies begin behind the next line's end.
        self.waiting: list[tuple[str, bool]] = []

    def all(self) -> list[Token]:
        while True:
            match = BETWEEN.match(self.text, self.at)
            self.at = match.end() if match else self.at
            if self.at >= self.end:
                return self.found
            if self.text[self.at] in SIGNS:
                self.sign()
            elif number := DESCRIPTOR.match(self.text, self.at):
                self.found.append(Token("number", number[0], self.at, number.end()))
                self.at = number.end()
            else:
                self.word()

    def sign(self) -> None:
        match = SIGN.match(self.text, self.at)
        assert match
        sign = match[0]
        self.found.append(Token("sign", sign, self.at, match.end()))
        self.at = match.end()
        if sign == "\n":
            for name, tabs in self.waiting:
                self.skip(name, tabs)
            self.waiting = []
        elif sign in ("<<", "<<-"):
            self.document(sign == "<<-")

    def document(self, tabs: bool) -> None:
        """The word behind <<, which ends the document."""
        while self.text[self.at : self.at + 1] in (" ", "\t"):
            self.at += 1
        if self.at < self.end and self.text[self.at] not in SIGNS:
            self.word()
            self.waiting.append((self.found[-1].text, tabs))

    def skip(self, name: str, tabs: bool) -> None:
        while self.at < self.end:
            end = self.behind(self.text.find("\n", self.at))
            row = self.text[self.at : end].removesuffix("\r")
            self.at = min(end + 1, self.end)
            if (row.lstrip("\t") if tabs else row) == name:
                return

    def behind(self, place: int) -> int:
        return self.end if place < 0 else place

    def word(self) -> None:
        text, begin = self.text, self.at
        parts: list[str] = []
        quoted = False
        while self.at < self.end:
            char = text[self.at]
            if char in " \t\r" or char in SIGNS:
                break
            if char in "\\'\"":
                quoted = True
                parts.append(self.escape() if char == "\\" else self.single() if char == "'" else self.double())
            elif char == "$":
                following = text[self.at + 1 : self.at + 2]
                quoted = quoted or following in ("'", '"')
                parts.append(self.dollar(following))
            elif char == "`":
                parts.append(self.backquoted())
            else:
                plain = PLAIN.match(text, self.at)
                parts.append(plain[0] if plain else char)
                self.at += len(parts[-1])
        self.found.append(Token("word", "".join(parts), begin, self.at, quoted))

    def escape(self) -> str:
        """A backslash outside quotes, and what it is for."""
        following = self.text[self.at + 1 : self.at + 2]
        if self.text.startswith(("\n", "\r\n"), self.at + 1):
            self.at += 3 if following == "\r" else 2
            return ""
        self.at += 2
        # A \$ means a dollar, and no variable.
        return "\\$" if following == "$" else following

    def single(self) -> str:
        close = self.behind(self.text.find("'", self.at + 1))
        inner = self.text[self.at + 1 : close]
        self.at = close + 1
        return meant(inner)

    def double(self) -> str:
        """What stands between double quotes, where \\ escapes only a few characters."""
        text = self.text
        parts: list[str] = []
        self.at += 1
        while self.at < self.end and text[self.at] != '"':
            char = text[self.at]
            following = text[self.at + 1 : self.at + 2]
            if char == "\\" and following in ("$", "`", '"', "\\", "\n"):
                parts.append("" if following == "\n" else "\\$" if following == "$" else following)
                self.at += 2
            elif char == "$" and following in ("(", "{"):
                parts.append(self.bracketed())
            elif char == "`":
                parts.append(self.backquoted())
            else:
                plain = QUOTED.match(text, self.at)
                parts.append(plain[0] if plain else char)
                self.at += len(parts[-1])
        self.at += 1
        return "".join(parts)

    def dollar(self, following: str) -> str:
        if following in ("(", "{") and following:
            return self.bracketed()
        self.at += 1
        if following == "'":
            return self.controls()
        return "" if following == '"' else "$"

    def controls(self) -> str:
        """bash's $'…', of which only what people write is known."""
        parts: list[str] = []
        self.at += 1
        while self.at < self.end and self.text[self.at] != "'":
            char = self.text[self.at]
            following = self.text[self.at + 1 : self.at + 2]
            if char == "\\" and following:
                parts.append(CONTROLS.get(following, following if following in "\\'\"?" else f"\\{following}"))
                self.at += 2
            else:
                parts.append(char)
                self.at += 1
        self.at += 1
        return meant("".join(parts))

    def backquoted(self) -> str:
        begin = self.at
        self.at += 1
        while self.at < self.end and self.text[self.at] != "`":
            self.at += 2 if self.text[self.at] == "\\" else 1
        self.at = min(self.at + 1, self.end)
        return self.text[begin : self.at]

    def bracketed(self) -> str:
        """A `$(…)` or `${…}` as written, to the bracket that closes it, or to the end."""
        begin, depth = self.at, 0
        opening, closing = ("(", ")") if self.text[self.at + 1] == "(" else ("{", "}")
        self.at = self.end
        for match in (PARENTHESES if opening == "(" else BRACES).finditer(self.text, begin + 1):
            if match[0] == opening:
                depth += 1
            elif match[0] == closing:
                depth -= 1
                if not depth:
                    self.at = match.end()
                    break
        return self.text[begin : self.at]


def meant(inner: str) -> str:
    """A quoted text, whose dollars mean themselves."""
    return ASKS.sub(r"\\$", inner) if "$" in inner else inner
