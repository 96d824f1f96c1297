"""A settings module that isn't there: https://docs.djangoproject.com/en/5.2/topics/settings/#envvar-DJANGO_SETTINGS_MODULE"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from parity.checks._modules import DOTTED, folders_with, installed, tops
from parity.contract.finding import Finding
from parity.contract.place import Place
from parity.contract.rule import Rule
from parity.contract.whole import Contract

RULE = Rule(
    "settings-missing",
    "References",
    "error",
    "Django ends with ModuleNotFoundError before its first line of the program runs.",
)

VARIABLE = "DJANGO_SETTINGS_MODULE"


def check(contract: Contract) -> Iterator[Finding]:
    """One finding for each module and place that names it."""
    found: dict[tuple[str, Place], tuple[str, list[str]]] = {}
    for module, place, through, homes in named(contract):
        _, said = found.setdefault((module, place), (through, []))
        said.extend(homes)
    for (module, place), (through, homes_) in found.items():
        if DOTTED.match(module) and missing(contract, module):
            yield Finding(
                RULE.id,
                place,
                f"{through} names the settings module {module}, and the repository has no {module.replace('.', '/')}.py",
                hint(contract, module),
                homes=tuple(dict.fromkeys(homes_)),
            )


def named(contract: Contract) -> Iterator[tuple[str, Place, str, tuple[str, ...]]]:
    for home, process in contract.processes():
        variable = process.variables.get(VARIABLE)
        if variable and variable.value:
            yield variable.value, variable.place, VARIABLE, (home.name,)
        for simple in process.command.commands if process.command else ():
            for word in simple.words:
                if word.startswith("--settings=") and any(part.endswith("manage.py") for part in simple.words):
                    yield word.partition("=")[2], simple.place, "--settings", (home.name,)
            for name, value in simple.assignments:
                if name == VARIABLE:
                    yield value, simple.place, VARIABLE, (home.name,)
    for one in contract.code.selections:
        if isinstance(one.module, str) and not one.when and (not one.test or one.through == "pytest"):
            yield one.module, one.place, f"{one.entry}'s default", ()
    for package in contract.packages:
        for setting in package.settings:
            if setting.name == VARIABLE:
                yield setting.value, setting.place, "pytest's DJANGO_SETTINGS_MODULE", ()


def missing(contract: Contract, module: str) -> bool:
    """Its first part is a package of the repository, and none of that name has it."""
    where = tops(contract, module)
    return bool(where) and "." in module and not folders_with(contract, module) and not installed(contract, module)


def hint(contract: Contract, module: str) -> str:
    folder = posixpath.dirname(module.replace(".", "/"))
    for top in tops(contract, module):
        inside = posixpath.join(top, folder)
        there = sorted(
            path.removesuffix(".py").removeprefix(top + "/" if top else "").replace("/", ".")
            for path in contract.paths
            if posixpath.dirname(path) == inside and path.endswith(".py") and not path.endswith("__init__.py")
        )
        if there and "settings" in module and len(there) < 9:
            return f"write one of {', '.join(there)}"
    return "correct the name, or add the module"
