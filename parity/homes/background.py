"""Starts a home behind the terminal, and waits in front of it until the home is ready or has failed."""

import json
import os
import signal
import sys

from parity import processes
from parity.contract.order import Order
from parity.errors import UserError
from parity.report import Report
from parity.state import State, tail

LINES = 20


def run(order: Order, state: State, report: Report) -> None:
    """Returns once the home is ready. Raises its UserError when it fails, after the end of its log; nothing is left then."""
    ours, theirs = os.pipe()
    with state.fresh_log() as log:
        child = processes.started(argv(order, theirs), log=log, pass_fds=(theirs,), cwd=order.root)
    os.close(theirs)
    try:
        follow(ours, state, report)
    except BaseException:
        # The home stops its parts in order: honcho 12 s, Postgres 20 s, and a little for the rest.
        processes.ended(child, (signal.SIGTERM, 45))
        raise


def argv(order: Order, pipe: int) -> list[str]:
    arguments = ["up", "--in", order.home, "--port", str(order.port), "--behind", str(pipe)]
    return [sys.executable, "-m", "parity", *arguments]


def follow(pipe: int, state: State, report: Report) -> None:
    with os.fdopen(pipe) as lines:
        for kind, value in map(json.loads, lines):
            if kind == "ready":
                return
            if kind == "error":
                show_log(state)
                raise UserError(*value)
            report.say(value)
    show_log(state)
    raise UserError("the home ended before it was ready", f"{state.log} has more than the lines above", "home-ended")


def show_log(state: State) -> None:
    if text := tail(state.log, LINES):
        print(text, file=sys.stderr, flush=True)
