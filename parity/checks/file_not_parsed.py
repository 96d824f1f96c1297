"""Files that aren't what their names say: YAML, JSON, TOML, a Dockerfile, a Makefile."""

from parity.checks._reading import by_reader
from parity.contract.rule import Rule

RULE = Rule(
    "file-not-parsed",
    "Reading",
    "error",
    "Its own tool stops at it as well, and what the file was to say holds in no home.",
)

check = by_reader(RULE, templates=False)
