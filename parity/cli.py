"""The command line: `python3 -m parity`."""

import argparse
import sys
from collections.abc import Sequence

from parity import processes
from parity.commands import clean, down, logs, up, which
from parity.errors import exit_code
from parity.homes.choice import AUTO, HOMES
from parity.report import Report


def main(argv: Sequence[str] | None = None) -> int:
    """Runs one command and gives its exit code: 0 fine, 1 a user's error, 2 usage, 3 our bug, 130 Ctrl-C."""
    for stream in (sys.stdout, sys.stderr):
        # A terminal that can't show a character is no reason to fail.
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    arguments = parser().parse_args(argv)
    report = Report(getattr(arguments, "behind", None))
    processes.SIGNALS.heed()
    return exit_code(lambda: arguments.run(arguments, report), report.error)


def parser() -> argparse.ArgumentParser:
    whole = argparse.ArgumentParser("parity", description="Starts this repository's Procfile where this machine can.")
    commands = whole.add_subparsers(title="commands", required=True, metavar="COMMAND")

    added = commands.add_parser("up", help="start the app and what it needs, and say where it answers")
    added.add_argument("--in", dest="home", choices=(AUTO, *HOMES), default=AUTO, help="which home (default: auto)")
    added.add_argument("--port", type=port, default=8000, help="the page's port (default: 8000)")
    added.add_argument("--detach", action="store_true", help="leave the home running in the background")
    added.add_argument("--behind", type=int, help=argparse.SUPPRESS)
    added.set_defaults(run=up.run)

    added = commands.add_parser("down", help="stop the home that runs; its data stays")
    added.set_defaults(run=down.run)

    added = commands.add_parser("logs", help="follow what the home says")
    added.set_defaults(run=logs.run)

    added = commands.add_parser("which", help="say which home `up` would choose, and why")
    added.set_defaults(run=which.run)

    added = commands.add_parser("clean", help="remove the data of every home, after asking")
    added.add_argument("--yes", action="store_true", help="don't ask")
    added.set_defaults(run=clean.run)
    return whole


def port(text: str) -> int:
    number = int(text)
    if not 0 < number < 65536:
        raise argparse.ArgumentTypeError(f"{number} is not between 1 and 65535")
    return number
