"""The lines of `docker run --env-file`: https://github.com/docker/cli/blob/master/pkg/kvfile/kvfile.go

Names and values are taken as they are; a name alone stands for the variable of whoever starts it.
"""

from __future__ import annotations

from collections.abc import Mapping

from parity.contract.dotenv import Meaning, PassThrough
from parity.readers.dotenv.binding import Reading
from parity.readers.dotenv.go import SPACE

# Go's bufio.Scanner gives up on a longer line.
LONGEST = 64 * 1024


def read(text: str, environment: Mapping[str, str]) -> Reading:
    reading = Reading()
    for number, line in enumerate(text.split("\n"), 1):
        if len(line.encode("utf-8", "surrogatepass")) >= LONGEST:
            reading.refused.append((number, "the line is longer than 64 KiB"))
            continue
        line = line.removesuffix("\r")
        line = (line.removeprefix("\ufeff") if number == 1 else line).lstrip(SPACE)
        if not line or line.startswith("#"):
            continue
        name, equals, value = line.partition("=")
        if not name:
            reading.refused.append((number, "no name stands before the ="))
        elif " " in name or "\t" in name:
            reading.refused.append((number, f"the name `{name}` holds a blank"))
        else:
            reading.bind(number, name, value if equals else passed(name, environment))
    return reading


def passed(name: str, environment: Mapping[str, str]) -> Meaning:
    return environment.get(name, PassThrough(name))
