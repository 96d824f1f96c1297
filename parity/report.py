"""What a person reads: progress lines, and the address, login and next steps once the app answers."""

from __future__ import annotations

import json
import os
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, TextIO

from parity.errors import UserError

if TYPE_CHECKING:
    from parity.contract.order import Order


class Report:
    """Progress on stdout, or as JSON lines into the pipe of a parent that waits until the home is ready."""

    def __init__(self, pipe: int | None = None) -> None:
        self.pipe: TextIO | None = os.fdopen(pipe, "w", buffering=1) if pipe is not None else None

    def say(self, text: str) -> None:
        if self.pipe:
            self._write("say", text)
        else:
            print(text, flush=True)

    def ready(self, text: str) -> None:
        """Shows `text` and lets a waiting parent go. A banner holds a password, so it never enters the log."""
        self.say(text)
        if self.pipe and self._write("ready", None):
            self._close()

    def error(self, error: UserError) -> None:
        if not self.pipe or not self._write("error", [error.message, error.hint, error.id]):
            print(f"parity: {error}", file=sys.stderr, flush=True)

    def _write(self, kind: str, value: object) -> bool:
        """Whether a parent was still there to read it."""
        try:
            print(json.dumps([kind, value]), file=self.pipe)
        except BrokenPipeError:
            self._close()
            return False
        return True

    def _close(self) -> None:
        pipe, self.pipe = self.pipe, None
        with suppress(BrokenPipeError):
            if pipe:
                pipe.close()


def typed(verb: str, **options: object) -> str:
    """The command for `verb` in the form that this run was called by: `make` sets MAKELEVEL. `in_` stands for `in`."""
    given = {name.rstrip("_"): value for name, value in options.items()}
    if "MAKELEVEL" in os.environ:
        return " ".join(["make", verb, *(f"{name.upper()}={value}" for name, value in given.items())])
    return " ".join(["python3 -m parity", verb, *(f"--{name} {value}" for name, value in given.items())])


def banner(order: Order, seconds: float) -> str:
    """Where the app answers, how to log in, and what to try next."""
    lines = [f"  {label:<9} {text}" for label, text in [*login_rows(order), *next_rows(order), *home_rows(order)]]
    head = f"{order.front.name} answers at {order.address} ({order.home}, after {seconds:.1f} s)"
    return "\n".join(["", head, "", *lines, ""])


def login_rows(order: Order) -> list[tuple[str, str]]:
    if not order.login:
        return []
    words = f"as {order.login.user} with the password {order.login.password} (both are in .env)"
    return [("log in", order.address + (order.front.login or "")), ("", words)]


def next_rows(order: Order) -> list[tuple[str, str]]:
    steps = (step.partition(" ") for step in order.front.next)
    return [
        ("try next" if not number else "", f"{order.address}{path}  {words}")
        for number, (path, _, words) in enumerate(steps)
    ]


def home_rows(order: Order) -> list[tuple[str, str]]:
    """In the foreground the log is on the same terminal, and Ctrl-C stops the home."""
    return [("logs", typed("logs")), ("stop", typed("down"))] if order.detach else [("stop", "Ctrl-C")]
