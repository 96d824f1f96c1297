"""Takes parts of a service in the forms that compose takes, and notes what it would refuse."""

from __future__ import annotations

from collections.abc import Iterator

from parity.contract.compose import Text
from parity.readers.compose.branch import Branch
from parity.readers.compose.keys import PARTS
from parity.readers.compose.record import Record

TRUTHS = {
    **dict.fromkeys(("true", "y", "yes", "on"), True),
    **dict.fromkeys(("false", "n", "no", "off"), False),
}


def refuse(branch: Branch, label: str, message: str, hint: str, record: Record) -> None:
    record.find("compose-refused", branch.place, f"{label} {message}", hint)


def string(branch: Branch | None, label: str, record: Record) -> Text | None:
    """A text; compose refuses a number in its place."""
    if branch is None:
        return None
    if not isinstance(branch.value, str):
        hint = "write it in quotes" if branch.text is not None else "write a string"
        refuse(branch, label, "must be a string", hint, record)
    return branch.shown()


def scalar(branch: Branch | None, label: str, record: Record) -> Text | None:
    """A text or a number."""
    if branch is not None and branch.text is None:
        refuse(branch, label, "must be a string or a number", "write one value", record)
    return branch.shown() if branch else None


def strings(branch: Branch | None, label: str, record: Record, *, alone: bool = False) -> tuple[Text, ...]:
    """A list of texts; `alone`: or one text that isn't in a list."""
    return tuple(text for item in listed(branch, label, record, alone=alone) if (text := string(item, label, record)))


def listed(branch: Branch | None, label: str, record: Record, *, alone: bool = False) -> list[Branch]:
    if branch is None:
        return []
    if alone and isinstance(branch.value, str):
        return [branch]
    if not isinstance(branch.value, list):
        refuse(branch, label, "must be a list", "write each entry behind a - in a line of its own", record)
    return branch.items()


def mapped(branch: Branch | None, label: str, record: Record) -> dict[str, Branch]:
    if branch is None:
        return {}
    if not isinstance(branch.value, dict):
        refuse(branch, label, "must be a mapping", "write key: value", record)
    return dict(branch.entries())


def truth(branch: Branch | None, label: str, record: Record) -> bool | None:
    if branch is None or isinstance(branch.value, bool):
        return branch.value if branch else None  # type: ignore[return-value]
    found = TRUTHS.get(branch.value.lower()) if isinstance(branch.value, str) else None
    if found is None:
        refuse(branch, label, "must be true or false", "write true or false", record)
    return found


def pairs(branch: Branch | None, label: str, record: Record) -> Iterator[tuple[str, str | None, str | None, Branch]]:
    """The entries of a mapping, or of a list of NAME=value: name, value, value as written, and where.

    A list that was merged holds mappings too.
    """
    if branch is None:
        return
    if not isinstance(branch.value, dict | list):
        refuse(branch, label, "must be a mapping", "write NAME: value", record)
    for item in [branch] if isinstance(branch.value, dict) else branch.items():
        if isinstance(item.value, dict):
            for name, value in item.entries():
                if isinstance(value.value, dict | list):
                    refuse(
                        value, f"{label}.{name}", "must be a string, number, boolean or null", "write one value", record
                    )
                yield name, value.text, value.written if value.text is not None else None, value
        elif text := string(item, label, record):
            name, sign, value_text = text.text.partition("=")
            yield name, value_text if sign else None, text.written.partition("=")[2] if sign else None, item


def known(entries: dict[str, Branch], part: str, label: str, record: Record) -> None:
    """Notes the keys of a mapping that compose doesn't know there."""
    for key, branch in entries.items():
        if key not in PARTS[part] and not key.startswith("x-"):
            unknown(branch, key, label, record)


def unknown(branch: Branch, key: str, label: str, record: Record) -> None:
    message = f"{label} has the key {key}, which compose doesn't know and refuses"
    record.find("compose-refused", branch.place, message, f"remove {key}, or write x-{key}")
