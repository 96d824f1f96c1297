"""`parity which`: the home that `up` would choose, and why."""

from argparse import Namespace
from pathlib import Path

from parity.commands.up import choose
from parity.contract import AUTO
from parity.errors import FINE
from parity.report import Report
from parity.repository import Repository


def run(arguments: Namespace, report: Report) -> int:
    chosen = choose(AUTO, Repository(Path.cwd()))
    report.say(f"{chosen.home}, {chosen.why}")
    return FINE
