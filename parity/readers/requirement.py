"""Reads one dependency: https://packaging.python.org/en/latest/specifications/dependency-specifiers/"""

from __future__ import annotations

import re

from parity.contract import marker as markers
from parity.contract.dataclass import dataclass
from parity.contract.packages import Requirement, normalised
from parity.contract.place import Place
from parity.contract.version import SPECIFIER, parse, pinned, specifier

NAME = re.compile(r"(?P<name>[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?)\s*(?:\[(?P<extras>[^\]]*)\]\s*)?")
EXTRA = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?")
BARE = re.compile(r"\s*(?:===|==|!=|~=|<=|>=|<|>)\s*[^\s,;)]+\s*")


class Refused(ValueError):
    """A dependency that pip wouldn't take; the message says why, in a clause."""


@dataclass(frozen=True, slots=True)
class Parts:
    """A dependency's parts: the name as written, its extras, and `>=1,<2` or an address."""

    name: str
    extras: tuple[str, ...]
    specifier: str
    url: str
    marker: str


def read(text: str, place: Place, groups: tuple[str, ...]) -> Requirement:
    """Raises Refused."""
    return requirement(parts(text), place, groups)


def requirement(found: Parts, place: Place, groups: tuple[str, ...]) -> Requirement:
    only = pinned(found.specifier) if found.specifier else None
    return Requirement(
        name=normalised(found.name),
        place=place,
        extras=found.extras,
        specifier=found.specifier,
        pinned=only.text if only else None,
        marker=found.marker,
        groups=groups,
        url=found.url,
        written=found.name,
    )


def parts(text: str) -> Parts:
    """Raises Refused."""
    text = text.strip()
    match = NAME.match(text)
    if match is None:
        raise Refused("a name begins with a letter or a digit")
    rest = text[match.end() :]
    names = extras(match["extras"])
    if rest.startswith("@"):
        url, _, condition = rest[1:].strip().partition(" ")
        return Parts(match["name"], names, "", address(url), marker(condition))
    # Without a `]` behind it, a `[` belongs to no list of extras.
    specifiers, semicolon, condition = rest.partition(";")
    return Parts(match["name"], names, specifier_set(specifiers), "", marker(semicolon + condition))


def extras(text: str | None) -> tuple[str, ...]:
    if text is None or not text.strip():
        return ()
    names = [name.strip() for name in text.split(",")]
    for name in names:
        if not EXTRA.fullmatch(name):
            raise Refused(f"`{name}` is no name of an extra")
    return tuple(sorted({normalised(name) for name in names}))


def address(url: str) -> str:
    if not url:
        raise Refused("nothing stands behind the @")
    return url


def marker(text: str) -> str:
    """What stands behind the semicolon, in front of which nothing else may stand."""
    text = text.strip()
    if not text:
        return ""
    condition = text[1:].strip()
    if text[0] != ";" or not markers.valid(condition):
        raise Refused(f"`{shown(condition or text)}` is no environment marker")
    return condition


def specifier_set(text: str) -> str:
    text = text.strip()
    if text.startswith("(") and text.endswith(")"):
        text = text[1:-1].strip()
    if not text:
        return ""
    clauses = text.split(",")
    if len(clauses) > 1 and not clauses[-1].strip():
        clauses.pop()
    return ",".join(map(clause, clauses))


def clause(text: str) -> str:
    match = SPECIFIER.fullmatch(text.strip())
    if match is None:
        raise Refused(f"`{shown(text)}` is no version specifier")
    sign, version = match["sign"], match["version"]
    if sign != "===" and not (sign == "==" and parse(version)) and specifier(sign, version) is None:
        raise Refused(f"`{shown(text)}` is no version specifier")
    return sign + version


def shown(text: str) -> str:
    """As a message can hold it: one line of 60 signs, which an editor wouldn't show written out."""
    text = "".join(sign if sign.isprintable() else f"\\u{ord(sign):04x}" for sign in " ".join(text[:200].split()))
    return text if len(text) <= 60 else text[:59] + "…"
