"""The files of a repository: which there are, as git sees them, and their texts. https://git-scm.com/docs/gitignore

It only reads, runs nothing, and leaves the root neither by `..` nor by a symlink.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from parity.contract.finding import Finding

LARGEST = 5 * 1024 * 1024


class Tree:
    """A folder. Paths are relative to it, with slashes; "" is the folder itself."""

    def __init__(self, root: Path) -> None:
        self.root = root

    @property
    def paths(self) -> frozenset[str]:
        """Every file that git would not ignore, but those of vendored and virtual-environment folders.

        Symlinks to files within the root are among them; folders behind symlinks are not walked. Walked when first asked for.
        """
        raise NotImplementedError

    @property
    def folders(self) -> frozenset[str]:
        """The folders that hold one of `paths`, at any depth."""
        raise NotImplementedError

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What was wrong with the files that were asked for until now."""
        raise NotImplementedError

    def matching(self, *patterns: str) -> Iterator[str]:
        """Those of `paths` that match a pattern of fnmatch, sorted; a pattern without a slash matches the name alone."""
        raise NotImplementedError

    def text(self, path: str) -> str | None:
        """The text of a file, ignored by git or not; None when it isn't there or can't be read, the latter a finding."""
        raise NotImplementedError

    def exists(self, path: str) -> bool:
        """Whether a file or folder is there, ignored by git or not; what a symlink shows from outside isn't."""
        raise NotImplementedError

    def is_folder(self, path: str) -> bool:
        raise NotImplementedError

    def executable(self, path: str) -> bool:
        """Whether a file may be run by its owner."""
        raise NotImplementedError

    def ignored(self, path: str) -> bool:
        """Whether git would ignore a path, be it there or not; a path that ends with a slash is a folder's."""
        raise NotImplementedError
