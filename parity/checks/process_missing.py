"""A process type that production has and another home lacks, or the other way round: https://devcenter.heroku.com/articles/procfile"""

from __future__ import annotations

from collections.abc import Iterator

from parity.contract.finding import Finding
from parity.contract.homes import Home, Process, Role
from parity.contract.place import Place
from parity.contract.rule import Rule
from parity.contract.whole import Contract

RULE = Rule(
    "process-missing",
    "Processes",
    "warning",
    "What that process does is done in one home only: tasks wait for ever, or a step of the deploy is first tried in production.",
)

NAMES = {"web": "web process", "worker": "worker", "clock": "scheduler", "release": "release phase"}


def check(contract: Contract) -> Iterator[Finding]:
    """Production against each other home that runs more than one process, role by role."""
    seen: set[Place] = set()
    for production in contract.of_kind("heroku", "fly", "render"):
        for home in contract.of_kind("procfile", "compose"):
            if home.processes and production.processes:
                for finding in (*lacking(production, home), *additional(production, home)):
                    # What several homes lack is one thing to mend.
                    if finding.place not in seen:
                        seen.add(finding.place)
                        yield finding


def lacking(production: Home, home: Home) -> Iterator[Finding]:
    """Roles of production that the home hasn't; a release phase is there too where another process does its work."""
    for role in ("worker", "clock", "release"):
        process = next(production.by_role(role), None)
        if process is None or does(home, process):
            continue
        yield Finding(
            RULE.id,
            process.place,
            f"{process.name} is a {NAMES[role]} of {production.name}, and {home.name} ({home.place.file}) has none",
            f"add one to {home.place.file} that runs the same command",
            home.place,
            (production.name, home.name),
        )


def additional(production: Home, home: Home) -> Iterator[Finding]:
    """Workers and schedulers that run at home and never in production, and a Procfile's release phase, which is Heroku's."""
    roles: list[Role] = ["worker", "clock"]
    if home.kind == "procfile" and production.kind == "heroku":
        roles.append("release")
    for role in roles:
        process = next((one for one in home.by_role(role) if not one.optional), None)
        if process is None or does(production, process):
            continue
        yield Finding(
            RULE.id,
            process.place,
            f"{process.name} is a {NAMES[role]} of {home.name}, and {production.name} ({production.place.file}) has none",
            f"add a process type to {production.place.file} that runs the same command, or take it out here",
            production.place,
            (home.name, production.name),
        )


def does(home: Home, process: Process) -> bool:
    """Whether a home has a process of that name or role, or one whose commands do the same work."""
    if any(one.name == process.name or one.role == process.role for one in home.processes):
        return True
    if process.role == "clock" and any("-B" in words or "--beat" in words for words in every(home)):
        return True
    wanted = verbs(process)
    return bool(wanted) and wanted <= {verb for one in home.processes for verb in verbs(one)}


def every(home: Home) -> Iterator[tuple[str, ...]]:
    for process in home.processes:
        for simple in process.command.commands if process.command else ():
            yield simple.words


def verbs(process: Process) -> set[str]:
    """What it does, by the last part of each program and the verb behind manage.py."""
    found = set()
    for simple in process.command.commands if process.command else ():
        words = [word.rpartition("/")[2] for word in simple.words]
        at = (
            words.index("manage.py") + 1
            if "manage.py" in words
            else 1
            if words[:1] in (["alembic"], ["flask"], ["django-admin"])
            else 0
        )
        if at and at < len(words):
            found.add(words[at])
    return found
