"""Versions, and what a file that names one allows: https://packaging.python.org/en/latest/specifications/version-specifiers/

Every dialect is read into one value, the ranges of versions that it allows, so that two files agree when their ranges meet.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise
from math import inf
from typing import Any, Literal

from parity.contract.dataclass import dataclass
from parity.contract.place import Place

Kind = Literal["version", "exact", "tag", "pep440", "poetry", "npm"]
"""How a `spec` is meant.

version  a version or the beginning of one: 3.13 is every 3.13.x. (runtime.txt, .python-version, CI)
exact    one version: 3.13 is 3.13.0. (lock files)
tag      an image's tag, the version in front: 3.13-slim-bookworm.
pep440   a specifier set: >=3.11,<3.14. (requires-python)
poetry   what Poetry takes: ^3.11. (pyproject.toml's tool.poetry)
npm      a range as npm takes it: >=18 <21 || 22.x. (package.json, and CI)
"""

# An epoch, the numbers of the release, and what ranks it among its pre- and post-releases. Shorter ones are sentinels.
Key = tuple[Any, ...]
# Ranges that do not meet, in order: each from its first key up to, and without, its second.
Ranges = tuple[tuple[Key, Key], ...]

LOWEST: Key = (-1,)
HIGHEST: Key = (inf,)
ANY: Ranges = ((LOWEST, HIGHEST),)
NONE: Ranges = ()

# No version that a person writes is longer, and Python refuses to read a number of some thousand digits.
LONGEST = 200

VERSION = re.compile(
    r"v?(?:(?P<epoch>\d+)!)?(?P<release>\d+(?:\.\d+)*)"
    r"(?:[-_.]?(?P<phase>alpha|a|beta|b|preview|pre|c|rc)[-_.]?(?P<pre>\d+)?)?"
    r"(?:-(?P<bare>\d+)|[-_.]?(?P<post>post|rev|r)[-_.]?(?P<number>\d+)?)?"
    r"(?:[-_.]?(?P<dev>dev)[-_.]?(?P<step>\d+)?)?"
    r"(?:\+(?P<local>[a-z0-9]+(?:[-_.][a-z0-9]+)*))?"
)
PHASES = {"a": 0, "alpha": 0, "b": 1, "beta": 1, "c": 2, "rc": 2, "pre": 2, "preview": 2}


@dataclass(frozen=True, slots=True)
class Version:
    """One version: its text, the numbers of its release as written, and the key that orders it."""

    text: str
    release: tuple[int, ...]
    key: Key

    @property
    def major(self) -> int:
        return self.release[0]

    @property
    def prerelease(self) -> bool:
        return bool(self.key[2] != FINAL or self.key[4] != (1, 0))

    def cut(self, length: int) -> str:
        """The first `length` numbers: 3.13 of 3.13.15, for 2."""
        return ".".join(map(str, self.release[:length]))


@dataclass(frozen=True, slots=True)
class Stated:
    """A place that names a version of something: python, node, postgres, redis, heroku (a stack), debian, django, ..."""

    what: str
    spec: str
    place: Place
    kind: Kind = "version"

    @property
    def ranges(self) -> Ranges | None:
        """What it allows; None when that can't be told."""
        return ranges(self.spec, self.kind, self.what)

    @property
    def version(self) -> Version | None:
        """The one version, or the beginning of one, that it names; None for a range."""
        if self.kind == "tag":
            return in_tag(self.spec, self.what)
        return parse(self.spec) if self.kind in ("version", "exact") else pinned(self.spec)

    def __str__(self) -> str:
        return self.spec


def agrees(one: Stated | str, other: Stated | str) -> bool | None:
    """Whether some version suits both; None when that can't be told. 3.13 agrees with 3.13.15, and 3.12 doesn't."""
    allowed, wanted = of(one), of(other)
    if allowed is None or wanted is None:
        return None
    return bool(meet(allowed, wanted))


def within(one: Stated | str, other: Stated | str) -> bool | None:
    """Whether every version that suits `one` suits `other`; None when that can't be told. 3.13 isn't within >=3.13.2."""
    inner, outer = of(one), of(other)
    if inner is None or outer is None:
        return None
    return all(any(low <= start and end <= high for low, high in outer) for start, end in inner)


def of(spec: Stated | str) -> Ranges | None:
    return spec.ranges if isinstance(spec, Stated) else ranges(spec, guessed(spec))


def guessed(spec: str) -> Kind:
    """The dialect that a text without a file is most likely in."""
    if "^" in spec or "||" in spec or re.search(r"\d[.][xX]|~(?!=)|[\d*]\s+[<>=v\d]", spec):
        return "npm"
    return "pep440" if any(sign in spec for sign in "<>=!,*") else "tag"


def ranges(spec: str, kind: Kind, what: str = "") -> Ranges | None:
    """What `spec` allows; None when its dialect doesn't take it, or when it names no version (`latest`)."""
    spec = spec.strip()
    if len(spec) > LONGEST:
        return None
    if kind == "pep440":
        return specifier_set(spec)
    if kind == "poetry":
        return poetry(spec)
    if kind == "npm":
        return npm(spec)
    version = in_tag(spec, what) if kind == "tag" else parse(spec)
    if version is None:
        return None
    # A pre-release is one version, whatever stands after it.
    return single(version.key) if kind == "exact" or version.prerelease else starting(version.release, version.key[0])


def allows(allowed: Ranges, version: Version) -> bool:
    return any(low <= version.key < high for low, high in allowed)


def parse(text: str) -> Version | None:
    """A version as PEP 440 takes it, or a `v` before one; None for anything else."""
    text = text.strip()
    match = VERSION.fullmatch(text.lower()) if len(text) <= LONGEST and text.isascii() else None
    if match is None:
        return None
    release = tuple(map(int, match["release"].split(".")))
    return Version(text, release, key(match, release))


FINAL = (3, 0)


def key(match: re.Match[str], release: tuple[int, ...]) -> Key:
    post = match["bare"] or (match["number"] or "0" if match["post"] else None)
    dev = (0, int(match["step"] or 0)) if match["dev"] else (1, 0)
    if match["phase"]:
        phase = (PHASES[match["phase"]], int(match["pre"] or 0))
    else:
        # 1.0.dev1 comes before 1.0a1, and 1.0.post1.dev1 after 1.0.
        phase = (-1, 0) if match["dev"] and post is None else FINAL
    number = -1 if post is None else int(post)
    return (int(match["epoch"] or 0), stripped(release), phase, number, dev, local(match["local"]))


def stripped(release: tuple[int, ...]) -> tuple[int, ...]:
    """Without zeros at the end: 3.13 and 3.13.0 are one version."""
    length = len(release)
    while length > 1 and release[length - 1] == 0:
        length -= 1
    return release[:length]


def local(text: str | None) -> tuple[tuple[int, str, int], ...]:
    if text is None:
        return ()
    parts = re.split(r"[-_.]", text)
    return tuple((1, "", int(part)) if part.isdigit() else (0, part, 0) for part in parts)


# A key's last part: behind every local version, and the next one after a given local version.
LOCALS = ((2, "", 0),)
NEXT = ((-1, "", 0),)


def floor(release: tuple[int, ...], epoch: int = 0) -> Key:
    """Before every version of a release, its pre-releases too."""
    return (epoch, stripped(release), (-2, 0), -1, (-1, 0), ())


def behind(version: Key) -> Key:
    """Behind a version and its local versions, or behind a local version."""
    return (*version[:5], (*version[5], *NEXT) if version[5] else LOCALS)


def raised(release: tuple[int, ...], place: int) -> tuple[int, ...]:
    """The next release at one of its places: (3, 14) for (3, 13, 2) at 1."""
    filled = release + (0,) * (place + 1 - len(release))
    return (*filled[:place], filled[place] + 1)


def starting(release: tuple[int, ...], epoch: int = 0) -> Ranges:
    """Every version that begins with these numbers."""
    return ((floor(release, epoch), floor(raised(release, len(release) - 1), epoch)),)


def single(version: Key) -> Ranges:
    return ((version, behind(version)),)


def meet(one: Ranges, other: Ranges) -> Ranges:
    """What lies in both; a walk along both, for a set of a hundred `!=` is a set of a hundred ranges."""
    found, i, j = [], 0, 0
    while i < len(one) and j < len(other):
        low, high = max(one[i][0], other[j][0]), min(one[i][1], other[j][1])
        if low < high:
            found.append((low, high))
        if one[i][1] < other[j][1]:
            i += 1
        else:
            j += 1
    return tuple(found)


def either(*sets: Ranges) -> Ranges:
    found: list[tuple[Key, Key]] = []
    for low, high in sorted(one for several in sets for one in several):
        if found and low <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], high))
        else:
            found.append((low, high))
    return tuple(found)


def except_for(refused: Ranges) -> Ranges:
    edges = [LOWEST, *(edge for one in refused for edge in one), HIGHEST]
    return tuple((low, high) for low, high in list(pairwise(edges))[::2] if low < high)


SPECIFIER = re.compile(r"(?P<sign>===|==|!=|~=|<=|>=|<|>)\s*(?P<version>[^\s,]+)")


def specifier_set(spec: str) -> Ranges | None:
    """PEP 440: each clause must hold. Pre-releases are counted in wherever they lie between the edges."""
    allowed = ANY
    for clause in spec.split(","):
        if not clause.strip():
            continue
        match = SPECIFIER.fullmatch(clause.strip())
        found = specifier(match["sign"], match["version"]) if match else None
        if found is None:
            return None
        allowed = meet(allowed, found)
    return allowed


def specifier(sign: str, text: str) -> Ranges | None:
    star = text.endswith(".*")
    version = parse(text.removesuffix(".*"))
    if version is None or (star and (sign not in ("==", "!=") or not plain(version))):
        return None
    # A local version is a label of a build, which only an equation may name.
    if version.key[5] and sign not in ("==", "!=", "==="):
        return None
    if sign in ("==", "===", "!="):
        equal = starting(version.release, version.key[0]) if star else single(version.key)
        return except_for(equal) if sign == "!=" else equal
    if sign == "~=":
        return compatible(version)
    return ordered(sign, version)


def plain(version: Version) -> bool:
    return version.key[2:] == (FINAL, -1, (1, 0), ())


def compatible(version: Version) -> Ranges | None:
    if len(version.release) < 2:
        return None
    return ((version.key, floor(raised(version.release[:-1], len(version.release) - 2), version.key[0])),)


def ordered(sign: str, version: Version) -> Ranges:
    if sign == ">=":
        return ((version.key, HIGHEST),)
    if sign == "<=":
        return ((LOWEST, behind(version.key)),)
    if sign == "<":
        # <3.14 leaves out 3.14.0rc1, and <3.14.0rc1 doesn't leave out 3.14.0b1.
        return ((LOWEST, version.key if version.prerelease else before(version)),)
    # >3.13 leaves out 3.13.post1, which is no newer code.
    edge = version.key if version.key[3] >= 0 else (*version.key[:3], inf, *version.key[4:])
    return ((behind(edge), HIGHEST),)


def before(version: Version) -> Key:
    """Before a version and its own pre-releases; a post-release has none but its development versions."""
    if version.key[3] >= 0:
        return (*version.key[:4], (-1, 0), ())
    return floor(version.release, version.key[0])


COMPARATOR = r"(?P<sign>\^|~>|~=|~|===|==|!=|<>|<=|>=|<|>|=|)\s*(?P<version>[^\s,<>=^~!|]+)"


def poetry(spec: str) -> Ranges | None:
    """https://python-poetry.org/docs/dependency-specification/#version-constraints"""
    sets = []
    for part in spec.split("|"):
        if not part.strip():
            continue
        allowed = clauses(part, poetry_clause, " \t,")
        if allowed is None:
            return None
        sets.append(allowed)
    return either(*sets) if sets else None


def clauses(text: str, clause: Callable[[str, str], Ranges | None], between: str) -> Ranges | None:
    """The comparators of one alternative, parted by the signs in `between`: each must hold."""
    allowed, end = ANY, 0
    for match in re.finditer(COMPARATOR, text):
        found = clause(match["sign"], match["version"]) if not text[end : match.start()].strip(between) else None
        if found is None:
            return None
        allowed, end = meet(allowed, found), match.end()
    return allowed if not text[end:].strip(between) else None


def poetry_clause(sign: str, text: str) -> Ranges | None:
    if text in ("*", "x", "X", "*.*"):
        return ANY if sign in ("", "==", "=", "^", "~") else None
    star = re.fullmatch(r"(v?[\d.!]+)\.[*xX]", text)
    version = parse(star[1] if star else text)
    if version is None or (star and sign not in ("", "==", "=", "!=")):
        return None
    release, epoch = version.release, version.key[0]
    if sign == "^":
        return ((version.key, floor(raised(release, breaking(release)), epoch)),)
    if sign in ("~", "~>"):
        return ((version.key, floor(raised(release, min(1, len(release) - 1)), epoch)),)
    sign = {"": "==", "=": "==", "<>": "!="}.get(sign, sign)
    return specifier(sign, f"{star[1]}.*" if star else text)


def breaking(release: tuple[int, ...]) -> int:
    """The place of the first number that isn't 0, or of the last."""
    return next((place for place, number in enumerate(release) if number), len(release) - 1)


def npm(spec: str) -> Ranges | None:
    """https://github.com/npm/node-semver#ranges  Pre-releases are counted in, and not told apart."""
    sets = []
    for part in spec.split("||"):
        allowed = hyphen(part) if " - " in part else clauses(re.sub(r"([<>=~^])\s+", r"\1", part), npm_clause, " \t")
        if allowed is None:
            return None
        sets.append(allowed)
    return either(*sets)


def hyphen(text: str) -> Ranges | None:
    first, _, last = text.partition(" - ")
    low, high = npm_clause(">=", first.strip()), npm_clause("<=", last.strip())
    return None if low is None or high is None else meet(low, high)


PARTIAL = (
    r"[v=]*(?P<release>(?:\d{1,16}|[xX*])(?:\.(?:\d{1,16}|[xX*])){0,2})(?P<pre>-[0-9A-Za-z.-]+)?(?:\+[0-9A-Za-z.-]+)?"
)


def npm_clause(sign: str, text: str) -> Ranges | None:
    match = re.fullmatch(PARTIAL, text)
    if match is None or sign in ("~=", "!=", "<>"):
        return None
    numbers = []
    for part in match["release"].split("."):
        if not part.isdigit():
            break
        numbers.append(int(part))
    release = tuple(numbers)
    if not release:
        return NONE if sign in ("<", ">") else ANY
    return npm_range(sign, release, bool(match["pre"]) and len(release) == 3)


def npm_range(sign: str, release: tuple[int, ...], pre: bool) -> Ranges:
    low = floor(release) if pre else point(release)
    whole = len(release) == 3
    last = floor(raised(release, len(release) - 1))
    if sign in ("", "=", "==", "==="):
        high = point(release) if pre else behind(low)
        return ((low, high if whole else last),)
    if sign == ">=":
        return ((low, HIGHEST),)
    if sign == "<":
        return ((LOWEST, low if whole else floor(release)),)
    if sign == "<=":
        return ((LOWEST, behind(low) if whole else last),)
    if sign == ">":
        return ((behind(low) if whole else point(raised(release, len(release) - 1)), HIGHEST),)
    return ((low, floor(raised(release, breaking(release) if sign == "^" else min(1, len(release) - 1)))),)


def point(release: tuple[int, ...]) -> Key:
    return (0, stripped(release), FINAL, -1, (1, 0), ())


def pinned(specifier: str) -> Version | None:
    """The one version that a specifier set leaves: `==3.13.2`, and not `==3.13.*`."""
    match = SPECIFIER.fullmatch(specifier.strip())
    return parse(match["version"]) if match and match["sign"] in ("==", "===") else None


def in_tag(tag: str, what: str = "") -> Version | None:
    """The version of `what` in an image's tag: 17.2 in 17.2-alpine, 17 in pg17-trixie, 3.13 in 1-3.13-bookworm."""
    tag = tag.partition("@")[0].lower()
    if len(tag) > LONGEST:
        return None
    if what == "postgres" and (named := re.search(r"(?:^|[-_.])(?:pg|postgres-?)(\d+(?:\.\d+)*)", tag)):
        return parse(named[1])
    parts = [part for part in tag.split("-") if part]
    found = [version for version in map(parse, parts[:2]) if version]
    if not found or (found[0].text != parts[0] and what not in LATER):
        return None
    # An image of development containers has a version of its own in front.
    behind_own = len(found) == 2 and found[0].release[0] < LATER.get(what, 0)
    return found[1] if behind_own else found[0]


# Below this the number in front isn't a version of the program.
LATER = {"python": 2, "node": 4, "postgres": 6}
