"""A start order that rests on luck: https://docs.docker.com/compose/how-tos/startup-order/"""

from __future__ import annotations

from collections.abc import Iterator

from parity.contract.finding import Finding
from parity.contract.homes import Home, Process
from parity.contract.rule import Rule
from parity.contract.whole import Contract

RULE = Rule(
    "start-order",
    "Services",
    "note",
    "Compose takes a container that has started for a service that answers, so a first start fails now and then.",
)

# What a program connects to as soon as it starts.
NEEDED = ("postgres", "mysql", "rabbitmq", "mongo", "elasticsearch", "kafka")


def check(contract: Contract) -> Iterator[Finding]:
    for home in contract.of_kind("compose"):
        yield from conditions(home)
        yield from sleeps(home)


def conditions(home: Home) -> Iterator[Finding]:
    """One finding a service that others wait for, though it doesn't say when it is ready."""
    for service in home.services:
        if service.category not in NEEDED:
            continue
        for process in home.processes:
            after = next((one for one in process.after if one.name == service.name), None)
            if after is None or after.condition != "service_started" or waits(process):
                continue
            missing = "" if service.healthcheck else f"give {service.name} a healthcheck, and "
            yield Finding(
                RULE.id,
                after.place,
                f"{process.name} starts as soon as {service.name} has started, whether it answers or not",
                f"{missing}wait with condition: service_healthy",
                service.place,
                (home.name,),
            )
            break


def waits(process: Process) -> bool:
    """Whether its command waits for something itself: a loop, wait-for-it, pg_isready."""
    commands = process.command.commands if process.command else ()
    text = process.command.text if process.command else ""
    names = {simple.name for simple in commands}
    return (
        bool(names & {"pg_isready", "nc", "wait-for-it.sh", "wait-for-it", "wait-for", "dockerize", "until", "psql"})
        or "wait" in text
    )


def sleeps(home: Home) -> Iterator[Finding]:
    for process in home.processes:
        commands = process.command.commands if process.command else ()
        for simple in commands[:-1]:
            if simple.name == "sleep" and not simple.conditional:
                yield Finding(
                    RULE.id,
                    simple.place,
                    f"{process.name} of {home.name} waits by `{simple.text}`, however long its services take",
                    "wait for what is needed: depends_on with condition: service_healthy",
                    process.place if process.place != simple.place else None,
                    (home.name,),
                )
                return
