"""Reads runtime.txt: https://devcenter.heroku.com/articles/python-runtimes#selecting-a-runtime-using-the-runtime-txt-file"""

from __future__ import annotations

import re

from parity.contract.finding import Finding
from parity.contract.packages import Language
from parity.contract.place import Place
from parity.contract.version import Stated, ranges
from parity.readers.requirement import shown

HEROKU = re.compile(r"python-(?P<version>(?:0|[1-9]\d*)(?:\.(?:0|[1-9]\d*)){1,2})", re.ASCII)
# What sed takes for blank where the buildpack runs; a no-break space is none.
BLANK = "\t\n\v\f\r \u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2008\u2009\u200a\u2028\u2029\u205f\u3000"
OTHER = re.compile(r"(?:python-?)?(?P<version>[\d.]+(?:\.[xX*])?)", re.IGNORECASE | re.ASCII)


def read(text: str, file: str) -> Language:
    """The one version that Heroku's buildpack takes, and a finding for any other form, which it refuses."""
    lines = said(text)
    if len(lines) == 1 and (match := HEROKU.fullmatch(lines[0][1])):
        return Language(file, "runtime.txt", (Stated("python", match["version"], Place(file, lines[0][0])),))
    # Other platforms take more, such as python-3.12.x, so what can be understood is still held against the rest.
    stated = []
    for number, line in lines[:1]:
        match = OTHER.fullmatch(line)
        if match and ranges(match["version"], "npm") is not None:
            stated.append(Stated("python", match["version"], Place(file, number), "npm"))
    return Language(file, "runtime.txt", tuple(stated), (refused(lines, file),))


def said(text: str) -> list[tuple[int, str]]:
    """The lines that are neither blank nor a comment, as Heroku's buildpack for Python takes them, with their numbers."""
    found = []
    for number, line in enumerate(text.split("\n"), 1):
        line = line.strip(BLANK)
        if line and not line.startswith("#"):
            found.append((number, line))
    return found


def refused(lines: list[tuple[int, str]], file: str) -> Finding:
    hint = "write python-3.13, or put 3.13 into .python-version"
    if not lines:
        return Finding(
            "language-refused", Place(file, 1), f"{file} names no version of Python", hint, homes=("heroku",)
        )
    number, line = lines[1] if len(lines) > 1 and HEROKU.fullmatch(lines[0][1]) else lines[0]
    message = f"Heroku's buildpack refuses `{shown(line)}` in {file}"
    if len(lines) > 1:
        message += ", which is to hold one line, python-3.13 or python-3.13.1"
    return Finding("language-refused", Place(file, number), message, hint, homes=("heroku",))
