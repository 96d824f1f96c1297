"""Evaluates expressions of GitHub Actions as far as a file tells what they are made of.

https://docs.github.com/en/actions/reference/workflows-and-actions/expressions
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

Scalar = str | float | bool | None


# Names are taken whatever their case, these are not.
CONSTANTS: dict[str, Scalar] = {
    **{"true": True, "false": False, "null": None},
    **{"NaN": float("nan"), "Infinity": float("inf")},
}
CONTEXTS = {
    *("github", "env", "vars", "job", "jobs", "steps", "runner", "secrets", "strategy", "matrix", "needs", "inputs"),
}


class Unknown:
    """What only the runner can tell: a secret, an output, a function of files."""


UNKNOWN = Unknown()
Result = Scalar | Unknown

# What a path such as `matrix.python-version` or `env['X']` leads to.
Lookup = Callable[[tuple[str, ...]], Result]

TOKEN = re.compile(
    r"\s*(?:(?P<string>'[^']*'(?:'[^']*')*)|(?P<number>[-+]?(?:Infinity|0x[0-9a-fA-F]+|0o[0-7]+|(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)(?![\w.]))"
    r"|(?P<name>[A-Za-z_][\w-]*)|(?P<sign>==|!=|<=|>=|&&|\|\||[!<>()\[\].,*]))"
)
MOST_DEPTH = 50
# GitHub's own bound.
MOST_CHARACTERS = 21_000


def pieces(text: str) -> list[tuple[bool, str]] | None:
    """A text as (whether it is an expression, its text); None when an expression stays open."""
    found: list[tuple[bool, str]] = []
    at = 0
    while (start := text.find("${{", at)) >= 0:
        end = closing(text, start + 3)
        if end < 0:
            return None
        if start > at:
            found.append((False, text[at:start]))
        found.append((True, text[start + 3 : end].strip()))
        at = end + 2
    return [*found, (False, text[at:])] if at < len(text) else found


def closing(text: str, at: int) -> int:
    """Where the `}}` of an expression stands: one in a string doesn't count."""
    while True:
        end, quote = text.find("}}", at), text.find("'", at)
        if end < 0 or quote < 0 or end < quote:
            return end
        at = text.find("'", quote + 1) + 1
        if at == 0:
            return -1


def spelled(value: Scalar) -> str:
    """A value within a text."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value if isinstance(value, str) else number(value)


def number(value: float) -> str:
    """As .NET's G15 writes it."""
    if value != value:
        return "NaN"
    if value in (float("inf"), float("-inf")):
        return "Infinity" if value > 0 else "-Infinity"
    return f"{value + 0:.15g}".upper() if value else "0"


def evaluated(text: str, lookup: Lookup) -> Result:
    """What an expression comes to; UNKNOWN also for one that GitHub refuses."""
    if len(text) > MOST_CHARACTERS:
        return UNKNOWN
    tokens = list(tokenized(text))
    parser = Parser(tokens, lookup)
    try:
        result = parser.either()
    except Refused:
        return UNKNOWN
    return result if parser.at == len(tokens) else UNKNOWN


def tokenized(text: str) -> Iterator[tuple[str, str]]:
    at = 0
    text = text.rstrip()
    while at < len(text):
        match = TOKEN.match(text, at)
        if not match:
            yield "wrong", text[at]
            return
        yield str(match.lastgroup), match[str(match.lastgroup)]
        at = match.end()


class Refused(Exception):
    """The text is no expression."""


class Parser:
    """Evaluates while it reads; the signs bind in the order of the methods, the loosest first."""

    def __init__(self, tokens: list[tuple[str, str]], lookup: Lookup) -> None:
        self.tokens, self.lookup = tokens, lookup
        self.at = self.depth = 0

    def sign(self) -> str:
        """The sign that comes next, "" when it is something else."""
        kind, text = self.tokens[self.at] if self.at < len(self.tokens) else ("", "")
        return text if kind == "sign" else ""

    def take(self, *signs: str) -> str:
        sign = self.sign()
        self.at += sign in signs
        return sign if sign in signs else ""

    def expect(self, sign: str) -> None:
        if not self.take(sign):
            raise Refused

    def either(self) -> Result:
        result = self.both()
        while self.take("||"):
            other = self.both()
            known = truth(result)
            result = UNKNOWN if known is None else result if known else other
        return result

    def both(self) -> Result:
        result = self.equal()
        while self.take("&&"):
            other = self.equal()
            known = truth(result)
            result = UNKNOWN if known is None else other if known else result
        return result

    def equal(self) -> Result:
        result = self.ordered()
        while sign := self.take("==", "!="):
            same = alike(result, self.ordered())
            result = UNKNOWN if same is None else same == (sign == "==")
        return result

    def ordered(self) -> Result:
        result = self.negated()
        while sign := self.take("<=", ">=", "<", ">"):
            result = compared(result, self.negated(), sign)
        return result

    def negated(self) -> Result:
        count = 0
        while self.take("!"):
            count += 1
        result = self.primary()
        known = truth(result)
        if not count:
            return result
        return UNKNOWN if known is None else known == (count % 2 == 0)

    def primary(self) -> Result:
        if self.at >= len(self.tokens):
            raise Refused
        kind, text = self.tokens[self.at]
        self.at += 1
        if text == "(" and kind == "sign":
            result = self.inner(")")
            # What is taken out of what stands in brackets is an object's, which nothing here is.
            return UNKNOWN if self.path() else result
        if kind == "string":
            return text[1:-1].replace("''", "'")
        if kind == "number":
            return numeric(text)
        if kind != "name":
            raise Refused
        if self.take("("):
            return self.function(text)
        if text not in CONSTANTS and text.lower() not in CONTEXTS:
            raise Refused
        path = self.path()
        return CONSTANTS[text] if text in CONSTANTS and not path else self.lookup((text.lower(), *path))

    def inner(self, end: str) -> Result:
        self.depth += 1
        if self.depth > MOST_DEPTH:
            raise Refused
        result = self.either()
        self.expect(end)
        self.depth -= 1
        return result

    def path(self) -> tuple[str, ...]:
        """What follows a name: .x, ['x'], .*; keys are compared without case."""
        found: list[str] = []
        while sign := self.take(".", "["):
            if sign == "[":
                result = self.inner("]")
                found.append(spelled(result).lower() if not isinstance(result, Unknown) else "*")
            elif self.take("*"):
                found.append("*")
            elif self.at < len(self.tokens) and self.tokens[self.at][0] == "name":
                found.append(self.tokens[self.at][1].lower())
                self.at += 1
            else:
                raise Refused
        return tuple(found)

    def function(self, name: str) -> Result:
        given: list[Result] = []
        if not self.take(")"):
            self.depth += 1
            if self.depth > MOST_DEPTH:
                raise Refused
            given.append(self.either())
            while self.take(","):
                given.append(self.either())
            self.expect(")")
            self.depth -= 1
        result = called(name.lower(), given)
        return UNKNOWN if self.path() else result


def called(name: str, given: list[Result]) -> Result:
    texts = [spelled(value) for value in given if not isinstance(value, Unknown)]
    if len(texts) < len(given):
        return UNKNOWN
    if name == "format" and texts:
        return formatted(texts[0], texts[1:])
    if len(texts) == 2 and name in ("contains", "startswith", "endswith"):
        text, part = texts[0].lower(), texts[1].lower()
        return part in text if name == "contains" else text.startswith(part) if name[0] == "s" else text.endswith(part)
    return UNKNOWN


def formatted(text: str, given: list[str]) -> Result:
    wrong = False

    def put(match: re.Match[str]) -> str:
        nonlocal wrong
        if match[1]:
            wrong |= len(match[1]) > 3 or int(match[1]) >= len(given)
            return "" if wrong else given[int(match[1])]
        wrong |= len(match[0]) == 1
        return match[0][0]

    result = re.sub(r"\{(\d+)\}|\{\{|\}\}|[{}]", put, text)
    return UNKNOWN if wrong or len(result) > MOST_CHARACTERS else result


def truth(value: Result) -> bool | None:
    """Whether a value counts as true; None when it isn't known."""
    if isinstance(value, Unknown):
        return None
    return bool(value) and value == value


def alike(one: Result, other: Result) -> bool | None:
    """Texts are equal whatever their case; of two types, both are numbers."""
    if isinstance(one, Unknown) or isinstance(other, Unknown):
        return None
    if isinstance(one, str) and isinstance(other, str):
        return one.lower() == other.lower()
    return as_number(one) == as_number(other)


def compared(one: Result, other: Result, sign: str) -> Result:
    if isinstance(one, Unknown) or isinstance(other, Unknown):
        return UNKNOWN
    left: str | float
    right: str | float
    if isinstance(one, str) and isinstance(other, str):
        left, right = one.lower(), other.lower()
        less, equal = left < right, left == right
    else:
        left, right = as_number(one), as_number(other)
        if left != left or right != right:
            return False
        less, equal = left < right, left == right
    return {"<": less, "<=": less or equal, ">": not less and not equal, ">=": not less}[sign]


def as_number(value: Scalar) -> float:
    if value is None:
        return 0
    if not isinstance(value, str):
        return float(value)
    return numeric(value.strip()) if value.strip() else 0


def numeric(text: str) -> float:
    digits = text.lstrip("+-")
    if digits == "Infinity":
        return float(text)
    try:
        if digits[:2].lower() in ("0x", "0o"):
            return float(int(digits, 0)) * (-1 if text[0] == "-" else 1)
        return float(text) if re.fullmatch(r"[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?", text) else float("nan")
    except (ValueError, OverflowError):
        return float("nan")
