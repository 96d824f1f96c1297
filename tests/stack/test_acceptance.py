"""The one suite for any base URL, run against each home on this machine; the run ends with their table."""

import json
import secrets
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.acceptance.table import table
from tests.homes import ROOT, Home, image_home, without_config
from tests.stack.clones import own_clone
from tests.stack.conftest import TABLES
from tests.stack.router import router

HOMES = [
    pytest.param("compose", marks=pytest.mark.docker),
    pytest.param("honcho", marks=pytest.mark.docker),
    "embedded",
]


@pytest.fixture(scope="module")
def points(tmp_path_factory: pytest.TempPathFactory, pytestconfig: pytest.Config) -> Iterator[Path]:
    """A folder for each home's outcome, whose table closes the run."""
    folder = tmp_path_factory.mktemp("points")
    yield folder
    pytestconfig.stash.setdefault(TABLES, []).append(across(folder))


def across(folder: Path) -> str:
    found = {name: folder / f"{name}.json" for name in ("compose", "honcho", "embedded", "image-behind-tls")}
    return table({name: json.loads(path.read_text()) for name, path in found.items() if path.exists()})


@pytest.mark.parametrize("home", HOMES)
def test_every_point_holds(home: str, points: Path) -> None:
    with own_clone() as clone:
        try:
            up = clone.up(home)
            assert up.returncode == 0, up.stdout + up.stderr
            done = accept(clone.login(), points / f"{home}.json")
            assert done.returncode == 0, done.stdout
        finally:
            clone.run("down")
            clone.run("clean", "--yes")


@pytest.mark.docker
def test_every_point_holds_behind_tls_under_productions_variables(image: str, points: Path, tmp_path: Path) -> None:
    """The image as Heroku runs it: a key that is fit for others, a host that isn't loopback, TLS ended before it."""
    with image_home(PRODUCTION) as home, router(home.port, tmp_path) as front:
        behind = Home(front.url, home.username, home.password)
        done = accept(behind, points / "image-behind-tls.json", SSL_CERT_FILE=str(front.certificate))
        assert done.returncode == 0, done.stdout


PRODUCTION = {
    "HTTPS_ONLY": "true",
    "ALLOWED_HOSTS": "localhost,127.0.0.1,wiki.example.com",
    "SECRET_KEY": secrets.token_hex(32),
}


def accept(home: Home, outcome: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """`make accept`."""
    login = {"WIKI_USERNAME": home.username, "WIKI_PASSWORD": home.password, **environment}
    argv = [sys.executable, "-m", "pytest", "tests/acceptance", f"--url={home.url}", f"--points={outcome}", "-q"]
    return subprocess.run(
        argv, cwd=ROOT, env={**without_config(), **login}, capture_output=True, text=True, timeout=300, check=False
    )
