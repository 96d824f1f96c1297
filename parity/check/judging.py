"""Lets every rule judge a contract, and takes out what the ledger intends."""

import datetime
from collections.abc import Iterable, Iterator
from fnmatch import fnmatchcase

from parity.checks import Check
from parity.contract.dataclass import dataclass
from parity.contract.finding import Finding
from parity.contract.ledger import Entry
from parity.contract.rule import SEVERITIES, Rule, Severity
from parity.contract.whole import Contract


@dataclass(frozen=True, slots=True)
class Judged:
    """A finding and the rule that made it; `accepted` is the ledger's entry that intends it."""

    finding: Finding
    rule: Rule
    accepted: Entry | None = None

    @property
    def fails(self) -> bool:
        """Whether it makes `parity check` end with 1."""
        return self.accepted is None and self.rule.severity != "note"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which findings to show: rules' ids, homes and the least severity; empty or None is all."""

    only: frozenset[str] = frozenset()
    homes: frozenset[str] = frozenset()
    severity: Severity = "note"

    def shows(self, judged: Judged) -> bool:
        kinds = {home.partition(":")[0] for home in judged.finding.homes} | set(judged.finding.homes)
        return (
            (not self.only or judged.rule.id in self.only)
            and (not self.homes or bool(self.homes & kinds))
            and SEVERITIES.index(judged.rule.severity) <= SEVERITIES.index(self.severity)
        )


def judge(contract: Contract, checks: list[Check], today: datetime.date) -> list[Judged]:
    """What every rule finds, each finding once, by file and line; then what the ledger has that it shouldn't."""
    rules = {check.rule.id: check.rule for check in checks}
    found = sorted(caused({finding for check in checks for finding in check.check(contract)}), key=order)
    judged = [
        Judged(finding, rules[finding.rule], intended(finding, contract.ledger.entries, today)) for finding in found
    ]
    entries = Ledgered(
        contract.ledger.entries, {id(item.accepted) for item in judged}, set(rules), today, unread(found)
    )
    return [*judged, *(Judged(finding, LEDGER[finding.rule]) for finding in entries.findings())]


# What a finding makes others say too, of the same line: only the cause is told.
CONSEQUENCES = {
    "command-missing-file": ("command-differs", "not-in-image"),
    "wsgi-missing": ("command-differs",),
    "script-not-executable": ("command-differs",),
    "program-not-installed": ("command-differs",),
    "workflow-version-unquoted": ("python-differs", "end-of-life", "end-of-life-soon"),
    "service-nowhere": ("variable-missing",),
    "image-differs": ("not-in-image", "command-missing-file"),
}


def caused(found: set[Finding]) -> set[Finding]:
    """Without what follows from another finding, at its place or with it as the other side."""
    causes = {(rule, one.place) for one in found for rule in CONSEQUENCES.get(one.rule, ())}
    return {one for one in found if not {(one.rule, one.place), (one.rule, one.other)} & causes}


def unread(found: Iterable[Finding]) -> frozenset[str]:
    return frozenset(finding.place.file for finding in found if finding.rule.startswith("file-"))


def order(finding: Finding) -> tuple[str, int, str, str]:
    return (finding.place.file, finding.place.line, finding.rule, finding.message)


def intended(finding: Finding, entries: Iterable[Entry], today: datetime.date) -> Entry | None:
    """The entry that intends a finding; one that has expired intends nothing any more."""
    fresh = (entry for entry in entries if entry.until is None or entry.until >= today)
    return next((entry for entry in fresh if entry.rule == finding.rule and meets(entry.where, finding)), None)


def meets(where: str, finding: Finding) -> bool:
    """Whether a finding is where an entry says: a path with * and ?, or that and, behind a colon, words of its message."""
    path, _, words = where.partition(":")
    places = [finding.place.file, *([finding.other.file] if finding.other else [])]
    return (not path or any(fnmatchcase(place, path) for place in places)) and words.strip() in finding.message


LEDGER = {
    rule.id: rule
    for rule in (
        Rule(
            "ledger-stale",
            "Ledger",
            "warning",
            "An intended difference that is gone hides the next one of its kind.",
        ),
        Rule(
            "ledger-expired",
            "Ledger",
            "warning",
            "Somebody promised to mend it by that day, and it bites again from now on.",
        ),
        Rule(
            "ledger-unknown-rule",
            "Ledger",
            "error",
            "An entry whose rule is misspelt intends nothing, and the finding it was meant for stays.",
        ),
    )
}


@dataclass(frozen=True, slots=True)
class Ledgered:
    """The ledger's entries, and which of them were needed."""

    entries: tuple[Entry, ...]
    used: set[int]
    rules: set[str]
    today: datetime.date
    # Files that could not be read: what was intended there may be there still.
    unread: frozenset[str] = frozenset()

    def findings(self) -> Iterator[Finding]:
        for entry in self.entries:
            where = f" at {entry.where}" if entry.where else ""
            if entry.rule not in self.rules:
                message = f"parity has no rule {entry.rule}"
                yield Finding(
                    "ledger-unknown-rule", entry.place, message, "`parity explain` lists the rules; correct the id"
                )
            elif entry.until and entry.until < self.today:
                message = f"the intended {entry.rule}{where} was to end by {entry.until}: {entry.reason}"
                hint = "mend what it stands for and remove the entry, or give it a new `until`"
                yield Finding("ledger-expired", entry.place, message, hint)
            elif id(entry) not in self.used and not any(
                fnmatchcase(file, entry.where.partition(":")[0]) for file in self.unread
            ):
                message = f"nothing is found any more of the intended {entry.rule}{where}"
                yield Finding("ledger-stale", entry.place, message, "remove this entry")
