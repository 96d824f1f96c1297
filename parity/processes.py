"""Starts and ends processes; no other module of ours does."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, NoReturn

from parity.contract.order import Account
from parity.errors import Stopped

Argv = Sequence[str | Path]
Process = subprocess.Popen[bytes]


@dataclass(frozen=True)
class Finished:
    """A process that ended: its exit code as a shell would say it, and what it wrote to stdout and stderr together."""

    code: int
    output: str


def captured(
    argv: Argv,
    *,
    seconds: float,
    env: Mapping[str, str] | None = None,
    account: Account | None = None,
    cwd: Path | None = None,
    text: str = "",
) -> Finished:
    """Runs `argv` with `text` on its stdin. A command that is not there, not allowed or too slow ends with 127, 126 or 124."""
    streams = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
    try:
        process = opened(argv, env, cwd=cwd, **streams, **identity(account))
    except FileNotFoundError:
        return Finished(127, f"{argv[0]}: not found")
    except PermissionError as error:
        return Finished(126, f"{argv[0]}: {error.strerror}")
    with process:
        try:
            output, _ = process.communicate(text.encode(), seconds)
        except subprocess.TimeoutExpired:
            process.kill()
            return Finished(124, f"{argv[0]}: no answer within {seconds:g} s")
        except BaseException:
            process.kill()
            raise
    return Finished(process.returncode, output.decode(errors="replace"))


def shown(argv: Argv, *, env: Mapping[str, str] | None = None) -> int:
    """Runs `argv` on our own terminal, so that its progress shows, and gives its exit code."""
    process = opened(argv, env, stdin=subprocess.DEVNULL)
    try:
        return process.wait()
    except BaseException:
        ended(process, (signal.SIGINT, 30))
        raise


def started(
    argv: Argv,
    *,
    log: IO[bytes] | None = None,
    env: Mapping[str, str] | None = None,
    account: Account | None = None,
    cwd: Path | None = None,
    pass_fds: Sequence[int] = (),
) -> Process:
    """Starts `argv` in a session of its own, so that a Ctrl-C reaches only us and we end the processes in order."""
    streams = {"stdin": subprocess.DEVNULL, "stdout": log, "stderr": log}
    return opened(argv, env, cwd=cwd, start_new_session=True, pass_fds=pass_fds, **streams, **identity(account))


def opened(argv: Argv, env: Mapping[str, str] | None, **options: Any) -> Process:
    """A process that runs `argv`. A signal that comes while it starts is heeded once there is a process to end."""
    process = None
    try:
        with SIGNALS.held():
            process = subprocess.Popen([str(part) for part in argv], env=environment(env), **options)
    except BaseException:
        if process:
            ended(process, (signal.SIGTERM, 45))
        raise
    return process


def ended(process: Process, *steps: tuple[signal.Signals, float]) -> None:
    """Sends each step's signal and waits its seconds, until the process has ended; SIGKILL is the last step."""
    for number, seconds in (*steps, (signal.SIGKILL, 5)):
        if process.poll() is not None:
            return
        process.send_signal(number)
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            continue


def become(argv: Argv, env: Mapping[str, str]) -> NoReturn:
    """Puts `argv` in our place."""
    sys.stdout.flush()
    os.execvpe(str(argv[0]), [str(part) for part in argv], environment(env) or {})


class Signals:
    """Turns the signals that end a program into Stopped, once: those that follow find us stopping already."""

    def __init__(self) -> None:
        self.heeded: list[signal.Signals] = []
        self.holding = False
        self.came: int | None = None

    def heed(self) -> None:
        # nohup and `&` in a script want to be left alone.
        all_of_them = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
        self.heeded = [number for number in all_of_them if signal.getsignal(number) != signal.SIG_IGN]
        for number in self.heeded:
            signal.signal(number, self.stop)

    def stop(self, number: int, frame: object) -> None:
        for other in self.heeded:
            signal.signal(other, signal.SIG_IGN)
        self.came = number
        if not self.holding:
            raise Stopped(number)

    def check(self) -> None:
        """Raises Stopped when a signal has come: an exception out of a handler is lost where Python runs a finalizer."""
        if self.came is not None:
            raise Stopped(self.came)

    @contextmanager
    def held(self) -> Iterator[None]:
        """Python forks long before it knows of the child: an exception in between would leave it to nobody."""
        self.holding, before = True, self.came
        try:
            yield
        finally:
            self.holding = False
            # What ends a home after a signal starts processes too, and is not to be stopped by that signal again.
            if before is None:
                self.check()


SIGNALS = Signals()


def environment(more: Mapping[str, str] | None) -> dict[str, str] | None:
    return {**os.environ, **more} if more else None


def identity(account: Account | None) -> dict[str, Any]:
    return {"user": account.uid, "group": account.gid, "extra_groups": []} if account else {}
