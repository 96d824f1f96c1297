"""What GitHub refuses: https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax"""

from parity.checks._reading import by_reader
from parity.contract.rule import Rule

RULE = Rule(
    "workflow-refused",
    "Reading",
    "error",
    "GitHub refuses the workflow, so nothing is tested or deployed by it.",
)

check = by_reader(RULE)
