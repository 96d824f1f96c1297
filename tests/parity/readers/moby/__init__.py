"""BuildKit's own Go code, asked by lines of JSON."""

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent


class Moby:
    """The program beside this file, while it runs."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self.process = process

    def ask(self, **question: Any) -> dict[str, Any]:
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(json.dumps(question) + "\n")
        self.process.stdin.flush()
        answer: dict[str, Any] = json.loads(self.process.stdout.readline())
        return answer


@contextmanager
def running(folder: Path) -> Iterator[Moby]:
    """Builds it into a folder and starts it; leaves the test out where there is no Go, or none of its modules."""
    if shutil.which("go") is None:
        pytest.skip("Go is not installed: https://go.dev/doc/install")
    env = {**os.environ, "CGO_ENABLED": "0"}
    try:
        got = subprocess.run(
            ["go", "mod", "download"], cwd=HERE, env=env, capture_output=True, text=True, timeout=600, check=False
        )
    except subprocess.TimeoutExpired:
        pytest.skip("Go didn't fetch BuildKit's modules within 10 minutes")
    if got.returncode:
        pytest.skip(f"Go can't fetch BuildKit's modules: {got.stderr.strip()[-300:]}")
    subprocess.run(["go", "build", "-o", folder / "moby", "."], cwd=HERE, env=env, timeout=600, check=True)
    with subprocess.Popen([folder / "moby"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        yield Moby(process)
