"""`parity down`: stops whatever home of this repository runs. Data stays."""

import os
import signal
import time
from argparse import Namespace
from pathlib import Path

from parity import packages, processes
from parity.contract.order import Running
from parity.errors import FINE, UserError
from parity.homes import choice, compose
from parity.rehearsal import compose as docker
from parity.report import Report
from parity.repository import Repository
from parity.state import State

# honcho, Postgres, the bucket and the sweep after them take 12, 20, 5 and 10 s at most.
PATIENCE = 60.0


def run(arguments: Namespace, report: Report) -> int:
    repository = Repository(Path.cwd())
    state = State(repository.root)
    stopped = [stop_local(state), stop_containers(repository)]
    if not any(stopped):
        report.say("nothing runs here")
    for name in filter(None, stopped):
        report.say(f"the {name} home is stopped; its data stays")
    return FINE


def stop_local(state: State) -> str | None:
    """Stops the home that holds the lock, or what is left of one that was killed, and says which it was."""
    if running := state.running():
        stop(running, state)
        return running.home
    if state.folder.exists() and not packages.missing():
        from parity.homes import embedded  # It needs packages that a home in containers does without.

        return "killed" if embedded.heal(state) else None
    return None


def stop(running: Running, state: State) -> None:
    os.kill(running.pid, signal.SIGTERM)
    end = time.monotonic() + PATIENCE
    while state.running() == running:
        if time.monotonic() > end:
            message = f"the {running.home} home (pid {running.pid}) did not stop within {PATIENCE:g} s"
            raise UserError(message, f"kill -9 {running.pid}, then run this again", "not-stopped")
        time.sleep(0.1)
    # The lock is given back a moment before the process has gone.
    end = time.monotonic() + 2
    while not gone(running.pid) and time.monotonic() < end:
        time.sleep(0.02)


def gone(pid: int) -> bool:
    """Whether a process has ended; in a container nobody may reap it, and Linux lists it as a zombie (Z) for good."""
    try:
        os.kill(pid, 0)
    except OSError as error:
        # Any other error is of a process that is there, and not ours to signal.
        return isinstance(error, ProcessLookupError)
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return False


def stop_containers(repository: Repository) -> str | None:
    if not repository.has_compose_file() or choice.probe().problem or not compose.runs_here(repository.root):
        return None
    if processes.shown(docker.down()):
        raise UserError("`docker compose down` failed", "the lines above say why", "containers-failed")
    return "compose"
