"""A service's healthcheck: https://docs.docker.com/reference/compose-file/services/#healthcheck"""

from __future__ import annotations

from parity.contract.compose import Healthcheck, Mention
from parity.readers.compose.branch import Branch
from parity.readers.compose.expected import known, mapped, refuse, scalar, string, strings, truth
from parity.readers.compose.quantities import seconds
from parity.readers.compose.record import Record


def read(branch: Branch | None, label: str, record: Record) -> Healthcheck | None:
    if branch is None:
        return None
    entries = mapped(branch, label, record)
    known(entries, "healthcheck", label, record)
    test = tested(entries.get("test"), f"{label}.test", record)
    off = truth(entries.get("disable"), f"{label}.disable", record)

    def time(key: str) -> float | None:
        return duration(entries.get(key), f"{label}.{key}", record)

    retries = scalar(entries.get("retries"), f"{label}.retries", record)
    number = int(retries.text) if retries and retries.text.isdecimal() and len(retries.text) < 20 else None
    if retries and number is None:
        refuse(entries["retries"], f"{label}.retries", "must be a whole number", "write a whole number", record)
    return Healthcheck(
        branch.place,
        test,
        bool(off) or test == ("NONE",),
        interval=time("interval"),
        timeout=time("timeout"),
        start_period=time("start_period"),
        start_interval=time("start_interval"),
        retries=number,
        mentions=mentions(branch),
    )


def tested(branch: Branch | None, label: str, record: Record) -> tuple[str, ...] | None:
    if branch is None:
        return None
    if isinstance(branch.value, str):
        return ("CMD-SHELL", branch.value)
    words = tuple(text.text for text in strings(branch, label, record))
    if words and words[0] not in ("CMD", "CMD-SHELL", "NONE"):
        hint = f"write [CMD, {', '.join(words)}]"
        refuse(branch, label, "must start with CMD, CMD-SHELL or NONE", " ".join(hint.split()), record)
    return words


def duration(branch: Branch | None, label: str, record: Record) -> float | None:
    text = string(branch, label, record)
    if branch is None or text is None or not isinstance(branch.value, str):
        return None
    found = seconds(text.text)
    if found is None:
        refuse(branch, label, f"can't be `{text.text}`: it is no duration", "write a number with its unit: 30s", record)
    return found


def mentions(branch: Branch) -> tuple[Mention, ...]:
    found = {mention: None for _, part in branch.entries() for item in part.scalars() for mention in item.mentions}
    return tuple(found)
