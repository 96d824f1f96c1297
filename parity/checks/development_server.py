"""A server that is made for development: https://docs.djangoproject.com/en/5.2/ref/django-admin/#runserver"""

from __future__ import annotations

from collections.abc import Iterator

from parity.checks._servers import development
from parity.contract.command import Simple
from parity.contract.finding import Finding
from parity.contract.homes import Process
from parity.contract.rule import Rule
from parity.contract.whole import Contract

RULE = Rule(
    "development-server",
    "Processes",
    "warning",
    "It serves static files, reloads and shows errors as production's server never does, so what works with it proves little.",
)


def check(contract: Contract) -> Iterator[Finding]:
    """In production; and in another home where production has a real server."""
    real = [
        (home, process, simple)
        for home in contract.of_kind("heroku", "fly", "render", "procfile")
        for process in home.by_role("web")
        if (simple := last(process)) and not development(simple)
    ]
    seen: set[object] = set()
    for home in contract.homes:
        if home.kind in ("ci", "devcontainer"):
            continue
        for process in home.processes:
            simple = next((one for one in commands(process) if development(one)), None)
            if simple is None or simple.place in seen or process.role not in ("web", "other"):
                continue
            if not home.production and not real:
                continue
            seen.add(simple.place)
            what = development(simple)
            message = f"{process.name} runs `{what}` in {home.name}, a server for development"
            if home.production:
                hint = "run a server for production, such as gunicorn PROJECT.wsgi --bind 0.0.0.0:$PORT"
                yield Finding(RULE.id, simple.place, message, hint, homes=(home.name,))
                continue
            other, _, serves = real[0]
            yield Finding(
                RULE.id,
                simple.place,
                f"{message}, and {other.name} runs `{serves.text}`",
                f"run that here too; `docker compose watch` or {serves.name} --reload in an override file reloads",
                serves.place,
                (home.name, other.name),
            )


def commands(process: Process) -> tuple[Simple, ...]:
    return process.command.commands if process.command else ()


def last(process: Process) -> Simple | None:
    found = commands(process)
    return found[-1] if found else None
