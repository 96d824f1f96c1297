"""A web process that listens elsewhere than production looks: https://devcenter.heroku.com/articles/dynos#web-dynos"""

from __future__ import annotations

from collections.abc import Iterator

from parity.checks._servers import LOOPBACK, Bound, bound, serving
from parity.contract.command import expand, mentions
from parity.contract.finding import Finding
from parity.contract.homes import Home, Process
from parity.contract.rule import Rule
from parity.contract.whole import Contract

RULE = Rule(
    "port-not-bound",
    "Processes",
    "error",
    "Heroku's router reaches a dyno on $PORT alone, and kills one that doesn't listen there within 60 seconds (R10).",
)


def check(contract: Contract) -> Iterator[Finding]:
    for home in contract.of_kind("heroku", "fly", "render", "compose"):
        for process in home.by_role("web"):
            simple = serving(process)
            if simple is None:
                continue
            yield from judged(contract, home, process, bound(simple, contract), simple.place)


def judged(contract: Contract, home: Home, process: Process, listens: Bound, place) -> Iterator[Finding]:  # type: ignore[no-untyped-def]
    said = f"{listens.server} of {process.name} in {home.name}"
    if (
        listens.address is not None
        and plain(listens.address, process) in LOOPBACK
        and (home.production or process.ports)
    ):
        yield Finding(
            RULE.id,
            place,
            f"{said} listens on {plain(listens.address, process)} only, where nothing outside its container or dyno reaches it",
            f"let it listen on every address: 0.0.0.0:{'$PORT' if home.kind == 'heroku' else listens.port or '8000'}",
            homes=(home.name,),
        )
    elif home.kind == "heroku" and listens.port is not None and fixed(listens.port, process):
        yield Finding(
            RULE.id,
            place,
            f"{said} listens on the fixed port {plain(listens.port, process)}, and Heroku gives it another in $PORT",
            "write $PORT in its place; with a default where no home sets it: ${PORT:-8000}",
            homes=(home.name,),
        )
    elif home.kind in ("compose", "fly") and listens.port:
        yield from elsewhere(home, process, listens, said, place)


def elsewhere(home: Home, process: Process, listens: Bound, said: str, place) -> Iterator[Finding]:  # type: ignore[no-untyped-def]
    """Ports that the home opens, none of which the server listens on."""
    port = plain(listens.port or "", process)
    inside = [one for one in process.ports if one.inside.isdigit()]
    if not port.isdigit() or not inside or port in [one.inside for one in inside]:
        return
    yield Finding(
        RULE.id,
        inside[0].place,
        f"{home.name} opens port {inside[0].inside} of {process.name}, where nothing listens: {said} listens on {port}",
        f"open {port} instead, or let the server listen on {inside[0].inside}",
        place,
        (home.name,),
    )


def plain(text: str, process: Process) -> str:
    """With what the home's variables say put in."""
    values = {name: variable.value for name, variable in process.variables.items() if variable.value is not None}
    return expand(text, values)


def fixed(port: str, process: Process) -> bool:
    """A number, whatever $PORT is."""
    if any(mention.name == "PORT" for mention in mentions(port)):
        return False
    return plain(port, process).isdigit() and not any(True for _ in mentions(port))
