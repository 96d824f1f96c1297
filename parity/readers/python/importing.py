"""What an import brings: modules of the repository are read, others are known by their names alone.

https://docs.python.org/3/reference/simple_stmts.html#the-import-statement
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Any

from parity.contract.python import Link
from parity.readers.python import assignments, attributes, publishing
from parity.readers.python.module import Lazy, Module
from parity.readers.python.objects import Package

if TYPE_CHECKING:
    from parity.readers.python.machine import Machine
    from parity.readers.python.module import Frame

# Libraries that a file of the repository beside the importing one doesn't shadow.
KNOWN = frozenset(
    {
        "os",
        "sys",
        "pathlib",
        "environ",
        "environs",
        "decouple",
        "dj_database_url",
        "django",
        "pydantic",
        "pydantic_settings",
        "goodconf",
        "envparse",
        "starlette",
        "dotenv",
        "split_settings",
        "django_heroku",
        "configurations",
        "json",
        "logging",
    }
)


def plain(machine: Machine, frame: Frame, node: ast.Import) -> None:
    for alias in node.names:
        file = find(machine, frame, alias.name)
        if file and alias.asname:
            frame.scope.assign(alias.asname, module_value(machine, frame, file, alias.name))
            continue
        if file:
            module_value(machine, frame, file, alias.name)
        top = alias.name.partition(".")[0]
        inside = file is not None or (machine.roots.is_package(top, frame.module.file) and top not in KNOWN)
        if alias.asname:
            frame.scope.assign(alias.asname, machine.external(alias.name))
        elif inside:
            top_file = find(machine, frame, top)
            frame.scope.assign(top, module_value(machine, frame, top_file, top) if top_file else Package(top))
        else:
            frame.scope.assign(top, machine.external(top))


def from_(machine: Machine, frame: Frame, node: ast.ImportFrom) -> None:
    dotted, file = source(machine, frame, node)
    if any(alias.name == "*" for alias in node.names):
        star(machine, frame, node, dotted, file)
        return
    module = module_value(machine, frame, file, dotted) if file else None
    for alias in node.names:
        name = alias.asname or alias.name
        frame.scope.assign(name, named(machine, frame, module, dotted, alias.name))
        if frame.at_top and name.isupper():
            known = module.scope.places.get(alias.name) if isinstance(module, Module) else None
            frame.scope.places[name] = known or (frame.module.source.place(node), bool(frame.when))


def source(machine: Machine, frame: Frame, node: ast.ImportFrom) -> tuple[str, str | None]:
    """The dotted name that the import means, and its file."""
    name = node.module or ""
    if not node.level:
        return name, find(machine, frame, name)
    file = machine.roots.relative(frame.module.file, node.level, name)
    if file:
        return machine.roots.dotted(file), file
    package = (
        frame.module.dotted if frame.module.file.endswith("/__init__.py") else frame.module.dotted.rpartition(".")[0]
    )
    for _ in range(node.level - 1):
        package = package.rpartition(".")[0]
    return ".".join(part for part in (package, name) if part), None


def find(machine: Machine, frame: Frame, dotted: str) -> str | None:
    top = dotted.partition(".")[0]
    file = machine.roots.find(dotted, frame.module.file)
    if file is None and "." not in dotted and top not in KNOWN:
        file = machine.roots.beside(frame.module.file, dotted)
    return file if file != frame.module.file else None


def module_value(machine: Machine, frame: Frame, file: str, dotted: str) -> Any:
    """The module, read when it is among the files that matter, or when a settings module asks."""
    module = machine.modules.get(file)
    if module is None and file not in machine.modules and (file in machine.roots.files or asks(frame)):
        module = machine.load(file, frame.root.full)
    if module is None:
        return Package(dotted)
    if not frame.within and module is not frame.root:
        frame.root.imports.setdefault(file, module)
    return module


def asks(frame: Frame) -> bool:
    """Whether what a module imports may be worth a look although nothing in its own text says so."""
    names = frame.root.scope.names
    return bool(frame.root.links) or any(name in names for name in publishing.MARKS) or "settings" in frame.root.file


def named(machine: Machine, frame: Frame, module: Any, dotted: str, name: str) -> Any:

    if module is not None:
        return attributes.member(machine, frame, module, name)
    inner = f"{dotted}.{name}"
    file = machine.roots.find(inner, frame.module.file) if dotted.partition(".")[0] not in KNOWN else None
    if file and file != frame.module.file:
        return module_value(machine, frame, file, inner)
    return machine.external(inner)


def star(machine: Machine, frame: Frame, node: ast.ImportFrom, dotted: str, file: str | None) -> None:
    """`from .base import *`: the other module's names become this one's, with their places."""
    optional = any(
        caught & {"ImportError", "ModuleNotFoundError", "Exception", ""} and not fatal
        for caught, fatal in frame.catching
    )
    place = frame.module.source.place(node)
    inside = file is not None or node.level > 0 or machine.roots.is_package(dotted.partition(".")[0], frame.module.file)
    module = machine.load(file, frame.root.full) if file else None
    if frame.at_top and (inside or file):
        frame.module.links.append(Link(dotted, file if module else None, place, optional or bool(frame.when)))
        frame.module.whole &= module is not None or optional
    if module is None:
        return
    if not frame.within and module is not frame.root:
        frame.root.imports.setdefault(module.file, module)
    take(machine, frame, module)


def take(machine: Machine, frame: Frame, module: Module) -> None:
    public = module.scope.names.get("__all__")
    listed = (
        {one for one in public.items if isinstance(one, str)}
        if public is not None and hasattr(public, "items") and isinstance(public.items, tuple)
        else None
    )
    for name, value in list(module.scope.names.items()):
        if name in listed if listed is not None else not name.startswith("_"):
            frame.scope.assign(
                name, assignments.forced(machine, value) if isinstance(value, Lazy) and frame.root.full else value
            )
            if name in module.scope.places:
                place, conditional = module.scope.places[name]
                frame.scope.places[name] = (place, conditional or bool(frame.when))
    # A read that fed the other module's setting feeds this one's too.
    for name, draft in module.latest.items():
        frame.root.latest.setdefault(name, draft)
