"""Production that runs settings made for development."""

from __future__ import annotations

from collections.abc import Iterator

from parity.checks._variables import for_development
from parity.contract.finding import Finding
from parity.contract.place import Place
from parity.contract.rule import Rule
from parity.contract.whole import Contract

RULE = Rule(
    "development-settings",
    "Config vars",
    "error",
    "Users get what was meant for a laptop: debug pages, loose hosts and cookies, a mail backend that prints.",
)


def check(contract: Contract) -> Iterator[Finding]:
    """Where files say which module it is; a config var that only the platform knows may say otherwise, and the hint tells so."""
    for home in contract.production():
        seen: set[str] = set()
        for process in home.processes:
            one = contract.chosen.get((home.name, process.name))
            if one is None or one.module is None or one.name in seen or not for_development(one.name):
                continue
            seen.add(one.name)
            file, _, line = one.through.rpartition(":")
            place = Place(file, int(line))
            yield Finding(
                RULE.id,
                place,
                f"{process.name} of {home.name} runs {one.name}, which its name calls settings for development",
                f"let DJANGO_SETTINGS_MODULE of {home.name} name production's module, or make that the default here",
                process.place if process.place != place else None,
                (home.name,),
            )
