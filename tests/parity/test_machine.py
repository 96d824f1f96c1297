import shutil
import socket
from collections import namedtuple
from collections.abc import Iterator
from pathlib import Path

import pytest

from parity import machine
from parity.errors import UserError

Usage = namedtuple("Usage", "total used free")


@pytest.fixture(params=["127.0.0.1", "0.0.0.0"])
def taken(request: pytest.FixtureRequest) -> Iterator[int]:
    """A port that a server of loopback, or of all addresses, has."""
    with socket.create_server((request.param, 0)) as server:
        yield server.getsockname()[1]


def test_a_port_in_use_is_refused_with_the_way_out(taken: int) -> None:
    with pytest.raises(UserError) as caught:
        machine.port_is_free("127.0.0.1", taken, "the page", "`make up PORT=8001`")
    assert (
        str(caught.value) == f"port {taken} is in use, and the page needs it [port-in-use]\nhint: `make up PORT=8001`"
    )


def test_a_port_that_was_let_go_is_free(taken: int) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        with socket.create_connection(("127.0.0.1", port)) as client:
            server.accept()[0].close()
            client.recv(1)
    assert machine.port_problem("127.0.0.1", port) is None


def test_a_full_disk_is_refused_before_anything_starts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda folder: Usage(10**12, 10**12, 700 * machine.MB))
    machine.has_space(tmp_path, 600 * machine.MB)
    with pytest.raises(UserError) as caught:
        machine.has_space(tmp_path)
    assert str(caught.value) == (
        f"{tmp_path}: 700 MB free, and a home takes up to 1024 MB [disk-full]\n"
        "hint: free some space (`df -h .` shows where), then start again"
    )
