"""django-environ's .env: https://django-environ.readthedocs.io/en/latest/quickstart.html

read_env of 0.14, with `parse_comments` off, and what `env("NAME")` then gives: a value that begins with $ is another
variable's name. os.environ, which it fills too, has the value as it is written.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from parity.contract.dotenv import PassThrough
from parity.readers.dotenv.binding import Reading, python_lines

ASSIGNMENT = re.compile(r"(?:export )?([A-Za-z_0-9]+)=(.*)")
ESCAPE = re.compile(r"\\(.)")


def read(text: str, environment: Mapping[str, str]) -> Reading:
    written: list[tuple[int, str, str]] = []
    reading = Reading()
    for number, line in python_lines(text):
        match = ASSIGNMENT.fullmatch(line)
        if match:
            written.append((number, match[1], unquoted(match[2])))
        elif line.strip() and not line.startswith("#"):
            reading.ignored.append(number)
    # Variables that the process has already aren't overwritten.
    whole = {**{name: value for _, name, value in written}, **environment}
    for number, name, value in written:
        reading.bind(number, name, proxied(value, whole))
    return reading


def unquoted(value: str) -> str:
    if len(value) >= 2 and value[0] == value[-1] == "'":
        value = value[1:-1]
    if len(value) >= 2 and value[0] == value[-1] == '"':
        value = ESCAPE.sub(lambda match: match[0] if match[1] in "rnt" else match[1], value[1:-1])
    return value


def proxied(value: str, whole: Mapping[str, str]) -> str | PassThrough:
    """What stands behind a leading $; where that is no variable of the file, the process must have it by then."""
    visited: set[str] = set()
    while value.startswith("$"):
        name = value.lstrip("$")
        if name in visited or name not in whole:
            return PassThrough(name)
        visited.add(name)
        value = whole[name]
    return value
