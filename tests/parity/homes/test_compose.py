"""The home in containers, with a docker that only writes down what it is asked."""

import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from parity import processes, readiness
from parity.contract.order import Bucket, Database, Front, Order
from parity.errors import UserError
from parity.homes import compose
from parity.report import Report

Fake = Callable[..., "Docker"]


class Docker:
    """What `docker compose` is asked, in order; `fails` and `ps` are its answers."""

    def __init__(self, fails: str = "", ps: str = "") -> None:
        self.asked: list[str] = []
        self.environments: list[Any] = []
        self.fails, self.ps = fails, ps

    def shown(self, argv: list[str], env: dict[str, str] | None = None) -> int:
        self.asked.append(argv[2])
        self.environments.append(env)
        return int(argv[2] == self.fails)

    def captured(self, argv: list[str], **options: object) -> processes.Finished:
        if argv[2] != "ps":
            self.asked.append(argv[2])
        return processes.Finished(0, self.ps)


@pytest.fixture
def docker(monkeypatch: pytest.MonkeyPatch) -> Fake:
    def fake(**answers: str) -> Docker:
        made = Docker(**answers)
        monkeypatch.setattr(processes, "shown", made.shown)
        monkeypatch.setattr(processes, "captured", made.captured)
        monkeypatch.setattr(readiness, "wait", lambda *arguments, **options: None)
        return made

    monkeypatch.setenv("MAKELEVEL", "1")
    return fake


def free() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def order(*, detach: bool = True) -> Order:
    database, bucket = Database("127.0.0.1", free(), "u", "p", "n"), Bucket("127.0.0.1", free(), "k", "s", "b")
    return Order("compose", Path("/r"), free(), detach, database, bucket, None, Front())


def test_images_come_first_then_the_containers(docker: Fake, capfd: pytest.CaptureFixture[str]) -> None:
    asked, ordered = docker(), order()
    compose.run(ordered, Report())
    assert asked.asked == ["build", "create", "up"]
    assert asked.environments[0] == {
        "WEB_PORT": str(ordered.port),
        "DB_PORT": str(ordered.database and ordered.database.port),
        "S3_PORT": str(ordered.bucket and ordered.bucket.port),
    }
    assert capfd.readouterr().out.splitlines()[:4] == [
        "images: building the app, pulling or building what else is missing (the first time takes minutes)",
        "containers: starting",
        "",
        f"The app answers at {ordered.address} (compose, after 0.0 s)",
    ]


def test_in_the_foreground_the_logs_follow(docker: Fake) -> None:
    asked = docker()
    compose.run(order(detach=False), Report())
    assert asked.asked == ["build", "create", "up", "logs", "down"]


def test_an_app_that_can_not_be_built_anew_runs_as_it_was(docker: Fake, capfd: pytest.CaptureFixture[str]) -> None:
    asked = docker(fails="build")
    compose.run(order(), Report())
    assert asked.asked == ["build", "create", "up"]
    assert "images: the app's could not be built anew; one that is there already will do\n" in capfd.readouterr().out


def test_without_images_nothing_is_left(docker: Fake) -> None:
    asked = docker(fails="create")
    with pytest.raises(compose.NoImagesError) as caught:
        compose.run(order(), Report())
    assert asked.asked == ["build", "create", "down"]
    assert str(caught.value) == (
        "the images could be neither pulled nor built [no-images]\nhint: the lines above say why"
    )


def test_containers_that_fail_show_their_logs_and_are_removed(docker: Fake) -> None:
    asked = docker(fails="up", ps='{"Service":"release","State":"exited","ExitCode":1}')
    with pytest.raises(UserError) as caught:
        compose.run(order(), Report())
    assert asked.asked == ["build", "create", "up", "logs", "down"]
    assert str(caught.value) == (
        "release failed, so the containers were removed [containers-failed]\nhint: the log above says why"
    )


def test_a_second_start_says_where_the_first_one_is(docker: Fake) -> None:
    asked = docker(ps='{"Service":"web","State":"running","Publishers":[{"PublishedPort":8001}]}')
    with pytest.raises(UserError) as caught:
        compose.run(order(), Report())
    assert asked.asked == []
    assert str(caught.value) == (
        "the compose home runs already at http://127.0.0.1:8001 [already-runs]\n"
        "hint: `make logs` shows what it says, `make down` stops it"
    )


def test_a_start_beside_another_clones_home_says_where_that_is(docker: Fake) -> None:
    label = "com.docker.compose.project.working_dir=/elsewhere"
    docker(ps=f'{{"Service":"web","State":"running","Publishers":[{{"PublishedPort":8001}}],"Labels":"{label}"}}')
    with pytest.raises(UserError) as caught:
        compose.run(order(), Report())
    assert str(caught.value) == (
        "the compose home runs already at http://127.0.0.1:8001, started in /elsewhere [already-runs]\n"
        "hint: `make down` there stops it; COMPOSE_PROJECT_NAME=another keeps this one apart, with ports of its own"
    )
    assert not compose.runs_here(Path("/r"))
    assert compose.runs_here(Path("/elsewhere"))


@pytest.mark.parametrize(
    ("which", "what", "hint"),
    [
        ("port", "web", "stop what uses it, or choose another: make up PORT={next}"),
        ("database", "db", "stop what uses it, or choose another: change the port in DATABASE_URL, in .env"),
        (
            "bucket",
            "minio",
            "stop what uses it, or choose another: change the port in AWS_ENDPOINT_URL_S3 and MEDIA_ENDPOINT_URL, in .env",
        ),
    ],
)
def test_a_port_in_use_is_refused_before_anything_starts(docker: Fake, which: str, what: str, hint: str) -> None:
    asked, ordered = docker(), order()
    value = getattr(ordered, which)
    port = value if isinstance(value, int) else value.port
    with socket.create_server(("127.0.0.1", port)), pytest.raises(UserError) as caught:
        compose.run(ordered, Report())
    assert asked.asked == []
    assert str(caught.value) == (
        f"port {port} is in use, and the container {what} needs it [port-in-use]\nhint: {hint.format(next=port + 1)}"
    )


def test_a_container_that_runs_may_keep_its_port(docker: Fake) -> None:
    ordered = order()
    assert ordered.database
    asked = docker(ps='{"Service":"db","State":"running","Publishers":[]}')
    with socket.create_server(("127.0.0.1", ordered.database.port)):
        compose.run(ordered, Report())
    assert asked.asked == ["build", "create", "up"]
