"""Files and folders that the user who runs this may not read."""

from parity.checks._reading import by_reader
from parity.contract.rule import Rule

RULE = Rule(
    "file-unreadable",
    "Reading",
    "warning",
    "Whoever builds or deploys without the rights of its owner stops at it, or goes on without it.",
)

check = by_reader(RULE)
