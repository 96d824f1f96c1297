"""Reads a shell's text into simple commands. https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html

It reads what homes run: Procfile lines, compose commands, RUN lines, scripts, recipes. What it can't follow (eval, the bodies of
here-documents, arithmetic) it passes over; no text makes it fail.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from parity.contract.command import Script, Simple
from parity.contract.place import Place

# Operators first where one begins another; a word is what stands between them and blanks.
OPERATORS = (
    "&&",
    "||",
    ";;",
    "<<-",
    "<<<",
    "<<",
    ">>",
    ">&",
    "<&",
    "&>>",
    "&>",
    ">|",
    "<>",
    ";",
    "|",
    "&",
    "(",
    ")",
    "<",
    ">",
    "\n",
)
SIGNS = frozenset(";|&()<>\n")
REDIRECTS = frozenset(("<<-", "<<<", "<<", ">>", ">&", "<&", "&>>", "&>", ">|", "<>", "<", ">"))
OPENING = frozenset(("if", "while", "until", "for", "case", "select"))
CLOSING = frozenset(("fi", "done", "esac"))
# Between the commands of a compound one.
BETWEEN = frozenset(("then", "else", "elif", "do", "{", "}", "!"))
ASSIGNMENT = re.compile(r"[A-Za-z_][A-Za-z0-9_]*\+?=", re.ASCII)
SHELLS = frozenset(("sh", "bash", "dash", "ash", "zsh"))
MOST_NESTED = 5


def read(text: str, file: str, line: int = 1) -> Script:
    """The commands of a text that begins at a line of a file; those of a `sh -c` in its place."""
    return Script(tuple(unwrapped(commands(text, file, line), 0)))


def unwrapped(found: list[Simple], depth: int) -> list[Simple]:
    """With the commands of each `sh -c TEXT` instead of it."""
    whole: list[Simple] = []
    for simple in found:
        inner = script_of(simple) if depth < MOST_NESTED else None
        if inner is None:
            whole.append(simple)
            continue
        nested = unwrapped(commands(inner, simple.place.file, simple.place.line), depth + 1)
        for number, one in enumerate(nested):
            # bash puts the last command of -c in its own place, and dash, which is Debian's sh, doesn't.
            last = number == len(nested) - 1 and program(simple).name in ("bash", "zsh") and one.operator != "|"
            whole.append(
                replace(
                    one,
                    exec=simple.exec and (one.exec or last),
                    operator=one.operator if number else simple.operator,
                    conditional=one.conditional or simple.conditional,
                    assignments=(*simple.assignments, *one.assignments),
                    background=one.background or simple.background,
                )
            )
    return whole


def script_of(simple: Simple) -> str | None:
    """TEXT of `sh -c TEXT`, `bash -lc TEXT`; None for another command."""
    stripped = program(simple)
    if stripped.name not in SHELLS:
        return None
    for number, word in enumerate(stripped.words[1:-1], 1):
        if not word.startswith("-"):
            return None
        if word.endswith("c") and not word.startswith("--"):
            return stripped.words[number + 1].replace("\\$", "$")
    return None


def commands(text: str, file: str, line: int) -> list[Simple]:
    parser = Parser(file)
    parser.parse(tokens(text, line))
    return parser.found


Token = tuple[str, str, int, bool]
"""Its kind (word or sign), its text, its line, and whether any of it was quoted."""


def tokens(text: str, line: int) -> list[Token]:
    return Lexer(text, line).all()


class Lexer:
    """Cuts a text into words and signs; quotes are taken off the words."""

    def __init__(self, text: str, line: int) -> None:
        self.text, self.at, self.line = text.replace("\r\n", "\n"), 0, line
        self.found: list[Token] = []
        # Here-documents whose bodies begin behind the next line's end.
        self.waiting: list[tuple[str, bool]] = []

    def all(self) -> list[Token]:
        text, end = self.text, len(self.text)
        while self.at < end:
            char = text[self.at]
            if char in " \t\r":
                self.at += 1
            elif char == "\\" and text.startswith("\\\n", self.at):
                self.at += 2
                self.line += 1
            elif char == "#":
                self.at = self.behind(text.find("\n", self.at))
            elif char in SIGNS:
                self.sign()
            else:
                self.word()
        return self.found

    def behind(self, place: int) -> int:
        return len(self.text) if place < 0 else place

    def sign(self) -> None:
        sign = next(sign for sign in OPERATORS if self.text.startswith(sign, self.at))
        self.found.append(("sign", sign, self.line, False))
        self.at += len(sign)
        if sign == "\n":
            self.line += 1
            for delimiter, tabs in self.waiting:
                self.skip(delimiter, tabs)
            self.waiting = []
        elif sign in ("<<", "<<-"):
            self.delimiter(sign == "<<-")

    def delimiter(self, tabs: bool) -> None:
        """The word behind <<, which ends the document."""
        while self.text[self.at : self.at + 1] in (" ", "\t"):
            self.at += 1
        if self.at < len(self.text) and self.text[self.at] not in SIGNS:
            before = len(self.found)
            self.word()
            if len(self.found) > before:
                self.waiting.append((self.found[-1][1], tabs))

    def skip(self, delimiter: str, tabs: bool) -> None:
        while self.at < len(self.text):
            end = self.behind(self.text.find("\n", self.at))
            row = self.text[self.at : end]
            self.at = min(end + 1, len(self.text))
            self.line += 1
            if (row.lstrip("\t") if tabs else row) == delimiter:
                return

    def word(self) -> None:
        text, end, line = self.text, len(self.text), self.line
        parts: list[str] = []
        quoted = False
        while self.at < end:
            char = text[self.at]
            if char in " \t\r" or char in SIGNS:
                break
            if char == "\\":
                following = text[self.at + 1 : self.at + 2]
                if following == "\n":
                    self.line += 1
                else:
                    # A \$ means a dollar, and no variable.
                    parts.append("\\$" if following == "$" else following or "\\")
                    quoted = True
                self.at += 2
            elif char == "'":
                close = self.behind(text.find("'", self.at + 1))
                inner = text[self.at + 1 : close]
                parts.append(inner.replace("$", "\\$") if ASKS.search(inner) else inner)
                self.line += inner.count("\n")
                self.at, quoted = close + 1, True
            elif char == '"':
                parts.append(self.double())
                quoted = True
            elif char == "$" and text[self.at + 1 : self.at + 2] in ("(", "{"):
                parts.append(self.bracketed())
            elif char == "`":
                close = self.behind(text.find("`", self.at + 1))
                parts.append(text[self.at : close + 1])
                self.line += text.count("\n", self.at, close + 1)
                self.at = close + 1
            else:
                plain = PLAIN.match(text, self.at)
                parts.append(plain[0] if plain else char)
                self.at += len(parts[-1])
        self.found.append(("word", "".join(parts), line, quoted))

    def double(self) -> str:
        """What stands between double quotes, where \\ escapes only a few characters."""
        text, end = self.text, len(self.text)
        parts: list[str] = []
        self.at += 1
        while self.at < end and text[self.at] != '"':
            char = text[self.at]
            if char == "\\" and text[self.at + 1 : self.at + 2] in ("$", "`", '"', "\\", "\n"):
                following = text[self.at + 1]
                parts.append("" if following == "\n" else "\\$" if following == "$" else following)
                self.line += following == "\n"
                self.at += 2
            elif char == "$" and text[self.at + 1 : self.at + 2] in ("(", "{"):
                parts.append(self.bracketed())
            else:
                plain = QUOTED.match(text, self.at)
                part = plain[0] if plain else char
                parts.append(part)
                self.line += part.count("\n")
                self.at += len(part)
        self.at += 1
        return "".join(parts)

    def bracketed(self) -> str:
        """A `$(…)` or `${…}` as written, to the bracket that closes it, or to the end."""
        begin, depth, text = self.at, 0, self.text
        opening, closing = ("(", ")") if text[self.at + 1] == "(" else ("{", "}")
        for match in (PARENTHESES if opening == "(" else BRACES).finditer(text, self.at + 1):
            if match[0] == opening:
                depth += 1
            elif match[0] == closing:
                depth -= 1
                if not depth:
                    self.at = match.end()
                    break
        else:
            self.at = len(text)
        whole = text[begin : self.at]
        self.line += whole.count("\n")
        return whole


PLAIN = re.compile(r"[^\s;|&()<>\\'\"$`]+")
QUOTED = re.compile(r"[^\\\"$]+")
# What a quoted text must hold so that it isn't taken for a variable.
ASKS = re.compile(r"\$[A-Za-z_{(]")
PARENTHESES = re.compile(r"\\.|'[^']*'|[()]", re.DOTALL)
BRACES = re.compile(r"\\.|[{}]", re.DOTALL)


class Parser:
    """Puts words together to commands, and knows how deep in compound commands it is."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.found: list[Simple] = []
        self.words: list[tuple[str, bool]] = []
        self.line = 0
        self.operator = ""
        self.depth = 0
        # Words between `case X in` and the `)` of a pattern, and the function's name before `()`, are no commands.
        self.pattern = False
        self.cases: list[int] = []
        self.functions: list[int] = []
        self.braces = 0

    def parse(self, found: list[Token]) -> None:
        number = 0
        while number < len(found):
            kind, text, line, quoted = found[number]
            if kind == "word":
                number += self.word(text, line, quoted)
            elif text in REDIRECTS:
                number += self.redirect(found, number)
            else:
                number += self.sign(text, found, number)
        self.end("")

    def word(self, text: str, line: int, quoted: bool) -> int:
        if self.pattern and text != "esac":
            return 1
        if not self.words and not quoted and self.keyword(text):
            return 1
        if text == "{" and len(self.words) == 2 and self.words[0] == ("function", False):
            self.end("")
            self.braces += 1
            return 1
        if not self.words:
            self.line = line
        self.words.append((text, quoted))
        return 1

    def keyword(self, text: str) -> bool:
        if text in OPENING:
            self.depth += 1
            if text in ("for", "case", "select"):
                # Their heads are words, up to `in`, `do` or a line's end.
                self.words.append((text, False))
                return True
            return True
        if text in CLOSING:
            self.depth = max(self.depth - 1, 0)
            if text == "esac":
                self.pattern = False
                if self.cases:
                    self.cases.pop()
            return True
        if text == "{":
            self.braces += 1
        elif text == "}":
            self.braces = max(self.braces - 1, 0)
            if self.functions and self.functions[-1] > self.braces:
                self.functions.pop()
                self.depth = max(self.depth - 1, 0)
        return text in BETWEEN

    def redirect(self, found: list[Token], number: int) -> int:
        """Leaves out the sign, the file behind it, and the number of the stream right before it."""
        if self.words and self.words[-1][0].isdigit() and len(self.words) > 1:
            self.words.pop()
        following = found[number + 1] if number + 1 < len(found) else None
        return 2 if following and following[0] == "word" else 1

    def sign(self, text: str, found: list[Token], number: int) -> int:
        if text == "(" and len(self.words) == 1 and number + 1 < len(found) and found[number + 1][1] == ")":
            # A function: its body is braces, and runs when it is called.
            self.words = []
            self.depth += 1
            self.functions.append(self.braces + 1)
            return 2
        if text == ")" and self.pattern:
            self.pattern = False
            return 1
        if self.pattern and text in ("(", "|"):
            return 1
        self.end(text)
        if text == ";;" and self.cases:
            self.pattern = True
        return 1

    def end(self, sign: str) -> None:
        """Closes the command that the words so far make."""
        words, self.words = self.words, []
        if words and words[0][0] in ("for", "case", "select") and not words[0][1]:
            if words[0][0] == "case":
                self.cases.append(self.depth)
                self.pattern = True
            return
        if words and words[0][0] == "function" and not words[0][1]:
            self.depth += 1
            self.functions.append(self.braces + 1)
            return
        if words:
            self.found.append(self.simple(words, background=sign == "&"))
            self.operator = ";"
        if sign in ("&&", "||", "|", "&"):
            self.operator = sign
        elif sign:
            self.operator = ";" if self.found else ""

    def simple(self, words: list[tuple[str, bool]], *, background: bool) -> Simple:
        assignments: list[tuple[str, str]] = []
        number = 0
        while number < len(words) and ASSIGNMENT.match(words[number][0]):
            name, _, value = words[number][0].partition("=")
            assignments.append((name.rstrip("+"), value))
            number += 1
        argv = tuple(text for text, _ in words[number:])
        place = Place(self.file, self.line)
        conditional = self.depth > 0 or self.operator == "||"
        simple = Simple(argv, place, tuple(assignments), False, self.operator, conditional, background)
        return replaced(simple)


def replaced(simple: Simple) -> Simple:
    """Without `exec` and `env` in front, which are told by fields."""
    words, assignments, execs = simple.words, list(simple.assignments), False
    if words[:1] == ("exec",) and len(words) > 1:
        words, execs = words[1:], True
        while words and words[0].startswith("-"):
            words = words[2:] if words[0] == "-a" else words[1:]
    if words[:1] in (("env",), ("/usr/bin/env",)):
        words = words[1:]
        while words and (words[0].startswith("-") or ASSIGNMENT.match(words[0])):
            if words[0] in ("-u", "--unset", "-C", "--chdir", "-S"):
                words = words[1:] if words[0] == "-S" else words[2:]
                continue
            if not words[0].startswith("-"):
                name, _, value = words[0].partition("=")
                assignments.append((name, value))
            words = words[1:]
    return replace(simple, words=words, assignments=tuple(assignments), exec=execs or simple.exec)


def options(*valued: str) -> Callable[[tuple[str, ...]], tuple[str, ...]]:
    """Skips the options behind a wrapper's name, those of `valued` with their values, and a closing --."""

    def skip(words: tuple[str, ...]) -> tuple[str, ...]:
        words = words[1:]
        while words and words[0].startswith("-") and words[0] != "--":
            words = words[2:] if words[0] in valued else words[1:]
        return words[1:] if words[:1] == ("--",) else words

    return skip


def behind_one(words: tuple[str, ...]) -> tuple[str, ...]:
    """Behind a name, options and one argument: `gosu user`."""
    rest = options()(words)
    return rest[2:] if rest[1:2] == ("--",) else rest[1:]


def behind_dashes(words: tuple[str, ...]) -> tuple[str, ...]:
    """Behind the --, if there is one."""
    return words[words.index("--") + 1 :] if "--" in words else ()


def behind_run(*valued: str) -> Callable[[tuple[str, ...]], tuple[str, ...]]:
    """Behind `NAME run`, and nothing of another verb."""

    def skip(words: tuple[str, ...]) -> tuple[str, ...]:
        rest = options(*valued)(words)
        return options(*valued)(rest) if rest[:1] in (("run",), ("exec",), ("local:run",)) else ()

    return skip


# Programs that run another one, and where its words begin.
WRAPPERS: dict[str, Callable[[tuple[str, ...]], tuple[str, ...]]] = {
    "nice": options("-n"),
    "nohup": options(),
    "time": options(),
    "command": options(),
    "setsid": options(),
    "stdbuf": options("-i", "-o", "-e"),
    "timeout": behind_one,
    "sudo": options("-u", "-g"),
    "dumb-init": options("-r", "--rewrite"),
    "tini": options("-e", "-p"),
    "catatonit": options(),
    "gosu": behind_one,
    "su-exec": behind_one,
    "poetry": behind_run("-C", "--directory", "-P", "--project"),
    "pipenv": behind_run(),
    "pdm": behind_run("-p", "--project"),
    "hatch": behind_run(),
    "uv": behind_run(
        "--group", "--extra", "--with", "--python", "-p", "--env-file", "--package", "--directory", "--project"
    ),
    "rye": behind_run(),
    "bundle": behind_run(),
    "honcho": behind_run("-f", "-e", "-d", "-n"),
    "foreman": behind_run("-f", "-e", "-d"),
    "doppler": behind_run("-p", "-c", "--project", "--config"),
    "newrelic-admin": lambda words: words[2:] if words[1:2] == ("run-program",) else (),
    "ddtrace-run": options(),
    "opentelemetry-instrument": options(),
    "chamber": behind_dashes,
    "dockerize": options("-wait", "-timeout", "-wait-retry-interval", "-template", "-stdout", "-stderr"),
    "wait-for-it.sh": behind_dashes,
    "wait-for-it": behind_dashes,
    "wait-for": behind_dashes,
    "wait-for.sh": behind_dashes,
    "start-pgbouncer": options(),
    "start-pgbouncer-stunnel": options(),
    "start-nginx": options(),
    "start-stunnel": options(),
    "qgsocksify": options(),
    "docker-entrypoint.sh": options(),
}


def program(simple: Simple) -> Simple:
    """What runs once wrappers have done their part; the command itself when it is none."""
    for _ in range(2 * MOST_NESTED):
        wrapper = WRAPPERS.get(simple.name)
        inner = wrapper(simple.words) if wrapper else ()
        if not inner:
            return simple
        simple = replaced(replace(simple, words=inner))
    return simple
