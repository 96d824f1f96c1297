"""Reads .python-version: https://devcenter.heroku.com/articles/python-support#specifying-a-python-version

pyenv and uv take more than Heroku: https://github.com/pyenv/pyenv#choosing-the-python-version
"""

from __future__ import annotations

import re

from parity.contract.finding import Finding
from parity.contract.packages import Language
from parity.contract.place import Place
from parity.contract.version import Kind, Stated, ranges
from parity.readers.requirement import shown
from parity.readers.runtimetxt import said

HEROKU = re.compile(r"(?:0|[1-9]\d*)(?:\.(?:0|[1-9]\d*)){1,2}", re.ASCII)
# What pyenv and uv read as CPython: python-3.13, cpython@3.13, 3.13-dev, 3.13t, >=3.12.
OTHER = re.compile(
    r"(?:c?python[-@]?)?(?P<version>\d+(?:\.\d+)*(?:(?:a|b|rc)\d+)?)(?:-dev|t|\+freethreaded)?", re.ASCII
)
RANGE = re.compile(r"[<>=!~].*")


def read(text: str, file: str) -> Language:
    """The versions in pyenv's order, the first of which `python` is, and a finding where Heroku's buildpack refuses the file."""
    lines = said(text)
    stated = []
    for number, line in lines:
        # pyenv takes each line's first word.
        found = understood(line if RANGE.match(line) else line.partition(" ")[0].partition("\t")[0])
        if found:
            stated.append(Stated("python", found[0], Place(file, number), found[1]))
    finding = refused(lines, file)
    return Language(file, ".python-version", tuple(stated), (finding,) if finding else ())


def understood(text: str) -> tuple[str, Kind] | None:
    if match := OTHER.fullmatch(text):
        return match["version"], "version"
    if RANGE.match(text) and ranges(text, "pep440") is not None:
        return text, "pep440"
    return None


def refused(lines: list[tuple[int, str]], file: str) -> Finding | None:
    hint = "let the file hold 3.13, or 3.13.1, and nothing else but comments"
    for number, line in lines:
        if not HEROKU.fullmatch(line):
            message = f"Heroku's buildpack refuses `{shown(line)}` in {file}"
            return Finding("language-refused", Place(file, number), message, hint, homes=("heroku",))
    if len(lines) == 1:
        return None
    if not lines:
        return Finding(
            "language-refused", Place(file, 1), f"{file} names no version of Python", hint, homes=("heroku",)
        )
    message = f"Heroku's buildpack refuses {file} for naming several versions of Python"
    return Finding("language-refused", Place(file, lines[1][0]), message, hint, Place(file, lines[0][0]), ("heroku",))
