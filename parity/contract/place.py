"""Where something is written."""

from parity.contract.dataclass import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A line of a file: the path relative to the repository's root, with slashes, and the line's number from 1."""

    file: str
    line: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"
