"""A compose command that was written for a shell: https://docs.docker.com/reference/compose-file/services/#command"""

from parity.checks._reading import by_reader
from parity.contract.rule import Rule

RULE = Rule(
    "compose-command-cut",
    "Reading",
    "warning",
    "Compose runs no shell, so the rest of the line is dropped without a word, and what it was to start or to test never runs.",
)

check = by_reader(RULE)
