"""The files of a repository: which there are, as git sees them, and their texts. https://git-scm.com/docs/gitignore

It only reads, runs nothing, and leaves the root neither by `..` nor by a symlink.
"""

from __future__ import annotations

import os
import posixpath
import stat
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

from parity.check.ignore import Patterns
from parity.contract.finding import Finding
from parity.contract.place import Place

LARGEST = 5 * 1024 * 1024

# What tools install or make, whether git ignores it or not.
SKIPPED = frozenset(
    (
        *(".git", ".hg", ".svn", ".jj"),
        *("node_modules", "bower_components", "jspm_packages", ".yarn", ".pnpm-store", ".bundle"),
        *(".venv", "venv", "virtualenv", "site-packages", "dist-packages", "__pypackages__", ".direnv", ".eggs"),
        *("__pycache__", ".tox", ".nox", ".mypy_cache", ".pytest_cache", ".ruff_cache", ".hypothesis", ".cache"),
        *(".terraform", ".serverless", ".gradle", ".parity"),
    )
)

# A folder that holds one of these is somebody else's: a virtual environment, conda's, a repository within this one.
FOREIGN = frozenset(("pyvenv.cfg", "conda-meta", ".git"))

# So is one called `vendor` with one of these, which bundler, composer and Go's modules write.
VENDORED = frozenset(("bundle", "autoload.php", "modules.txt"))


class Tree:
    """A folder. Paths are relative to it, with slashes; "" is the folder itself."""

    def __init__(self, root: Path) -> None:
        self.root = Path(os.path.realpath(root))
        self.texts: dict[str, str | None] = {}
        self.found: dict[Finding, None] = {}
        self.patterns: dict[str, Patterns | None] = {}

    @cached_property
    def paths(self) -> frozenset[str]:
        """Every file that git would not ignore, but those of vendored and virtual-environment folders.

        Symlinks are among them unless what they name isn't there or is a folder; folders behind symlinks are not walked. What
        has a name that isn't UTF-8 is left out.
        """
        return frozenset(self.walked())

    @cached_property
    def folders(self) -> frozenset[str]:
        """The folders that hold one of `paths`, at any depth."""
        found: set[str] = set()
        for path in self.paths:
            folder = path.rpartition("/")[0]
            while folder and folder not in found:
                found.add(folder)
                folder = folder.rpartition("/")[0]
        return frozenset(found)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What was wrong with the files and folders that were asked for until now."""
        return tuple(self.found)

    def matching(self, *patterns: str) -> Iterator[str]:
        """Those of `paths` that match a pattern of fnmatch, sorted; a pattern without a slash is for the name alone."""
        import re
        from fnmatch import translate

        of_paths = [translate(pattern) for pattern in patterns if "/" in pattern]
        of_names = ["(?s:.*/)?" + translate(pattern) for pattern in patterns if "/" not in pattern]
        match = re.compile("|".join((*of_paths, *of_names)) or "(?!)").match
        return iter(sorted(filter(match, self.paths)))

    def text(self, path: str) -> str | None:
        """The text of a file, ignored by git or not; None when it isn't there or can't be read, the latter a finding.

        The ends of its lines are as they are; a byte order mark is left out.
        """
        if path not in self.texts:
            self.texts[path] = self.read(path)
        return self.texts[path]

    def exists(self, path: str) -> bool:
        """Whether a file or folder is there, ignored by git or not; what a symlink shows from outside isn't."""
        return self.mode(path) is not None

    def is_folder(self, path: str) -> bool:
        mode = self.mode(path)
        return mode is not None and stat.S_ISDIR(mode)

    def executable(self, path: str) -> bool:
        """Whether a file may be run by its owner."""
        mode = self.mode(path)
        return mode is not None and stat.S_ISREG(mode) and bool(mode & stat.S_IXUSR)

    def outside(self, path: str) -> bool:
        """Whether a path leads out of the root, by `..`, from the top, or by a symlink."""
        try:
            return self.real(path) is None
        except (OSError, ValueError):
            return False

    def ignored(self, path: str) -> bool:
        """Whether git would ignore a path, be it there or not; one that ends with a slash is a folder's."""
        plain = posixpath.normpath(path)
        if plain.startswith(("/", "..")) or plain == ".":
            return False
        parts = plain.split("/")
        whole = path.endswith("/") or self.walkable(plain)
        return any(
            self.ignores("/".join(parts[:count]), count < len(parts) or whole) for count in range(1, len(parts) + 1)
        )

    def walked(self) -> Iterator[str]:
        waiting = [("", self.scanned(""))]
        while waiting:
            folder, entries = waiting.pop()
            levels = self.levels(folder)
            for entry in entries:
                name = entry.name
                if not name.isascii() and not sayable(name):
                    continue
                path = f"{folder}/{name}" if folder else name
                if entry.is_dir(follow_symlinks=False):
                    if name in SKIPPED or decided(levels, path, name, folder=True):
                        continue
                    inside = self.scanned(path)
                    if not foreign(name, inside):
                        waiting.append((path, inside))
                elif not decided(levels, path, name, folder=False) and self.listed(entry, path):
                    yield path

    def scanned(self, folder: str) -> list[os.DirEntry[str]]:
        try:
            with os.scandir(self.root / folder) as entries:
                return list(entries)
        except OSError as error:
            self.unreadable(folder or ".", f"the folder {folder or '.'} can't be read: {error.strerror}")
            return []

    def listed(self, entry: os.DirEntry[str], path: str) -> bool:
        """Whether a file is one that git would list."""
        if not entry.is_symlink():
            return entry.name != ".git" and entry.is_file(follow_symlinks=False)
        mode = self.mode(path)
        return self.outside(path) if mode is None else not stat.S_ISDIR(mode)

    def levels(self, folder: str) -> list[tuple[int, Patterns]]:
        """The patterns that hold in a folder, the nearest first, each with the length of what its paths leave out."""
        found = []
        while True:
            patterns = self.of(f"{folder}/.gitignore" if folder else ".gitignore")
            if patterns:
                found.append((len(folder) + 1 if folder else 0, patterns))
            if not folder:
                break
            folder = folder.rpartition("/")[0]
        general = self.of(".git/info/exclude")
        return [*found, (0, general)] if general else found

    def of(self, file: str) -> Patterns | None:
        """The patterns of a file, None when there are none. git doesn't follow a symlink to them."""
        if file not in self.patterns:
            data = b""
            real = self.root / file
            try:
                if stat.S_ISREG(os.lstat(real).st_mode) and not self.outside(file):
                    with open(real, "rb") as opened:  # noqa: PTH123 - a tree of many folders asks often
                        data = opened.read(LARGEST)
            except (OSError, ValueError):
                pass
            self.patterns[file] = Patterns(data.decode("latin-1")) if data else None
        return self.patterns[file]

    def ignores(self, path: str, folder: bool) -> bool:
        """Whether the patterns ignore a path by itself, its folders left aside."""
        above, _, name = path.rpartition("/")
        return name == ".git" or decided(self.levels(above), path, name, folder=folder)

    def walkable(self, path: str) -> bool:
        """Whether a path is a folder, and no symlink to one, which is a file for git."""
        try:
            return stat.S_ISDIR(os.lstat(self.root / path).st_mode)
        except (OSError, ValueError):
            return False

    def mode(self, path: str) -> int | None:
        """The mode of what a path names within the root, symlinks followed; None when there is nothing."""
        try:
            real = self.real(path)
            return os.stat(real).st_mode if real else None  # noqa: PTH116
        except (OSError, ValueError):
            return None

    def real(self, path: str) -> str | None:
        """Where a path leads; None when that is out of the root. Raises OSError and ValueError for what is no path."""
        plain = posixpath.normpath(path or ".")
        if plain.startswith("/") or plain.split("/")[0] == "..":
            return None
        root = str(self.root)
        real = os.path.realpath(os.path.join(root, plain))  # noqa: PTH118
        return real if real == root or real.startswith(root.rstrip("/") + "/") else None

    def read(self, path: str) -> str | None:
        try:
            real = self.real(path)
            if real is None:
                self.leads_out(path)
                return None
            mode = os.stat(real).st_mode  # noqa: PTH116
            if stat.S_ISDIR(mode):
                return None
            if not stat.S_ISREG(mode):
                # To open a FIFO is to wait for somebody who writes to it.
                self.unreadable(path, f"{path} is neither a file nor a folder")
                return None
            with open(real, "rb") as opened:  # noqa: PTH123
                data = opened.read(LARGEST + 1)
        except (FileNotFoundError, NotADirectoryError, ValueError):
            return None
        except OSError as error:
            self.unreadable(path, f"{path} can't be read: {error.strerror}")
            return None
        return self.decoded(path, data)

    def decoded(self, path: str, data: bytes) -> str | None:
        if len(data) > LARGEST:
            message = f"{path} has more than {LARGEST // 1024 // 1024} MB, and is not read"
            self.add("file-too-large", path, 1, message, "make it smaller, or leave it out in parity.toml")
            return None
        try:
            return data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = data.count(b"\n", 0, error.start) + 1
            message = f"{path} is not UTF-8: byte 0x{data[error.start]:02x} in line {line}"
            self.add("file-not-utf8", path, line, message, "save it as UTF-8")
            return None

    def leads_out(self, path: str) -> None:
        """A finding where a symlink is what leads out; that a text names `..` is what that text's reader has to say."""
        if not posixpath.normpath(path).startswith(("/", "..")):
            message = f"{path} is behind a symlink that leads out of the repository, and is not read"
            self.add("symlink-leads-out", path, 1, message, "put the file itself there: a clone doesn't have the other")

    def unreadable(self, path: str, message: str) -> None:
        self.add("file-unreadable", path, 1, message, "give its owner the right to read it, or remove it")

    def add(self, rule: str, path: str, line: int, message: str, hint: str) -> None:
        self.found[Finding(rule, Place(path, line), message, hint)] = None


def decided(levels: list[tuple[int, Patterns]], path: str, name: str, *, folder: bool) -> bool:
    """What the nearest patterns that have anything to say about a path say."""
    plain = path.isascii()
    name = name if plain else as_bytes(name)
    for start, patterns in levels:
        ignores = patterns.ignores(path[start:] if plain else as_bytes(path[start:]), name, folder)
        if ignores is not None:
            return ignores
    return False


def as_bytes(text: str) -> str:
    return text.encode("utf-8", "surrogatepass").decode("latin-1")


def sayable(name: str) -> bool:
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def foreign(name: str, entries: list[os.DirEntry[str]]) -> bool:
    """Whether a folder with these entries is somebody else's work."""
    names = {entry.name for entry in entries}
    return not FOREIGN.isdisjoint(names) or (name == "vendor" and not VENDORED.isdisjoint(names))
