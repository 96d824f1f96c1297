"""The differences that a repository intends, and what it tells parity that can't be detected."""

from __future__ import annotations

import datetime

from parity.contract.dataclass import dataclass
from parity.contract.place import Place


@dataclass(frozen=True, slots=True)
class Entry:
    """An intended difference. `where` is a path, or PATH:TEXT for findings there whose message holds TEXT; "" is anywhere."""

    rule: str
    where: str
    reason: str
    until: datetime.date | None
    place: Place


@dataclass(frozen=True, slots=True)
class Ledger:
    """parity.toml, as far as `check` goes by it."""

    entries: tuple[Entry, ...] = ()
    # Which files are the homes, where detection would choose others.
    compose: tuple[str, ...] = ()
    dockerfile: str | None = None
    settings: str | None = None
    # Folders and files that no home of this repository is made of (examples, fixtures).
    exclude: tuple[str, ...] = ()
