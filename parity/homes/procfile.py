"""Runs the Procfile with honcho, for the homes where it runs on this machine itself.

https://honcho.readthedocs.io/en/latest/using_procfiles.html
"""

import os
import signal
import sys
import time
from contextlib import ExitStack
from pathlib import Path

from parity import leftovers, machine, processes, readiness
from parity.contract.order import Order
from parity.homes.parts import Part, alive, watch
from parity.report import Report, banner, typed
from parity.state import State


def run(order: Order, state: State, report: Report, home: ExitStack, behind: list[Part], began: float) -> None:
    """Starts the Procfile before the parts `behind` it, shows the banner once it answers, and stays until it ends."""
    honcho = processes.started(argv(order.port), env=environment(state), cwd=order.root)
    # honcho gives its processes 5 s of their own before it kills them.
    home.callback(processes.ended, honcho, (signal.SIGTERM, 12))
    parts = [*behind, Part("the Procfile", honcho, "what it wrote above")]
    url = order.address + order.front.ready
    report.say(f"Procfile: started by honcho; waiting for {url}")
    readiness.wait(url, lambda: alive(parts), report.say)
    report.ready(banner(order, time.monotonic() - began))
    watch(parts)


def argv(port: int) -> list[str]:
    return [sys.executable, "-m", "honcho", "start", "--port", str(port)]


def environment(state: State) -> dict[str, str]:
    """A Procfile says `gunicorn` and `python3`, and means those of the Python that runs us."""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath)])
    return {**leftovers.mark(state.folder), "PATH": path}


def port_is_free(order: Order) -> None:
    hint = f"`{typed('up', port=order.port + 1)}`, or stop what uses it"
    machine.port_is_free("127.0.0.1", order.port, "the page", hint)
