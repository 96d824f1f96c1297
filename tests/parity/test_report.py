import json
import os
from pathlib import Path

import pytest

from parity.contract.order import Front, Login, Order
from parity.errors import UserError
from parity.report import Report, banner, typed


def order(detach: bool) -> Order:
    front = Front("Dynowiki", "/readyz", "/login", ("/  the welcome article", "/new  write an article"))
    login = Login("editor", "hush")
    return Order("embedded", Path("/r"), 8000, detach, None, None, login, front)


def test_the_banner_of_a_home_in_the_background(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MAKELEVEL", "1")
    assert banner(order(detach=True), 6.25) == (
        "\n"
        "Dynowiki answers at http://127.0.0.1:8000 (embedded, after 6.2 s)\n"
        "\n"
        "  log in    http://127.0.0.1:8000/login\n"
        "            as editor with the password hush (both are in .env)\n"
        "  try next  http://127.0.0.1:8000/   the welcome article\n"
        "            http://127.0.0.1:8000/new   write an article\n"
        "  logs      make logs\n"
        "  stop      make down\n"
    )


def test_a_home_in_the_foreground_is_stopped_by_ctrl_c() -> None:
    assert banner(order(detach=False), 1).splitlines()[-1] == "  stop      Ctrl-C"


def test_hints_are_in_the_form_that_this_run_was_called_by(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MAKELEVEL", raising=False)
    assert typed("up", in_="embedded", port=8001) == "python3 -m parity up --in embedded --port 8001"
    monkeypatch.setenv("MAKELEVEL", "1")
    assert typed("up", in_="embedded", port=8001) == "make up IN=embedded PORT=8001"


def test_progress_goes_to_stdout(capfd: pytest.CaptureFixture[str]) -> None:
    report = Report()
    report.say("starting")
    report.ready("answers")
    assert capfd.readouterr() == ("starting\nanswers\n", "")


def test_a_waiting_parent_gets_it_all_until_the_home_is_ready(capfd: pytest.CaptureFixture[str]) -> None:
    ours, theirs = os.pipe()
    report = Report(theirs)
    report.say("starting")
    report.ready("the password is hush")
    report.say("later, for the log")
    with os.fdopen(ours) as lines:
        assert [json.loads(line) for line in lines] == [
            ["say", "starting"],
            ["say", "the password is hush"],
            ["ready", None],
        ]
    assert capfd.readouterr() == ("later, for the log\n", "")


def test_an_error_reaches_the_parent_and_not_the_log(capfd: pytest.CaptureFixture[str]) -> None:
    ours, theirs = os.pipe()
    Report(theirs).error(UserError("what", "how", "id"))
    with os.fdopen(ours) as lines:
        assert json.loads(lines.readline()) == ["error", ["what", "how", "id"]]
    assert capfd.readouterr() == ("", "")


def test_an_error_goes_to_the_log_when_the_parent_has_left(capfd: pytest.CaptureFixture[str]) -> None:
    ours, theirs = os.pipe()
    os.close(ours)
    Report(theirs).error(UserError("what", "how", "id"))
    assert capfd.readouterr() == ("", "parity: what [id]\nhint: how\n")
