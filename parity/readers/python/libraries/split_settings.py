"""django-split-settings: https://django-split-settings.readthedocs.io/en/latest/"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from parity.contract.dataclass import dataclass
from parity.contract.python import Link, Many, Path, Text
from parity.readers.python import paths
from parity.readers.python.objects import Call, Word
from parity.readers.python.structures import UNKNOWN

if TYPE_CHECKING:
    from parity.readers.python.machine import Machine
    from parity.readers.python.module import Frame

MOST_FILES = 50


@dataclass(frozen=True, slots=True)
class Optional:
    path: Any


def optional(machine: Machine, frame: Frame, call: Call) -> Optional:
    return Optional(call.get(0, "filename"))


def include(machine: Machine, frame: Frame, call: Call) -> None:
    """Runs files with the names of the module that includes them; several at once by a pattern."""
    for value in call.positional:
        may_miss = isinstance(value, Optional)
        wanted = value.path if isinstance(value, Optional) else value
        wanted = str(wanted) if isinstance(wanted, Word) else wanted
        for one in wanted.items if isinstance(wanted, Many) else (wanted,):
            include_one(machine, frame, call, one, may_miss)


def include_one(machine: Machine, frame: Frame, call: Call, wanted: Any, may_miss: bool) -> None:
    place = frame.module.source.place(call.node)
    target = (
        paths.joined(paths.up(paths.of_file(frame.module.file)), wanted) if isinstance(wanted, (str, Path)) else None
    )
    top = frame.module
    if target is None or not target.anchored:
        parts = wanted.parts if isinstance(wanted, Text) else (wanted.text if isinstance(wanted, Path) else wanted,)
        shown = "".join(part if isinstance(part, str) else "*" for part in parts)
        top.links.append(Link(shown, None, place, may_miss))
        top.whole &= may_miss
        return
    files = matching(machine, target.text)
    if not files:
        top.links.append(Link(target.text, None, place, may_miss))
        top.whole &= may_miss
    for file in files:
        run(machine, frame, file, Link(machine.roots.dotted(file), file, place, may_miss))


def matching(machine: Machine, pattern: str) -> list[str]:
    """The files that a pattern of glob means."""
    if not any(char in pattern for char in "*?["):
        return [pattern] if pattern in machine.roots.paths else []
    if len(pattern) > 300:
        return []
    kinds = {"*": "[^/]*", "?": "[^/]"}
    expression = re.compile("".join(kinds.get(char, re.escape(char)) for char in re.sub(r"\*+", "*", pattern)))
    return [path for path in sorted(machine.roots.paths) if expression.fullmatch(path)][:MOST_FILES]


def run(machine: Machine, frame: Frame, file: str, link: Link) -> None:
    from parity.readers.python.module import Frame as NewFrame
    from parity.readers.python.module import Module
    from parity.readers.python.source import Source, parse, plain

    outer = frame.module
    if any(known.file == file for known in outer.links) or file == outer.file or len(outer.links) > MOST_FILES:
        return
    text = machine.roots.text(file) if machine.may_look(file) else None
    source = parse(plain(text), file) if text is not None else None
    outer.links.append(link)
    if not isinstance(source, Source):
        outer.whole = False
        return
    # The file's text, with the names of the one that includes it.
    inner = Module(source, machine.roots.dotted(file))
    inner.scope = outer.scope
    inner.links = outer.links
    file_before = outer.scope.names.get("__file__", UNKNOWN)
    outer.scope.names["__file__"] = Path(file, anchored=True)
    run_frame = NewFrame(inner, outer.scope, frame.root)
    run_frame.when = frame.when
    machine.run(run_frame, source.tree.body)
    outer.whole &= inner.whole
    outer.functions.extend(inner.functions)
    outer.scope.names["__file__"] = file_before


FUNCTIONS = {"split_settings.tools.include": include, "split_settings.tools.optional": optional}
