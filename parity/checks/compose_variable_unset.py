"""Variables that a compose file asks the shell for: https://docs.docker.com/reference/compose-file/interpolation/"""

from __future__ import annotations

from collections.abc import Iterator

from parity.checks._interpolated import unset
from parity.contract.finding import Finding
from parity.contract.rule import Rule
from parity.contract.whole import Contract

RULE = Rule(
    "compose-variable-unset",
    "Reading",
    "note",
    "Right after a clone compose warns and goes on with a blank, and no file says what is meant to stand there.",
)


def check(contract: Contract) -> Iterator[Finding]:
    hint = "declare it in .env.example, or give it a default: ${{{}:-…}}"
    return unset(RULE, contract, "compose puts a blank in its place", hint)
