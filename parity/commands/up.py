"""`parity up`: chooses a home, writes .env once, and starts the home."""

import os
from argparse import Namespace
from dataclasses import replace
from pathlib import Path

from parity import packages
from parity.contract.order import Choice, Engine, Order
from parity.errors import FINE, UserError
from parity.homes import background, choice, compose
from parity.readers import addons, dotenv, paritytoml
from parity.readers.procfile import process_types
from parity.report import Report
from parity.repository import Repository
from parity.state import State


def run(arguments: Namespace, report: Report) -> int:
    repository = Repository(Path.cwd())
    has_web(repository)
    state = State(repository.root)
    state.refuse_when_running()
    chosen = choose(arguments.home, repository)
    again = report.pipe or packages.AGAIN in os.environ
    if not again:
        report.say(f"home: {chosen.home}, {chosen.why}")
    if repository.write_dotenv():
        report.say(".env: written from .env.example, with secrets of its own (mode 600)")
    variables = dotenv.variables(repository.dotenv())
    if not again:
        warn(variables, report)
    order = ordered(arguments, chosen, repository, variables)
    start(order, chosen, variables, state, report)
    return FINE


def has_web(repository: Repository) -> None:
    """Raises UserError unless `web` comes first: honcho gives the port asked for to the first process type only."""
    if next(iter(process_types(repository.procfile())), None) != "web":
        raise UserError(
            "Procfile: the first process type is not `web`", "begin it with `web: COMMAND`", "web-not-first"
        )


def choose(asked: str, repository: Repository) -> Choice:
    engine = Engine() if asked == "embedded" else choice.probe()
    return choice.choose(asked, engine, repository.has_compose_file())


def warn(variables: dict[str, dotenv.Entry], report: Report) -> None:
    for entry in variables.values():
        if not entry.alike:
            report.say(
                f"note: .env:{entry.line}: honcho, compose and Django don't read {entry.name} alike: {dotenv.SAFE}"
            )


def ordered(arguments: Namespace, chosen: Choice, repository: Repository, variables: addons.Variables) -> Order:
    return Order(
        home=chosen.home,
        root=repository.root,
        port=arguments.port,
        detach=arguments.detach or arguments.behind is not None,
        database=addons.database(variables),
        bucket=addons.bucket(variables),
        login=addons.login(variables),
        front=paritytoml.front(repository.parity_toml()),
    )


def start(order: Order, chosen: Choice, variables: addons.Variables, state: State, report: Report) -> None:
    if order.home == "compose":
        if contained(order, chosen, report):
            return
        order = replace(order, home="embedded")
    addons.port_agrees(variables, order.port)
    packages.needed(order.root, argv(order))
    if order.detach and not report.pipe:
        background.run(order, state, report)
    else:
        stay(order, state, report)


def contained(order: Order, chosen: Choice, report: Report) -> bool:
    """Whether the home in containers came up. Where it was our own choice, a lack of images changes our mind."""
    try:
        compose.run(order, report)
    except compose.NoImagesError as problem:
        if chosen.forced:
            raise
        report.say(f"home: embedded, because {problem.message}")
        return False
    return True


def stay(order: Order, state: State, report: Report) -> None:
    # These homes import packages that a home in containers does without.
    if order.home == "honcho":
        from parity.homes import honcho

        honcho.run(order, state, report)
    else:
        from parity.homes import embedded

        embedded.run(order, state, report)


def argv(order: Order) -> list[str]:
    detach = ["--detach"] if order.detach else []
    return ["up", "--in", order.home, "--port", str(order.port), *detach]
