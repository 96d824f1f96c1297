import fcntl
from pathlib import Path

import pytest

from parity.contract.order import Running
from parity.errors import UserError
from parity.state import State, tail

HOME = Running("embedded", "http://127.0.0.1:8000", 4242, True)


def test_a_second_start_says_which_home_runs_and_where(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MAKELEVEL", "1")
    state = State(tmp_path)
    with state.held(HOME), pytest.raises(UserError) as caught, State(tmp_path).held(HOME):
        pass
    assert str(caught.value) == (
        "the embedded home runs already at http://127.0.0.1:8000 (pid 4242) [already-runs]\n"
        "hint: `make logs` shows what it says, `make down` stops it"
    )


def test_a_home_is_known_while_it_holds_the_lock(tmp_path: Path) -> None:
    state = State(tmp_path)
    assert state.running() is None
    with state.held(HOME):
        assert state.running() == HOME
    assert state.running() is None
    assert not (tmp_path / ".parity/home.json").exists()


def test_what_a_killed_home_wrote_counts_for_nothing(tmp_path: Path) -> None:
    state = State(tmp_path)
    state.make()
    (tmp_path / ".parity/lock").touch()
    (tmp_path / ".parity/home.json").write_text('{"home": "embedded", "address": "", "pid": 1, "detach": true}')
    assert state.running() is None


def test_a_home_that_has_not_said_its_name_yet_is_still_refused(tmp_path: Path) -> None:
    state = State(tmp_path)
    state.make()
    with (tmp_path / ".parity/lock").open("wb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(UserError, match="another home is starting here"), state.held(HOME):
            pass


def test_a_log_is_fresh_and_private(tmp_path: Path) -> None:
    state = State(tmp_path)
    state.make()
    state.log.write_text("the last run")
    with state.fresh_log() as log:
        log.write(b"one\ntwo\nthree\n")
    assert tail(state.log, 2) == "two\nthree"
    with state.fresh_log("other"):
        assert (tmp_path / ".parity/other").stat().st_mode & 0o777 == 0o600
    assert tail(tmp_path / "none", 2) == ""
