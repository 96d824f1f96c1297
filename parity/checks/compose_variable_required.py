"""Variables that compose stops without: https://docs.docker.com/reference/compose-file/interpolation/"""

from __future__ import annotations

from collections.abc import Iterator

from parity.checks._interpolated import unset
from parity.contract.finding import Finding
from parity.contract.rule import Rule
from parity.contract.whole import Contract

RULE = Rule(
    "compose-variable-required",
    "Reading",
    "note",
    "Right after a clone compose stops, and no example tells what to set.",
)


def check(contract: Contract) -> Iterator[Finding]:
    return unset(RULE, contract, "compose stops without it", "declare {} in .env.example")
