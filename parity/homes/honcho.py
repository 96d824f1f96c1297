"""The home in between: Postgres and MinIO from compose, the Procfile on this machine."""

import os
import time
from contextlib import ExitStack

from parity import leftovers, processes
from parity.contract.order import Order, Running
from parity.errors import UserError
from parity.homes import compose as containers
from parity.homes import procfile
from parity.rehearsal import compose
from parity.report import Report
from parity.state import State


def run(order: Order, state: State, report: Report) -> None:
    """Stays until the Procfile ends, or a signal comes; then the containers are stopped, and keep their data."""
    began = time.monotonic()
    with ExitStack() as home:
        home.enter_context(state.held(Running(order.home, order.address, os.getpid(), order.detach)))
        home.callback(leftovers.end, state.folder)
        leftovers.end(state.folder)
        containers.refuse_when_up(order.root)
        procfile.port_is_free(order)
        containers.ports_are_free(order, compose.BEHIND)
        report.say(f"containers: starting {' and '.join(compose.BEHIND)}")
        home.callback(processes.captured, compose.stop(*compose.BEHIND), seconds=60)
        start(order)
        procfile.run(order, state, report, home, [], began)


def start(order: Order) -> None:
    ports = compose.ports(order)
    for argv in (compose.up(*compose.BEHIND), compose.once(compose.BUCKET_MAKER)):
        if processes.shown(argv, env=ports):
            raise UserError(f"`{' '.join(argv)}` failed", "the lines above say why", "containers-failed")
