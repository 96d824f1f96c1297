"""The whole argument lists of docker, and what is read from its answers."""

from pathlib import Path

import pytest

from parity.contract.order import Bucket, Database, Front, Order
from parity.rehearsal import compose

ORDER = Order(
    home="compose",
    root=Path("/repository"),
    port=8001,
    detach=True,
    database=Database("127.0.0.1", 15433, "u", "p", "n"),
    bucket=Bucket("127.0.0.1", 19001, "k", "s", "b"),
    login=None,
    front=Front(),
)


def test_whole_argument_lists() -> None:
    assert compose.engine() == ["docker", "info", "--format", "{{.ServerVersion}}"]
    assert compose.version() == ["docker", "compose", "version", "--short"]
    assert compose.build("web") == ["docker", "compose", "build", "web"]
    assert compose.create() == ["docker", "compose", "create"]
    assert compose.up() == ["docker", "compose", "up", "--detach", "--wait", "--wait-timeout", "180"]
    assert compose.up("db", "minio") == [*compose.up(), "db", "minio"]
    assert compose.once("bucket") == ["docker", "compose", "run", "--rm", "--no-TTY", "bucket"]
    assert compose.stop("db", "minio") == ["docker", "compose", "stop", "db", "minio"]
    assert compose.logs(lines=10, follow=True) == ["docker", "compose", "logs", "--tail", "10", "--follow"]
    assert compose.logs("web", lines=15, follow=False) == ["docker", "compose", "logs", "--tail", "15", "web"]
    assert compose.ps() == ["docker", "compose", "ps", "--all", "--format", "json"]


def test_only_clean_removes_volumes() -> None:
    assert compose.down() == ["docker", "compose", "down", "--remove-orphans"]
    assert compose.down(volumes=True) == ["docker", "compose", "down", "--remove-orphans", "--volumes"]


def test_ports_are_those_that_dotenv_promises() -> None:
    assert compose.ports(ORDER) == {"WEB_PORT": "8001", "DB_PORT": "15433", "S3_PORT": "19001"}


WEB = """{"Service":"web","State":"running","Publishers":[{"PublishedPort":8000},{"PublishedPort":8000}],\
"Labels":"a=b,com.docker.compose.project.working_dir=/repository,c=d"}"""
DB = '{"Service":"db","State":"running","Publishers":[{"PublishedPort":0}]}'
GONE = '{"Service":"release","State":"exited","Publishers":null}'


@pytest.mark.parametrize(
    ("output", "why"),
    [
        (f"{WEB}\n{DB}\n{GONE}\n", "an object a line, as compose 2.21 and later write"),
        (f"[{WEB},{DB},{GONE}]\n", "one list, as compose before 2.21 writes"),
        (f"time=… level=warning msg=x\n{WEB}\n{DB}\n", "a warning stands before it"),
    ],
)
def test_services_that_run_and_their_ports(output: str, why: str) -> None:
    web, db = compose.Container((8000,), "/repository"), compose.Container((), "")
    assert compose.running(output) == {"web": web, "db": db}, why


def test_services_that_failed() -> None:
    exited = '{"Service":"release","State":"exited","ExitCode":1,"Health":""}'
    fine = '{"Service":"bucket","State":"exited","ExitCode":0,"Health":""}'
    sick = '{"Service":"web","State":"running","ExitCode":0,"Health":"unhealthy"}'
    assert compose.failed(f"{exited}\n{fine}\n{sick}\n{DB}\n") == ["release", "web"]


def test_nothing_runs_when_compose_says_nothing() -> None:
    assert compose.running("") == compose.running("[]\n") == compose.running("no configuration file provided") == {}
