"""How long a process may take to stop: https://docs.docker.com/reference/compose-file/services/#stop_grace_period"""

from __future__ import annotations

from collections.abc import Iterator

from parity.contract.finding import Finding
from parity.contract.homes import Home, Process
from parity.contract.rule import Rule
from parity.contract.whole import Contract

RULE = Rule(
    "grace-differs",
    "Processes",
    "note",
    "A request or task that production lets finish is killed in the other home after 10 seconds, or the other way round.",
)

# Seconds that an engine waits where the file says nothing.
ENGINE = 10.0


def check(contract: Contract) -> Iterator[Finding]:
    """The web and worker processes of compose that stop sooner than production's."""
    production = next((home for home in contract.production() if any(one.grace for one in home.processes)), None)
    if production is None:
        return
    longest = max(one.grace for one in production.processes if one.grace)
    for home in contract.of_kind("compose"):
        short = [one for one in home.processes if one.role in ("web", "worker") and (one.grace or ENGINE) < longest]
        if short:
            yield told(home, short, production, longest)


def told(home: Home, short: list[Process], production: Home, longest: float) -> Finding:
    first = short[0]
    names = " and ".join(one.name for one in short[:3])
    seconds = f"{first.grace or ENGINE:g} s"
    return Finding(
        RULE.id,
        first.place,
        f"{names} of {home.name}: {seconds} from SIGTERM to SIGKILL, and {production.name} gives {longest:g} s",
        f"add stop_grace_period: {longest:g}s",
        production.place,
        (home.name, production.name),
    )
