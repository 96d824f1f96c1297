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
    known: dict[str, str | PassThrough] = {}
    for number, name, value in written:
        meaning = proxied(value.lstrip("$"), whole, known) if value.startswith("$") else value
        reading.bind(number, name, meaning)
    return reading


def unquoted(value: str) -> str:
    if len(value) >= 2 and value[0] == value[-1] == "'":
        value = value[1:-1]
    if len(value) >= 2 and value[0] == value[-1] == '"':
        value = ESCAPE.sub(lambda match: match[0] if match[1] in "rnt" else match[1], value[1:-1])
    return value


def proxied(name: str, whole: Mapping[str, str], known: dict[str, str | PassThrough]) -> str | PassThrough:
    """What a variable leads to. Where that is none of the file's, or itself, the process must have it by then."""
    passed: dict[str, None] = {}
    while name not in known:
        passed[name] = None
        value = whole.get(name)
        if value is None or (value.startswith("$") and value.lstrip("$") in passed):
            known[name] = PassThrough(name)
        elif value.startswith("$"):
            name = value.lstrip("$")
        else:
            known[name] = value
    known.update(dict.fromkeys(passed, known[name]))
    return known[name]
