from pathlib import Path

import pytest

from parity.contract.order import Bucket
from parity.embedded import s3

BUCKET = Bucket("127.0.0.1", 19000, "key", "secret", "photos")


def test_the_keys_are_in_the_environment_since_everyone_can_read_arguments(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(s3, "program", lambda: Path("/venv/bin/rclone"))
    assert s3.argv(BUCKET, Path("/data")) == [
        "/venv/bin/rclone",
        "serve",
        "s3",
        "/data",
        "--addr",
        "127.0.0.1:19000",
        "--config",
        "",
    ]
    assert s3.keys(BUCKET) == {"RCLONE_AUTH_KEY": '"key,secret"'}


def test_an_ipv6_address_is_bracketed() -> None:
    assert "[::1]:19000" in s3.argv(Bucket("::1", 19000, "k", "s", "b"), Path("/data"))
