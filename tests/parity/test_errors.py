import errno
import signal

import pytest

from parity.errors import Stopped, UserError, exit_code


def raising(error: BaseException) -> int:
    def work() -> int:
        raise error

    return exit_code(work)


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (UserError("what", "how", "id"), 1),
        (OSError(errno.ENOSPC, "No space left on device", "/data/x"), 1),
        (PermissionError(errno.EACCES, "Permission denied", "/data/x"), 1),
        (OSError(errno.EBADF, "Bad file descriptor"), 3),
        (ValueError("ours"), 3),
        (Stopped(signal.SIGINT), 130),
        (KeyboardInterrupt(), 130),
        (Stopped(signal.SIGTERM), 0),
    ],
)
def test_one_place_turns_exceptions_into_exit_codes(error: BaseException, code: int) -> None:
    assert raising(error) == code


def test_what_is_wrong_goes_to_stderr_with_its_id_and_the_way_out(capfd: pytest.CaptureFixture[str]) -> None:
    raising(UserError(".env:3: this is wrong", "do that", "some-id"))
    assert capfd.readouterr() == ("", "parity: .env:3: this is wrong [some-id]\nhint: do that\n")


def test_a_full_disk_is_the_machines_and_not_our_bug(capfd: pytest.CaptureFixture[str]) -> None:
    raising(OSError(errno.ENOSPC, "No space left on device", "/data/x"))
    assert capfd.readouterr().err == (
        "parity: the disk is full: /data/x could not be written [disk-full]\n"
        "hint: free some space (`df -h .` shows where), then start again\n"
    )


def test_a_file_of_another_user_is_named(capfd: pytest.CaptureFixture[str]) -> None:
    raising(PermissionError(errno.EACCES, "Permission denied", ".parity/lock"))
    assert capfd.readouterr().err == (
        "parity: .parity/lock: this user may not read or write it [not-permitted]\n"
        "hint: run this as the user it belongs to, or give it to yours: sudo chown -R $(id -u) .parity/lock\n"
    )


def test_our_bug_shows_where_it_is(capfd: pytest.CaptureFixture[str]) -> None:
    raising(ValueError("ours"))
    told = capfd.readouterr().err
    assert told.startswith("Traceback (most recent call last):")
    assert told.endswith("ValueError: ours\nparity: this is our bug [bug]\nhint: report it with the lines above\n")
