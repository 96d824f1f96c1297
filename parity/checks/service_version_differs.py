"""The release lines of backing services: https://devcenter.heroku.com/articles/heroku-postgres-version-support"""

from __future__ import annotations

from collections.abc import Iterator

from parity.checks._releases import NUMBERS, of_services
from parity.checks._versions import NAMES, fits, groups, production, said, several
from parity.contract.finding import Finding
from parity.contract.homes import Statement
from parity.contract.rule import Rule
from parity.contract.whole import Contract

RULE = Rule(
    "service-version-differs",
    "Versions",
    "warning",
    "What the newer server takes, a query, an extension or a dump, the older one refuses, and one of the two is production's.",
)


def check(contract: Contract) -> Iterator[Finding]:
    found = list(of_services(contract))
    for product in NUMBERS:
        yield from compared([one for one in found if one.stated.what == product], contract)


def compared(found: list[Statement], contract: Contract) -> Iterator[Finding]:
    servers = groups(one for one in found if one.source in ("add-on", "service", "ci", "test", "FROM"))
    standard = min(servers, key=lambda group: rank(group[0], contract), default=None)
    if standard is None:
        return
    differing = [group for group in servers if group is not standard and not agree(group, standard)]
    differing += [group for group in groups(one for one in found if one.source == "client") if older(group, standard)]
    places: dict[tuple[str, str], list[Statement]] = {}
    for group in differing:
        places.setdefault((group[0].stated.place.file, several(group)), []).extend(group)
    for (_, versions), group in places.items():
        yield finding(group, versions, standard)


def rank(one: Statement, contract: Contract) -> tuple[int, str]:
    """Production's first, then what stands in for it, then what tests run on."""
    if one.source == "add-on" or set(one.homes) & set(production(contract)):
        return 0, ""
    kind = one.homes[0].partition(":")[0] if one.homes else one.source
    return {"compose": 1, "devcontainer": 2, "ci": 3}.get(kind, 4), one.homes[0] if one.homes else ""


def agree(group: list[Statement], standard: list[Statement]) -> bool:
    """A home that has several versions agrees by any of them, for each may serve another purpose."""
    return any(fits(group, one.stated) for one in standard)


def older(clients: list[Statement], servers: list[Statement]) -> bool:
    """Whether a client is older than every server: pg_dump refuses a server that is newer than itself."""
    newest = max(int(one.stated.spec.partition(".")[0]) for one in clients)
    return all(newest < int(one.stated.spec.partition(".")[0]) for one in servers)


def finding(group: list[Statement], versions: str, standard: list[Statement]) -> Finding:
    one, wanted = group[0], several(standard)
    name = NAMES[one.stated.what]
    message = f"{said(one)} {name} {versions}, and {said(standard[0])} {wanted}"
    homes = dict.fromkeys(home for statement in (*group, *standard) for home in statement.homes)
    hint = f"take {name} {wanted} here, or change the other side"
    return Finding(RULE.id, one.stated.place, message, hint, standard[0].stated.place, tuple(homes))
