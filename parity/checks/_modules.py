"""Modules of Python that homes name, and where a repository has them. https://docs.python.org/3/reference/import.html"""

from __future__ import annotations

import posixpath
import re
from functools import lru_cache

from parity.checks._files import MADE, located_at
from parity.contract.homes import Home, Process
from parity.contract.whole import Contract
from parity.tables.programs import distributions_of_import

DOTTED = re.compile(r"[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*\Z")


def folders_with(contract: Contract, module: str) -> list[str]:
    """The folders of the repository that a module, or the package that it would be in, can be imported from."""
    return [folder for folder in tops(contract, module) if has(contract, folder, module)]


def tops(contract: Contract, module: str) -> list[str]:
    """The folders that hold the first part of a dotted name, as a file or as a folder with Python in it."""
    return list(holding(contract.paths, module.partition(".")[0]))


@lru_cache(maxsize=64)
def holding(paths: frozenset[str], first: str) -> tuple[str, ...]:
    file, folder = f"/{first}.py", f"/{first}/"
    found: dict[str, None] = {}
    for path in paths:
        rooted = "/" + path
        if folder in rooted and path.endswith(".py"):
            at = rooted.find(folder)
            while at >= 0:
                found[rooted[:at].strip("/")] = None
                at = rooted.find(folder, at + 1)
        elif rooted.endswith(file):
            found[rooted[: -len(file)].strip("/")] = None
    plain = (one for one in found if not any(part in MADE for part in one.split("/")))
    return tuple(sorted(plain, key=lambda one: (one.count("/") + bool(one), one)))


def has(contract: Contract, folder: str, module: str) -> bool:
    """Whether a folder has a module: as a file, a package, or a folder; git may ignore it, and a build make it."""
    base = posixpath.join(folder, module.replace(".", "/"))
    return (
        f"{base}.py" in contract.paths
        or base in contract.folders
        or f"{base}.so" in contract.paths
        or f"{base}.pyi" in contract.paths
        or contract.ignored(f"{base}.py")
        or contract.look(f"{base}.py") is not None
    )


def installed(contract: Contract, module: str) -> bool:
    """Whether a file of dependencies asks for what may bring a module: by its own name, or by one that has its first part."""
    first = module.partition(".")[0].lower().replace("_", "-")
    wanted = {*distributions_of_import(module), first}
    return any(
        one.name in wanted or first in one.name or one.url or one.editable
        for package in contract.packages
        for one in package.requirements
    )


def importable(contract: Contract, home: Home, process: Process, module: str, extra: tuple[str, ...]) -> bool:
    """Whether a process may import a module from where it runs; true also where that can't be told."""
    path = process.variables.get("PYTHONPATH") or home.variables.get("PYTHONPATH")
    if path is not None or subfolder(contract, home):
        return True
    base = module.replace(".", "/")
    for folder in extra:
        for name in (f"{base}.py", base):
            if located_at(contract, process, name, (folder,)).state in ("there", "unknown"):
                return True
    return packaged(contract)


def packaged(contract: Contract) -> bool:
    """Whether an install puts the repository's own packages on the path."""
    return any(
        one.name and one.format in ("pyproject.toml", "setup.py", "setup.cfg") for one in contract.packages
    ) or any(one.editable or one.url.startswith(".") for package in contract.packages for one in package.requirements)


def subfolder(contract: Contract, home: Home) -> bool:
    """Whether Heroku builds a folder below the root: by a buildpack for that."""
    packs = contract.appjson.buildpacks if contract.appjson else ()
    return home.kind == "heroku" and any("subdir" in one.url or "monorepo" in one.url for one in packs)
