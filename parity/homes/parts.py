"""The processes that a home without containers is made of: waiting for them, and noticing that one has ended."""

import time
from collections.abc import Callable
from dataclasses import dataclass

from parity.errors import UserError
from parity.processes import SIGNALS, Process

PAUSE = 0.05


@dataclass(frozen=True)
class Part:
    """A process, what a person calls it, and where it says what is wrong with it."""

    name: str
    process: Process
    log: str


def alive(parts: list[Part]) -> None:
    """Raises UserError when a part has ended, and Stopped when a signal has come."""
    SIGNALS.check()
    for part in parts:
        code = part.process.poll()
        if code is not None:
            message = f"{part.name} ended (exit {code}), so the home was stopped"
            raise UserError(message, f"{part.log} says why", "part-ended")


def until(answers: Callable[[], bool], part: Part, seconds: float = 60) -> None:
    """Waits until `part` answers. Raises UserError when it ends, or takes longer than `seconds`."""
    end = time.monotonic() + seconds
    while not answers():
        alive([part])
        if time.monotonic() > end:
            raise UserError(f"{part.name} did not answer within {seconds:g} s", f"{part.log} says why", "not-ready")
        time.sleep(PAUSE)


def watch(parts: list[Part]) -> None:
    """Returns never: raises UserError when a part ends, and a signal raises Stopped."""
    while True:
        alive(parts)
        time.sleep(4 * PAUSE)
