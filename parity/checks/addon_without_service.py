"""An add-on that nothing stands in for at home: https://devcenter.heroku.com/articles/add-ons"""

from __future__ import annotations

from collections.abc import Iterator

from parity.checks._services import of
from parity.contract.finding import Finding
from parity.contract.rule import Rule
from parity.contract.whole import Contract
from parity.tables import addons

RULE = Rule(
    "addon-without-service",
    "Services",
    "warning",
    "What talks to it is first tried in production; at home something else answers, or nothing.",
)


def check(contract: Contract) -> Iterator[Finding]:
    for production in contract.of_kind("heroku"):
        for home in contract.of_kind("compose"):
            if not home.processes:
                continue
            seen: set[str] = set()
            for service in production.services:
                known = addons.addon(service.what)
                if known is None or not known.needed or service.category in seen or of(home, service.category):
                    continue
                seen.add(service.category)
                yield Finding(
                    RULE.id,
                    service.place,
                    f"{service.what} is {service.category} of {production.name}, and {home.name} has nothing in its place",
                    f"add a service that runs {known.images[0]} to {home.place.file}, and set {', '.join(known.config[:2])}",
                    home.place,
                    (production.name, home.name),
                )
