"""Reads a shell's text into simple commands. https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html

It reads what homes run: Procfile lines, compose commands, RUN lines, scripts, recipes. What it can't follow (eval, the bodies of
here-documents, arithmetic, what stands in $(…)) it passes over; no text makes it fail.
"""

from __future__ import annotations

from collections.abc import Sequence

from parity.contract.command import VARIABLE, Script, Simple, literal
from parity.contract.dataclass import replace
from parity.contract.dockerfile import CommandLine
from parity.readers.shell.parser import behind_options, commands, replaced
from parity.readers.shell.wrappers import WRAPPERS, program

__all__ = ["WRAPPERS", "of", "program", "read", "replaced", "unwrapped"]

SHELLS = frozenset(("sh", "bash", "dash", "ash", "zsh"))
# These put the last command of -c in their own place; dash, which is Debian's sh, doesn't.
REPLACING = ("bash", "zsh")
# Stands for the dollar of a variable in a text that goes through two shells; no file has it, and none would be hurt.
PUT_IN = "\ue000"
# What a second shell would part a default at.
UNSAFE = frozenset(" \t\n'\"\\;|&()<>`")
MOST_NESTED = 5
# Nobody writes a longer one, and what makes one doesn't run it as a home's command.
LONGEST = 300_000


def read(text: str, file: str, line: int = 1, joints: Sequence[tuple[int, int]] = ()) -> Script:
    """The commands of a text that begins at a line of a file; those of a `sh -c` in its place.

    `joints` say where lines begin in a text whose lines were joined: (offset, number of the line).
    """
    return Script(tuple(unwrapped(commands(text[:LONGEST], file, joints or ((0, line),)), 0)))


def of(command: CommandLine) -> Script:
    """What an instruction of a Dockerfile runs; nothing when its text is for something other than a shell."""
    if command.form == "exec":
        words = tuple(word.replace("$", "\\$") for word in command.words)
        return Script(tuple(unwrapped([replaced(Simple(words, command.place, exec=True))] if words else [], 0)))
    if not any(word.rpartition("/")[2] in SHELLS for word in command.shell):
        return Script()
    return read(command.text, command.place.file, command.place.line, command.joints)


def unwrapped(found: list[Simple], depth: int) -> list[Simple]:
    """With the commands of each `sh -c TEXT` instead of it."""
    whole: list[Simple] = []
    for simple in found:
        inner = script_of(simple) if depth < MOST_NESTED else None
        if inner is None:
            whole.append(simple)
        else:
            text, replacing = inner
            nested = unwrapped(taken_back(commands(text, simple.place.file, ((0, simple.place.line),))), depth + 1)
            whole += within(nested, simple, replacing=replacing)
    return whole


def within(nested: list[Simple], simple: Simple, *, replacing: bool) -> list[Simple]:
    """Commands of a shell, as far as that shell's own command says something of them."""
    return [
        replace(
            one,
            exec=simple.exec and (one.exec or (replacing and number == len(nested) and one.operator != "|")),
            operator=one.operator if number > 1 else simple.operator,
            conditional=one.conditional or simple.conditional,
            assignments=(*simple.assignments, *one.assignments),
            background=one.background or simple.background,
        )
        for number, one in enumerate(nested, 1)
    ]


def handed_on(word: str) -> str:
    """A word as text for another shell: the variables of this one are put in before, whatever quotes stand round them there."""
    return literal(
        VARIABLE.sub(lambda match: match[0] if UNSAFE & set(match[0]) else match[0].replace("$", PUT_IN), word)
    )


def taken_back(found: list[Simple]) -> list[Simple]:
    return [
        replace(
            one,
            words=tuple(word.replace(PUT_IN, "$") for word in one.words),
            assignments=tuple((name, value.replace(PUT_IN, "$")) for name, value in one.assignments),
        )
        for one in found
    ]


def script_of(simple: Simple) -> tuple[str, bool] | None:
    """TEXT of `sh -c TEXT`, `bash -o pipefail -lc TEXT`, and whether its last command takes the place of the shell."""
    stripped = program(simple)
    words = stripped.words
    if stripped.name == "su":
        found = next((number for number, word in enumerate(words[:-1]) if word in ("-c", "--command")), None)
        return None if found is None else (handed_on(words[found + 1]), False)
    if stripped.name not in SHELLS:
        return None
    number = 1
    while number < len(words) - 1 and words[number].startswith(("-", "+")) and words[number] != "--":
        short = not words[number].startswith("--")
        if short and "c" in words[number]:
            # -c comes with others, and options may stand before the text all the same.
            number = behind_options(words, number + 1 + words[number].endswith("o"), ())
            return (handed_on(words[number]), stripped.name in REPLACING) if number < len(words) else None
        number += 2 if short and words[number].endswith(("o", "O")) else 1
    return None
