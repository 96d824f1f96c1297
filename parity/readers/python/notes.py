"""What is found on the way: reads, writes and files of variables, and what later statements tell of them."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Any, Literal

from parity.contract.python import (
    EnvFile,
    FromEnv,
    Many,
    Maybe,
    Nothing,
    Path,
    Table,
    Text,
    Unknown,
    Write,
    alternatives,
)
from parity.readers.python import attributes, branches, expressions
from parity.readers.python.module import ABSENT, Draft, Frame
from parity.readers.python.names import is_test
from parity.readers.python.objects import (
    EnvironmentName,
    Instance,
    NotSet,
    Word,
)
from parity.readers.python.structures import LITERALS, UNKNOWN

if TYPE_CHECKING:
    from parity.readers.python.machine import Machine


MOST_NAMES = 12


ROW_CASTS = ("cast", "parse", "parser", "type", "convert", "converter", "kind")


def add(machine: Machine, frame: Frame, found: list[Any], event: Any) -> None:
    for recorder in machine.recorders:
        recorder.append(event)
    if machine.missing is None and event not in found[-50:]:
        found.append(event)


def read(
    machine: Machine,
    frame: Frame,
    name: Any,
    node: ast.AST,
    via: str,
    required: bool | None,
    default: Any = ABSENT,
    default_node: ast.expr | None = None,
    cast: str | None = None,
) -> Any:
    """Notes that a variable is asked for, and gives what stands for its value."""
    values: list[Any] = []
    for one in list(alternatives(name))[:MOST_NAMES]:
        if isinstance(one, str) and one:
            values.append(read_one(machine, frame, one, node, via, required, default, default_node, cast))
        elif isinstance(one, Text) and (pattern := as_pattern(one)):
            note(machine, frame, Draft(pattern, frame.module.source.place(node), via, None, cast=cast, pattern=True))
            frame.root.resolved.add(frame.module.source.place(node))
            values.append(Unknown("", (pattern,)))
        elif isinstance(one, EnvironmentName):
            # Whatever is set, is asked for; nothing must be.
            values.append(UNKNOWN)
        else:
            frame.root.dynamic[frame.module.source.place(node)] = None
            values.append(
                machine.made.unknown(one, default) if not isinstance(default, Nothing) else machine.made.unknown(one)
            )
    return machine.made.either(values) if values else UNKNOWN


def read_one(
    machine: Machine,
    frame: Frame,
    name: str,
    node: ast.AST,
    via: str,
    required: bool | None,
    default: Any,
    default_node: ast.expr | None,
    cast: Any,
) -> Any:
    if machine.missing is not None:
        return not_set(machine, name, required, default, cast)
    here = frame.module.source.place(node)
    frame.root.resolved.add(here)
    # What a test asks for isn't asked for by the table of the program.
    place = name.place if isinstance(name, Word) and (not is_test(here.file) or is_test(name.place.file)) else here
    guarded = name in frame.guarded
    if required:
        required, guarded = (False, True) if guarded or not ends(machine, frame) else (True, False)
    draft = Draft(str(name), place, via, required, default, cast=cast, guarded=guarded)
    if default_node is not None:
        draft.default_text = frame.module.source.segment(default_node)
    if isinstance(name, Word) and name.row is not None:
        by_row(machine, frame, draft, name.row)
    note(machine, frame, draft)
    return FromEnv(draft.name, cast, machine.plain(default))


def not_set(machine: Machine, name: str, required: bool | None, default: Any, cast: str | None) -> Any:
    if name != machine.missing:
        return FromEnv(str(name), cast, machine.plain(default))
    if required:
        raise NotSet
    return UNKNOWN if isinstance(default, Nothing) else default


def ends(machine: Machine, frame: Frame) -> bool:
    """Whether a failure here ends the program: nobody catches it, or who does raises or exits too."""
    return not any(caught & branches.FAILURES and not fatal for caught, fatal in frame.catching)


def note(machine: Machine, frame: Frame, draft: Draft) -> Draft:
    if machine.missing is not None:
        return draft
    draft.when, draft.within = frame.when, frame.within
    draft.setting = frame.setting
    for recorder in machine.recorders:
        recorder.append(draft)
    key = (draft.name, draft.place.file, draft.place.line, draft.via)
    known = frame.root.drafts.get(key)
    if known is None or draft.distance < known.distance:
        if known is not None and draft.setting is None:
            draft.setting = known.setting
        frame.root.drafts[key] = draft
    else:
        known.required = known.required or (draft.required if draft.distance == known.distance else known.required)
        draft = known
    frame.root.latest[draft.name] = draft
    return draft


def require(machine: Machine, frame: Frame, value: Any) -> None:
    """The program fails here when the variable isn't set: int(None), None.split(), or an `if not X: raise`."""
    name = value.name if isinstance(value, FromEnv) else value
    draft = frame.root.latest.get(name) if machine.missing is None else None
    if draft is not None and name not in frame.guarded and not draft.guarded and ends(machine, frame):
        draft.required = True
        draft.default = Nothing() if draft.default is None else draft.default


def cast(machine: Machine, frame: Frame, value: FromEnv, cast: str, default: Any = ABSENT) -> FromEnv:
    """The value after a cast, of which the read is told."""
    draft = frame.root.latest.get(value.name)
    if draft is not None and draft.cast is None and machine.missing is None:
        draft.cast = cast
    return FromEnv(value.name, value.cast or cast, default)


def fall_back(machine: Machine, frame: Frame, value: FromEnv, default: Any, node: ast.expr | None) -> FromEnv:
    """The value of `X or default`, and of a try whose handler gives one."""
    draft = frame.root.latest.get(value.name) if machine.missing is None else None
    if draft is not None and not draft.told and (isinstance(draft.default, Nothing) or draft.default in (None, "")):
        draft.default = default
        draft.default_text = frame.module.source.segment(node) if node is not None else draft.default_text
    return FromEnv(value.name, value.cast, machine.plain(default))


def join(machine: Machine, frame: Frame, one: Any, other: Any) -> Any:
    """What a name holds after a branch; a guarded variable and its stand-in become a variable with a default."""
    for first, second in ((one, other), (other, one)):
        if (
            isinstance(first, FromEnv)
            and isinstance(first.default, Nothing)
            and not isinstance(second, (FromEnv, Nothing, Maybe))
        ):
            draft = frame.root.latest.get(first.name)
            if draft is not None and draft.guarded and isinstance(second, (*LITERALS, Many, Table, Path)):
                return fall_back(machine, frame, first, second, None)
    return machine.made.join(one, other)


def write(
    machine: Machine, frame: Frame, name: Any, value: Any, node: ast.AST, how: Literal["setdefault", "assign", "update"]
) -> None:
    for one in list(alternatives(name))[:MOST_NAMES]:
        if isinstance(one, str) and one:
            place = frame.module.source.place(node)
            write = Write(str(one), machine.plain(value), place, how, frame.when, frame.within)
            add(machine, frame, frame.root.writes, write)


def env_file(machine: Machine, frame: Frame, path: Any, node: ast.AST, via: str, overwrites: bool = False) -> None:
    for one in alternatives(path):
        found = (
            Path(one) if isinstance(one, str) and one else one if isinstance(one, (Path, Text, FromEnv)) else UNKNOWN
        )
        file = EnvFile(machine.plain(found), frame.module.source.place(node), via, overwrites, frame.when)
        add(machine, frame, frame.root.env_files, file)


def as_pattern(name: Text) -> str:
    """The name with a * for each part that isn't known; "" when nothing is."""
    pattern = "".join(part if isinstance(part, str) else "*" for part in name.parts)
    while "**" in pattern:
        pattern = pattern.replace("**", "*")
    return pattern if any(char.isalnum() for char in pattern) else ""


def by_row(machine: Machine, frame: Frame, draft: Draft, row: Instance) -> None:
    """A name that stands in a table of variables: the row's own words on default, cast and duty go before the read's."""
    draft.told = True
    required = attributes.attribute(machine, frame, row, "required", row.type.node)
    default = attributes.attribute(machine, frame, row, "default", row.type.node)
    if isinstance(default, LITERALS) and required is not True:
        draft.default = default
        if not isinstance(required, bool):
            draft.required = draft.required if default is None else False
    if isinstance(required, bool):
        draft.required = required
        if required and draft.default in ("", None):
            draft.default = Nothing()
    for name in ROW_CASTS:
        cast = expressions.cast_name(row.attributes.get(name))
        if cast:
            draft.cast = cast
            return
