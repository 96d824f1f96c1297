"""A scalar that a file states, with its line, and what it comes to."""

from __future__ import annotations

from parity.contract.dataclass import dataclass
from parity.contract.place import Place


@dataclass(frozen=True, slots=True)
class Value:
    """A scalar. `text` is what its tool makes of it, `written` how the file spells it: `3.1` of an unquoted `3.10`.

    `text` is None where the repository doesn't say it (a secret, an expression), and where it is one of several.
    """

    text: str | None
    place: Place
    written: str = ""
    quoted: bool = False
    # What a matrix or several callers make of it, each with the place that says so.
    among: tuple[Value, ...] = ()

    @property
    def each(self) -> tuple[Value, ...]:
        """Everything that it can be: itself where it is one."""
        return self.among or (self,)

    @property
    def texts(self) -> tuple[str, ...]:
        """The texts that are known of it."""
        return tuple(value.text for value in self.each if value.text is not None)
