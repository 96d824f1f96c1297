"""Files, groups and services that include one another."""

from parity.checks._reading import by_reader
from parity.contract.rule import Rule

RULE = Rule(
    "include-cycle",
    "Reading",
    "error",
    "The tool that follows the lines comes back to where it began, and stops.",
)

check = by_reader(RULE)
