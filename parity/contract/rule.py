"""What a rule says of itself."""

from typing import Literal

from parity.contract.dataclass import dataclass

Severity = Literal["error", "warning", "note"]
Family = Literal["Processes", "Versions", "Config vars", "References", "Image", "Services", "Reading", "Ledger"]

# The graver first.
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "note")


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule's stable id (its page is parity/pages/ID.md), how grave what it finds is, and why it bites in production.

    error: a home breaks, or a secret is out; warning: homes differ in what users will meet; note: worth knowing.
    """

    id: str
    family: Family
    severity: Severity
    # One sentence.
    why: str
