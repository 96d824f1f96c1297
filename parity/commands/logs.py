"""`parity logs`: follows what the home that runs says, until Ctrl-C or its end."""

import time
from argparse import Namespace
from collections import deque
from pathlib import Path

from parity import processes
from parity.errors import FINE, UserError
from parity.homes import choice, compose
from parity.rehearsal import compose as docker
from parity.report import Report, typed
from parity.repository import Repository
from parity.state import State, tail

LINES = 100


def run(arguments: Namespace, report: Report) -> int:
    repository = Repository(Path.cwd())
    state = State(repository.root)
    if running := state.running():
        if not running.detach:
            message = f"the {running.home} home (pid {running.pid}) runs on another terminal, and says everything there"
            raise UserError(message, f"`{typed('up')}` with --detach keeps a log", "log-elsewhere")
        follow(state, report)
    elif repository.has_compose_file() and not choice.probe().problem and compose.runs_here(repository.root):
        return processes.shown(docker.logs(lines=LINES, follow=True))
    else:
        if text := tail(state.log, LINES):
            report.say(text)
        raise UserError("nothing runs here", f"`{typed('up')}` starts a home", "nothing-runs")
    return FINE


def follow(state: State, report: Report) -> None:
    with state.log.open(errors="replace") as log:
        report.say("".join(deque(log, LINES)).rstrip("\n"))
        while state.running():
            if text := log.read():
                report.say(text.rstrip("\n"))
            time.sleep(0.2)
