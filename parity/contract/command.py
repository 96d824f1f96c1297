"""Commands of a shell, as words. https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from parity.contract.dataclass import dataclass
from parity.contract.finding import Finding
from parity.contract.place import Place

# A default may hold one variable more: ${PORT:-${HTTP_PORT:-8000}}.
VARIABLE = re.compile(
    r"(?<!\\)\$(?:(?P<bare>[A-Za-z_][A-Za-z0-9_]*)|"
    r"\{(?P<name>[A-Za-z_][A-Za-z0-9_]*)(?:(?P<sign>:?[-+?=])(?P<word>(?:[^{}]|\$\{[^{}]*\})*))?\})"
)


@dataclass(frozen=True, slots=True)
class Simple:
    """A command: its words without their quotes, `$X` as written and `\\$X` where it means itself, and what leads to it."""

    words: tuple[str, ...]
    place: Place
    # In front of it, or of `env`: FOO=bar.
    assignments: tuple[tuple[str, str], ...] = ()
    # It takes the place of the shell, so that signals reach it.
    exec: bool = False
    # What joins it to the one before: "", &&, ||, ;, | or &.
    operator: str = ""
    # It may not run: inside if, case, a loop or a function, or behind || or &&'s failing side.
    conditional: bool = False
    background: bool = False
    # Its sign and its file: (">", "/dev/null"), ("2>&", "1").
    redirects: tuple[tuple[str, str], ...] = ()

    @property
    def name(self) -> str:
        """The program without its folder; "" for an assignment alone."""
        return self.words[0].rpartition("/")[2] if self.words else ""

    @property
    def text(self) -> str:
        return " ".join(self.words)


@dataclass(frozen=True, slots=True)
class Script:
    """The commands of a text, in its order."""

    commands: tuple[Simple, ...] = ()
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Mention:
    """A variable that a text names, with what stands in for it when it isn't set (None: nothing)."""

    name: str
    default: str | None = None
    # ${X:?…}
    required: bool = False


def mentions(text: str) -> Iterator[Mention]:
    """The variables that a word or a whole command names."""
    for match in VARIABLE.finditer(text):
        sign = match["sign"] or ""
        default = match["word"] if sign.endswith(("-", "=")) else "" if sign.endswith("+") else None
        yield Mention(match["bare"] or match["name"], default, sign.endswith("?"))
        if match["word"] and "$" in match["word"]:
            yield from mentions(match["word"])


def expand(text: str, values: Mapping[str, str]) -> str:
    """`text` with the variables of `values` put in, and with the defaults of others; what has neither stays as written."""

    def put(match: re.Match[str]) -> str:
        value = values.get(match["bare"] or match["name"])
        sign, word = match["sign"] or "", match["word"] or ""
        word = expand(word, values) if "$" in word else word
        if sign.endswith("+"):
            return word if value or (value is not None and sign == "+") else ""
        if value or (value is not None and not sign.startswith(":")):
            return value
        return word if sign.endswith(("-", "=")) else "" if value == "" else match[0]

    return VARIABLE.sub(put, text)


def same(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two argvs are one, however they were quoted and whichever of `$X` and `${X}` they were spelled with."""
    return [spelled(word) for word in one] == [spelled(word) for word in other]


def literal(word: str) -> str:
    """A word that names no variable, as the program gets it."""
    return word.replace("\\$", "$")


def spelled(word: str) -> str:
    return re.sub(r"\$\{([A-Za-z_][A-Za-z0-9_]*)\}", r"$\1", word)
