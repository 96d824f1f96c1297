"""A program that nothing installs: https://devcenter.heroku.com/articles/python-pip"""

from __future__ import annotations

from collections.abc import Iterator

from parity.checks._files import located
from parity.checks._installs import installed
from parity.checks._servers import server
from parity.contract.finding import Finding
from parity.contract.place import Place
from parity.contract.rule import Rule
from parity.contract.whole import Contract
from parity.tables.programs import PROGRAMS

RULE = Rule(
    "program-not-installed",
    "References",
    "error",
    "The process ends with `command not found` as soon as it starts.",
)

# What a process of a Python app is started with; tools of the system are other packages' business.
STARTED = frozenset(
    (
        *(
            "gunicorn",
            "celery",
            "uvicorn",
            "daphne",
            "hypercorn",
            "honcho",
            "newrelic-admin",
            "alembic",
            "flask",
            "uwsgi",
        ),
        *("waitress-serve", "granian", "supervisord", "rq", "rqworker", "dramatiq", "huey_consumer", "ddtrace-run"),
        *("flower", "watchmedo", "watchfiles", "django-admin", "arq", "taskiq", "circusd", "sanic", "streamlit"),
    )
)
# What brings another one along without its name in its own. https://pypi.org
BRINGS = {"fastapi": "uvicorn", "channels": "daphne", "django-sse": "daphne", "starlette": "uvicorn"}


def check(contract: Contract) -> Iterator[Finding]:
    """One finding for each program and what lacks it, with the homes that start it."""
    found: dict[tuple[str, str], tuple[Place, str, list[str]]] = {}
    for home in contract.of_kind("heroku", "compose", "image", "fly", "render"):
        for process in home.processes:
            names: set[str] | None = None
            for simple, _ in located(process):
                name = server(simple)
                if name not in STARTED or ("/" in (simple.words or ("",))[0]):
                    continue
                names = installed(contract, home, process) if names is None else names
                if names is None:
                    break
                if not brought(name, names) and not mentioned(contract, process.image, name):
                    where = process.image or home.name
                    found.setdefault((name, where), (simple.place, process.name, []))[2].append(home.name)
    for (name, where), (place, process_name, homes) in found.items():
        names_ = tuple(dict.fromkeys(homes))
        lacking = f"{where} installs" if where in contract.images else "the buildpack's files of dependencies install"
        yield Finding(
            RULE.id,
            place,
            f"{process_name} starts {name} in {', '.join(names_)}, and {lacking} no {PROGRAMS[name][0]}",
            f"add {PROGRAMS[name][0]} to the dependencies that it installs",
            homes=names_,
        )


def brought(name: str, names: set[str]) -> bool:
    """Whether a distribution is there that installs the program, or one that likely needs it: django-celery-beat."""
    wanted = PROGRAMS[name]
    if any(one in wanted or any(part in one.split("-") for part in wanted) for one in names):
        return True
    return any(brings in wanted and one in names for one, brings in BRINGS.items())


def mentioned(contract: Contract, key: str | None, name: str) -> bool:
    """Whether a RUN has the program's name, by whichever tool it is installed."""
    image = contract.images.get(key or "")
    if image is None:
        return False
    words = (name, *PROGRAMS[name])
    stages = image.dockerfile.needed(image.stage)
    return any(word in run.command.text for stage in stages for run in stage.effective.runs for word in words)
