"""A blank in an example that takes the place of a default."""

from __future__ import annotations

from collections.abc import Iterator

from parity.checks.blank_refused import REFUSING, active
from parity.contract.finding import Finding
from parity.contract.python import Read
from parity.contract.rule import Rule
from parity.contract.whole import Contract

RULE = Rule(
    "blank-shadows-default",
    "Config vars",
    "note",
    "NAME= sets the empty text, so the default that the code has for homes without the variable never counts there.",
)


def check(contract: Contract) -> Iterator[Finding]:
    """Texts alone: of a truth value, blank is most often what false is."""
    reads: dict[str, Read] = {}
    for read in contract.code.reads:
        if not read.test and not read.pattern and isinstance(read.default, str) and read.default.strip():
            reads.setdefault(read.name, read)
    for one in contract.declared:
        found = reads.get(one.name)
        if found is None or one.source != "example" or one.value or found.cast in (*REFUSING, "bool"):
            continue
        if active(contract, one) and "or" not in found.default_text.split():
            default = str(found.default)
            yield Finding(
                RULE.id,
                one.place,
                f"{one.name} is blank here, which hides the default {default!r} of the code",
                f"write {one.name}={default}, or put # in front of the line",
                found.place,
            )
