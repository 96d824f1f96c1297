"""Which settings module each process runs with, and through what."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from parity.contract.homes import Home, Process
from parity.contract.python import Code, Selection
from parity.contract.whole import Chosen

VARIABLE = "DJANGO_SETTINGS_MODULE"


def chosen(homes: Sequence[Home], code: Code, told: str | None = None) -> dict[tuple[str, str], Chosen]:
    """By home's name and process's name; a process that no Django entry point shows in isn't there.

    `told` is the ledger's word for production's processes of which no file says it.
    """
    found: dict[tuple[str, str], Chosen] = {}
    for home in homes:
        for process in home.processes:
            one = of_process(process, code)
            if one is None and told and home.production:
                one = made(told, "parity.toml:1", code)
            if one:
                found[home.name, process.name] = one
    return found


def of_process(process: Process, code: Code) -> Chosen | None:
    """A --settings beats the variable, which beats the entry point's own default."""
    for word, place in words(process):
        if word.startswith("--settings=") and "$" not in word:
            return made(word.partition("=")[2], place, code)
    for simple in process.command.commands if process.command else ():
        for name, value in simple.assignments:
            if name == VARIABLE and "$" not in value:
                return made(value, str(simple.place), code)
    variable = process.variables.get(VARIABLE)
    if variable and variable.value:
        return made(variable.value, str(variable.place), code)
    if variable:
        return None
    selection = next(entries(process, code), None)
    if selection and isinstance(selection.module, str):
        return made(selection.module, str(selection.place), code)
    return None


def words(process: Process) -> Iterator[tuple[str, str]]:
    for simple in process.command.commands if process.command else ():
        for word in simple.words:
            yield word, str(simple.place)


def entries(process: Process, code: Code) -> Iterator[Selection]:
    """The selections of the entry points that its commands name: manage.py, PACKAGE.wsgi, PACKAGE.asgi, celery -A PACKAGE."""
    named = {word for word, _ in words(process)}
    for selection in code.selections:
        if selection.test or selection.through == "pytest":
            continue
        module = selection.entry.removesuffix(".py").replace("/", ".")
        script = selection.entry.rpartition("/")[2]
        package = module.rpartition(".")[0]
        for word in named:
            plain = word.partition(":")[0]
            if (
                plain.rpartition("/")[2] == script
                or module == plain
                or module.endswith(f".{plain}")
                or (script == "celery.py" and package and (plain == package or package.endswith(f".{plain}")))
            ):
                yield selection


def made(name: str, through: str, code: Code) -> Chosen:
    return Chosen(code.module(name), name, through)
