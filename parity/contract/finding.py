"""What a reader or a rule found."""

from parity.contract.dataclass import dataclass
from parity.contract.place import Place


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong: the rule that says so, both sides' places, and the edit that mends it.

    `message` and `hint` are one line each, without a full stop; `homes` names those that it bites.
    """

    rule: str
    place: Place
    message: str
    hint: str
    other: Place | None = None
    homes: tuple[str, ...] = ()
