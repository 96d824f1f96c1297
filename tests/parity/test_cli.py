"""The command line as a person types it, in a folder that holds little."""

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def parity(folder: Path, *arguments: str, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    whole = {**os.environ, "PYTHONPATH": str(ROOT), **(env or {})}
    whole.pop("MAKELEVEL", None)
    argv = [sys.executable, "-m", "parity", *arguments]
    return subprocess.run(
        argv, cwd=folder, env=whole, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60, check=False
    )


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    (tmp_path / "Procfile").write_text("web: sleep 60\n")
    (tmp_path / ".env.example").write_text("SECRET_KEY=\n")
    return tmp_path


@pytest.mark.parametrize(
    "arguments", [[], ["fly"], ["up", "--in", "space"], ["up", "--port", "0"], ["up", "--port", "x"]]
)
def test_wrong_usage_ends_with_2(repository: Path, arguments: list[str]) -> None:
    done = parity(repository, *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("usage: parity")


def test_a_folder_without_a_procfile_is_refused(tmp_path: Path) -> None:
    done = parity(tmp_path, "up")
    assert (done.returncode, done.stdout, done.stderr) == (
        1,
        "",
        f"parity: Procfile is missing in {tmp_path} [file-missing]\n"
        "hint: go to the root of a repository that has one, then start again\n",
    )


def test_a_procfile_that_does_not_begin_with_web_is_refused(repository: Path) -> None:
    (repository / "Procfile").write_text("release: true\nweb: sleep 60\n")
    done = parity(repository, "up")
    assert (done.returncode, done.stderr) == (
        1,
        "parity: Procfile: the first process type is not `web` [web-not-first]\nhint: begin it with `web: COMMAND`\n",
    )


def test_a_repository_without_an_example_is_refused_and_nothing_is_left(repository: Path) -> None:
    (repository / ".env.example").unlink()
    done = parity(repository, "up", "--in", "embedded")
    assert done.returncode == 1
    assert done.stderr.startswith(f"parity: .env.example is missing in {repository} [file-missing]\n")
    assert sorted(path.name for path in repository.iterdir()) == ["Procfile"]


def test_containers_by_force_without_an_engine_are_refused_and_nothing_is_left(repository: Path) -> None:
    (repository / "compose.yaml").touch()
    done = parity(repository, "up", "--in", "compose", env={"PATH": "/nowhere"})
    assert (done.returncode, done.stdout, done.stderr) == (
        1,
        "",
        "parity: the compose home needs containers, and docker is not installed [no-engine]\n"
        "hint: start Docker, or `python3 -m parity up --in embedded`, which needs none\n",
    )
    assert not (repository / ".env").exists()


def test_which_says_the_home_and_why(repository: Path) -> None:
    (repository / "compose.yaml").touch()
    done = parity(repository, "which", env={"PATH": "/nowhere"})
    assert (done.returncode, done.stdout, done.stderr) == (0, "embedded, because docker is not installed\n", "")


def test_down_where_nothing_runs_is_fine(repository: Path) -> None:
    done = parity(repository, "down")
    assert (done.returncode, done.stdout, done.stderr) == (0, "nothing runs here\n", "")


def test_logs_where_nothing_runs_says_so(repository: Path) -> None:
    done = parity(repository, "logs")
    assert (done.returncode, done.stdout, done.stderr) == (
        1,
        "",
        "parity: nothing runs here [nothing-runs]\nhint: `python3 -m parity up` starts a home\n",
    )


def test_clean_asks_and_without_a_terminal_refuses(repository: Path) -> None:
    (repository / ".parity").mkdir()
    (repository / ".parity/data").touch()
    done = parity(repository, "clean")
    assert (done.returncode, done.stderr) == (
        1,
        "parity: clean removes data, and there is no terminal to ask on [not-asked]\n"
        "hint: `make clean YES=1`, or `python3 -m parity clean --yes`, doesn't ask\n",
    )
    assert (repository / ".parity/data").exists()


def test_clean_that_was_told_so_removes_data_and_not_dotenv(repository: Path) -> None:
    elsewhere = repository / "elsewhere"
    elsewhere.mkdir()
    (repository / ".env").touch()
    (repository / ".parity").mkdir()
    (repository / ".parity/postgres").symlink_to(elsewhere)
    done = parity(repository, "clean", "--yes")
    assert (done.returncode, done.stdout, done.stderr) == (
        0,
        "This removes every article, account and photo of the homes on this machine:\n"
        f"  {repository}/.parity\n"
        f"  {elsewhere}\n"
        "removed; .env stays, since it is yours to edit\n",
        "",
    )
    assert sorted(path.name for path in repository.iterdir()) == [".env", ".env.example", "Procfile"]


def test_a_reader_that_leaves_early_is_no_bug_of_ours(repository: Path) -> None:
    command = f"{sys.executable} -m parity down | true; echo ${{PIPESTATUS[0]}}"
    done = subprocess.run(
        ["bash", "-c", command],
        cwd=repository,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.stderr == ""
    assert done.stdout in ("0\n", "1\n")


def test_a_python_that_is_too_old_can_read_the_file_that_tells_it_so() -> None:
    ast.parse((ROOT / "parity/__main__.py").read_text(), feature_version=(3, 4))


def test_a_python_that_is_too_old_is_told_so() -> None:
    program = "import runpy, sys; sys.version_info = (3, 9, 1); runpy.run_module('parity', run_name='__main__')"
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (
        1,
        "",
        "parity: Python 3.9 is too old: 3.11 or newer is needed [python-too-old]\n"
        "hint: install a newer Python, then run it with its name, such as: python3.13 -m parity up\n",
    )


def test_containers_are_started_with_the_standard_library_alone() -> None:
    program = (
        "import sys; sys.path_importer_cache.clear();"
        "import parity.cli, parity.homes.compose;"
        "ours = {'parity', *sys.stdlib_module_names};"
        "print(sorted({name.split('.')[0] for name in sys.modules} - ours - {'__main__'}))"
    )
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", f"import sys; sys.path.append({str(ROOT)!r}); {program}"],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.stdout, done.stderr) == ("[]\n", "")
