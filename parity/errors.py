"""Errors that a user can mend, and the one place that turns exceptions into exit codes."""

import errno
import os
import signal
import sys
from collections.abc import Callable

FINE = 0
USERS_ERROR = 1
USAGE = 2
OUR_BUG = 3
CTRL_C = 130


class UserError(Exception):
    """What is wrong, the command or edit that mends it, and a stable id. `message` may begin with `file:line: `."""

    def __init__(self, message: str, hint: str, id: str, *, usage: bool = False) -> None:
        super().__init__(message)
        self.message, self.hint, self.id = message, hint, id
        self.code = USAGE if usage else USERS_ERROR

    def __str__(self) -> str:
        return f"{self.message} [{self.id}]\nhint: {self.hint}"


class Stopped(BaseException):
    """A signal asked us to stop. No `except Exception` may swallow it."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


def exit_code(work: Callable[[], int], tell: Callable[[UserError], None] | None = None) -> int:
    """Runs `work`; `tell` says a user's error to whoever waits for it, by default on stderr."""
    try:
        return work()
    except UserError as error:
        (tell or say)(error)
        return error.code
    except BrokenPipeError:
        # Whoever read our output has left, as `head` does; Python would say so once more while it ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return USERS_ERROR
    except OSError as error:
        users = of_the_machine(error)
        if users is None:
            return bug()
        (tell or say)(users)
        return USERS_ERROR
    except Stopped as stopped:
        return CTRL_C if stopped.number == signal.SIGINT else FINE
    except KeyboardInterrupt:
        return CTRL_C
    except Exception:
        return bug()


def say(error: UserError) -> None:
    print(f"parity: {error}", file=sys.stderr, flush=True)


def bug() -> int:
    import traceback  # A tenth of the time that a run without a bug takes to start.

    traceback.print_exc()
    print("parity: this is our bug [bug]\nhint: report it with the lines above", file=sys.stderr, flush=True)
    return OUR_BUG


def of_the_machine(error: OSError) -> UserError | None:
    """The user's form of an error that the machine made, such as a full disk; None when it may be our bug."""
    name = error.filename or "a file"
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return disk_full(f"the disk is full: {name} could not be written")
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        hint = f"run this as the user it belongs to, or give it to yours: sudo chown -R $(id -u) {name}"
        return UserError(f"{name}: this user may not read or write it", hint, "not-permitted")
    return None


def disk_full(message: str) -> UserError:
    return UserError(message, "free some space (`df -h .` shows where), then start again", "disk-full")
