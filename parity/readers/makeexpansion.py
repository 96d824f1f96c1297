"""Expands references to variables as make does, as far as a text tells.

https://www.gnu.org/software/make/manual/make.html#Using-Variables
https://www.gnu.org/software/make/manual/make.html#Functions
"""

from __future__ import annotations

import re
from collections.abc import Callable

from parity.contract.dataclass import dataclass

MOST_DEPTH = 40
# A few lines that name each other twice would make a text of any length.
MOST_CHARACTERS = 2_000_000
LONGEST = 100_000


@dataclass(frozen=True, slots=True)
class Known:
    """What a text comes to. Not `known`: what couldn't be expanded stands in it as the shell would see it, `${NAME}`."""

    text: str
    known: bool = True


@dataclass(slots=True)
class Stored:
    """A variable. `simple`: its text is expanded already. `unsure`: whether it is set at all can't be known."""

    text: str
    line: int
    simple: bool = False
    known: bool = True
    unsure: bool = False


# What make brings itself, as far as recipes name it.
BUILT_IN = {"MAKE": "make", "RM": "rm -f", "SHELL": "/bin/sh", "MAKEFLAGS": ""}

FUNCTIONS = re.compile(
    r"(?:shell|wildcard|foreach|call|eval|origin|flavor|value|error|warning|info|file|realpath|abspath|sort|filter|filter-out"
    r"|findstring|patsubst|subst|strip|word|words|wordlist|firstword|lastword|dir|notdir|suffix|basename|addsuffix|addprefix"
    r"|join|if|or|and|intcmp|let|guile)(?=[ \t])"
)


class Budget:
    def __init__(self) -> None:
        self.left = MOST_CHARACTERS


class Expander:
    """`above` are the variables of a wider scope."""

    def __init__(self, variables: dict[str, Stored], above: Expander | None = None) -> None:
        self.variables, self.above = variables, above
        self.budget: Budget = above.budget if above else Budget()
        self.inside: list[str] = above.inside if above else []

    def within(self, variables: dict[str, Stored]) -> Expander:
        return Expander(variables, self)

    def expand(self, text: str) -> Known:
        return self.expanded(text, self)

    def expanded(self, text: str, scope: Expander, depth: int = 0) -> Known:
        if "$" not in text:
            return Known(text)
        self.budget.left -= len(text)
        if self.budget.left < 0 or depth > MOST_DEPTH:
            return Known(text, False)
        found: list[str] = []
        known, at, size = True, 0, 0
        while (sign := text.find("$", at)) >= 0:
            found.append(text[at:sign])
            value, at = self.reference(text, sign + 1, scope, depth)
            found.append(value.text)
            known &= value.known
            size += len(value.text)
            self.budget.left -= len(value.text)
            if size > LONGEST or self.budget.left < 0:
                return Known(text, False)
        return Known("".join(found) + text[at:], known)

    def reference(self, text: str, at: int, scope: Expander, depth: int) -> tuple[Known, int]:
        """What stands behind a $, and where the text goes on."""
        char = text[at : at + 1]
        if char == "":
            return Known(""), at
        if char == "$":
            return Known("$"), at + 1
        if char not in "({":
            return self.variable(char, scope, depth), at + 1
        end = closing(text, at)
        if end < 0:
            # make stops here.
            return Known("$" + text[at:], False), len(text)
        return self.bracketed(text[at + 1 : end], scope, depth), end + 1

    def bracketed(self, inner: str, scope: Expander, depth: int) -> Known:
        function = FUNCTIONS.match(inner)
        if function:
            return self.function(function[0], inner[function.end() :].lstrip(" \t"), scope, depth)
        name = self.expanded(inner, scope, depth + 1)
        replaced = re.fullmatch(r"([^:=]+):([^=]*)=(.*)", name.text, re.DOTALL)
        if not replaced:
            return self.variable(name.text, scope, depth) if name.known else Known(f"$({inner})", False)
        value = self.variable(replaced[1], scope, depth)
        if not value.known or not name.known:
            return Known(f"$({inner})", False)
        return Known(" ".join(substituted(word, replaced[2], replaced[3]) for word in value.text.split()))

    def variable(self, name: str, scope: Expander, depth: int) -> Known:
        stored = scope.find(name)
        if stored is None:
            # The environment may have it, and the shell sees that too.
            built_in = BUILT_IN.get(name)
            shell = f"${{{name}}}" if re.fullmatch(r"[A-Za-z_]\w*", name) else f"$({name})"
            return Known(shell, False) if built_in is None else Known(built_in)
        if stored.simple:
            return Known(stored.text, stored.known and not stored.unsure)
        if name in self.inside:
            return Known(f"$({name})", False)
        self.inside.append(name)
        value = self.expanded(stored.text, scope, depth + 1)
        self.inside.pop()
        if not stored.known:
            return Known(f"$({name})", False)
        return Known(value.text, value.known and not stored.unsure)

    def find(self, name: str) -> Stored | None:
        scope: Expander | None = self
        while scope and name not in scope.variables:
            scope = scope.above
        return scope.variables[name] if scope else None

    def function(self, name: str, rest: str, scope: Expander, depth: int) -> Known:
        as_written = Known(f"$({name} {rest})", False)
        if name in ("if", "or", "and"):
            return self.choice(name, arguments(rest, 3 if name == "if" else 0), scope, depth) or as_written
        if name not in PURE:
            return as_written
        count, call = PURE[name]
        given = [self.expanded(one, scope, depth + 1) for one in arguments(rest, count)]
        if len(given) < count or not all(one.known for one in given):
            return as_written
        result = call(*(one.text for one in given))
        return as_written if len(result) > LONGEST else Known(result)

    def choice(self, name: str, given: list[str], scope: Expander, depth: int) -> Known | None:
        """Of `if`, `or` and `and`; None when what they rest on isn't known."""
        if name == "if":
            test = self.condition(given[0].strip(), scope, depth)
            if not test.known and test.text:
                return None
            chosen = given[1:2] if test.text else given[2:3]
            value = self.expanded(chosen[0], scope, depth + 1) if chosen else Known("")
            return Known(value.text, value.known and test.known)
        value, known = Known(""), True
        for one in given:
            value = self.condition(one.strip(), scope, depth)
            if not value.known and value.text:
                return None
            known &= value.known
            if bool(value.text) == (name == "or"):
                break
        return Known(value.text, known)

    def condition(self, text: str, scope: Expander, depth: int) -> Known:
        """What a condition comes to; a variable of nowhere, asked for by itself, is taken for one that isn't set."""
        value = self.expanded(text, scope, depth + 1)
        if not value.known and value.text == f"${{{text[2:-1]}}}" and scope.find(text[2:-1]) is None:
            return Known("", False)
        return value


def closing(text: str, at: int) -> int:
    """Where the bracket that stands at `at` is closed; -1 when it isn't."""
    opens = text[at]
    closes = ")" if opens == "(" else "}"
    depth = 0
    for match in re.compile(rf"[{re.escape(opens + closes)}]").finditer(text, at):
        depth += 1 if match[0] == opens else -1
        if depth == 0:
            return match.start()
    return -1


def arguments(text: str, count: int) -> list[str]:
    """What commas outside of brackets divide; at most `count` of them, the last with the commas that are left (0: no bound)."""
    found: list[str] = []
    start, depth = 0, 0
    for match in re.finditer(r"[(){},]", text):
        if match[0] == "," and depth == 0 and (not count or len(found) < count - 1):
            found.append(text[start : match.start()])
            start = match.end()
        elif match[0] != ",":
            depth += 1 if match[0] in "({" else -1
    return [*found, text[start:]]


def substituted(word: str, old: str, new: str) -> str:
    """Of $(X:old=new); without a % both are endings."""
    if "%" not in old:
        old, new = f"%{old}", f"%{new}"
    start, _, end = old.partition("%")
    if len(word) < len(start) + len(end) or not (word.startswith(start) and word.endswith(end)):
        return word
    return new.replace("%", word[len(start) : len(word) - len(end)], 1)


def each(change: Callable[[str], str], words: str) -> str:
    return " ".join(change(word) for word in words.split())


def one_of(words: str, patterns: list[str]) -> bool:
    return any(words == pattern or ("%" in pattern and matches(words, pattern)) for pattern in patterns)


def matches(word: str, pattern: str) -> bool:
    start, _, end = pattern.partition("%")
    return len(word) >= len(start) + len(end) and word.startswith(start) and word.endswith(end)


PURE: dict[str, tuple[int, Callable[..., str]]] = {
    "subst": (3, lambda old, new, text: text.replace(old, new) if old else text + new),
    "patsubst": (3, lambda old, new, text: each(lambda word: patterned(word, old.strip(), new.strip()), text)),
    "strip": (1, lambda text: " ".join(text.split())),
    "findstring": (2, lambda part, text: part if part in text else ""),
    "filter": (2, lambda patterns, text: " ".join(w for w in text.split() if one_of(w, patterns.split()[:100]))),
    "filter-out": (
        2,
        lambda patterns, text: " ".join(w for w in text.split() if not one_of(w, patterns.split()[:100])),
    ),
    "firstword": (1, lambda text: " ".join(text.split()[:1])),
    "lastword": (1, lambda text: " ".join(text.split()[-1:])),
    "words": (1, lambda text: str(len(text.split()))),
    "addprefix": (2, lambda prefix, text: each(lambda word: prefix + word, text)),
    "addsuffix": (2, lambda suffix, text: each(lambda word: word + suffix, text)),
    "notdir": (1, lambda text: " ".join(word.rpartition("/")[2] for word in text.split())),
    "dir": (1, lambda text: each(lambda word: "".join(word.rpartition("/")[:2]) or "./", text)),
    "sort": (1, lambda text: " ".join(sorted(set(text.split())))),
}


def patterned(word: str, old: str, new: str) -> str:
    if "%" not in old:
        return new if word == old else word
    return substituted(word, old, new) if "%" in new else new if matches(word, old) else word
