"""Puts words together to simple commands, and knows what they are within.

https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html#tag_19_09
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from parity.contract.command import Simple
from parity.contract.dataclass import dataclass, replace
from parity.contract.place import Place
from parity.readers.shell.lexer import REDIRECTS, Token, tokens

ASSIGNMENT = re.compile(r"[A-Za-z_][A-Za-z0-9_]*\+?=", re.ASCII)
OPENING = frozenset(("if", "while", "until", "for", "select", "case", "{"))
CLOSING = {"fi": ("if",), "done": ("while", "until", "for", "select"), "esac": ("case",), "}": ("{",)}
# What stands behind these may not run.
TURNING = frozenset(("then", "else", "elif", "do"))
TESTS = frozenset(("[", "[[", "test"))
JOINING = frozenset(("&&", "||", "|", "|&", "&"))


def commands(text: str, file: str, joints: Sequence[tuple[int, int]]) -> list[Simple]:
    """The simple commands of a text whose lines begin at (offset, number of the line)."""
    return Parser(tokens(text), Lines(text, joints), file).parse()


class Lines:
    """Which line an offset is in; asked for ascending offsets."""

    def __init__(self, text: str, joints: Sequence[tuple[int, int]]) -> None:
        self.text, self.joints = text, joints
        self.number = 0
        self.offset, self.line = joints[0]

    def at(self, offset: int) -> int:
        while self.number + 1 < len(self.joints) and self.joints[self.number + 1][0] <= offset:
            self.number += 1
            self.offset, self.line = self.joints[self.number]
        self.line += self.text.count("\n", self.offset, offset)
        self.offset = max(offset, self.offset)
        return self.line


@dataclass(slots=True)
class Frame:
    """A compound command, and whether what stands in it now may not run."""

    kind: str
    conditional: bool = False


class Parser:
    """One pass over the tokens."""

    def __init__(self, found: list[Token], lines: Lines, file: str) -> None:
        self.tokens, self.lines, self.file = found, lines, file
        self.at = 0
        self.commands: list[Simple] = []
        self.words: list[str] = []
        self.redirects: list[tuple[str, str]] = []
        self.line = 0
        self.operator = ""
        # Behind `[ … ] &&`.
        self.doubtful = False
        self.frames: list[Frame] = []
        self.conditionals = 0
        # The next body is a function's.
        self.function = False
        # Between `case x in` or `;;`, and the `)`.
        self.pattern = False

    def parse(self) -> list[Simple]:
        while self.at < len(self.tokens):
            token = self.tokens[self.at]
            self.at += 1
            if token.kind == "number":
                self.redirect(token.text, self.tokens[self.at])
            elif token.kind == "word":
                self.word(token)
            elif token.text in REDIRECTS:
                self.at -= 1
                self.redirect("", token)
            else:
                self.sign(token)
        self.end("")
        return self.commands

    def word(self, token: Token) -> None:
        if self.pattern:
            if token.text == "esac":
                self.pattern = False
                self.close("esac")
            return
        if not self.words:
            if not token.quoted and self.reserved(token.text):
                return
            self.line = self.lines.at(token.offset)
        self.words.append(token.text)
        if self.following(token, "(") and token.text.endswith("=") and ASSIGNMENT.fullmatch(token.text):
            # The values of an array are no commands.
            self.skip(")")
        elif token.text == "[[" and len(self.words) == 1:
            self.test()

    def following(self, token: Token, sign: str) -> bool:
        """Whether a sign stands right behind a token."""
        return self.at < len(self.tokens) and self.tokens[self.at][1:3] == (sign, token.end)

    def skip(self, sign: str) -> None:
        while self.at < len(self.tokens):
            self.at += 1
            if self.tokens[self.at - 1][:2] == ("sign", sign):
                return

    def test(self) -> None:
        """To ]], with the signs that are operators of the test."""
        while self.at < len(self.tokens):
            token = self.tokens[self.at]
            self.at += 1
            self.words.append(token.text)
            if token.kind == "word" and token.text == "]]":
                return

    def reserved(self, word: str) -> bool:
        if word in CLOSING:
            self.close(word)
        elif word in TURNING:
            self.turn()
        elif word == "function":
            self.function = True
            self.at += self.at < len(self.tokens) and self.tokens[self.at].kind == "word"
        elif word in OPENING:
            self.open(word)
        else:
            return word == "!"
        return True

    def open(self, word: str) -> None:
        self.push(word, conditional=word == "case" or (word == "{" and self.function))
        if word in ("for", "select"):
            self.head("do")
        elif word == "case":
            self.head("in")
            self.pattern = True

    def head(self, last: str) -> None:
        """Passes over the words between `for` and `do`, `case` and `in`."""
        while self.at < len(self.tokens):
            token = self.tokens[self.at]
            if token.kind == "word" and token.text == last:
                # `do` turns the loop by itself.
                self.at += last == "in"
                return
            if token.kind == "sign" and token.text in (";", "\n") and last == "do":
                return
            self.at += 1

    def push(self, kind: str, *, conditional: bool) -> None:
        self.function = False
        self.frames.append(Frame(kind, conditional))
        self.conditionals += conditional
        # What stands within is run by itself.
        self.operator, self.doubtful = ";" if self.commands else "", False

    def turn(self) -> None:
        if self.frames and not self.frames[-1].conditional:
            self.frames[-1].conditional = True
            self.conditionals += 1
        self.operator, self.doubtful = ";" if self.commands else "", False

    def close(self, word: str) -> None:
        """Ends the compound command that a word ends, if it is the innermost one."""
        kinds = CLOSING.get(word, ("(",))
        if self.frames and self.frames[-1].kind in kinds:
            self.conditionals -= self.frames.pop().conditional
        # What is redirected behind it is so for all within.
        self.words = []

    def redirect(self, number: str, token: Token) -> None:
        self.at += 1
        following = self.tokens[self.at] if self.at < len(self.tokens) else None
        target = ""
        if following and following.kind in ("word", "number"):
            self.at += 1
            target = following.text
        self.redirects.append((number + token.text, target))

    def sign(self, token: Token) -> None:
        text = token.text
        if self.pattern:
            self.pattern = text != ")"
        elif text == "(":
            self.parenthesis(token)
        elif text == ")":
            self.end(";")
            self.close(")")
        else:
            self.end(text)
            self.pattern = text.startswith(";") and text != ";" and bool(self.frames) and self.frames[-1].kind == "case"

    def parenthesis(self, token: Token) -> None:
        if len(self.words) == 1 and self.at < len(self.tokens) and self.tokens[self.at][:2] == ("sign", ")"):
            # A function's name: the body runs when it is called.
            self.words, self.function = [], True
            self.at += 1
        elif not self.words and self.following(token, "("):
            self.arithmetic()
        elif self.function and self.at < len(self.tokens) and self.tokens[self.at][:2] == ("sign", ")"):
            self.at += 1
        else:
            self.end(";")
            self.push("(", conditional=self.function)

    def arithmetic(self) -> None:
        """Passes over ((…))."""
        depth = 1
        while depth and self.at < len(self.tokens):
            kind, text = self.tokens[self.at][:2]
            depth += (text == "(") - (text == ")") if kind == "sign" else 0
            self.at += 1

    def end(self, sign: str) -> None:
        """Closes the command that the words so far make."""
        if self.words:
            self.commands.append(self.simple(background=sign == "&"))
            test = self.commands[-1].name in TESTS
            self.doubtful = sign == "&&" and (test or self.doubtful)
        elif sign == "\n" and self.operator in JOINING:
            # A line's end behind && changes nothing.
            return
        elif sign not in JOINING:
            self.doubtful = False
        self.words, self.redirects = [], []
        if sign in JOINING:
            self.operator = "|" if sign == "|&" else sign
        elif sign:
            self.operator = ";" if self.commands else ""

    def simple(self, *, background: bool) -> Simple:
        number = 0
        assignments: list[tuple[str, str]] = []
        while number < len(self.words) and ASSIGNMENT.match(self.words[number]):
            name, _, value = self.words[number].partition("=")
            assignments.append((name.rstrip("+"), value))
            number += 1
        conditional = bool(self.conditionals) or self.operator == "||" or self.doubtful
        return replaced(
            Simple(
                tuple(self.words[number:]),
                Place(self.file, self.line),
                tuple(assignments),
                False,
                self.operator,
                conditional,
                background,
                tuple(self.redirects),
            )
        )


def replaced(simple: Simple) -> Simple:
    """Without `exec` and `env` in front, which are told by fields."""
    words, execs, number = simple.words, simple.exec, 0
    assignments = list(simple.assignments)
    if words[:1] == ("exec",) and len(words) > 1:
        number, execs = behind_options(words, 1, ("-a",)), True
    if words[number : number + 1] in (("env",), ("/usr/bin/env",)):
        number += 1
        while number < len(words) and (words[number].startswith("-") or ASSIGNMENT.match(words[number])):
            if not words[number].startswith("-"):
                name, _, value = words[number].partition("=")
                assignments.append((name, value))
            number += 2 if words[number] in ("-u", "--unset", "-C", "--chdir") else 1
    if not number:
        return simple
    return replace(simple, words=words[number:], assignments=tuple(assignments), exec=execs)


def behind_options(words: tuple[str, ...], number: int, valued: Sequence[str]) -> int:
    """Where the words behind options begin; those of `valued` have a value of their own, and -- ends them."""
    while number < len(words) and words[number].startswith("-") and len(words[number]) > 1:
        if words[number] == "--":
            return number + 1
        number += 2 if words[number] in valued else 1
    return number
