"""The Makefile as a person meets it."""

import os
import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def make(*arguments: str, folder: Path = ROOT, path: str | None = None) -> subprocess.CompletedProcess[str]:
    env = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    argv = ["/usr/bin/env", "make", f"--file={ROOT}/Makefile", *arguments]
    return subprocess.run(
        argv,
        cwd=folder,
        env={**env, **({"PATH": path} if path else {})},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_a_bare_make_lists_every_command_with_one_line() -> None:
    declared = re.search(r"^\.PHONY: (.*)", (ROOT / "Makefile").read_text(), re.MULTILINE)
    assert declared
    listed = make().stdout.splitlines()
    assert [line.split()[1] for line in listed] == declared[1].split()
    assert all(re.fullmatch(r"make [a-z]+ +\S.*", line) for line in listed)


def test_accept_without_an_address_says_what_to_type() -> None:
    done = make("accept", "--old-file=.venv/ready")
    assert done.returncode == 2
    assert done.stderr.startswith(
        "make: no address given [usage]\nhint: WIKI_USERNAME=… WIKI_PASSWORD=… make accept URL=http://127.0.0.1:8000\n"
    )


def test_a_machine_whose_pythons_are_too_old_is_told_so(tmp_path: Path) -> None:
    (tmp_path / "requirements-dev.txt").touch()
    (tmp_path / "bin").mkdir()
    old = tmp_path / "bin/python3"
    old.write_text("#!/bin/sh\nexit 1\n")
    old.chmod(0o755)
    for program in ("make", "sh", "test", "echo"):
        (tmp_path / "bin" / program).symlink_to(
            next(Path(p) / program for p in ("/usr/bin", "/bin") if (Path(p) / program).exists())
        )
    done = make(".venv/ready", folder=tmp_path, path=str(tmp_path / "bin"))
    assert done.returncode == 2
    assert done.stderr.startswith(
        "make: no Python 3.11 or newer is on the PATH [python-too-old]\n"
        "hint: install one, such as python3.13, then start again\n"
    )
    assert not (tmp_path / ".venv").exists()


def test_up_passes_on_where_and_on_which_port() -> None:
    done = make("--dry-run", "up", "IN=honcho", "PORT=8001", "--old-file=.venv/ready")
    assert done.stdout.endswith(" -m parity up --in honcho --port 8001 --detach\n")
