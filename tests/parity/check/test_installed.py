"""`parity` by itself: installed from this repository into an environment that holds nothing else."""

import shutil
import subprocess
import sys
from pathlib import Path

from tests.homes import ROOT


def run(*argv: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(part) for part in argv], cwd=cwd, capture_output=True, text=True, timeout=300, check=False
    )


def test_it_needs_yaml_and_nothing_of_the_app(tmp_path: Path) -> None:
    source = tmp_path / "source"
    source.mkdir()
    for name in ("parity", "pyproject.toml", "README.md"):
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, source / name)
    run(sys.executable, "-m", "venv", tmp_path / "venv", cwd=tmp_path)
    programs = tmp_path / "venv/bin"
    installed = run(programs / "pip", "install", "--quiet", "--disable-pip-version-check", source, cwd=tmp_path)
    assert installed.returncode == 0, installed.stderr
    listed = run(
        programs / "pip", "list", "--format", "freeze", "--exclude", "pip", "--exclude", "setuptools", cwd=tmp_path
    )
    assert sorted(line.partition("==")[0].lower() for line in listed.stdout.split()) == ["parity", "pyyaml"]

    repository = tmp_path / "repository"
    repository.mkdir()
    (repository / "Procfile").write_text("web: gunicorn shop.wsgi --bind 0.0.0.0:8000\n")
    found = run(programs / "parity", "check", "--only", "port-not-bound", cwd=repository)
    assert (found.returncode, found.stderr) == (1, "")
    assert found.stdout.startswith("Procfile:1: error: gunicorn of web in heroku listens on the fixed port 8000")
    page = run(programs / "parity", "explain", "port-not-bound", cwd=repository)
    assert page.stdout == (ROOT / "parity/pages/port-not-bound.md").read_text()
