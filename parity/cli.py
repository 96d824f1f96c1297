"""The command line: `python3 -m parity`."""

import argparse
import importlib
import sys
from collections.abc import Callable, Sequence

from parity.contract import AUTO, HOMES
from parity.contract.rule import SEVERITIES
from parity.errors import exit_code
from parity.report import Report


def main(argv: Sequence[str] | None = None) -> int:
    """Runs one command and gives its exit code: 0 fine, 1 a user's error, 2 usage, 3 our bug, 130 Ctrl-C."""
    for stream in (sys.stdout, sys.stderr):
        # A terminal that can't show a character is no reason to fail.
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    arguments = parser().parse_args(argv)
    report = Report(getattr(arguments, "behind", None))
    return exit_code(lambda: arguments.run(arguments, report), report.error)


def lazy(module: str, function: str) -> Callable[[argparse.Namespace, Report], int]:
    """A command that is imported when it runs: `check` needs nothing of what `up` does, nor the other way round."""

    def run(arguments: argparse.Namespace, report: Report) -> int:
        if module != "check":
            # `check` starts nothing that a signal would leave behind.
            importlib.import_module("parity.processes").SIGNALS.heed()
        command = importlib.import_module(f"parity.commands.{module}")
        return int(getattr(command, function)(arguments, report))

    return run


def parser() -> argparse.ArgumentParser:
    whole = argparse.ArgumentParser("parity", description="Starts this repository's Procfile where this machine can.")
    commands = whole.add_subparsers(title="commands", required=True, metavar="COMMAND")

    added = commands.add_parser("up", help="start the app and what it needs, and say where it answers")
    added.add_argument("--in", dest="home", choices=(AUTO, *HOMES), default=AUTO, help="which home (default: auto)")
    added.add_argument("--port", type=port, default=8000, help="the page's port (default: 8000)")
    added.add_argument("--detach", action="store_true", help="leave the home running in the background")
    added.add_argument("--behind", type=int, help=argparse.SUPPRESS)
    added.set_defaults(run=lazy("up", "run"))

    added = commands.add_parser("down", help="stop the home that runs; its data stays")
    added.set_defaults(run=lazy("down", "run"))

    added = commands.add_parser("logs", help="follow what the home says")
    added.set_defaults(run=lazy("logs", "run"))

    added = commands.add_parser("which", help="say which home `up` would choose, and why")
    added.set_defaults(run=lazy("which", "run"))

    added = commands.add_parser("check", help="find every drift between the homes, from files alone")
    added.add_argument("path", nargs="?", default=".", help="the root of a repository (default: here)")
    added.add_argument(
        "--format", choices=("table", "json", "sarif", "github"), default="table", help="how to show findings"
    )
    added.add_argument(
        "--only", action="append", default=[], metavar="ID", help="this rule's findings only (repeatable)"
    )
    added.add_argument(
        "--home", action="append", default=[], metavar="HOME", help="this home's findings only (repeatable)"
    )
    added.add_argument(
        "--severity", choices=SEVERITIES, default="note", help="this severity and graver (default: note)"
    )
    added.add_argument(
        "--accept", action="append", default=[], metavar="ID", help="note in parity.toml that this is intended"
    )
    added.add_argument("--reason", help="why it is intended, with --accept (default: asked for)")
    added.set_defaults(run=lazy("check", "run"))

    added = commands.add_parser("explain", help="say why a rule matters, with a bad and a good example")
    added.add_argument("id", nargs="?", metavar="ID", help="the rule; without one they are listed")
    added.set_defaults(run=lazy("check", "explain"))

    added = commands.add_parser("contract", help="show what was understood, home by home")
    added.add_argument("path", nargs="?", default=".", help="the root of a repository (default: here)")
    added.set_defaults(run=lazy("check", "contract"))

    added = commands.add_parser("clean", help="remove the data of every home, after asking")
    added.add_argument("--yes", action="store_true", help="don't ask")
    added.set_defaults(run=lazy("clean", "run"))
    return whole


def port(text: str) -> int:
    number = int(text)
    if not 0 < number < 65536:
        raise argparse.ArgumentTypeError(f"{number} is not between 1 and 65535")
    return number
