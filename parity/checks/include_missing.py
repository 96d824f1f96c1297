"""Files and groups that another one includes, and that aren't there.

Pip's -r, compose's include and extends, groups of pyproject.toml.
"""

from parity.checks._reading import by_reader
from parity.contract.rule import Rule

RULE = Rule(
    "include-missing",
    "Reading",
    "error",
    "The tool that follows the line stops there, so nothing is installed or started.",
)

check = by_reader(RULE)
