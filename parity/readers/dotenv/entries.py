"""Reads .env as one plain reader would, and writes it from .env.example: what `parity up` asks for."""

import re
from collections.abc import Callable

from parity.contract.dataclass import dataclass
from parity.errors import UserError

ASSIGNMENT = re.compile(r"(?:export\s+)?(?P<name>[A-Za-z_][A-Za-z0-9_]*)\s*=\s*(?P<value>.*)")

# honcho cuts at # and \, stumbles over quotes and blanks, and omits a variable without a value; compose expands $;
# django-environ takes a leading $ for another variable's name. These characters mean themselves in all four dialects.
ALIKE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*=[A-Za-z0-9_./:@,?&=+%\[\]~^|;(){}<>!*-]+")

SAFE = "use only letters, digits and . / : @ , ? & = + % [ ] _ - in a value, and no blanks around ="

WRITTEN = "# Written once from .env.example, with secrets of its own. It is yours to edit: nothing overwrites it.\n"


@dataclass(frozen=True)
class Entry:
    """One variable: its value as a plain reader sees it, and whether all four readers see the same."""

    name: str
    value: str
    line: int
    alike: bool


def entries(text: str, file: str) -> list[Entry]:
    """Every assignment, in order. Raises UserError for a line that is neither that, a comment, nor blank."""
    found = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        match = ASSIGNMENT.fullmatch(line.strip())
        if not match:
            raise UserError(f"{file}:{number}: neither NAME=value nor a comment", "write NAME=value", "dotenv-line")
        found.append(Entry(match["name"], match["value"].strip("'\""), number, bool(ALIKE.fullmatch(line))))
    return found


def variables(text: str, file: str = ".env") -> dict[str, Entry]:
    """The entries by name. Raises UserError for a name given twice, of which older django-environ takes the first."""
    found: dict[str, Entry] = {}
    for entry in entries(text, file):
        if entry.name in found:
            message = f"{file}:{entry.line}: {entry.name} stands in line {found[entry.name].line} already"
            raise UserError(
                message,
                "remove one of the two: django-environ before 0.8 takes the first, others the last",
                "dotenv-twice",
            )
        found[entry.name] = entry
    return found


def filled(example: str, secret: Callable[[str], str]) -> str:
    """The text of a .env: `example`, with `secret(NAME)` behind each `NAME=` that has no value.

    Raises UserError for a value that the four readers would not read alike.
    """
    lines = example.splitlines()
    for entry in variables(example, ".env.example").values():
        if entry.value == "":
            lines[entry.line - 1] = f"{entry.name}={secret(entry.name)}"
        elif not entry.alike:
            message = f".env.example:{entry.line}: {entry.name} would not be read alike by honcho, compose and Django"
            raise UserError(message, SAFE, "dotenv-dialect")
    return WRITTEN + "\n".join(lines) + "\n"
