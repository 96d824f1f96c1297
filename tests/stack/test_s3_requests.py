"""The requests that MinIO really got, by its own audit log, are the recorded ones: all verbs, s3v4, and never an ACL.

MinIO takes an ACL header without a word, and Bucketeer refuses it, so nothing but this would show one.
"""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import httpx
import pytest

from parity.contract.order import Bucket
from tests import s3_requests, services
from tests.services import free_port, until

pytestmark = pytest.mark.docker


@contextmanager
def audit_log() -> Iterator[tuple[list[dict[str, Any]], int]]:
    """A server that keeps what MinIO posts to it, and its port."""
    entries: list[dict[str, Any]] = []

    class Keeper(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            entries.extend(json.loads(line) for line in body.splitlines() if line.strip())
            self.send_response(200)
            self.end_headers()

        def log_message(self, *args: object) -> None:
            return None

    # Containers reach the host by its own address only.
    server = ThreadingHTTPServer(("0.0.0.0", 0), Keeper)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield entries, server.server_port
    finally:
        server.shutdown()


def test_minio_got_what_is_recorded() -> None:
    store = Bucket("127.0.0.1", free_port(), "key-of-the-recording", "secret-of-the-recording", "dynowiki")
    with audit_log() as (entries, port):
        audit = {
            "MINIO_AUDIT_WEBHOOK_ENABLE_test": "on",
            "MINIO_AUDIT_WEBHOOK_ENDPOINT_test": f"http://host.docker.internal:{port}",
        }
        with services.minio(store, audit):
            fetched: list[bytes] = []
            s3_requests.use_all_verbs(
                s3_requests.storage_of(store), fetch=lambda address: fetched.append(httpx.get(address).content)
            )
            got = until(lambda: of_ours(entries), 20, "MinIO has told of every request")
    assert fetched == [s3_requests.PHOTO]
    assert got == json.loads(s3_requests.RECORDING.read_text())


def of_ours(entries: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The wiki's requests in their order, once the last of them, the delete, is there."""
    ours = sorted((entry for entry in entries if "minio-py" not in entry["userAgent"]), key=lambda entry: entry["time"])
    if not ours or ours[-1]["api"]["name"] != "DeleteObject":
        return []
    return [
        {
            "verb": entry["api"]["name"],
            "status": entry["api"]["statusCode"],
            **s3_requests.written(
                method_of(entry), entry["requestPath"], entry.get("requestQuery") or {}, entry["requestHeader"]
            ),
        }
        for entry in ours
    ]


METHODS = {"Head": "HEAD", "Put": "PUT", "Get": "GET", "Dele": "DELETE"}


def method_of(entry: dict[str, Any]) -> str:
    """MinIO's audit log names the API, not the method; an API's name begins with it."""
    return next(method for begin, method in METHODS.items() if entry["api"]["name"].startswith(begin))
