"""Files of more than 5 MB, which no manifest of a person's is."""

from parity.checks._reading import by_reader
from parity.contract.rule import Rule

RULE = Rule(
    "file-too-large",
    "Reading",
    "note",
    "What stands in it is not held against the other homes.",
)

check = by_reader(RULE)
