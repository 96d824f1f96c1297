"""The home without containers, really started: in a clone of its own, on ports of its own."""

import os
import re
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from itertools import takewhile
from pathlib import Path
from typing import Any

import boto3
import httpx
import psutil
import psycopg2
import pytest
from botocore.config import Config

from tests.services import until
from tests.stack.clones import Clone, own_clone

BANNER = """\
home: embedded, as asked
.env: written from .env.example, with secrets of its own (mode 600)
Postgres: answers on 127.0.0.1:{database}, data in {folder}/.parity/postgres{account}
bucket: dynowiki answers on 127.0.0.1:{bucket}, data in {folder}/.parity/s3
Procfile: started by honcho; waiting for http://127.0.0.1:{port}/readyz

Dynowiki answers at http://127.0.0.1:{port} (embedded, after {seconds} s)

  log in    http://127.0.0.1:{port}/login
            as editor with the password {password} (both are in .env)
  try next  http://127.0.0.1:{port}/   the welcome article
            http://127.0.0.1:{port}/new   write an article, and put a photo on it
  logs      make logs
  stop      make down

"""


@pytest.fixture
def home() -> Iterator[Clone]:
    with own_clone() as made:
        # Without a compose file `down` and `clean` leave the containers of this machine alone.
        (made.folder / "docker-compose.yml").unlink()
        yield made
        made.run("down")
        made.run("clean", "--yes")
        assert made.processes() == []


def rows(home: Clone, *statements: str) -> Any:
    connection = psycopg2.connect(home.variables()["DATABASE_URL"], sslmode="disable")
    try:
        with connection, connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)
            return cursor.fetchall()
    finally:
        connection.close()


def objects(home: Clone) -> Any:
    values = home.variables()
    return boto3.client(
        "s3",
        endpoint_url=values["AWS_ENDPOINT_URL_S3"],
        aws_access_key_id=values["BUCKETEER_AWS_ACCESS_KEY_ID"],
        aws_secret_access_key=values["BUCKETEER_AWS_SECRET_ACCESS_KEY"],
        region_name=values["BUCKETEER_AWS_REGION"],
        config=Config(s3={"addressing_style": "path"}),
    )


def rclone(home: Clone) -> psutil.Process:
    [found] = [process for process in home.processes() if process.name() == "rclone"]
    return found


def leave_traces(home: Clone) -> None:
    rows(home, "CREATE TABLE trace (word text)", "INSERT INTO trace VALUES ('kept')", "SELECT 1")
    objects(home).put_object(Bucket="dynowiki", Key="public/trace.txt", Body=b"kept")


def assert_traces(home: Clone) -> None:
    assert rows(home, "SELECT word FROM trace") == [("kept",)]
    assert objects(home).get_object(Bucket="dynowiki", Key="public/trace.txt")["Body"].read() == b"kept"


def assert_up(home: Clone) -> subprocess.CompletedProcess[str]:
    done = home.up("embedded")
    assert (done.returncode, done.stderr) == (0, ""), done.stdout
    assert httpx.get(f"{home.url}/readyz").status_code == 200
    return done


def assert_refused(done: subprocess.CompletedProcess[str], error: str) -> None:
    assert (done.returncode, done.stderr) == (1, error)


def test_it_answers_says_how_to_log_in_keeps_data_and_leaves_no_process(home: Clone) -> None:
    done = assert_up(home)
    seconds = re.search(r"after ([0-9.]+) s", done.stdout)
    assert seconds
    assert done.stdout == BANNER.format(
        folder=home.folder,
        port=home.port,
        database=home.database,
        bucket=home.bucket,
        seconds=seconds[1],
        password=home.variables()["DJANGO_SUPERUSER_PASSWORD"],
        account=", as the user postgres since it refuses root" if os.geteuid() == 0 else "",
    )
    assert "Welcome" in httpx.get(f"{home.url}/").text
    assert home.variables()["DJANGO_SUPERUSER_PASSWORD"] not in (home.folder / ".parity/log").read_text()
    assert (home.folder / ".env").stat().st_mode & 0o777 == 0o600
    dotenv = (home.folder / ".env").read_text()
    leave_traces(home)

    second = home.up("embedded")
    assert_refused(
        second,
        f"parity: the embedded home runs already at {home.url} (pid {home.supervisor()}) [already-runs]\n"
        "hint: `make logs` shows what it says, `make down` stops it\n",
    )

    stopped = home.run("down")
    assert (stopped.returncode, stopped.stdout) == (0, "the embedded home is stopped; its data stays\n")
    assert home.processes() == []
    again = home.run("down")
    assert (again.returncode, again.stdout) == (0, "nothing runs here\n")

    assert_up(home)
    assert_traces(home)
    assert (home.folder / ".env").read_text() == dotenv


def test_the_database_is_as_dotenv_promises_and_no_more(home: Clone) -> None:
    assert_up(home)
    assert rows(
        home,
        "SELECT current_user, rolsuper, rolcreatedb, pg_encoding_to_char(encoding), datlocprovider, datlocale "
        "FROM pg_roles, pg_database WHERE rolname = current_user AND datname = current_database()",
    ) == [("dynowiki", False, True, "UTF8", "b", "C.UTF-8")]
    listening = [
        line for line in (home.folder / ".parity/postgres.log").read_text().splitlines() if "listening" in line
    ]
    assert [line.partition("LOG:  ")[2] for line in listening] == [
        f'listening on IPv4 address "127.0.0.1", port {home.database}'
    ]
    for user, password in (("dynowiki", "wrong"), ("postgres", "postgres"), ("postgres", "")):
        with pytest.raises(psycopg2.OperationalError, match="password"):
            psycopg2.connect(host="127.0.0.1", port=home.database, dbname="dynowiki", user=user, password=password)
    assert home.variables()["BUCKETEER_AWS_SECRET_ACCESS_KEY"] not in " ".join(rclone(home).cmdline())


def test_a_password_that_was_changed_in_dotenv_holds_from_the_next_start_on(home: Clone) -> None:
    assert_up(home)
    leave_traces(home)
    home.run("down")
    dotenv = home.folder / ".env"
    dotenv.write_text(dotenv.read_text().replace("dynowiki:dynowiki@", "dynowiki:another@"))
    assert_up(home)
    assert_traces(home)


@pytest.mark.parametrize("whole", [False, True], ids=["the supervisor", "every process"])
def test_a_home_that_was_killed_heals_at_the_next_start(home: Clone, whole: bool) -> None:
    assert_up(home)
    leave_traces(home)
    supervisor = psutil.Process(home.supervisor())
    for process in home.processes() if whole else [supervisor]:
        process.kill()
    psutil.wait_procs([supervisor], timeout=10)
    assert_up(home)
    assert_traces(home)


def test_down_ends_what_a_killed_home_left(home: Clone) -> None:
    assert_up(home)
    supervisor = psutil.Process(home.supervisor())
    supervisor.kill()
    psutil.wait_procs([supervisor], timeout=10)
    assert home.processes() != []
    stopped = home.run("down")
    assert (stopped.returncode, stopped.stdout) == (0, "the killed home is stopped; its data stays\n")
    assert home.processes() == []


@pytest.mark.parametrize(
    ("which", "what", "hint"),
    [
        ("port", "the page", "`make up PORT={next}`, or stop what uses it"),
        (
            "database",
            "Postgres",
            "`make down` if another home of this repository has it; else change the port in DATABASE_URL, in .env",
        ),
        (
            "bucket",
            "the bucket",
            "`make down` if another home of this repository has it; "
            "else change the port in AWS_ENDPOINT_URL_S3 and MEDIA_ENDPOINT_URL, in .env",
        ),
    ],
)
def test_a_port_in_use_is_refused_and_nothing_is_started(home: Clone, which: str, what: str, hint: str) -> None:
    port = getattr(home, which)
    with socket.create_server(("127.0.0.1", port)):
        done = home.up("embedded")
    assert_refused(
        done,
        f"parity: port {port} is in use, and {what} needs it [port-in-use]\nhint: {hint.format(next=port + 1)}\n",
    )
    assert home.processes() == []
    assert not (home.folder / ".parity/postgres").exists()


@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 0), (signal.SIGHUP, 0)], ids=lambda value: str(value)
)
def test_a_signal_in_the_foreground_leaves_no_process(home: Clone, number: signal.Signals, code: int) -> None:
    process = in_the_foreground(home)
    assert process.stdout
    told = list(takewhile(lambda line: line != "  stop      Ctrl-C\n", process.stdout))
    assert f"Dynowiki answers at {home.url}" in "".join(told)
    process.send_signal(number)
    process.communicate(timeout=60)
    assert process.returncode == code
    assert home.processes() == []


def test_a_signal_in_the_midst_of_a_start_leaves_no_process(home: Clone) -> None:
    """At moments from its first to its last."""
    assert_up(home)
    home.run("down")
    for moment in range(6):
        process = in_the_foreground(home)
        time.sleep(0.1 + moment * 0.25)
        process.send_signal(signal.SIGINT)
        out, _ = process.communicate(timeout=60)
        assert process.returncode in (130, -signal.SIGINT), out
        assert home.processes() == [], moment


def in_the_foreground(home: Clone) -> subprocess.Popen[str]:
    return home.start("up", "--in", "embedded", "--port", str(home.port))


@pytest.mark.parametrize(
    "line", ["release: sh -c 'echo no such table; exit 1'", "web: sh -c 'echo no such table; exit 1'"]
)
def test_a_procfile_that_fails_shows_why_and_leaves_nothing(home: Clone, line: str) -> None:
    procfile = home.folder / "Procfile"
    kind = line.partition(":")[0]
    lines = [line if old.startswith(kind) else old for old in procfile.read_text().splitlines()]
    procfile.write_text("\n".join(lines) + "\n")
    done = home.up("embedded")
    assert done.returncode == 1
    assert re.search(rf"^[0-9:]+ {kind}\.1 +\| no such table$", done.stderr, re.MULTILINE)
    assert done.stderr.endswith(
        "parity: the Procfile ended (exit 1), so the home was stopped [part-ended]\nhint: what it wrote above says why\n"
    )
    assert home.processes() == []


def test_a_part_that_dies_later_ends_the_home_and_logs_say_so(home: Clone) -> None:
    assert_up(home)
    rclone(home).kill()
    until(lambda: home.processes() == [], 30, "the home ends")
    done = home.run("logs")
    assert done.returncode == 1
    assert done.stdout.endswith(
        "parity: the bucket ended (exit -9), so the home was stopped [part-ended]\nhint: .parity/s3.log says why\n"
    )
    assert done.stderr == "parity: nothing runs here [nothing-runs]\nhint: `make up` starts a home\n"


def test_logs_follow_until_the_home_ends(home: Clone) -> None:
    assert_up(home)
    logs = home.start("logs")
    httpx.get(f"{home.url}/wiki/no-such-page")
    home.run("down")
    out, _ = logs.communicate(timeout=30)
    assert logs.returncode == 0
    assert "web.1 started" in out
    assert "/wiki/no-such-page" in out


def test_clean_is_refused_while_a_home_runs(home: Clone) -> None:
    assert_up(home)
    done = home.run("clean", "--yes")
    assert_refused(
        done,
        f"parity: the embedded home runs already at {home.url} (pid {home.supervisor()}) [already-runs]\n"
        "hint: `make logs` shows what it says, `make down` stops it\n",
    )
    assert (home.folder / ".parity/postgres/PG_VERSION").exists()


@pytest.mark.root
def test_root_in_a_folder_that_only_root_enters_keeps_its_data_elsewhere(home: Clone) -> None:
    home.folder.chmod(0o700)
    done = assert_up(home)
    data = (home.folder / ".parity/postgres").resolve()
    assert data.parent == Path("/var/lib/parity")
    assert f"Postgres: answers on 127.0.0.1:{home.database}, data in {data}, as the user" in done.stdout
    assert home.folder.stat().st_mode & 0o777 == 0o700
    leave_traces(home)
    home.run("down")
    assert_up(home)
    assert_traces(home)
    home.run("down")
    cleaned = home.run("clean", "--yes")
    assert f"  {data}\n" in cleaned.stdout
    assert not data.exists()
