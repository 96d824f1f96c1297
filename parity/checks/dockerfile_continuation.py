"""Empty lines within an instruction: https://docs.docker.com/reference/build-checks/no-empty-continuation/"""

from parity.checks._reading import by_reader
from parity.contract.rule import Rule

RULE = Rule(
    "dockerfile-continuation",
    "Reading",
    "note",
    "Docker warns that it will refuse it, and a person who reads it takes the rest for another instruction.",
)

check = by_reader(RULE)
