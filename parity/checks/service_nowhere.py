"""A service that code connects to and no home has."""

from __future__ import annotations

from collections.abc import Iterator

from parity.checks._services import of
from parity.contract.finding import Finding
from parity.contract.python import Read
from parity.contract.rule import Rule
from parity.contract.whole import Contract
from parity.tables import services

RULE = Rule(
    "service-nowhere",
    "Services",
    "warning",
    "The code requires it, and whoever sets up a home has to guess what it is and which version.",
)

LASTING = ("postgres", "redis", "mysql", "rabbitmq", "memcached", "elasticsearch", "mongo", "kafka")


def check(contract: Contract) -> Iterator[Finding]:
    """Required config vars that name a service of a category that no home has, where homes with services exist."""
    homes = [home for home in contract.homes if home.services]
    if not homes:
        return
    seen: set[str] = set()
    for read in contract.code.reads:
        category = wanted(read)
        if category is None or category in seen or any(of(home, category) for home in homes):
            continue
        seen.add(category)
        yield Finding(
            RULE.id,
            read.place,
            f"the code requires {read.name}, the address of {category}, and no home has such a service",
            f"add {category} to the homes that run this code, as an add-on and as a compose service",
            homes[0].place,
        )


def wanted(read: Read) -> str | None:
    """The service that a read can't go without."""
    if read.test or read.pattern or not read.required or read.conditional:
        return None
    category = services.category_of_config_var(read.name)
    return category if category in LASTING else None
