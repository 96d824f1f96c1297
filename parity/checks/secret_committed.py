"""A secret in a file that git keeps: https://12factor.net/config"""

from __future__ import annotations

from collections.abc import Iterator

from parity.contract.finding import Finding
from parity.contract.rule import Rule
from parity.contract.whole import Contract

RULE = Rule(
    "secret-committed",
    "Config vars",
    "error",
    "Whoever has ever cloned the repository has it, and removing the line doesn't take it out of the history.",
)


def check(contract: Contract) -> Iterator[Finding]:
    """Found while files are read, by form and by entropy; placeholders and passwords of a laptop's servers are none."""
    seen: set[tuple[str, str]] = set()
    for finding in contract.findings:
        # An anchor's value, which YAML writes once, is found wherever its alias stands.
        if finding.rule == RULE.id and (finding.place.file, finding.message) not in seen:
            seen.add((finding.place.file, finding.message))
            yield finding
