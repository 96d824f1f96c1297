"""Reads every file of a repository that says how the program runs somewhere, each once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fnmatch import fnmatchcase
from typing import TypeVar

from parity.check.walk import Tree
from parity.contract.finding import Finding
from parity.contract.ledger import Ledger
from parity.contract.place import Place
from parity.readers.unreadable import Unreadable

Read = TypeVar("Read")

# Not a home of the repository, however its files are called.
ELSEWHERE = ("tests/*", "test/*", "*/tests/*", "*/fixtures/*", "*/testdata/*", "examples/*", "*/node_modules/*")


class Sources:
    """A folder's files, and what was wrong with those that were read."""

    def __init__(self, tree: Tree, ledger: Ledger) -> None:
        self.tree, self.ledger = tree, ledger
        self.unreadable: dict[str, Finding] = {}

    def named(self, *patterns: str) -> Iterator[str]:
        """The files whose name or path matches, those nearest to the root first, without what the ledger excludes."""
        found = (path for path in self.tree.matching(*patterns) if not self.excluded(path))
        yield from sorted(found, key=lambda path: (path.count("/"), path))

    def excluded(self, path: str) -> bool:
        """Also a file behind a name with a placeholder: another repository's, once it is made from this one."""
        return "{{" in path or any(
            fnmatchcase(path, pattern) or path.startswith(pattern.rstrip("/") + "/") for pattern in self.ledger.exclude
        )

    def first(self, *paths: str) -> str | None:
        """The first of several paths that is there, be it a symlink that leads out, of which reading it makes a finding."""
        return next((path for path in paths if self.there(path) and not self.excluded(path)), None)

    def there(self, path: str) -> bool:
        return (self.tree.exists(path) and not self.tree.is_folder(path)) or self.tree.outside(path)

    def read(self, path: str | None, reader: Callable[[str, str], Read]) -> Read | None:
        """What `reader` makes of a file; None when it isn't there or can't be read, which becomes a finding."""
        text = self.tree.text(path) if path else None
        if path is None or text is None:
            return None
        try:
            return reader(text, path)
        except Unreadable as error:
            self.refuse(path, error)
            return None

    def refuse(self, path: str, error: Unreadable) -> None:
        self.unreadable[path] = Finding("file-not-parsed", Place(path, error.line), error.message, error.hint)

    def each(self, paths: Iterator[str], reader: Callable[[str, str], Read]) -> dict[str, Read]:
        found = ((path, self.read(path, reader)) for path in paths)
        return {path: value for path, value in found if value is not None}
