"""What a Procfile declares."""

from __future__ import annotations

from dataclasses import dataclass

from parity.contract.finding import Finding
from parity.contract.place import Place


@dataclass(frozen=True, slots=True)
class ProcessType:
    """A line of a Procfile: the command is the text behind the colon, a shell's, without blanks around it."""

    name: str
    command: str
    place: Place


@dataclass(frozen=True, slots=True)
class Procfile:
    """The process types in the file's order; of a name given twice the last, at the first's place in that order."""

    file: str
    process_types: tuple[ProcessType, ...] = ()
    findings: tuple[Finding, ...] = ()

    def get(self, name: str) -> ProcessType | None:
        return next((one for one in self.process_types if one.name == name), None)
