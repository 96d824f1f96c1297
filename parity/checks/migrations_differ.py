"""Migrations that run at another moment: https://devcenter.heroku.com/articles/release-phase"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from parity.contract.command import Simple
from parity.contract.finding import Finding
from parity.contract.homes import Home, Process
from parity.contract.rule import Rule
from parity.contract.whole import Contract

RULE = Rule(
    "migrations-differ",
    "Processes",
    "warning",
    "In one home every start of a web process migrates, several at once if there are several; in the other a deploy does.",
)


def check(contract: Contract) -> Iterator[Finding]:
    """A home whose web process migrates, and one whose release phase does."""
    starts = [(home, one, simple) for home, one in web(contract) if (simple := migrates(one))]
    releases = [
        (home, one, simple)
        for home, one in contract.processes()
        if one.role == "release" and home.kind != "ci" and (simple := migrates(one))
    ]
    seen: set[object] = set()
    for home, process, simple in starts:
        other = next(((there, one, far) for there, one, far in releases if there.name != home.name), None)
        if simple.place in seen or (other is None and not home.production):
            continue
        seen.add(simple.place)
        if other:
            there, _, far = other
            yield Finding(
                RULE.id,
                simple.place,
                f"{process.name} of {home.name} migrates when it starts (`{simple.text}`), {there.name} in its release phase",
                "take it out of the start, and run it in a release process that web waits for",
                far.place,
                (home.name, there.name),
            )


def web(contract: Contract) -> Iterator[tuple[Home, Process]]:
    return ((home, one) for home, one in contract.processes() if one.role == "web" and home.kind in KINDS)


KINDS = ("heroku", "procfile", "compose", "fly", "render", "image")


def migrates(process: Process) -> Simple | None:
    commands = process.command.commands if process.command else ()
    return next((one for one in commands if is_migration(one)), None)


def is_migration(simple: Simple) -> bool:
    """manage.py migrate, alembic upgrade, flask db upgrade, rails db:migrate."""
    words = [word.rpartition("/")[2] for word in simple.words]
    return any(pair in PAIRS for pair in pairwise(words)) or "db:migrate" in words or "db:prepare" in words


PAIRS = {
    ("manage.py", "migrate"),
    ("manage.py", "migrate_schemas"),
    ("django-admin", "migrate"),
    ("alembic", "upgrade"),
    ("db", "upgrade"),
}
