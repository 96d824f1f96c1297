"""Workers and threads follow the memory limit, and never open more connections than allowed."""

import runpy
from pathlib import Path

import pytest
from gunicorn.workers.gthread import ThreadWorker

from tests.homes import ROOT

config = runpy.run_path(str(ROOT / "app/dynowiki/gunicorn.py"))
MB = 1024 * 1024

CHOSEN = [
    # memory limit, WEB_CONCURRENCY, DATABASE_CONNECTIONS -> workers, threads
    (512 * MB, None, 8, (2, 3), "a basic dyno"),
    (1024 * MB, None, 8, (2, 3), "a Standard-2X dyno: the connections bound it"),
    (1024 * MB, None, 16, (4, 3), "a Standard-2X dyno with more connections"),
    (2560 * MB, None, 40, (4, 9), "a Performance-M dyno"),
    (128 * MB, None, 8, (1, 7), "less than a worker's share"),
    (None, None, 8, (2, 3), "a laptop without a limit"),
    (512 * MB, 1, 8, (1, 7), "the workshop's WEB_CONCURRENCY=1"),
    (512 * MB, 10, 8, (4, 1), "more workers than connections"),
    (512 * MB, 2, 2, (1, 1), "two connections: a thread's and the probe's"),
]


@pytest.mark.parametrize(
    ("limit", "asked", "connections", "chosen"), [case[:4] for case in CHOSEN], ids=[case[4] for case in CHOSEN]
)
def test_workers_and_threads(limit: int | None, asked: int | None, connections: int, chosen: tuple[int, int]) -> None:
    workers, threads = config["concurrency"](limit, asked, connections)
    assert (workers, threads) == chosen
    assert workers * (threads + 1) <= connections


@pytest.mark.parametrize(
    ("text", "limit"),
    [("536870912\n", 512 * MB), ("max\n", None), ("9223372036854771712\n", None), ("", None)],
    ids=["a limit", "cgroup v2 without", "cgroup v1 without", "empty"],
)
def test_the_memory_limit_is_read_from_either_cgroup(tmp_path: Path, text: str, limit: int | None) -> None:
    (tmp_path / "limit").write_text(text)
    assert config["memory_limit"]((str(tmp_path / "absent"), str(tmp_path / "limit"))) == limit


def test_the_timeouts_fit_herokus_router() -> None:
    assert issubclass(config["worker_class"], ThreadWorker)
    assert config["timeout"] < 30
    assert config["graceful_timeout"] < 30
    assert config["keepalive"] > 90
    assert config["forwarded_allow_ips"] == "*"
