"""Reads environment markers: https://packaging.python.org/en/latest/specifications/dependency-specifiers/#environment-markers"""

from __future__ import annotations

import re

from parity.contract.version import allows, parse, specifier_set

TOKEN = re.compile(
    r"""\s*(?:(?P<bracket>[()])|(?P<word>and|or)(?![A-Za-z0-9_])|(?P<sign>===|==|!=|~=|<=|>=|<|>|not\s+in(?![A-Za-z0-9_])|in(?![A-Za-z0-9_]))
    |(?P<name>[A-Za-z_][A-Za-z0-9_.]*)|"(?P<double>[^"]*)"|'(?P<single>[^']*)')""",
    re.VERBOSE,
)
NAMES = {
    "python_version",
    "python_full_version",
    "os_name",
    "sys_platform",
    "platform_release",
    "platform_system",
    "platform_version",
    "platform_machine",
    "platform_python_implementation",
    "implementation_name",
    "implementation_version",
    "extra",
    "extras",
    "dependency_groups",
    # As setuptools and older tools wrote them.
    "os.name",
    "sys.platform",
    "platform.version",
    "platform.machine",
    "platform.python_implementation",
    "python_implementation",
}

LONGEST = 20_000

# Heroku, CI and containers.
LINUX = {
    "os_name": "posix",
    "sys_platform": "linux",
    "platform_system": "Linux",
    "platform_machine": "x86_64",
    "platform_python_implementation": "CPython",
    "implementation_name": "cpython",
}

# A value or a sign: its kind, and its text.
Token = tuple[str, str]


def valid(marker: str) -> bool:
    return shaped(tokens(marker))


def holds(marker: str, environment: dict[str, str]) -> bool | None:
    """Whether a marker is true where these values are; None when that rests on a value that isn't given, or isn't valid."""
    found = tokens(marker)
    return evaluated(compared(found, environment)) if shaped(found) else None


def tokens(marker: str) -> list[Token]:
    """An unreadable rest is a token of the kind `wrong`."""
    if len(marker) > LONGEST:
        return [("wrong", marker)]
    found: list[Token] = []
    place, end = 0, len(marker.rstrip())
    while place < end:
        match = TOKEN.match(marker, place, end)
        if match is None or (match["name"] and match["name"] not in NAMES):
            return [*found, ("wrong", marker[place:end])]
        kind = str(match.lastgroup)
        text = " ".join(match[kind].split()) if kind == "sign" else match[kind]
        found.append(("text" if kind in ("double", "single") else kind, text))
        place = match.end()
    return found


def shaped(found: list[Token]) -> bool:
    """Values, signs and words in their order, with brackets in pairs: `value sign value (and|or) ...`."""
    depth, wanted = 0, "value"
    for kind, text in found:
        if text == "(" and kind == "bracket" and wanted == "value":
            depth += 1
        elif text == ")" and kind == "bracket" and wanted == "word":
            depth -= 1
        elif kind in ("name", "text") and wanted in ("value", "other"):
            wanted = "sign" if wanted == "value" else "word"
        elif kind == "sign" and wanted == "sign":
            wanted = "other"
        elif kind == "word" and wanted == "word":
            wanted = "value"
        else:
            return False
        if depth < 0:
            return False
    return depth == 0 and wanted == "word"


def compared(found: list[Token], environment: dict[str, str]) -> list[Token]:
    """The tokens with each comparison in place of its three: of the kind `fact`, true, false or empty."""
    facts: list[Token] = []
    place = 0
    while place < len(found):
        if found[place][0] in ("name", "text"):
            left, sign, right = found[place : place + 3]
            fact = comparison(left, sign[1], right, environment)
            facts.append(("fact", "" if fact is None else str(fact)))
            place += 3
        else:
            facts.append(found[place])
            place += 1
    return facts


def comparison(left: Token, sign: str, right: Token, environment: dict[str, str]) -> bool | None:
    one, other = (text if kind == "text" else environment.get(text) for kind, text in (left, right))
    if one is None or other is None:
        return None
    if sign in ("in", "not in"):
        return (one in other) == (sign == "in")
    allowed = specifier_set(f"{sign}{other}")
    version = parse(one)
    if allowed is not None and version:
        return allows(allowed, version)
    return {"==": one == other, "===": one == other, "!=": one != other}.get(sign)


def evaluated(facts: list[Token]) -> bool | None:
    """`and` binds closer than `or`; a list of alternatives, each a list of conditions, for every open bracket."""
    levels: list[list[list[bool | None]]] = [[[]]]
    for kind, text in facts:
        if text == "(":
            levels.append([[]])
        elif text == ")":
            value = any_of(levels.pop())
            levels[-1][-1].append(value)
        elif kind == "fact":
            levels[-1][-1].append({"True": True, "False": False}.get(text))
        elif text == "or":
            levels[-1].append([])
    return any_of(levels[0])


def any_of(alternatives: list[list[bool | None]]) -> bool | None:
    values = [False if False in one else None if None in one else True for one in alternatives]
    return True if True in values else None if None in values else False
