"""Secrets among the values that homes, examples and settings state in committed files."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from parity.contract.dotenv import Dotenv, PassThrough
from parity.contract.finding import Finding
from parity.contract.homes import Home, Variable
from parity.contract.place import Place
from parity.contract.python import Code, FromEnv
from parity.readers import secrets


def findings(
    homes: Sequence[Home], dotenvs: Sequence[Dotenv], code: Code, ignored: Callable[[str], bool]
) -> Iterator[Finding]:
    """Each secret once, where it stands; what git ignores isn't committed."""
    seen: set[tuple[Place, str]] = set()
    for name, value, place in stated(homes, dotenvs, code):
        if (place, name) in seen or not value or ignored(place.file):
            continue
        seen.add((place, name))
        why = secrets.suspicious(name, value)
        if why:
            message = f"{name} holds {why}"
            hint = "revoke it, then set it as a config var of the home that needs it, and leave a placeholder here"
            yield Finding("secret-committed", place, message, hint)


def stated(homes: Sequence[Home], dotenvs: Sequence[Dotenv], code: Code) -> Iterator[tuple[str, str, Place]]:
    for file in dotenvs:
        for line in file.lines:
            value = line.values["docker"]
            if value is not None and not isinstance(value, PassThrough):
                yield line.name, value.strip("'\""), line.place
    for variable in of_homes(homes):
        if variable.value:
            yield variable.name, variable.value, variable.place
    for module in code.settings:
        for setting in () if module.test else module.settings:
            stated = setting.value.default if isinstance(setting.value, FromEnv) else setting.value
            # A SECRET_KEY in the code is another rule's, which knows whether production uses it.
            if isinstance(stated, str) and setting.name != "SECRET_KEY":
                yield setting.name, stated, setting.place


def of_homes(homes: Sequence[Home]) -> Iterator[Variable]:
    for home in homes:
        yield from home.variables.values()
        for process in home.processes:
            yield from process.variables.values()
        for service in home.services:
            yield from service.variables.values()
