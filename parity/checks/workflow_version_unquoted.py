"""Versions that lose a digit.

https://github.com/actions/setup-python/blob/main/docs/advanced-usage.md#using-the-python-version-input
"""

from parity.checks._reading import by_reader
from parity.contract.rule import Rule

RULE = Rule(
    "workflow-version-unquoted",
    "Reading",
    "error",
    "YAML takes 3.10 for the number 3.1, so CI sets up another version or stops.",
)

check = by_reader(RULE)
