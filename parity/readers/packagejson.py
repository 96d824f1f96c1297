"""Reads package.json: https://docs.npmjs.com/cli/configuring-npm/package-json"""

from __future__ import annotations

from collections.abc import Iterator

from parity.contract.packages import MAIN, Packages, Requirement, Script
from parity.contract.place import Place
from parity.contract.version import Stated
from parity.readers import tree
from parity.readers.tree import Node

GROUPS = {
    "dependencies": MAIN,
    "devDependencies": "dev",
    "optionalDependencies": "optional",
    "peerDependencies": "peer",
}
PROGRAMS = ("node", "npm", "yarn", "pnpm", "bun")
EMPTY = Node({}, 1)


def read(text: str, file: str) -> Packages:
    """Names are npm's own, and ranges in its dialect. Raises Unreadable for what isn't JSON."""
    root = tree.json(text.removeprefix("\ufeff"))
    scripts = (root.get("scripts") or EMPTY).entries()
    name = (root.get("name") or EMPTY).string() or ""
    return Packages(
        file=file,
        format="package.json",
        requirements=tuple(requirements(root, file)),
        stated=tuple(stated(root, file)),
        scripts=tuple(Script(name, node.string() or "", Place(file, node.line)) for name, node in scripts),
        name=name,
        groups=tuple(group for section, group in GROUPS.items() if root.get(section)),
    )


def requirements(root: Node, file: str) -> Iterator[Requirement]:
    for section, group in GROUPS.items():
        for name, node in (root.get(section) or EMPTY).entries():
            specifier = (node.string() or "").strip()
            yield Requirement(
                name=name,
                place=Place(file, node.line),
                specifier=specifier,
                dialect="npm",
                pinned=specifier if specifier.replace(".", "").isdigit() and specifier.count(".") == 2 else None,
                groups=(group,),
                written=name,
            )


def stated(root: Node, file: str) -> Iterator[Stated]:
    """engines, Volta's pins, and the package manager that Corepack takes: https://nodejs.org/api/corepack.html"""
    for section in ("engines", "volta"):
        for program in PROGRAMS:
            node = root.get(section, program)
            if node and node.string():
                yield Stated(program, str(node.string()), Place(file, node.line), "npm")
    manager = root.get("packageManager")
    if manager and manager.string():
        program, _, version = str(manager.string()).partition("@")
        if program in PROGRAMS and version:
            yield Stated(program, version.partition("+")[0], Place(file, manager.line), "npm")
