"""Scalars as Go prints them, which is how a number in `environment` reaches a container: https://pkg.go.dev/fmt"""

from __future__ import annotations

import re

DATE = re.compile(r"(\d{4})-(\d\d?)-(\d\d?)(?:(?:[Tt]| )(\d\d?):(\d\d?):(\d\d?)(\.\d+)?(Z)?)?")
DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def printed(value: str | int | float | bool | None, quoted: bool) -> str:
    """A scalar of YAML as text; a date that isn't quoted is a moment to go-yaml."""
    if isinstance(value, str):
        return value if quoted or not value[:4].isdigit() else moment(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value) if -(2**63) <= value < 2**64 else floating(float(value))
    if value is None:
        return "<nil>"
    return floating(value)


def floating(value: float) -> str:
    """As %v: the fewest digits that tell it, and an exponent from 1e+06 on."""
    if value != value:
        return "NaN"
    if value in (float("inf"), float("-inf")):
        return "+Inf" if value > 0 else "-Inf"
    sign, mantissa, exponent = digits(value)
    if exponent < -4 or exponent >= 6:
        point = f".{mantissa[1:]}" if len(mantissa) > 1 else ""
        return f"{sign}{mantissa[0]}{point}e{'-' if exponent < 0 else '+'}{abs(exponent):02d}"
    if exponent < 0:
        return f"{sign}0.{'0' * (-exponent - 1)}{mantissa}"
    whole = mantissa[: exponent + 1].ljust(exponent + 1, "0")
    return f"{sign}{whole}.{mantissa[exponent + 1 :]}" if len(mantissa) > exponent + 1 else f"{sign}{whole}"


def digits(value: float) -> tuple[str, str, int]:
    """The sign, the digits without zeros around them, and the exponent of the first."""
    sign = "-" if repr(value).startswith("-") else ""
    number, _, exponent = repr(abs(value)).partition("e")
    whole, _, part = number.partition(".")
    power = int(exponent or 0) + len(whole) - 1
    stripped = (whole + part).lstrip("0")
    power -= len(whole + part) - len(stripped)
    return (sign, stripped.rstrip("0"), power) if stripped else (sign, "0", 0)


def moment(text: str) -> str:
    match = DATE.fullmatch(text)
    if not match or not 1 <= int(match[2]) <= 12 or not 1 <= int(match[3]) <= days(int(match[1]), int(match[2])):
        return text
    if match[4] is None:
        clock = "00:00:00"
    elif (bool(match[8]) == (text[len(match[1]) + len(match[2]) + len(match[3]) + 2] == " ")) or not (
        int(match[4]) < 24 and int(match[5]) < 60 and int(match[6]) < 60
    ):
        return text
    else:
        clock = f"{int(match[4]):02d}:{int(match[5]):02d}:{int(match[6]):02d}{(match[7] or '').rstrip('0').rstrip('.')}"
    return f"{match[1]}-{int(match[2]):02d}-{int(match[3]):02d} {clock} +0000 UTC"


def days(year: int, month: int) -> int:
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return 28 if month == 2 and not leap else DAYS[month - 1]
