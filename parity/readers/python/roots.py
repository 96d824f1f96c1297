"""Which file a dotted name means: https://docs.python.org/3/reference/import.html"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

Look = Callable[[str], str | None]


class Roots:
    """The Python files of a repository, and the folders from which it imports.

    They are deduced: the folder of each manage.py, `src`, and the root itself.
    """

    def __init__(self, files: Mapping[str, str], paths: Iterable[str], look: Look | None) -> None:
        self.files, self.look = files, look
        self.paths = {*files, *(path for path in paths if path.endswith(".py"))}
        self.folders = {parent for path in self.paths for parent in parents(path)}
        managed = sorted({folder(path) for path in self.paths if path.rpartition("/")[2] == "manage.py"}, key=len)
        self.roots = list(dict.fromkeys([*managed, "", *(["src"] if "src" in self.folders else [])]))
        self.ends: dict[str, str | None] = {}
        self.by_name: dict[str, list[str]] = {}
        for path in sorted(self.paths):
            self.by_name.setdefault(path.rpartition("/")[2], []).append(path)

    def text(self, file: str) -> str | None:
        if file in self.files:
            return self.files[file]
        return self.look(file) if self.look else None

    def find(self, dotted: str, near: str = "") -> str | None:
        """The file of a module or a package; `near` is the importing file."""
        path = dotted.replace(".", "/")
        if not dotted or dotted.startswith(".") or ".." in dotted:
            return None
        for root in self.ordered(near):
            found = self.file(f"{root}/{path}" if root else path)
            if found:
                return found
        if "." not in dotted:
            return None
        if path not in self.ends:
            self.ends[path] = self.by_end(path)
        return self.ends[path]

    def ordered(self, near: str) -> list[str]:
        """The root that the importing file lies under comes first: a repository may hold two projects."""
        return sorted(self.roots, key=lambda root: not (near.startswith(f"{root}/") if root else False))

    def file(self, path: str) -> str | None:
        for candidate in (f"{path}.py", f"{path}/__init__.py"):
            if candidate in self.paths:
                return candidate
        return None

    def is_package(self, dotted: str, near: str = "") -> bool:
        """Whether there is a folder of that name, with or without an __init__.py."""
        path = dotted.replace(".", "/")
        return any((f"{root}/{path}" if root else path) in self.folders for root in self.ordered(near))

    def by_end(self, path: str) -> str | None:
        """The one file whose path ends so: a project may lie in a folder that nothing tells to be a root."""
        name = path.rpartition("/")[2]
        candidates = [*self.by_name.get(f"{name}.py", []), *self.by_name.get("__init__.py", [])[:200]]
        found = [one for one in candidates if one.endswith((f"/{path}.py", f"/{path}/__init__.py"))]
        return found[0] if len(found) == 1 else None

    def dotted(self, file: str) -> str:
        """The name by which a file is imported."""
        path = file.removesuffix(".py").removesuffix("/__init__")
        roots = [root for root in self.roots if root == "" or file.startswith(f"{root}/")]
        root = max(roots, key=len, default="")
        return (path[len(root) + 1 :] if root else path).replace("/", ".")

    def relative(self, file: str, level: int, module: str) -> str | None:
        """The file that `from ..module import` means in `file`."""
        place = folder(file)
        for _ in range(level - 1):
            place = folder(place) if place else ".."
        path = "/".join(part for part in (place, module.replace(".", "/")) if part)
        return self.file(path) if module else (f"{path}/__init__.py" if f"{path}/__init__.py" in self.paths else None)

    def beside(self, file: str, name: str) -> str | None:
        """The module of that name in the same folder: a script imports it so."""
        place = folder(file)
        return self.file(f"{place}/{name}" if place else name)


def folder(path: str) -> str:
    return path.rpartition("/")[0]


def parents(path: str) -> Iterable[str]:
    while path := folder(path):
        yield path
