"""Which paths the patterns of a .gitignore mean: https://git-scm.com/docs/gitignore

git matches bytes, so patterns and paths are text of one character a byte here (`latin-1`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from parity.contract.dataclass import dataclass

BOM = "\xef\xbb\xbf"

NEVER = "(?!)"


@dataclass(frozen=True, slots=True)
class Pattern:
    """A line of a .gitignore. Without a slash inside it is held against a name (`named`), else against a path."""

    text: str
    negative: bool
    folders_only: bool
    named: bool


@dataclass(frozen=True, slots=True)
class Run:
    """Patterns that follow each other and all ignore, or all don't: which of them matches makes no difference."""

    negative: bool
    names: frozenset[str]
    endings: tuple[str, ...]
    name: re.Pattern[str] | None
    path: re.Pattern[str] | None

    def matches(self, path: str, name: str) -> bool:
        return (
            name in self.names
            or name.endswith(self.endings)
            or (self.name is not None and self.name.fullmatch(name) is not None)
            or (self.path is not None and self.path.fullmatch(path) is not None)
        )


class Patterns:
    """The patterns of one file; paths are relative to the folder that they are for."""

    def __init__(self, text: str) -> None:
        patterns = parsed(text)
        self.of_folders = runs(patterns)
        self.of_files = runs([pattern for pattern in patterns if not pattern.folders_only])

    def ignores(self, path: str, name: str, folder: bool) -> bool | None:
        """What the last pattern that matches says; None when none does."""
        for run in self.of_folders if folder else self.of_files:
            if run.matches(path, name):
                return not run.negative
        return None


def parsed(text: str) -> list[Pattern]:
    lines = (without_blanks(line.removesuffix("\r")) for line in text.removeprefix(BOM).split("\n"))
    return [pattern(line) for line in lines if line and not line.startswith("#")]


def without_blanks(line: str) -> str:
    """Without the blanks at its end, but those behind a backslash."""
    bare = line.rstrip(" ")
    escapes = len(bare) - len(bare.rstrip("\\"))
    return line[: len(bare) + 1] if escapes % 2 and len(bare) < len(line) else bare


def pattern(line: str) -> Pattern:
    negative = line.startswith("!")
    # A NUL ends the text for git.
    text = line[negative:].partition("\0")[0]
    folders_only = text.endswith("/")
    text = text[: len(text) - folders_only]
    return Pattern(text, negative, folders_only, "/" not in text)


def runs(patterns: list[Pattern]) -> list[Run]:
    """The last first."""
    found: list[Run] = []
    together: list[Pattern] = []
    for one in reversed(patterns):
        if together and together[-1].negative != one.negative:
            found.append(run(together))
            together = []
        together.append(one)
    return [*found, run(together)] if together else found


def run(patterns: list[Pattern]) -> Run:
    names: set[str] = set()
    endings: set[str] = set()
    globs, paths = [], []
    for one in patterns:
        wild = plain_length(one.text)
        if not one.named:
            paths.append(path_expression(one.text))
        elif wild == len(one.text):
            names.add(one.text)
        elif wild == 0 and one.text[0] == "*" and plain_length(one.text[1:]) == len(one.text) - 1:
            endings.add(one.text[1:])
        else:
            globs.append(expression(one.text))
    return Run(patterns[0].negative, frozenset(names), tuple(endings), either(globs), either(paths))


def either(expressions: list[str]) -> re.Pattern[str] | None:
    return re.compile("|".join(dict.fromkeys(expressions)), re.DOTALL) if expressions else None


def plain_length(text: str) -> int:
    """How much of a pattern stands before its first special character."""
    match = re.search(r"[*?\[\\]", text)
    return match.start() if match else len(text)


def path_expression(text: str) -> str:
    """git compares what is plain at the start by itself, so that `**` right behind it counts as if it began the pattern."""
    text = text.removeprefix("/")
    plain = plain_length(text)
    return re.escape(text[:plain]) + expression(text[plain:])


# The stars: up to a slash; anything; any folders or none, with the slash behind them.
STAR, ANYTHING, FOLDERS = "[^/]*?", ".*?", "(?:[^/]*/)*?"


def expression(text: str) -> str:
    """A regular expression for a pattern, which takes a time that grows with the path's length, whatever the pattern.

    Between two of `**` the number of slashes is fixed, and within a part that of characters between two stars. So the first
    place where that fits is as good as any later one, and atomic groups forget the others.
    """
    blocks: list[tuple[str, list[str]]] = [("", [])]
    for token in tokens(text):
        if token == NEVER:
            return NEVER
        if token in (ANYTHING, FOLDERS):
            blocks.append((token, []))
        else:
            blocks[-1][1].append(token)
    pieces = [wide + "/".join(map(part, split(block, "/"))) for wide, block in blocks]
    return pieces[0] + "".join(f"(?>{piece})" for piece in pieces[1:-1]) + "".join(pieces[1:][-1:])


def part(block: list[str]) -> str:
    """What stands between two slashes."""
    first, *others = ("".join(piece) for piece in split(block, STAR))
    if not others:
        return first
    return first + "".join(f"(?>{STAR}{piece})" for piece in others[:-1]) + f"[^/]*{others[-1]}"


def split(block: list[str], separator: str) -> list[list[str]]:
    found: list[list[str]] = [[]]
    for token in block:
        if token == separator:
            found.append([])
        else:
            found[-1].append(token)
    return found


def tokens(text: str) -> Iterator[str]:
    """Expressions of the stars, slashes and single characters of a pattern."""
    at = 0
    while at < len(text):
        char = text[at]
        if char == "*":
            end = at + len(text[at:]) - len(text[at:].lstrip("*"))
            alone = text[at - 1 : at] in ("", "/") and re.match(r"\\?/|\Z", text[end : end + 2])
            whole = bool(end - at > 1 and alone)
            folders = whole and text[end : end + 1] == "/"
            yield FOLDERS if folders else ANYTHING if whole else STAR
            at = end + folders
        elif char == "[":
            token, at = bracket(text, at + 1)
            yield token
        elif char == "\\":
            yield re.escape(text[at + 1]) if at + 1 < len(text) else NEVER
            at += 2
        else:
            yield "[^/]" if char == "?" else char if char == "/" else re.escape(char)
            at += 1


def bracket(text: str, at: int) -> tuple[str, int]:
    """The expression of what `[` opens before `at`, and where the pattern goes on."""
    negative = text[at : at + 1] in ("!", "^")
    at += negative
    found: set[str] = set()
    before, first = "", True
    while first or text[at : at + 1] != "]":
        first = False
        if text.startswith("[:", at) and (named := posix(text, at)) is not None:
            chars, at = named
            found |= chars
            before = ""
            continue
        ranged = text[at : at + 1] == "-" and before and text[at + 1 : at + 2] not in ("", "]")
        at += bool(ranged)
        at += text[at : at + 1] == "\\"
        if at >= len(text):
            return NEVER, at
        low = before if ranged else text[at]
        found |= {chr(code) for code in range(ord(low), ord(text[at]) + 1)}
        before = "" if ranged else text[at]
        at += 1
    if negative:
        return f"[^/{''.join(map(re.escape, sorted(found)))}]", at + 1
    found.discard("/")
    return (f"[{''.join(map(re.escape, sorted(found)))}]" if found else NEVER), at + 1


def posix(text: str, at: int) -> tuple[set[str], int] | None:
    """The characters of a class such as [:alpha:]; None when no `:]` ends it."""
    end = text.find("]", at + 2)
    if end >= 0 and (end - 1 < at + 2 or text[end - 1] != ":"):
        return None
    members = CLASSES.get(text[at + 2 : end - 1]) if end >= 0 else None
    # Of one that there isn't, git says that the whole pattern matches nothing: the end of the text is never a match.
    return (set(), len(text)) if members is None else (set(filter(members, ASCII)), end + 1)


ASCII = [chr(code) for code in range(128)]
CLASSES: dict[str, Callable[[str], bool]] = {
    "alnum": str.isalnum,
    "alpha": str.isalpha,
    "blank": " \t".__contains__,
    "cntrl": lambda char: char < " " or char == "\x7f",
    "digit": str.isdigit,
    "graph": lambda char: "!" <= char <= "~",
    "lower": str.islower,
    "print": lambda char: " " <= char <= "~",
    "punct": lambda char: "!" <= char <= "~" and not char.isalnum(),
    "space": " \t\n\v\f\r".__contains__,
    "upper": str.isupper,
    "xdigit": "0123456789abcdefABCDEF".__contains__,
}
