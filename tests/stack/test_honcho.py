"""`honcho start` with the Procfile as it is: the release first, then web, and nothing left after Ctrl-C."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import psutil
import psycopg2
import pytest

from parity.contract.order import Bucket, Database
from tests import homes, services
from tests.services import free_port, until

BIN = Path(sys.executable).parent


@pytest.fixture
def database(postgres: Database) -> Iterator[Database]:
    """An empty database of the test's own."""
    name = f"honcho_{uuid4().hex[:8]}"
    run_sql(postgres, f"CREATE DATABASE {name}")
    yield Database(postgres.host, postgres.port, postgres.user, postgres.password, name)
    run_sql(postgres, f"DROP DATABASE {name} WITH (FORCE)")


def run_sql(server: Database, statement: str) -> None:
    address = {"host": server.host, "port": server.port, "dbname": server.name}
    with closing(psycopg2.connect(user=server.user, password=server.password, **address)) as connection:
        connection.autocommit = True
        connection.cursor().execute(statement)


@pytest.fixture
def folder() -> Iterator[Path]:
    with homes.clone() as copy:
        yield copy


@dataclass
class Honcho:
    """honcho as a terminal starts it: Ctrl-C reaches its process group."""

    process: subprocess.Popen[str]
    url: str
    lines: list[str] = field(default_factory=list)
    family: set[psutil.Process] = field(default_factory=set)

    def read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.lines.append(line)

    def said(self, text: str) -> bool:
        return any(text in line for line in self.lines)

    def answers(self, path: str = "/readyz") -> bool:
        self.family |= (
            set(psutil.Process(self.process.pid).children(recursive=True)) if self.process.poll() is None else set()
        )
        try:
            return httpx.get(self.url + path, timeout=5).status_code == 200
        except httpx.TransportError:
            return False

    def left(self) -> list[psutil.Process]:
        return [process for process in self.family if process.is_running() and process.status() != psutil.STATUS_ZOMBIE]


@contextmanager
def honcho(folder: Path, database: Database, store: Bucket, *types: str, **config: str) -> Iterator[Honcho]:
    port = free_port()
    env = {
        **homes.without_config(),
        **services.config(database, store),
        **homes.ACCOUNT,
        "BIND_HOST": "127.0.0.1",
        "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}",
        "PYTHONUNBUFFERED": "1",
        **config,
    }
    argv = [str(BIN / "honcho"), "start", "--port", str(port), *types]
    output = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}
    options: Any = {"cwd": folder, "env": env, "start_new_session": True, **output}
    with subprocess.Popen(argv, **options) as process:
        started = Honcho(process, f"http://127.0.0.1:{port}")
        reader = threading.Thread(target=started.read, daemon=True)
        reader.start()
        try:
            yield started
        finally:
            if process.poll() is None:
                process.send_signal(signal.SIGTERM)
            process.wait(timeout=20)
            reader.join(timeout=5)


def test_it_starts_as_it_is_and_ctrl_c_leaves_no_process(folder: Path, database: Database, bucket: Bucket) -> None:
    with honcho(folder, database, bucket) as started:
        until(started.answers, 40, "the wiki is ready")
        assert "Welcome to Dynowiki" in httpx.get(started.url).text
        assert started.said("The release is done; this process only waits for honcho to end.")
        assert (folder / "app/staticfiles/staticfiles.json").exists()
        assert len(started.left()) >= 4, "the release, gunicorn and its workers live"
        os.killpg(started.process.pid, signal.SIGINT)
        assert started.process.wait(timeout=20) == 130
        until(lambda: not started.left(), 10, "every process has ended")


def test_web_alone_starts_on_a_migrated_database(folder: Path, database: Database, bucket: Bucket) -> None:
    release(folder, database, bucket)
    with honcho(folder, database, bucket, "web") as started:
        until(started.answers, 40, "the wiki is ready")


def release(folder: Path, database: Database, bucket: Bucket) -> None:
    env = {**homes.without_config(), **services.config(database, bucket), **homes.ACCOUNT}
    subprocess.run([sys.executable, "app/manage.py", "migrate", "--welcome"], cwd=folder, env=env, check=True)


def test_web_waits_for_a_release_that_comes_later(folder: Path, database: Database, bucket: Bucket) -> None:
    with honcho(folder, database, bucket, "web") as started:
        until(lambda: started.said("web waits for the release phase"), 20, "web says that it waits")
        assert not started.answers("/healthz")
        release(folder, database, bucket)
        until(started.answers, 40, "the wiki is ready")


def test_a_release_that_fails_stops_web_from_starting(folder: Path, database: Database, bucket: Bucket) -> None:
    (folder / "app/wiki/migrations/0099_broken.py").write_text(BROKEN_MIGRATION)
    with honcho(folder, database, bucket) as started:
        until(lambda: started.answers("/healthz") or started.process.poll() is not None, 40, "honcho ends")
        assert started.process.returncode == 1
        until(lambda: started.said("release.1 stopped (rc=1)"), 5, "honcho has told")
        assert started.said("this migration can't be applied")
        assert not started.said("Listening at")
        until(lambda: not started.left(), 10, "every process has ended")


BROKEN_MIGRATION = """
from django.db import migrations


def fail(apps, schema_editor):
    raise RuntimeError("this migration can't be applied")


class Migration(migrations.Migration):
    dependencies = [("wiki", "0002_append_only")]
    operations = [migrations.RunPython(fail)]
"""


def test_without_its_database_it_says_so_and_ends(folder: Path, bucket: Bucket) -> None:
    nowhere = Database("127.0.0.1", free_port(), "u", "p", "n")
    with honcho(folder, nowhere, bucket) as started:
        assert started.process.wait(timeout=40) == 1
        until(lambda: started.said("The database does not answer: "), 5, "the reason is told")
        assert not started.said("Traceback")
