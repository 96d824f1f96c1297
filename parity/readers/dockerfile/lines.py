"""Parts a Dockerfile into instructions: continuation lines, comments, parser directives, here-documents.

https://github.com/moby/buildkit/blob/master/frontend/dockerfile/parser/parser.go
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from parity.contract.dataclass import dataclass
from parity.readers.dockerfile.expansion import ASCII_SPACES, SPACES, Lex
from parity.readers.dockerfile.refusal import Refusal
from parity.readers.dockerfile.words import array

DIRECTIVE = re.compile(r"([a-zA-Z][a-zA-Z0-9]*)[\t\n\f\r ]*=[\t\n\f\r ]*(.+?)[\t\n\f\r ]*\Z")
DIRECTIVES = ("syntax", "escape", "check")
HEREDOC = re.compile(r"([0-9]*)<<(-?)[\t\n\f\r ]*([^<]*)\Z")
KEYWORD = re.compile(r"([^\t\v\f\r ]*)(?:[\t\v\f\r ]+|\Z)")
# A word of flags, up to what needs a closer look.
FLAG = re.compile(r"[^\s'\"\\`]+")
# Go's scanner takes no longer line.
LONGEST = 65535

WITH_HEREDOCS = ("add", "copy", "run")


@dataclass(frozen=True, slots=True)
class Document:
    """A here-document: its body as written, and its first line."""

    name: str
    text: str
    line: int
    expand: bool
    chomp: bool


@dataclass(frozen=True, slots=True)
class Logical:
    """An instruction's text, joined: `text` is what stands behind the keyword and flags."""

    keyword: str
    flags: tuple[str, ...]
    text: str
    line: int
    last: int
    # (offset in text, line)
    joints: tuple[tuple[int, int], ...]
    documents: tuple[Document, ...] = ()
    # An empty line stood among the continuation lines.
    hollow: bool = False
    refusal: Refusal | None = None


class Lines:
    """A text's lines, and what its directives say."""

    def __init__(self, text: str) -> None:
        self.rows = text.removeprefix("\ufeff").split("\n")
        # What stands behind the last line's end is no line.
        if self.rows[-1] == "":
            self.rows.pop()
        self.ended = text.endswith("\n")
        self.at = 0
        self.escape, self.syntax = "\\", ""
        self.refusals: list[tuple[int, Refusal]] = []
        self.directives()
        self.cut()

    def directives(self) -> None:
        """`# name=value` in the first lines; the first that is none ends them."""
        seen: set[str] = set()
        for number, row in enumerate(self.rows, 1):
            comment, _, row = row.rstrip("\r\n").lstrip(SPACES).partition("#")
            match = None if comment else DIRECTIVE.match(row.lstrip(SPACES))
            name = match[1].lower() if match else ""
            if match is None or name not in DIRECTIVES:
                return
            if name in seen:
                message = f"the parser directive {name} stands here twice"
                self.refusals.append((number, Refusal(message, "remove one of the two")))
            seen.add(name)
            self.directive(name, match[2], number)

    def directive(self, name: str, value: str, number: int) -> None:
        if name == "syntax":
            self.syntax = value.partition(" ")[0]
        elif name == "escape" and value in ("\\", "`"):
            self.escape = value
        elif name == "escape":
            hint = "write `# escape=\\` or `# escape=` and a backtick"
            self.refusals.append((number, Refusal(f"{value!r} can't be the escape character", hint)))

    def cut(self) -> None:
        """Ends the text before a line that is too long for the builder."""
        for number, row in enumerate(self.rows):
            if len(row) > LONGEST // 4 and len(row.encode("utf-8", "surrogatepass")) > LONGEST:
                message = f"this line is longer than {LONGEST} bytes, where the builder stops"
                self.refusals.append((number + 1, Refusal(message, "break it with continuation lines")))
                del self.rows[number:]
                return

    def logical(self) -> Iterator[Logical]:
        while self.at < len(self.rows):
            first = self.rows[self.at].rstrip("\r\n").lstrip(SPACES)
            self.at += 1
            if first and not first.startswith("#"):
                yield self.joined(first)

    def joined(self, first: str) -> Logical:
        start, hollow = self.at, False
        piece, more = self.continued(first)
        parts, joints, length = [piece], [(0, start)], len(piece)
        while more and self.at < len(self.rows):
            row = self.rows[self.at].rstrip("\r\n")
            self.at += 1
            bare = row.lstrip(SPACES)
            if not bare:
                hollow = True
            elif not bare.startswith("#"):
                piece, more = self.continued(row)
                joints.append((length, self.at))
                parts.append(piece)
                length += len(piece)
        return self.parted("".join(parts), joints, start, hollow)

    def continued(self, row: str) -> tuple[str, bool]:
        """The line without the escape character at its end, and whether there was one."""
        bare = row.rstrip(" \t")
        if bare.endswith(self.escape) and not bare[:-1].endswith(self.escape):
            return bare[:-1], True
        return row, False

    def parted(self, line: str, joints: list[tuple[int, int]], start: int, hollow: bool) -> Logical:
        keyword, flags, text = parts(line, self.escape)
        offset = len(line.rstrip(SPACES)) - len(text)
        refusal: Refusal | None = None
        documents: list[Document] = []
        if "<<" in line and takes_documents(keyword, text, self.escape):
            try:
                for name, expand, chomp in heredocs(line):
                    documents.append(self.document(name, expand, chomp))
            except Refusal as caught:
                refusal = caught
        return Logical(
            keyword,
            tuple(flags),
            text,
            start,
            self.at,
            tuple(shifted(joints, offset)),
            tuple(documents),
            hollow,
            refusal,
        )

    def document(self, name: str, expand: bool, chomp: bool) -> Document:
        start = self.at
        while self.at < len(self.rows):
            row = self.rows[self.at].rstrip("\r\n")
            self.at += 1
            if (row.lstrip("\t") if chomp else row) == name:
                text = "".join(f"{row}\n" for row in self.rows[start : self.at - 1])
                return Document(name, text, start + 1, expand, chomp)
        raise Refusal(
            f"the here-document {name} never ends", f"write a line that is `{name}` and nothing else behind it"
        )


def shifted(joints: list[tuple[int, int]], offset: int) -> Iterator[tuple[int, int]]:
    """The joints of a text that begins at an offset of the line."""
    before = [line for place, line in joints if place <= offset]
    yield 0, before[-1]
    for place, line in joints:
        if place > offset:
            yield place - offset, line


def parts(line: str, escape: str) -> tuple[str, list[str], str]:
    """An instruction's keyword, flags and the rest."""
    line = line.strip(SPACES)
    match = KEYWORD.match(line)
    if match is None or match.end() == len(line):
        return line, [], ""
    flags, at = leading(line, match.end(), escape)
    return match[1], flags, line[at:].strip(SPACES)


def leading(line: str, at: int, escape: str) -> tuple[list[str], int]:
    """The words in front that begin with --, and where they end."""
    flags: list[str] = []
    while True:
        while at < len(line) and line[at] in ASCII_SPACES:
            at += 1
        if not line.startswith("--", at):
            return flags, at
        word, quoted, at = flag(line, at, escape)
        if word == "--":
            return flags, at
        if word or quoted:
            flags.append(word)


def flag(line: str, at: int, escape: str) -> tuple[str, bool, int]:
    found: list[str] = []
    quote, quoted = "", False
    while at < len(line):
        char = line[at]
        if char == escape:
            # At the end of a line it is passed over.
            found.append(line[at + 1 : at + 2])
            at += 2
        elif quote:
            if char == quote:
                quote = ""
            else:
                found.append(char)
            at += 1
        elif char in ASCII_SPACES:
            break
        elif char in "'\"":
            quote, quoted = char, True
            at += 1
        else:
            match = FLAG.match(line, at)
            found.append(match[0] if match else char)
            at += len(found[-1])
    return "".join(found), quoted, min(at, len(line))


def takes_documents(keyword: str, text: str, escape: str) -> bool:
    """COPY, ADD and RUN do, by themselves or behind ONBUILD, unless their words are a JSON array."""
    if keyword.lower() == "onbuild":
        keyword, _, text = parts(text, escape)
    return keyword.lower() in WITH_HEREDOCS and array(text) is None


def heredocs(line: str) -> Iterator[tuple[str, bool, bool]]:
    """Name of each here-document that a line asks for, whether variables are put in, and whether tabs are taken off."""
    try:
        words = Lex("\\", raw_quotes=True, raw_escapes=True, keep_unset=True).words(line, {})
    except Refusal:
        return
    for word in words:
        document = heredoc(word)
        if document:
            yield document


def heredoc(word: str) -> tuple[str, bool, bool] | None:
    """`<<NAME`, `<<-NAME`, `3<<"NAME"`; None for another word."""
    match = HEREDOC.match(word)
    if match is None or not match[3]:
        return None
    plain = Lex("\\", keep_unset=True).words(match[3], {})
    if len(plain) != 1:
        return None
    raw = Lex("\\", raw_quotes=True, keep_unset=True).words(match[3], {})
    if len(raw) != 1:
        raise Refusal("the name of the here-document can't be read", "name it by letters: `<<EOF`")
    return plain[0], quotes(plain[0]) == quotes(raw[0]), bool(match[2])


def quotes(word: str) -> int:
    return word.count("'") + word.count('"')
