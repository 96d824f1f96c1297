"""Release lines of backing services: what a major version is of each."""

from __future__ import annotations

from collections.abc import Iterator

from parity.contract.dataclass import replace
from parity.contract.homes import Statement
from parity.contract.whole import Contract

# How many numbers make a release line, between which data or behaviour changes; of older versions one more.
# https://www.postgresql.org/support/versioning/ https://dev.mysql.com/doc/refman/8.4/en/mysql-releases.html
NUMBERS = {
    "postgres": 1,
    "redis": 1,
    "valkey": 1,
    "mysql": 2,
    "mariadb": 2,
    "mongo": 1,
    "rabbitmq": 1,
    "elasticsearch": 1,
    "opensearch": 1,
}
# Below this a release line had two numbers; the least that can be a version of the program at all stands behind it.
TWO_BELOW = {"postgres": (10, 7), "mongo": (5, 2)}


def line(statement: Statement) -> str | None:
    """17 of postgres:17.2-alpine, 9.6 of postgres:9.6.1, 8.0 of mysql:8.0.36; None when no version can be told."""
    version = statement.stated.version
    count = NUMBERS.get(statement.stated.what)
    if version is None or count is None:
        return None
    below, least = TWO_BELOW.get(statement.stated.what, (0, 0))
    if version.major < least:
        return None
    return version.cut(2 if version.major < below else count)


def of_services(contract: Contract) -> Iterator[Statement]:
    """What is stated of services, each with its release line alone as the version."""
    for one in contract.statements:
        found = line(one)
        if found:
            yield replace(one, stated=replace(one.stated, spec=found, kind="version"))
