"""What is noted down while a project is read: findings, variables, files, and how much of it there is."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from parity.contract.compose import Mention
from parity.contract.finding import Finding
from parity.contract.place import Place
from parity.readers import tree
from parity.readers.unreadable import Unreadable

# A few kilobytes that extend and include one another can stand for gigabytes; no project comes near these.
MOST_VALUES = 300_000
MOST_FILES = 300


# What a file says is shown in messages, and may be a megabyte.
MOST_SHOWN = 300


class Record:
    def __init__(self, look: Callable[[str], str | None]) -> None:
        self.look = look
        self.findings: dict[Finding, None] = {}
        self.mentions: dict[Mention, None] = {}
        self.files: dict[str, None] = {}
        self.nodes: dict[str, tree.Node | None] = {}
        self.spent = self.loads = 0
        # Whether any value is marked with !reset.
        self.resets = False

    def find(self, rule: str, place: Place, message: str, hint: str, other: Place | None = None) -> None:
        """Notes a finding, once."""
        self.findings[Finding(rule, place, line(message), line(hint), other)] = None

    def mention(self, mentions: Iterable[Mention]) -> None:
        self.mentions.update(dict.fromkeys(mentions))

    def spend(self, values: int) -> None:
        """Raises Unreadable when the project has become too large."""
        self.spent += values
        if self.spent > MOST_VALUES:
            raise Unreadable(1, f"more than {MOST_VALUES} values once extends and include are followed", "write less")

    def node(self, file: str, place: Place) -> tree.Node | None:
        """The tree of a file that `place` names; None for one that can't be read, which is then a finding.

        A file that isn't there is none; whoever names it says what follows from that.
        """
        self.loads += 1
        if self.loads > MOST_FILES:
            raise Unreadable(1, f"more than {MOST_FILES} files that include or extend one another", "include less")
        self.files[file] = None
        if file not in self.nodes:
            self.nodes[file] = self.parsed(file, place)
        return self.nodes[file]

    def parsed(self, file: str, place: Place) -> tree.Node | None:
        text = self.look(file)
        try:
            return None if text is None else tree.yaml(text)
        except Unreadable as error:
            self.find("file-not-parsed", Place(file, error.line), error.message, error.hint, place)
            return None


def line(text: str) -> str:
    """One line that can be read."""
    shown = text if len(text) <= MOST_SHOWN else f"{text[:MOST_SHOWN]}…"
    return " ".join(shown.split()) if any(char in shown for char in "\n\r\t") else shown
