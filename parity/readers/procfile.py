"""Reads a Procfile: https://devcenter.heroku.com/articles/procfile#procfile-format

Each of its readers has a pattern of its own, and none of them says a word about a line that doesn't match:
honcho: https://github.com/nickstenning/honcho/blob/main/honcho/environ.py
foreman: https://github.com/ddollar/foreman/blob/main/lib/foreman/procfile.rb
Heroku: https://github.com/heroku/buildpacks-procfile/commit/741bbc03131eb6029ac86510c5816b3350de1f98
"""

from __future__ import annotations

import re

from parity.contract.finding import Finding
from parity.contract.place import Place
from parity.contract.procfile import READERS, ProcessType, Procfile

# honcho's and foreman's. What stands behind the name and its colon may be blank, and is a command all the same.
LOCAL = re.compile(r"(?P<name>[A-Za-z0-9_-]+):\s*(?P<command>.+)")

# Heroku's slug compiler takes blanks before the name, wants one behind it, and could do without the colon.
HEROKU = re.compile(r"\s*(?P<name>[A-Za-z0-9_-]+):?\s+(?P<command>.*)", re.ASCII)

# What was meant, whoever understands it.
MEANT = re.compile(r"\s*(?P<name>[A-Za-z0-9_-]+)\s*:\s*(?P<command>.*)")

NAME = re.compile(r"[A-Za-z0-9_-]+")

SAYS = {"heroku": "Heroku", "honcho": "honcho", "foreman": "foreman"}

Seen = tuple[str, str] | None
"""A name and its command."""


def process_types(text: str) -> dict[str, str]:
    """The command of each process type as honcho sees them, in the order of the file."""
    return {one.name: one.command for one in read(text, "Procfile").seen_by("honcho")}


def read(text: str, file: str) -> Procfile:
    found: dict[str, ProcessType] = {}
    findings: list[Finding] = []
    before = ""
    for number, line in enumerate(lines(text), 1):
        place = Place(file, number)
        one = process_type(line, place)
        if continues(before, one):
            findings.append(continuation(line, place))
        elif one:
            findings.extend(faults(one, line, found.get(one.name)))
            found[one.name] = one
        elif not passed_over(line):
            findings.append(no_process_type(line, place))
        before = line
    return Procfile(file, tuple(found.values()), tuple(findings))


def lines(text: str) -> list[str]:
    """The lines as an editor counts them; honcho also parts them at a form feed and the like, which nobody writes."""
    return re.split(r"\r\n|\n|\r", text)


def passed_over(line: str) -> bool:
    return not line.strip() or line.lstrip().startswith("#")


def continues(before: str, one: ProcessType | None) -> bool:
    """Whether the line was meant as more of the one before it."""
    return before.rstrip().endswith("\\") and not passed_over(before) and not (one and "honcho" in one.seen_by)


def process_type(line: str, place: Place) -> ProcessType | None:
    """What the line means to whoever understands most of it; None when nobody sees a process type."""
    views = {"heroku": heroku(line), "honcho": local(line), "foreman": local(line)}
    meant = views["honcho"] or written(line) or views["heroku"]
    if meant is None or not meant[1]:
        return None
    return ProcessType(*meant, place, tuple(reader for reader in READERS if views[reader] == meant))


def local(line: str) -> Seen:
    return seen(LOCAL.match(line))


def heroku(line: str) -> Seen:
    return seen(HEROKU.match(line))


def written(line: str) -> Seen:
    return seen(MEANT.match(line))


def seen(match: re.Match[str] | None) -> Seen:
    return (match["name"], match["command"].strip()) if match else None


def faults(one: ProcessType, line: str, before: ProcessType | None) -> list[Finding]:
    found = []
    blind = [SAYS[reader] for reader in READERS if reader not in one.seen_by]
    if blind:
        why, hint = cause(line, one.name)
        message = f"{listed(blind)} see{'s' if len(blind) == 1 else ''} no process type {one.name} here: {why}"
        found.append(Finding("procfile-line", one.place, message, hint))
    if before:
        message = (
            f"the process type {one.name} stands in line {before.place.line} already:"
            " Heroku takes the last, foreman starts both, and honcho stops with an error"
        )
        found.append(Finding("procfile-line", one.place, message, "remove one of the two", before.place))
    return found


def listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def cause(line: str, name: str) -> tuple[str, str]:
    """Why not everybody sees the process type, and the edit that mends it."""
    match = MEANT.match(line)
    begin = f"begin the line with `{name}: `"
    if match is None:
        return "no colon stands behind the name", f"{begin}, or with a # when it is a comment"
    if line[match.end("name")] != ":":
        return "a blank stands before the colon", begin
    if match.start("name"):
        return "a blank stands before the name", begin
    return "no blank stands behind the colon", begin


def continuation(line: str, place: Place) -> Finding:
    message = f"`{shortened(line)}` was meant as more of the line before, and a Procfile has no continuation lines"
    return Finding("procfile-line", place, message, "write the whole command in one line, or in a script")


def no_process_type(line: str, place: Place) -> Finding:
    name, colon, command = (part.strip() for part in line.partition(":"))
    why, hint = "", "write `NAME: COMMAND`, or put a # before it"
    if line.startswith("\ufeff"):
        why, hint = ": it begins with a byte order mark", "save the file as UTF-8 without one"
    elif colon and not command:
        why, hint = ": no command stands behind the colon", "write the command, or remove the line"
    elif colon and name and not NAME.fullmatch(name):
        better = re.sub(r"[^A-Za-z0-9_-]+", "-", name).strip("-")[:40]
        why, hint = ": a name has letters, digits, _ and - only", f"name it {better or 'web'}"
    message = f"`{shortened(line)}` is no process type, and honcho and foreman pass over it without a word{why}"
    return Finding("procfile-line", place, message, hint)


def shortened(line: str) -> str:
    line = "".join(char if char.isprintable() else " " for char in line.strip())
    return line if len(line) <= 60 else f"{line[:59]}…"
