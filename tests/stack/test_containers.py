"""The homes with containers, as parity starts them: compose, and honcho beside Postgres and MinIO from compose."""

import re
import signal
import subprocess
from collections.abc import Iterator
from itertools import takewhile

import httpx
import pytest

from tests.stack.clones import Clone, own_clone

pytestmark = pytest.mark.docker


@pytest.fixture
def home() -> Iterator[Clone]:
    with own_clone() as made:
        yield made
        made.run("down")
        made.run("clean", "--yes")
        assert made.processes() == []
        assert made.containers() == []
        assert volumes(made) == []


def volumes(home: Clone) -> list[str]:
    argv = ["docker", "volume", "ls", "--quiet", "--filter", f"label=com.docker.compose.project={home.project}"]
    return subprocess.run(argv, capture_output=True, text=True, timeout=60, check=True).stdout.split()


def assert_up(home: Clone, where: str) -> str:
    done = home.up(where)
    assert done.returncode == 0, done.stdout + done.stderr
    assert httpx.get(f"{home.url}/readyz").status_code == 200
    return done.stdout


def banner(home: Clone, where: str) -> str:
    return (
        f"\nDynowiki answers at {home.url} ({where}, after SECONDS s)\n"
        "\n"
        f"  log in    {home.url}/login\n"
        f"            as editor with the password {home.variables()['DJANGO_SUPERUSER_PASSWORD']} (both are in .env)\n"
        f"  try next  {home.url}/   the welcome article\n"
        f"            {home.url}/new   write an article, and put a photo on it\n"
        "  logs      make logs\n"
        "  stop      make down\n"
        "\n"
    )


@pytest.mark.parametrize("where", ["compose", "honcho"])
def test_it_answers_says_so_once_keeps_data_and_leaves_nothing(home: Clone, where: str) -> None:
    told = re.sub(r"after [0-9.]+ s", "after SECONDS s", assert_up(home, where))
    assert told.startswith(f"home: {where}, as asked\n.env: written from .env.example")
    assert told.endswith(banner(home, where))
    revision = httpx.get(home.url).headers["ETag"]

    second = home.up(where)
    assert second.returncode == 1
    assert second.stderr.startswith(f"parity: the {where} home runs already at {home.url}")
    assert second.stderr.endswith("[already-runs]\nhint: `make logs` shows what it says, `make down` stops it\n")

    assert home.run("down").stdout.endswith(f"the {where} home is stopped; its data stays\n")
    assert home.processes() == []
    assert home.containers() == ([] if where == "compose" else ["db-1", "minio-1"])
    assert_up(home, where)
    assert httpx.get(home.url).headers["ETag"] == revision


def test_ctrl_c_in_front_of_the_containers_takes_them_down(home: Clone) -> None:
    process = home.start("up", "--in", "compose", "--port", str(home.port))
    assert process.stdout
    told = list(takewhile(lambda line: line != "  stop      Ctrl-C\n", process.stdout))
    assert f"Dynowiki answers at {home.url}" in "".join(told)
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=90)
    assert process.returncode == 130
    assert home.containers() == []


def test_a_release_that_fails_leaves_no_container(home: Clone) -> None:
    override = "services:\n  release:\n    command: sh -c 'echo no such table; exit 1'\n"
    (home.folder / "docker-compose.override.yml").write_text(override)
    done = home.up("compose")
    assert done.returncode == 1
    assert re.search(r"release-1 +\| no such table$", done.stdout, re.MULTILINE)
    assert done.stderr.endswith(
        "parity: release failed, so the containers were removed [containers-failed]\nhint: the log above says why\n"
    )
    assert home.containers() == []


def test_without_images_the_choice_falls_on_the_embedded_home(home: Clone) -> None:
    """No registry has these, and nothing builds them."""
    (home.folder / "docker-compose.yml").write_text("services:\n  web:\n    image: localhost:1/no-such-image\n")
    forced = home.up("compose")
    assert forced.returncode == 1
    assert forced.stderr.endswith(
        "parity: the images could be neither pulled nor built [no-images]\nhint: the lines above say why\n"
    )
    done = home.up("auto")
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert lines[0].startswith("home: compose, because a Docker engine answers (")
    assert "home: embedded, because the images could be neither pulled nor built" in lines
    assert f"Dynowiki answers at {home.url} (embedded, after" in done.stdout
