"""Durations and sizes, as compose writes them.

https://docs.docker.com/reference/compose-file/extension/#specifying-durations
https://docs.docker.com/reference/compose-file/extension/#specifying-byte-values
"""

from __future__ import annotations

import re

DURATION = re.compile(r"[-+]?(?:(?:\d+\.?\d*|\.\d+)(?:ns|us|µs|μs|ms|s|m|h|d|w))+")
PART = re.compile(r"(\d+\.?\d*|\.\d+)([a-zµμ]+)")
SECONDS = {
    "ns": 1e-9,
    "us": 1e-6,
    "µs": 1e-6,
    "μs": 1e-6,
    "ms": 1e-3,
    "s": 1.0,
    "m": 60.0,
    "h": 3600.0,
    # Since compose-go 2.4.9.
    "d": 86400.0,
    "w": 604800.0,
}

SIZE = re.compile(r"(?P<number>\d+\.?\d*|\.\d+) ?(?P<unit>b|[kmgtp](?:i?b)?)?", re.IGNORECASE)
POWERS = {"k": 1, "m": 2, "g": 3, "t": 4, "p": 5}


def seconds(text: str) -> float | None:
    """None for what is no duration: a number needs its unit."""
    if text.lstrip("+-") == "0" and len(text) <= 2:
        return 0.0
    if len(text) > 100 or not DURATION.fullmatch(text):
        return None
    total = sum(float(number) * SECONDS[unit] for number, unit in PART.findall(text))
    return -total if text.startswith("-") else total


def size(text: str) -> int | None:
    """Bytes; None for what is no size."""
    match = SIZE.fullmatch(text) if len(text) <= 100 else None
    if not match:
        return None
    unit = (match["unit"] or "b").lower()[0]
    return int(float(match["number"]) * 1024 ** POWERS.get(unit, 0))
