"""The rules, a module each: `RULE`, and `check(contract)`, which yields findings of that rule alone."""

import importlib
import pkgutil
from collections.abc import Callable, Iterator
from typing import NamedTuple

from parity.contract.finding import Finding
from parity.contract.rule import Rule
from parity.contract.whole import Contract


class Check(NamedTuple):
    """A rule, and the function that judges by it."""

    rule: Rule
    check: Callable[[Contract], Iterator[Finding]]


def all_checks() -> list[Check]:
    """Every rule, by id. A module whose name begins with _ is shared by several rules, and is none itself."""
    names = sorted(module.name for module in pkgutil.iter_modules(__path__) if not module.name.startswith("_"))
    modules = [importlib.import_module(f"{__name__}.{name}") for name in names]
    return [Check(module.RULE, module.check) for module in modules]
