"""What compose refuses: https://github.com/compose-spec/compose-spec/blob/main/schema/compose-spec.json"""

from parity.checks._reading import by_reader
from parity.contract.rule import Rule

RULE = Rule(
    "compose-refused",
    "Reading",
    "error",
    "Compose stops before it starts anything.",
)

check = by_reader(RULE)
