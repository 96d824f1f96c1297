"""Requirements that no installer takes: https://packaging.python.org/en/latest/specifications/dependency-specifiers/"""

from parity.checks._reading import by_reader
from parity.contract.rule import Rule

RULE = Rule(
    "requirement-refused",
    "Reading",
    "error",
    "The installer stops at the line, so no home gets the packages.",
)

check = by_reader(RULE)
