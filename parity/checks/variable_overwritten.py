"""A config var that a home sets and its settings overwrite."""

from __future__ import annotations

from collections.abc import Iterator

from parity.contract.finding import Finding
from parity.contract.homes import Home, Process
from parity.contract.python import Read, SettingsModule
from parity.contract.rule import Rule
from parity.contract.whole import Contract

RULE = Rule(
    "variable-overwritten",
    "Config vars",
    "warning",
    "Somebody sets it to change how that home behaves, and the settings it selects go their own way.",
)

OWN = ("environment", "env_file", "app.json", "setup.config", "ENV", "fly", "render", "dotenv")


def check(contract: Contract) -> Iterator[Finding]:
    """Variables of a home that code reads, but not for any setting of the module that this home selects."""
    seen: set[tuple[str, str]] = set()
    for home in contract.homes:
        if home.kind in ("ci", "image", "devcontainer"):
            continue
        for process in home.processes:
            chosen = contract.chosen.get((home.name, process.name))
            if chosen and chosen.module and chosen.module.whole:
                for finding, key in judged(contract, home, process, chosen.module):
                    if key not in seen:
                        seen.add(key)
                        yield finding


def judged(
    contract: Contract, home: Home, process: Process, module: SettingsModule
) -> Iterator[tuple[Finding, tuple[str, str]]]:
    feeding = {name for setting in module.settings for name in setting.reads}
    for name, variable in process.variables.items():
        if variable.source not in OWN or name in feeding:
            continue
        reads = [read for read in contract.code.reads if read.name == name and not read.test]
        lost = overwritten(reads, module)
        if lost is None:
            continue
        setting = module.get(lost.setting or "")
        assert setting
        message = (
            f"{name} is set for {process.name} in {home.name}, whose {module.name} overwrites {setting.name} without it"
        )
        hint = f"read {name} in {setting.place.file}, or take it out here"
        yield Finding(RULE.id, variable.place, message, hint, setting.place, (home.name,)), (name, module.name)


def overwritten(reads: list[Read], module: SettingsModule) -> Read | None:
    """A read in the module's own chain whose setting another statement has replaced; None if any read is used otherwise."""
    files = {module.file, *(link.file for link in module.chain)}
    if not reads or any(not read.setting or read.place.file not in files for read in reads):
        return None
    return next((read for read in reads if module.get(read.setting or "")), None)
