"""A variable that only Heroku's Python buildpack sets: https://devcenter.heroku.com/articles/python-concurrency"""

from __future__ import annotations

from collections.abc import Iterator

from parity.contract.command import mentions
from parity.contract.finding import Finding
from parity.contract.homes import Home, Process
from parity.contract.place import Place
from parity.contract.rule import Rule
from parity.contract.whole import Contract

RULE = Rule(
    "buildpack-variable",
    "Processes",
    "warning",
    "A container gets no WEB_CONCURRENCY from Heroku, so its server fails to start, or runs with one worker.",
)

VARIABLES = ("WEB_CONCURRENCY", "WEB_CONCURRENCY_SET_BY", "DYNO_RAM", "GUNICORN_CMD_ARGS")


def check(contract: Contract) -> Iterator[Finding]:
    """Homes that run an image and whose command or gunicorn configuration needs one without a default."""
    seen: set[object] = set()
    for home in contract.of_kind("heroku", "compose", "image", "fly", "render"):
        for process in home.processes if home.stack != "buildpack" else ():
            if process.image is None:
                continue
            for name, place in needed(contract, process):
                if name not in process.variables and place not in seen:
                    seen.add(place)
                    yield told(home, process, name, place)


def needed(contract: Contract, process: Process) -> Iterator[tuple[str, Place]]:
    """Names that its commands mention without a default, or that the gunicorn configuration which it names requires."""
    commands = process.command.commands if process.command else ()
    for simple in commands:
        for word in simple.words:
            for mention in mentions(word):
                if mention.name in VARIABLES and mention.default is None:
                    yield mention.name, simple.place
        if simple.name == "gunicorn":
            named = {word.rpartition("/")[2].rpartition("=")[2] for word in simple.words} | {"gunicorn.conf.py"}
            for read in contract.code.reads:
                if (
                    read.name in VARIABLES
                    and read.required
                    and not read.test
                    and read.place.file.rpartition("/")[2] in named
                ):
                    yield read.name, read.place


def told(home: Home, process: Process, name: str, place: Place) -> Finding:
    return Finding(
        RULE.id,
        place,
        f"{process.name} of {home.name} takes {name} from its environment, and only Heroku's Python buildpack sets it there",
        f"give it a default, such as ${{{name}:-2}}, or set it in {home.place.file}",
        process.place if process.place != place else None,
        (home.name,),
    )
