"""Heroku's own choice of Postgres: https://devcenter.heroku.com/articles/heroku-postgresql#provisioning-heroku-postgres"""

from __future__ import annotations

from collections.abc import Iterator

from parity.checks._releases import of_services
from parity.checks._versions import said, several
from parity.contract.finding import Finding
from parity.contract.homes import Home, Service, Statement
from parity.contract.rule import Rule
from parity.contract.whole import Contract
from parity.tables.addons import POSTGRES_DEFAULT, POSTGRES_OFFERED

RULE = Rule(
    "addon-version-unsaid",
    "Versions",
    "note",
    "An app made today gets Heroku's default version of Postgres, and one made next year another, whatever the other homes have.",
)


def check(contract: Contract) -> Iterator[Finding]:
    if any(finding.place.file == "app.json" and finding.rule.startswith("file-") for finding in contract.findings):
        # It can't be read, and may say it.
        return
    heroku = contract.home("heroku")
    unsaid = next(databases(heroku), None) if heroku else None
    others = [one for one in of_services(contract) if one.stated.what == "postgres" and one.source == "service"]
    versions = {one.stated.spec for one in others}
    if unsaid and others and POSTGRES_DEFAULT not in versions:
        yield finding(unsaid, others)


def databases(home: Home) -> Iterator[Service]:
    """Heroku's Postgres without a version; none when some add-on has one, in app.json where heroku.yml can't say it."""
    found = [one for one in home.services if one.category == "postgres" and one.what.startswith("heroku-postgresql")]
    if not any(one.version for one in found):
        yield from found


def finding(unsaid: Service, others: list[Statement]) -> Finding:
    versions = several(others)
    message = f"{unsaid.what} says no version, which is Postgres {POSTGRES_DEFAULT} by default, and {said(others[0])} {versions}"
    wanted = others[0].stated.spec
    hint = f"take Postgres {POSTGRES_DEFAULT} there"
    if wanted in POSTGRES_OFFERED:
        hint = f'say "options": {{"version": "{wanted}"}} in app.json\'s add-on, or take {POSTGRES_DEFAULT} there'
    return Finding(RULE.id, unsaid.place, message, hint, others[0].stated.place, ("heroku", *others[0].homes))
