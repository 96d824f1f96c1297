"""The user that Postgres runs as when we are root, which it refuses.

https://www.postgresql.org/docs/current/postgres-user.html
"""

import os
import pwd
from pathlib import Path

from parity import processes
from parity.contract.order import Account
from parity.errors import UserError

# Debian's and macOS's own users for Postgres come first; NAME is made when a machine has neither.
NAME = "parity"
USUAL = ("postgres", "_postgres", NAME)


def for_postgres(data: Path) -> Account | None:
    """None unless we are root; then the owner of the data, a user that machines keep for Postgres, or a new one."""
    if os.geteuid() != 0:
        return None
    if data.exists() and data.stat().st_uid != 0:
        return Account(data.owner(), data.stat().st_uid, data.stat().st_gid)
    return next(filter(None, map(known, USUAL)), None) or made()


def known(name: str) -> Account | None:
    try:
        entry = pwd.getpwnam(name)
    except KeyError:
        return None
    return Account(name, entry.pw_uid, entry.pw_gid)


def made() -> Account:
    argv = [
        "useradd",
        "--system",
        "--no-create-home",
        "--home-dir",
        "/nonexistent",
        "--shell",
        "/usr/sbin/nologin",
        NAME,
    ]
    done = processes.captured(argv, seconds=30)
    account = known(NAME)
    if account is None:
        message = f"Postgres refuses to run as root, and the user {NAME} could not be made: {done.output.strip()}"
        raise UserError(message, "run this as a user that is not root, or make a user named postgres", "no-account")
    return account


def reaches(account: Account, folder: Path) -> bool:
    """Whether `account` can enter `folder`. Asked of the kernel, since access lists and mounts have a say too."""
    return (
        processes.captured(["/bin/sh", "-c", 'cd "$1"', "sh", folder], seconds=10, account=account, cwd=Path("/")).code
        == 0
    )
