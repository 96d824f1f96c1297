"""What a repository runs on, with the day on which each release line gets its last update: https://endoflife.date"""

from __future__ import annotations

import re
from collections.abc import Iterator

from parity.checks._versions import NAMES, belongs, built, folders, production, said
from parity.contract.dataclass import dataclass
from parity.contract.finding import Finding
from parity.contract.homes import Statement
from parity.contract.place import Place
from parity.contract.version import Ranges, meet, parse, ranges, starting
from parity.contract.whole import Contract
from parity.tables.lifetimes import ENDS, Lifetime, lifetime, named


@dataclass(frozen=True, slots=True)
class Aging:
    """A release line that something here runs on: the first place that says so, production's if it does, and the others."""

    lifetime: Lifetime
    statement: Statement | None
    places: tuple[Place, ...]
    homes: tuple[str, ...]

    def finding(self, rule: str, ended: bool) -> Finding:
        line = self.lifetime
        name = f"{NAMES[line.what]}{'-' if line.what == 'heroku' else ' '}{line.cycle}"
        last = f"got its last update on {line.ends}" if ended else f"gets its last update on {line.ends}"
        front = f"{said(self.statement)} {name}, which" if self.statement else f"{name}"
        files = dict.fromkeys(place.file for place in self.places if place.file != self.places[0].file)
        also = f"; also in {', '.join(list(files)[:3])}" if files else ""
        return Finding(rule, self.places[0], f"{front} {last} ({line.source}){also}", hint(line), homes=self.homes)


def hint(line: Lifetime) -> str:
    """Names the newest line, and the last day of it."""
    newest = next(iter(lines(line.what)))
    until = f", which gets updates until {newest.ends}" if newest.ends else ""
    sign = "-" if line.what == "heroku" else " "
    return f"move to {NAMES[line.what]}{sign}{newest.cycle}{until}"


def lines(what: str) -> Iterator[Lifetime]:
    """The release lines of a product, the newest first."""
    for cycle in sorted(ENDS[what], key=lambda one: [int(part) for part in one.split(".")], reverse=True):
        found = lifetime(what, tuple(int(part) for part in cycle.split(".")))
        if found:
            yield found


def aging(contract: Contract) -> Iterator[Aging]:
    """Each release line once."""
    found: dict[Lifetime, list[tuple[Statement | None, Place, tuple[str, ...]]]] = {}
    for line, statement, place, homes in (*of_statements(contract), *of_django(contract)):
        found.setdefault(line, []).append((statement, place, homes))
    serving = set(production(contract))
    for line, uses in found.items():
        # Sorting is stable: what production runs on comes first, and after it what is nearest to what runs.
        uses.sort(key=lambda use: (not serving & set(use[2]), use[0] is not None and use[0].source in ("ci", "runner")))
        places = tuple(dict.fromkeys(place for _, place, _ in uses))
        homes = tuple(dict.fromkeys(home for _, _, theirs in uses for home in theirs))
        yield Aging(line, uses[0][0], places, homes)


Use = tuple[Lifetime, Statement | None, Place, tuple[str, ...]]


def of_statements(contract: Contract) -> Iterator[Use]:
    living = living_jobs(contract)
    for one in relevant(contract):
        if one.source == "ci" and (one.stated.what, one.stated.place.file, one.homes) in living:
            continue
        line = line_of(one)
        if line:
            yield line, one, one.stated.place, one.homes
        # The system below a database that stands in on a laptop is no matter.
        if one.stated.kind == "tag" and one.source == "FROM":
            for other in systems(one.stated.spec):
                yield other, one, one.stated.place, one.homes


def relevant(contract: Contract) -> Iterator[Statement]:
    """Without what is stated of programs beside this one, and without what no home runs on."""
    ours = {what: folders(contract, what) for what in ("python", "node")}
    seen: set[tuple[str, str]] = set()
    for one in contract.statements:
        what, file = one.stated.what, one.stated.place.file
        if what in ours and one.source == "FROM" and not built(contract, one, ours[what]):
            continue
        if what in ours and one.source not in ("FROM", "stage", "ci", "runner", "devcontainer", "service", "test"):
            # Of several Pythons in one file the first is the one that runs.
            if not belongs(file, ours[what]) or one.source == "lock" or (what, file) in seen:
                continue
            seen.add((what, file))
        yield one


def living_jobs(contract: Contract) -> set[tuple[str, str, tuple[str, ...]]]:
    """Jobs of CI that test on a version that gets updates too: the older ones are tried for others' sake."""
    return {
        (one.stated.what, one.stated.place.file, one.homes)
        for one in contract.statements
        if one.source == "ci" and (line := line_of(one)) and not line.over(contract.today.isoformat())
    }


def line_of(statement: Statement) -> Lifetime | None:
    """The release line of a version, or the newest that a range allows."""
    stated = statement.stated
    version = stated.version
    if version and not version.prerelease:
        return lifetime(stated.what, version.release)
    allowed = stated.ranges if version is None and stated.kind in ("npm", "pep440", "poetry") else None
    return newest(stated.what, allowed) if allowed else (named_in(stated.spec, stated.what) if not version else None)


def newest(what: str, allowed: Ranges) -> Lifetime | None:
    """The newest release line that a range allows; a range with no end allows those that are still to come."""
    if what not in ENDS:
        return None
    return next((line for line in lines(what) if meet(allowed, starting(parsed(line.cycle)))), None)


def parsed(cycle: str) -> tuple[int, ...]:
    version = parse(cycle)
    return version.release if version else ()


def named_in(tag: str, what: str) -> Lifetime | None:
    """That of a tag that is a name: debian:bullseye-slim."""
    found = next((line for part in tag.split("-") if (line := named(part))), None)
    return found if found and found.what == what else None


ALPINE = re.compile(r"alpine(\d+)\.(\d+)")


def systems(tag: str) -> Iterator[Lifetime]:
    """The system below an image, where its tag names one behind the version: 3.12-slim-bullseye, 3.12-alpine3.17."""
    _, _, behind = tag.partition("-")
    for part in behind.split("-"):
        line = named(part)
        if match := ALPINE.fullmatch(part):
            line = lifetime("alpine", (int(match[1]), int(match[2])))
        if line:
            yield line


def of_django(contract: Contract) -> Iterator[Use]:
    """The Django that an install gets: of a lock file or a pin, else the newest that a range allows."""
    ours = folders(contract, "python")
    found = [
        (package, one)
        for package in contract.packages
        if not package.node and belongs(package.file, ours)
        for one in package.named("django")
        if not one.url
    ]
    pinned = [(package, one) for package, one in found if one.pinned]
    for _, one in pinned or found:
        version = parse(one.pinned) if one.pinned else None
        if version:
            line = lifetime("django", version.release)
        else:
            allowed = ranges(one.specifier, one.dialect) if one.specifier else None
            line = newest("django", allowed) if allowed else None
        if line:
            yield line, None, one.place, production(contract)
