"""Python source that Python can't read: https://docs.python.org/3/library/ast.html#ast.parse"""

from __future__ import annotations

from collections.abc import Iterator

from parity.checks._reading import found, is_template
from parity.contract.dataclass import replace
from parity.contract.finding import Finding
from parity.contract.rule import Rule
from parity.contract.whole import Contract

RULE = Rule(
    "python-unreadable",
    "Reading",
    "note",
    "What it reads of the environment isn't known, so what is missing for it in a home isn't found.",
)


def check(contract: Contract) -> Iterator[Finding]:
    """One finding for all such files: what is written for Python 2 is so in every one of them."""
    files = [one for one in found(RULE, contract) if not is_template(one.place.file, contract)]
    if files:
        more = len(files) - 1
        behind = f" (and {more} other file{'' if more == 1 else 's'})" if more else ""
        yield replace(files[0], message=files[0].message + behind)
