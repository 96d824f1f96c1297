"""From the files to what they say."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager

from parity.contract.finding import Finding
from parity.contract.place import Place
from parity.contract.python import Code, EnvFile, Read, Selection, SettingsModule, Write
from parity.readers.python import handlers, publishing, words
from parity.readers.python.imports import imports
from parity.readers.python.libraries import INSTANCES
from parity.readers.python.machine import Machine
from parity.readers.python.module import Draft, Module
from parity.readers.python.names import is_entry, is_test
from parity.readers.python.objects import External, Reader
from parity.readers.python.roots import Look, Roots
from parity.readers.python.selections import selections
from parity.readers.python.worth import is_program

MOST_ROUNDS = 3


def read(files: Mapping[str, str], paths: Iterable[str] = (), look: Look | None = None) -> Code:
    """What the files say. `paths`: every Python file there is; `look` gives the text of one that isn't among `files`.

    Only settings modules ask for such a one: `from .base import *` may lead there.
    """
    machine = Machine(Roots(files, paths, look))
    handlers.install()
    with without_collector():
        for file in sorted(files, key=lambda file: order(file, files[file])):
            machine.load(file, is_full(file, files[file]))
        modules = [module for module in machine.modules.values() if module is not None]
        visit(machine, modules)
    chosen = selections(modules)
    return Code(
        reads=reads(machine, modules),
        writes=writes(modules),
        dynamic=dynamic(modules),
        copies=tuple(dict.fromkeys(place for module in modules for place in module.copies)),
        env_files=env_files(modules),
        settings=tuple(settings(machine, modules, chosen)),
        selections=chosen,
        imports=tuple(one for file, text in files.items() for one in imports(text, file, is_test(file))),
        findings=tuple(findings(machine, files, modules)),
    )


@contextmanager
def without_collector() -> Iterator[None]:
    """Half of the time of parsing is spent by the collector on nodes that all stay."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def order(file: str, text: str) -> tuple[bool, bool, str]:
    """Settings and programs first, for what they import is read as they are; tests last."""
    return is_test(file), not is_full(file, text), file


def is_full(file: str, text: str) -> bool:
    return is_entry(file) or is_program(text)


def visit(machine: Machine, modules: list[Module]) -> None:
    """The functions that nobody called; first those that ask by themselves, then those that call helpers which ask."""
    for module in modules:
        if module.triggers.extend(name for name, value in module.scope.names.items() if asks(value)):
            machine.again(module)
        machine.visit(module)
    for _ in range(MOST_ROUNDS):
        helpers = set(unresolved(machine, modules)) - machine.helpers
        if not helpers:
            return
        machine.helpers |= helpers
        for module in modules:
            if module.triggers.extend(helpers):
                machine.again(module)
                machine.visit(module)


def asks(value: object) -> bool:
    """Whether a name stands for something that is asked for variables."""
    return isinstance(value, Reader) or (isinstance(value, External) and value.name in INSTANCES)


def unresolved(machine: Machine, modules: list[Module]) -> Iterator[str]:
    """The names of functions that ask for a variable whose name their caller tells."""
    places = {*dynamic(modules), *machine.callers}
    for module in modules:
        for function in module.functions if places else ():
            if any(
                place.file == module.file and function.node.lineno <= place.line <= (function.node.end_lineno or 0)
                for place in places
            ):
                yield function.name.rpartition(".")[2]


def reads(machine: Machine, modules: Iterable[Module]) -> tuple[Read, ...]:
    """Each place once, as the one sees it that gets there most surely."""
    best: dict[tuple[str, Place, str], Draft] = {}
    for module in modules:
        for draft in module.drafts.values():
            key = (draft.name, draft.place, draft.via)
            known = best.get(key)
            if known is None or draft.distance < known.distance:
                best[key] = draft
            elif known.setting is None:
                known.setting = draft.setting
    found = [as_read(machine, draft) for draft in best.values()]
    for file in machine.findings:
        found += words.reads(machine.roots.text(file) or "", file)
    return tuple(sorted(found, key=lambda one: (one.place, one.name)))


def as_read(machine: Machine, draft: Draft) -> Read:
    return Read(
        name=draft.name,
        place=draft.place,
        via=draft.via,
        required=draft.required,
        default=machine.plain(draft.default),
        default_text=draft.default_text,
        cast=draft.cast,
        setting=draft.setting,
        when=draft.when,
        within=draft.within,
        pattern=draft.pattern,
        test=is_test(draft.place.file),
    )


def writes(modules: Iterable[Module]) -> tuple[Write, ...]:
    found: dict[tuple[str, Place, str], Write] = {}
    for module in modules:
        for write in module.writes:
            test = is_test(write.place.file)
            whole = Write(write.name, write.value, write.place, write.how, write.when, write.within, test)
            found.setdefault((write.name, write.place, write.how), whole)
    return tuple(found.values())


def dynamic(modules: Iterable[Module]) -> tuple[Place, ...]:
    """Places whose name nobody told; a helper that is called with literals somewhere isn't one."""
    resolved = {place for module in modules for place in module.resolved}
    found = dict.fromkeys(place for module in modules for place in module.dynamic)
    return tuple(place for place in found if place not in resolved)


def env_files(modules: Iterable[Module]) -> tuple[EnvFile, ...]:
    found: dict[tuple[Place, str, str], EnvFile] = {}
    for module in modules:
        for file in module.env_files:
            whole = EnvFile(file.path, file.place, file.via, file.overwrites, file.when, is_test(file.place.file))
            found.setdefault((file.place, file.via, repr(file.path)), whole)
    return tuple(found.values())


def settings(machine: Machine, modules: Iterable[Module], chosen: Iterable[Selection]) -> Iterator[SettingsModule]:
    names = {selection.module for selection in chosen if isinstance(selection.module, str)}
    for module in modules:
        if publishing.is_settings(module) or module.dotted in names:
            yield publishing.settings_module(machine, module, is_test(module.file), loading(machine, module))


def loading(machine: Machine, module: Module) -> tuple[Read, ...]:
    """What is asked for when the module is loaded, and all that it loads."""
    found: dict[tuple[str, Place, str], Read] = {}
    for one in module.loaded():
        for draft in one.drafts.values():
            if not draft.within:
                found.setdefault((draft.name, draft.place, draft.via), as_read(machine, draft))
    return tuple(found.values())


def findings(machine: Machine, files: Mapping[str, str], modules: Iterable[Module]) -> Iterator[Finding]:
    """Files that Python refuses, if a home would load them: others may be templates, or long dead."""
    asked = {link.file for module in modules for link in module.links}
    for file, finding in machine.findings.items():
        text = files.get(file, "")
        told = "DJANGO_SETTINGS_MODULE" in text or "INSTALLED_APPS" in text
        if (is_entry(file) or file in asked or told) and not is_test(file):
            yield finding
