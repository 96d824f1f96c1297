"""Files of a compose project that aren't in the repository: https://docs.docker.com/reference/compose-file/include/"""

from parity.checks._reading import by_reader
from parity.contract.rule import Rule

RULE = Rule(
    "include-elsewhere",
    "Reading",
    "note",
    "A clone doesn't have it, and what it says can't be held against the other homes.",
)

check = by_reader(RULE)
