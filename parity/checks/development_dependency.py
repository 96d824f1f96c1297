"""Development's dependencies in production: https://python-poetry.org/docs/managing-dependencies/#dependency-groups"""

from __future__ import annotations

import re
from collections.abc import Iterator

from parity.checks._installs import Install, installs
from parity.checks._modules import tops
from parity.checks._services import modules
from parity.contract.finding import Finding
from parity.contract.homes import PRODUCTION, Image
from parity.contract.packages import MAIN
from parity.contract.place import Place
from parity.contract.python import Many, Setting
from parity.contract.rule import Rule
from parity.contract.whole import Contract
from parity.tables.programs import distributions_of_import

RULE = Rule(
    "development-dependency",
    "References",
    "warning",
    "Production carries tools that widen what can be attacked there, or lacks what only development installs.",
)

FILE = re.compile(r"(?:^|[/_.-])(?:dev|develop|development|local|test|tests|testing)(?:[/_.-]|$)", re.IGNORECASE)
GROUPS = ("dev", "develop", "development", "test", "tests", "testing", "lint", "dev-dependencies")
# What narrows an install down to some groups, or leaves some out.
NARROWED = {
    "poetry": ("--no-dev", "--without", "--only", "--only=main", "--only-root"),
    "uv": ("--no-dev", "--no-group", "--no-default-groups", "--only-group", "--package"),
}
VARIABLES = {"poetry": ("POETRY_INSTALLER_ONLY", "POETRY_WITHOUT"), "uv": ("UV_NO_DEV", "UV_NO_DEFAULT_GROUPS")}


def check(contract: Contract) -> Iterator[Finding]:
    yield from carried(contract)
    yield from lacked(contract)


def carried(contract: Contract) -> Iterator[Finding]:
    """One finding for each line of a Dockerfile that installs them for production."""
    seen: set[Place] = set()
    for image in contract.images.values():
        homes = tuple(home for home in image.homes if home in PRODUCTION)
        for one in installs(image) if homes else ():
            what = development(contract, image, one)
            if what and one.run.place not in seen:
                seen.add(one.run.place)
                yield Finding(
                    RULE.id,
                    one.run.place,
                    f"{image.file}, which {', '.join(homes)} builds, installs {what}",
                    HINTS[one.program],
                    image.place,
                    homes,
                )


HINTS = {
    "pip": "install the file of production there, and this one in a stage of its own for development",
    "poetry": "poetry install --only main",
    "pipenv": "pipenv install --deploy",
    "uv": "uv sync --no-dev",
}


def development(contract: Contract, image: Image, one: Install) -> str:
    """What of development an install brings; "" when it brings none, or when a variable decides."""
    if any("$" in word for word in one.words):
        return ""
    if one.program == "pip":
        files = [
            word for before, word in zip(one.words, one.words[1:], strict=False) if before in ("-r", "--requirement")
        ]
        files += [word[2:] for word in one.words if word.startswith("-r") and len(word) > 2]
        return next((file for file in files if FILE.search(file)), "")
    if one.program == "pipenv":
        return "the group dev-packages" if {"--dev", "-d"} & set(one.words) else ""
    if any(word.partition("=")[0] in NARROWED[one.program] for word in one.words):
        return ""
    if any(name in one.run.environment or name in one.run.command.text for name in VARIABLES[one.program]):
        return ""
    groups = (
        group
        for package in contract.packages
        if package.format == "pyproject.toml" and "/" not in package.file
        for requirement in package.requirements
        for group in requirement.groups
        if group == "dev" or (one.program == "poetry" and group in GROUPS)
    )
    group = next(groups, "")
    return f"the group {group} of pyproject.toml" if group else ""


def lacked(contract: Contract) -> Iterator[Finding]:
    """One finding for each of production's settings modules that names what development alone installs.

    Of a module that is development's own development-settings speaks.
    """
    seen: set[str] = set()
    for home, module, through in modules(contract, *PRODUCTION):
        if module.name in seen or FILE.search(module.name):
            continue
        seen.add(module.name)
        found = [
            (setting, item, only)
            for name in ("INSTALLED_APPS", "MIDDLEWARE")
            for setting in [module.get(name)]
            if setting
            for item in named(setting)
            for only in [group_of(contract, item)]
            if only and not tops(contract, item)
        ]
        if found:
            setting, item, (_, group, place) = found[0]
            names = ", ".join(dict.fromkeys(only[0] for _, _, only in found))
            yield Finding(
                RULE.id,
                setting.place,
                f"{module.name}, which {home.name} runs (chosen by {through}), has {item} in {setting.name}, "
                f"and only the group {group} installs {names}",
                f"move {names} to the dependencies, or name {item} in development's settings alone",
                place,
                (home.name,),
            )


def named(setting: Setting) -> Iterator[str]:
    """The items that are surely there."""
    if not setting.conditional and isinstance(setting.value, Many):
        yield from (item for item in setting.value.items if isinstance(item, str))


def group_of(contract: Contract, module: str) -> tuple[str, str, Place] | None:
    """The distribution of a module and its group, where every file that asks for it does so in such a group."""
    wanted = distributions_of_import(module)
    found = [
        one
        for package in contract.packages
        for one in package.requirements
        if not package.node and one.name in wanted and not one.constraint
    ]
    alone = found and all(one.groups and all(group in GROUPS for group in one.groups) for one in found)
    if not alone or any(MAIN in one.groups for one in found):
        return None
    return found[0].name, found[0].groups[0], found[0].place
