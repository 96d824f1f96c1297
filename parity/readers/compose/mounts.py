"""Volumes of a service: https://docs.docker.com/reference/compose-file/services/#volumes

The short form after https://github.com/compose-spec/compose-go/blob/main/format/volume.go
"""

from __future__ import annotations

from parity.contract.compose import Mount
from parity.readers.compose.branch import Branch
from parity.readers.compose.expected import known, listed, refuse, string, truth
from parity.readers.compose.paths import clean, within
from parity.readers.compose.record import Record


class Wrong(Exception):
    """What compose refuses in the short form."""


def read(branch: Branch | None, label: str, record: Record) -> tuple[Mount, ...]:
    """The last of those with the same target."""
    found = {}
    for item in listed(branch, label, record):
        mount = long(item, label, record) if isinstance(item.value, dict) else short(item, label, record)
        if mount:
            found[mount.target] = mount
    return tuple(found.values())


def long(item: Branch, label: str, record: Record) -> Mount:
    entries = dict(item.entries())
    known(entries, "volumes", label, record)
    said = {key: string(entries.get(key), f"{label}.{key}", record) for key in ("type", "source", "target")}
    kind, source, target = (text.text if text else "" for text in said.values())
    for key in ("type", "target"):
        if key not in entries:
            refuse(item, label, f"has no {key}", f"write {key}:", record)
    if kind == "bind" and "source" not in entries:
        refuse(item, label, "is of the type bind and has no source", "write source: and a path", record)
    read_only = bool(truth(entries.get("read_only"), f"{label}.read_only", record))
    path = within(item.source.folder, source) if kind == "bind" and source else None
    return Mount(clean(target) if target else "", item.place, kind, source, path, read_only)


def short(item: Branch, label: str, record: Record) -> Mount | None:
    text = string(item, label, record)
    if text is None:
        return None
    try:
        source, target, options = parsed(text.text)
    except Wrong as error:
        refuse(item, label, f"can't be `{text.text}`: {error}", "write it as SOURCE:TARGET[:ro]", record)
        return None
    kind = "bind" if is_path(source) else "volume"
    path = within(item.source.folder, source) if kind == "bind" else None
    read_only = [option for option in options if option in ("ro", "rw")][-1:] == ["ro"]
    return Mount(clean(target) if target else "", item.place, kind, source, path, read_only, text.written)


def parsed(text: str) -> tuple[str, str, list[str]]:
    """Source, target and options. Raises Wrong."""
    if not text:
        raise Wrong("it is empty")
    if len(text) <= 2:
        return "", text, []
    parts = sections(text)
    if "" in parts:
        raise Wrong("nothing stands between two colons")
    if len(parts) > 3:
        raise Wrong("it has too many colons")
    if len(parts) == 1:
        return "", parts[0], []
    return parts[0], parts[1], parts[2].split(",") if len(parts) == 3 else []


def sections(text: str) -> list[str]:
    """The parts between colons; one behind a single letter belongs to a drive of Windows."""
    parts: list[str] = []
    drive = ""
    for part in text.split(":"):
        if drive:
            parts.append(f"{drive}:{part}")
            drive = ""
        elif len(part) == 1 and part.isalpha():
            drive = part
        else:
            parts.append(part)
    return [*parts, drive] if drive else parts


def is_path(source: str) -> bool:
    return source.startswith((".", "/", "~", "\\\\")) or (source[:1].isalpha() and source[1:2] == ":")
