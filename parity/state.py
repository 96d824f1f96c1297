"""The folder `.parity`: the data, logs and lock of the homes that run without containers."""

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import BinaryIO

from parity.contract.order import Running
from parity.errors import UserError
from parity.report import typed


class State:
    """`.parity` in a repository's root."""

    def __init__(self, root: Path) -> None:
        self.folder = root.resolve() / ".parity"
        self.log = self.folder / "log"
        self.postgres = self.folder / "postgres"
        self.s3 = self.folder / "s3"

    def make(self) -> None:
        self.folder.mkdir(exist_ok=True)

    @contextmanager
    def held(self, running: Running) -> Iterator[None]:
        """Holds the lock, which the kernel lets go even when this process is killed. Raises UserError if a home runs."""
        self.make()
        with (self.folder / "lock").open("ab") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                self.refuse_when_running()
                raise UserError(
                    "another home is starting here", "wait a moment, then start again", "starting"
                ) from None
            self._home.write_text(json.dumps(asdict(running)) + "\n")
            try:
                yield
            finally:
                self._home.unlink(missing_ok=True)

    def running(self) -> Running | None:
        """The home that holds the lock, or None."""
        if not self._is_held():
            return None
        try:
            return Running(**json.loads(self._home.read_text()))
        except (FileNotFoundError, ValueError):
            # Between taking the lock and writing the file a home has no name yet, nor any part to stop.
            return None

    def refuse_when_running(self) -> None:
        """Raises UserError when a home holds the lock."""
        if running := self.running():
            raise UserError(
                f"the {running.home} home runs already at {running.address} (pid {running.pid})",
                f"`{typed('logs')}` shows what it says, `{typed('down')}` stops it",
                "already-runs",
            )

    def fresh_log(self, name: str = "log") -> BinaryIO:
        """An empty log of mode 600; the logs of the last run are kept until the next one starts."""
        self.make()
        number = os.open(self.folder / name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_APPEND, 0o600)
        return os.fdopen(number, "wb", buffering=0)

    @property
    def _home(self) -> Path:
        return self.folder / "home.json"

    def _is_held(self) -> bool:
        try:
            with (self.folder / "lock").open("rb") as lock:
                fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except FileNotFoundError:
            return False
        except BlockingIOError:
            return True
        return False


def tail(path: Path, lines: int) -> str:
    """The last lines of a log, empty when there is none. Logs of a laptop are small enough to be read whole."""
    try:
        return "\n".join(path.read_text(errors="replace").splitlines()[-lines:])
    except FileNotFoundError:
        return ""
