import os
import pwd
from pathlib import Path

import pytest

from parity import processes
from parity.contract.order import Account
from parity.embedded import account
from parity.errors import UserError


@pytest.fixture
def root(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)


def test_a_user_that_is_not_root_runs_postgres_itself(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert account.for_postgres(tmp_path) is None


@pytest.mark.usefixtures("root")
def test_root_takes_the_user_that_the_machine_has_for_postgres(monkeypatch: pytest.MonkeyPatch) -> None:
    there = Account("_postgres", 216, 216)
    monkeypatch.setattr(account, "known", lambda name: there if name == "_postgres" else None)
    assert account.for_postgres(Path("/nowhere")) == there


@pytest.mark.usefixtures("root")
def test_root_without_a_user_to_run_postgres_as_is_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    argvs = []

    def captured(argv: list[str], seconds: float) -> processes.Finished:
        argvs.append(argv)
        return processes.Finished(127, "useradd: not found")

    monkeypatch.setattr(pwd, "getpwnam", lambda name: {}[name])
    monkeypatch.setattr(processes, "captured", captured)
    with pytest.raises(UserError) as caught:
        account.for_postgres(Path("/nowhere"))
    assert str(caught.value) == (
        "Postgres refuses to run as root, and the user parity could not be made: useradd: not found [no-account]\n"
        "hint: run this as a user that is not root, or make a user named postgres"
    )
    assert argvs == [
        [
            "useradd",
            "--system",
            "--no-create-home",
            "--home-dir",
            "/nonexistent",
            "--shell",
            "/usr/sbin/nologin",
            "parity",
        ]
    ]
