"""What a Procfile declares."""

from __future__ import annotations

from parity.contract.dataclass import dataclass
from parity.contract.finding import Finding
from parity.contract.place import Place

# Heroku's build, and the two that run a Procfile on a laptop.
READERS = ("heroku", "honcho", "foreman")


@dataclass(frozen=True, slots=True)
class ProcessType:
    """A line of a Procfile: the command is the text behind the colon, a shell's, without blanks around it."""

    name: str
    command: str
    place: Place
    # Those of READERS that see it with this name and command; where one is missing, a finding says why.
    seen_by: tuple[str, ...] = READERS


@dataclass(frozen=True, slots=True)
class Procfile:
    """The process types in the file's order; of a name given twice the last, at the first's place in that order."""

    file: str
    process_types: tuple[ProcessType, ...] = ()
    findings: tuple[Finding, ...] = ()

    def seen_by(self, reader: str) -> tuple[ProcessType, ...]:
        return tuple(one for one in self.process_types if reader in one.seen_by)

    def get(self, name: str) -> ProcessType | None:
        return next((one for one in self.process_types if one.name == name), None)
