"""The exec form that is none: https://docs.docker.com/reference/dockerfile/#exec-form"""

from parity.checks._reading import by_reader
from parity.contract.rule import Rule

RULE = Rule(
    "dockerfile-json",
    "Reading",
    "warning",
    "The brackets go to a shell as text, so the command is another one than is meant, or none.",
)

check = by_reader(RULE)
