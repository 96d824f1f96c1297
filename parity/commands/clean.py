"""`parity clean`: removes the data of every home of this repository, after asking. .env stays."""

import shutil
import sys
from argparse import Namespace
from pathlib import Path

from parity import processes
from parity.errors import FINE, UserError
from parity.homes import choice, compose
from parity.rehearsal import compose as docker
from parity.report import Report
from parity.repository import Repository
from parity.state import State


def run(arguments: Namespace, report: Report) -> int:
    repository = Repository(Path.cwd())
    state = State(repository.root)
    state.refuse_when_running()
    containers = repository.has_compose_file() and not choice.probe().problem
    if containers:
        compose.refuse_when_up(repository.root)
    what = [*folders(state), *(["the containers and volumes of this compose project"] if containers else [])]
    if not what:
        report.say("nothing to remove")
        return FINE
    report.say("This removes every article, account and photo of the homes on this machine:")
    for item in what:
        report.say(f"  {item}")
    if not (arguments.yes or agreed()):
        report.say("nothing was removed")
        return FINE
    remove(state, containers)
    report.say("removed; .env stays, since it is yours to edit")
    return FINE


def folders(state: State) -> list[Path]:
    """The state folder, and the data that a link in it says is elsewhere."""
    if not state.folder.exists():
        return []
    return [state.folder, *([state.postgres.resolve()] if state.postgres.is_symlink() else [])]


def agreed() -> bool:
    if not sys.stdin.isatty():
        hint = "`make clean YES=1`, or `python3 -m parity clean --yes`, doesn't ask"
        raise UserError("clean removes data, and there is no terminal to ask on", hint, "not-asked")
    try:
        return input("Remove it? [y/N] ").strip().lower() in ("y", "yes")
    except EOFError:
        return False


def remove(state: State, containers: bool) -> None:
    for folder in reversed(folders(state)):
        shutil.rmtree(folder)
    if containers and processes.shown(docker.down(volumes=True)):
        raise UserError("`docker compose down --volumes` failed", "the lines above say why", "containers-failed")
