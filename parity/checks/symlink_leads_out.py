"""Symlinks out of the repository: https://git-scm.com/docs/gitfaq"""

from parity.checks._reading import by_reader
from parity.contract.rule import Rule

RULE = Rule(
    "symlink-leads-out",
    "Reading",
    "warning",
    "A clone, and a build's context, hold the link and not what it names, so every other machine misses the file.",
)

check = by_reader(RULE)
