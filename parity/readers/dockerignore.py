"""Reads a .dockerignore: what stays out of a build context.

https://docs.docker.com/build/concepts/context/#dockerignore-files
https://github.com/moby/patternmatcher/blob/main/patternmatcher.go
https://github.com/tonistiigi/fsutil/blob/master/filter.go
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator

from parity.contract.dataclass import dataclass
from parity.contract.finding import Finding
from parity.contract.place import Place

# Go's letters behind a backslash, and Python's.
CLASSES = {"d": "0-9", "w": "0-9A-Za-z_", "s": "\\t\\n\\f\\r "}
OTHERS = {"D": "\\D", "W": "\\W", "S": "\\S"}
CONTROLS = {"a": "\x07", "f": "\x0c", "n": "\n", "r": "\r", "t": "\t", "v": "\x0b"}
POSIX = {
    "alnum": "0-9A-Za-z",
    "alpha": "A-Za-z",
    "ascii": "\\x00-\\x7f",
    "blank": "\\t ",
    "cntrl": "\\x00-\\x1f\\x7f",
    "digit": "0-9",
    "graph": "!-~",
    "lower": "a-z",
    "print": " -~",
    "punct": "!-/:-@\\[-`{-~",
    "space": "\\t\\n\\v\\f\\r ",
    "upper": "A-Z",
    "word": "0-9A-Za-z_",
    "xdigit": "0-9A-Fa-f",
}
NAMED = re.compile(r"\[:(\^?)([a-z]+):\]")
# Any number of folders.
DEEP = "(.*/)?"
# With more stars than this a pattern takes too long for Python's engine, and goes by states.
MOST_STARS = 3


class BadPattern(Exception):
    """A pattern that no build takes."""


class Ignore:
    """The patterns of a text; what matches one stays out, and with it what is below, until a `!` takes it back."""

    def __init__(self, text: str, file: str = ".dockerignore") -> None:
        self.patterns: list[Pattern] = []
        found: list[Finding] = []
        for number, row in rows(text):
            try:
                self.patterns += [Pattern(row)] if row else []
            except BadPattern:
                message = f"`{shortened(row)}` is no pattern, and nothing is built as long as it stands here"
                found.append(Finding("dockerfile-refused", Place(file, number), message, "close its [, or remove it"))
        self.findings = tuple(found)
        # Of a folder: whether each pattern matches it or one above it.
        self.folders: dict[str, tuple[bool, ...]] = {"": ()}
        self.known: dict[str, bool] = {}

    def ignores(self, path: str) -> bool:
        """Whether a path, relative to the context, stays out."""
        path = posixpath.normpath(path)
        if path not in self.known:
            self.known[path] = self.judged(path)[0]
        return self.known[path]

    def judged(self, path: str) -> tuple[bool, tuple[bool, ...]]:
        return self.judged_below(path, self.above(posixpath.dirname(path)))

    def above(self, folder: str) -> tuple[bool, ...]:
        """What is known of a folder; those above it come first, as a walk has them."""
        missing = []
        while folder not in self.folders:
            missing.append(folder)
            folder = posixpath.dirname(folder)
        for one in reversed(missing):
            self.folders[one] = self.judged_below(one, self.folders[posixpath.dirname(one)])[1]
        return self.folders[missing[0] if missing else folder]

    def judged_below(self, path: str, parent: tuple[bool, ...]) -> tuple[bool, tuple[bool, ...]]:
        """A pattern that can't change the answer isn't asked, and then doesn't hold for what is below either."""
        out, matched = False, []
        for number, pattern in enumerate(self.patterns):
            match = bool(parent) and parent[number]
            if not match and pattern.back == out:
                match = pattern.matches(path)
            matched.append(match)
            if match:
                out = not pattern.back
        return out, tuple(matched)


def rows(text: str) -> Iterator[tuple[int, str]]:
    """Patterns as they are kept, with the line of each."""
    for number, row in enumerate(text.removeprefix("\ufeff").split("\n"), 1):
        if row.startswith("#"):
            continue
        row = trimmed(row)
        back = row.startswith("!")
        row = cleaned(trimmed(row.removeprefix("!")))
        yield number, cleaned(trimmed(f"!{row}" if back else row))


def trimmed(text: str) -> str:
    return text.strip(
        "\t\n\v\f\r \x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B)))
    )


def cleaned(text: str) -> str:
    """As Go's path.Clean, and without the slash in front."""
    if not text:
        return ""
    text = posixpath.normpath(text)
    text = "/" + text.lstrip("/") if text.startswith("/") else text
    return text[1:] if len(text) > 1 and text.startswith("/") else text


def shortened(text: str) -> str:
    text = "".join(char if char.isprintable() else " " for char in text)
    return text if len(text) <= 40 else f"{text[:39]}…"


class Pattern:
    """One pattern; `back` takes back what others left out. Raises BadPattern."""

    def __init__(self, text: str) -> None:
        self.back = text.startswith("!")
        self.text = text.removeprefix("!")
        if not self.text:
            raise BadPattern
        check(self.text)
        self.matches = matcher(self.text)


def matcher(text: str) -> Callable[[str], bool]:
    """How patternmatcher goes about a pattern: plain text, a begin, an end, or a regular expression."""
    plain = not set("*?[]\\") & set(text)
    if plain:
        return text.__eq__
    front, stars, _ = text.partition("**")
    if stars and text.endswith("**") and not set("*?[]\\") & set(front) and front + "**" == text:
        return lambda path: path.startswith(front)
    if text.startswith("**") and not set("*?[]\\") & set(text[2:]):
        end = text[2:]
        return lambda path: path.endswith(end) or (end.startswith("/") and path == end[1:])
    return by_parts(list(parts("".join(expression(text)))))


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a pattern: `one` character, a `run` of them that may be none, a path's begin `deep`, or a `place` between."""

    kind: str
    expression: str


def expression(text: str) -> Iterator[str]:
    """The regular expression that patternmatcher writes, which has signs for * and ? within brackets too."""
    at = 0
    while at < len(text):
        char = text[at]
        at += 1
        if char == "*" and text.startswith("*", at):
            at += 1
            at += text.startswith("/", at)
            yield ".*" if at == len(text) else DEEP
        elif char == "*":
            yield "[^/]*"
        elif char == "?":
            yield "[^/]"
        elif char in ".+()$":
            yield f"\\{char}"
        elif char == "\\":
            yield text[at - 1 : at + 1]
            at += 1
        else:
            yield char


def parts(text: str) -> Iterator[Part]:
    """The pieces of that expression, as Python would write each."""
    at = 0
    while at < len(text):
        if text.startswith(DEEP, at):
            yield Part("deep", "(?:.*/)?")
            at += len(DEEP)
            continue
        char = text[at]
        at += 1
        if char == "[":
            inner, at = bracket(text, at)
            one = Part("one", inner)
        elif char == "\\":
            # At the end it makes a dollar of Go's own sign for the end, which no path of these ever has.
            one = escaped(text[at]) if at < len(text) else Part("place", "(?!)")
            at += 1
        else:
            # patternmatcher means to escape a | too, and doesn't.
            one = Part("place", char) if char in "^|" else Part("one", char if char == "." else re.escape(char))
        if text.startswith("*", at):
            if one.kind != "one":
                raise BadPattern
            one, at = Part("run", one.expression), at + 1
        yield one


def escaped(char: str) -> Part:
    """A backslash is Go's regular expression's, so `\\d` is a digit."""
    if char.lower() in CLASSES:
        return Part("one", f"[{'^' if char.isupper() else ''}{CLASSES[char.lower()]}]")
    if char in CONTROLS:
        return Part("one", re.escape(CONTROLS[char]))
    if char in "bBAz":
        return Part("place", {"z": "\\Z"}.get(char, f"\\{char}"))
    if char.isalnum() or not char.isascii():
        raise BadPattern
    return Part("one", re.escape(char))


def bracket(text: str, at: int) -> tuple[str, int]:
    """A class in Go's form, from behind its [, and where it ends."""
    begin = "[^" if text.startswith("^", at) else "["
    at += len(begin) - 1
    written: list[str] = []
    while not (written and text.startswith("]", at)):
        if named := NAMED.match(text, at):
            written.append(posix(named[1], named[2]))
            at = named.end()
            continue
        low, at = in_class(text, at)
        if text.startswith("-", at) and not text.startswith("-]", at):
            high, at = in_class(text, at + 1)
            if len(low) > 1 or len(high) > 1 or low > high:
                raise BadPattern
            written.append(f"{re.escape(low)}-{re.escape(high)}")
        else:
            written.append(low if len(low) > 1 else re.escape(low))
    return f"{begin}{''.join(written)}]", at + 1


def in_class(text: str, at: int) -> tuple[str, int]:
    """A character of a class, or what stands for several; raises BadPattern at the end."""
    if at >= len(text):
        raise BadPattern
    if text[at] != "\\":
        return text[at], at + 1
    char = text[at + 1 : at + 2]
    if char in CONTROLS:
        return CONTROLS[char], at + 2
    if char.lower() in CLASSES:
        if char.isupper():
            return OTHERS[char], at + 2
        return CLASSES[char], at + 2
    if not char or char.isalnum() or not char.isascii():
        raise BadPattern
    return char, at + 2


def posix(back: str, name: str) -> str:
    if name not in POSIX or back:
        raise BadPattern
    return POSIX[name]


def by_parts(found: list[Part]) -> Callable[[str], bool]:
    if sum(part.kind in ("run", "deep") for part in found) <= MOST_STARS:
        whole = "".join(f"{part.expression}*" if part.kind == "run" else part.expression for part in found)
        try:
            if "|" in [part.expression for part in found]:
                return searched(re.compile(f"^{whole}\\Z", re.ASCII))
            return compiled(re.compile(whole, re.ASCII))
        except re.error as error:
            raise BadPattern from error
    if any(part.kind == "place" for part in found):
        # No file of anybody has one: what it matches can't be said in time.
        return lambda path: False
    try:
        return States(found).matches
    except re.error as error:
        raise BadPattern from error


def compiled(pattern: re.Pattern[str]) -> Callable[[str], bool]:
    return lambda path: pattern.fullmatch(path) is not None


def searched(pattern: re.Pattern[str]) -> Callable[[str], bool]:
    return lambda path: pattern.search(path) is not None


class States:
    """A pattern with many stars, character by character. A state is a bit, so that one number holds all that are reached."""

    def __init__(self, found: list[Part]) -> None:
        self.tests: list[Callable[[str], object]] = []
        # States that lead to the next one, and that stay; a `deep` is two of them, its begin and what is within.
        self.one = self.run = self.deep = self.within = 0
        for part in found:
            bit = 1 << len(self.tests)
            self.tests.append(re.compile("." if part.kind == "deep" else part.expression, re.ASCII).match)
            if part.kind == "deep":
                self.deep |= bit
                self.within |= bit << 1
                self.tests.append(self.tests[-1])
            elif part.kind == "run":
                self.run |= bit
            else:
                self.one |= bit
        self.end = 1 << len(self.tests)
        self.fitting: dict[str, int] = {}

    def matches(self, path: str) -> bool:
        states = self.reached(1)
        for char in path:
            if char not in self.fitting:
                self.fitting[char] = sum(1 << number for number, test in enumerate(self.tests) if test(char))
            states &= self.fitting[char]
            following = (states & (self.one | self.deep)) << 1 | states & (self.run | self.within)
            if char == "/":
                following |= (states & self.deep) << 2 | (states & self.within) << 1
            states = self.reached(following)
            if not states:
                return False
        return bool(states & self.end)

    def reached(self, states: int) -> int:
        """With the states behind what may be nothing."""
        while True:
            more = states | (states & self.run) << 1 | (states & self.deep) << 2
            if more == states:
                return states
            states = more


def check(text: str) -> None:
    """Raises BadPattern where Go's filepath.Match does for the name `.`, which reads no further than to its first mismatch."""
    name = "."
    while text:
        star, chunk, text = chunked(text)
        if star and not chunk:
            return
        rest = begins(chunk, name)
        if (rest is None and star and name) or (rest and not text and star):
            rest = begins(chunk, "")
        if rest is None or (rest and not text):
            return
        name = rest


def chunked(text: str) -> tuple[bool, str, str]:
    """Whether stars stand in front, what is behind them up to the next, and the rest."""
    bare = text.lstrip("*")
    star, inside, at = bare != text, False, 0
    while at < len(bare):
        char = bare[at]
        if char == "\\":
            at += 1
        elif char in "[]":
            inside = char == "["
        elif char == "*" and not inside:
            return star, bare[:at], bare[at:]
        at += 1
    return star, bare, ""


def begins(chunk: str, name: str) -> str | None:
    """What is left of a name behind a chunk; None when it doesn't begin so."""
    failed, at = False, 0
    while at < len(chunk):
        failed = failed or not name
        first, name = name[:1], name[1:]
        char = chunk[at]
        at += 1
        if char == "[":
            match, at = check_class(chunk, at, first)
            failed = failed or not match
        elif char == "?":
            failed = failed or first == "/"
        else:
            if char == "\\":
                char = chunk[at : at + 1]
                at += 1
                if not char:
                    raise BadPattern
            failed = failed or char != first
    return None if failed else name


def check_class(text: str, at: int, char: str) -> tuple[bool, int]:
    back = text.startswith("^", at)
    at += back
    match, count = False, 0
    while not (count and text.startswith("]", at)):
        low, at = check_one(text, at)
        high = low
        if text.startswith("-", at):
            high, at = check_one(text, at + 1)
        match = match or low <= char <= high
        count += 1
    return match != back, at + 1


def check_one(text: str, at: int) -> tuple[str, int]:
    """A character of a class; something must stand behind it."""
    char = text[at : at + 1]
    if not char or char in "-]":
        raise BadPattern
    if char == "\\":
        at += 1
        char = text[at : at + 1]
    if not char or at + 1 >= len(text):
        raise BadPattern
    return char, at + 1
