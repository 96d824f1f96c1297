"""Variables of a home out of what its files say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from parity.contract.homes import Variable
from parity.contract.place import Place
from parity.contract.value import Value


def by_name(variables: Iterable[Variable]) -> dict[str, Variable]:
    """By name; of one given twice the last counts."""
    return {variable.name: variable for variable in variables}


def of_values(values: Mapping[str, Value], source: str) -> dict[str, Variable]:
    """Of an `env:` whose values may be unknown, or one of several."""
    return {name: Variable(name, value.text, value.place, source) for name, value in values.items()}


def platform(names: Mapping[str, str | None], place: Place) -> dict[str, Variable]:
    """What the platform itself sets for every process."""
    return {name: Variable(name, value, place, "platform") for name, value in names.items()}
