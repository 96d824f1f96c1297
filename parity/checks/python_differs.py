"""Python's version, wherever a file states one: https://devcenter.heroku.com/articles/python-support"""

from __future__ import annotations

from collections.abc import Iterator

from parity.checks._versions import belongs, built, fits, folders, groups, production, said, several, tested
from parity.contract.finding import Finding
from parity.contract.homes import Statement
from parity.contract.rule import Rule
from parity.contract.version import within
from parity.contract.whole import Contract

RULE = Rule(
    "python-differs",
    "Versions",
    "warning",
    "Code that runs on one Python and not on another passes every test at home and fails in production.",
)

# What Heroku's buildpack goes by, the first that is there:
# https://github.com/heroku/heroku-buildpack-python/blob/main/lib/python_version.sh
BUILDPACK = ("runtime.txt", ".python-version", "Pipfile.lock")
# Of places that agree with as many others, the one that says most of what runs.
WEIGHT = ("FROM", ".python-version", "runtime.txt", "ci", "devcontainer", ".tool-versions")


def check(contract: Contract) -> Iterator[Finding]:
    found = [one for one in relevant(contract) if one.stated.ranges is not None]
    standard = reference(contract, found)
    if standard is None:
        return
    differing = [
        group for group in judged(contract, found) if standard not in group and not fits(group, standard.stated)
    ]
    places: dict[tuple[str, str], list[Statement]] = {}
    for group in differing:
        places.setdefault((group[0].stated.place.file, several(group)), []).extend(group)
    for (_, versions), group in places.items():
        yield finding(group, versions, standard, contract)


def relevant(contract: Contract) -> Iterator[Statement]:
    """What is stated of the program's Python; what a lock file repeats of the declaration beside it is the declaration's."""
    ours = folders(contract, "python")
    declared = [one for one in contract.statements if one.source in ("requires-python", "Pipfile")]
    for one in contract.statements:
        if one.stated.what != "python" or one.source == "stage":
            continue
        if one.source == "FROM":
            if built(contract, one, ours) or set(production(contract)) & set(one.homes):
                yield one
        elif one.source == "lock":
            if belongs(one.stated.place.file, ours) and not any(repeats(one, other) for other in declared):
                yield one
        elif one.source in ("ci", "devcontainer") or belongs(one.stated.place.file, ours):
            yield one


def repeats(lock: Statement, declared: Statement) -> bool:
    folder = lock.stated.place.file.rpartition("/")[0]
    return folder == declared.stated.place.file.rpartition("/")[0] and bool(within(declared.stated, lock.stated))


def judged(contract: Contract, statements: list[Statement]) -> list[list[Statement]]:
    """Groups that must each agree. All jobs of CI that test are one: it is enough that one of them tests production's Python."""
    ci = [one for one in statements if one.source == "ci"]
    testing = set(tested(contract))
    tests = [one for one in ci if any((one.stated.place.file, home) in testing for home in one.homes)] or ci
    return [*groups(one for one in statements if one.source != "ci"), *([tests] if tests else [])]


def reference(contract: Contract, statements: list[Statement]) -> Statement | None:
    """Production's own, else the one that most others agree with."""
    for home in contract.production():
        theirs = [one for one in statements if home.name in one.homes and one.source == "FROM"]
        if home.stack == "buildpack":
            theirs = [
                one
                for name in BUILDPACK
                for one in statements
                if one.stated.place.file == name and one.source in (name, "lock")
            ]
        web = next((process.image for process in home.by_role("web") if process.image), None)
        served = contract.images.get(web or "")
        first = [one for one in theirs if served and one.stated.place == served.stage.effective.base_place]
        if theirs:
            return (first or theirs)[0]
    pointed = [one for one in statements if one.source in WEIGHT and one.stated.kind != "npm"]
    sets = groups(statements)
    return max(
        pointed,
        key=lambda one: (sum(fits(group, one.stated) for group in sets), -WEIGHT.index(one.source)),
        default=None,
    )


def finding(group: list[Statement], versions: str, standard: Statement, contract: Contract) -> Finding:
    one, wanted = group[0], several([standard])
    message = f"{said(one)} Python {versions}, and {said(standard)} {wanted}"
    homes = dict.fromkeys(home for statement in (*group, standard) for home in statement.homes)
    return Finding(RULE.id, one.stated.place, message, hint(one, wanted), standard.stated.place, tuple(homes))


def hint(one: Statement, wanted: str) -> str:
    if one.source == "FROM":
        return f"build from python:{wanted}, or change the other side"
    if one.stated.kind in ("pep440", "poetry"):
        return f"let it allow {wanted}, or change the other side"
    return f"write {wanted} here, or change the other side"
