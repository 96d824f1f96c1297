"""A clone of the repository with ports of its own, and `parity` as a person runs it there."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

from tests.homes import Home, clone, without_config
from tests.services import free_port


@dataclass
class Clone:
    """A folder, the ports of its homes, and the name that keeps its containers apart from this machine's others."""

    folder: Path
    port: int
    database: int
    bucket: int
    project: str

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def environment(self) -> dict[str, str]:
        """As under make, and without what tests/conftest.py has set for the app."""
        return {**without_config(), "MAKELEVEL": "1", "COMPOSE_PROJECT_NAME": self.project}

    def up(self, home: str, *options: str) -> subprocess.CompletedProcess[str]:
        return self.run("up", "--in", home, "--port", str(self.port), "--detach", *options)

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "parity", *arguments],
            cwd=self.folder,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-m", "parity", *arguments],
            cwd=self.folder,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def variables(self) -> dict[str, str]:
        lines = (self.folder / ".env").read_text().splitlines()
        return dict(line.split("=", 1) for line in lines if "=" in line and not line.startswith("#"))

    def login(self) -> Home:
        """This clone's home, with the account that .env names."""
        values = self.variables()
        return Home(self.url, values["DJANGO_SUPERUSER_USERNAME"], values["DJANGO_SUPERUSER_PASSWORD"])

    def processes(self) -> list[psutil.Process]:
        """Every process that works in this folder, or names it."""
        return [process for process in psutil.process_iter() if belongs(process, str(self.folder))]

    def containers(self) -> list[str]:
        """The names of this project's containers, whether they run or not."""
        # An image that compose has built carries the project's label too, and hands it to every container of it.
        labels = (f"label=com.docker.compose.project={self.project}", "label=com.docker.compose.config-hash")
        filters = [part for label in labels for part in ("--filter", label)]
        argv = ["docker", "ps", "--all", *filters, "--format", "{{.Names}}"]
        done = subprocess.run(argv, capture_output=True, text=True, timeout=60, check=True)
        return sorted(name.removeprefix(f"{self.project}-") for name in done.stdout.split())

    def supervisor(self) -> int:
        return int(json.loads((self.folder / ".parity/home.json").read_text())["pid"])


def belongs(process: psutil.Process, folder: str) -> bool:
    try:
        return process.cwd().startswith(folder) or any(folder in part for part in process.cmdline())
    except (psutil.Error, OSError):
        return False


@contextmanager
def own_clone() -> Iterator[Clone]:
    with clone() as folder:
        # Postgres, which refuses root, is run as another user, who must get into this folder.
        folder.chmod(0o755)
        made = Clone(folder, free_port(), free_port(), free_port(), f"clone-of-{os.getpid()}-{free_port()}")
        example = folder / ".env.example"
        text = example.read_text()
        assert ":15432/" in text
        assert ":19000\n" in text
        example.write_text(text.replace(":15432/", f":{made.database}/").replace(":19000", f":{made.bucket}"))
        yield made


@contextmanager
def embedded_home() -> Iterator[Home]:
    """The wiki of `python -m parity up`, for tests that visit one and have no engine."""
    with own_clone() as made:
        try:
            started = made.up("embedded")
            assert started.returncode == 0, started.stdout + started.stderr
            yield made.login()
        finally:
            made.run("down")
            made.run("clean", "--yes")
