"""What stands in front of a dyno: ends TLS, and tells the app by headers that no client can set.

https://devcenter.heroku.com/articles/http-routing#heroku-headers
"""

import http.client
import ssl
import subprocess
import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

OWN = {"x-forwarded-for", "x-forwarded-proto", "x-forwarded-port", "x-request-start", "via"}

HOP_BY_HOP = {"connection", "keep-alive", "transfer-encoding"}


@dataclass(frozen=True)
class Router:
    """`certificate` is the file that a client must trust."""

    url: str
    certificate: Path


@contextmanager
def router(port: int, folder: Path) -> Iterator[Router]:
    """https://localhost:… in front of a web process on `port`."""
    key, certificate = folder / "key.pem", folder / "certificate.pem"
    subject = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"]
    files = ["-keyout", str(key), "-out", str(certificate)]
    made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", *subject, *files]
    subprocess.run(made, check=True, capture_output=True)

    class Forward(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def forward(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            web = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
            web.request(self.command, self.path, body, self.told())
            answer = web.getresponse()
            content = answer.read()
            self.send_response_only(answer.status, answer.reason)
            for name, value in answer.getheaders():
                if name.lower() not in HOP_BY_HOP:
                    self.send_header(name, value)
            self.end_headers()
            self.wfile.write(content)
            web.close()

        do_GET = do_HEAD = do_POST = forward  # noqa: N815  (http.server finds them by these names)

        def told(self) -> dict[str, str]:
            kept = {name: value for name, value in self.headers.items() if name.lower() not in OWN | HOP_BY_HOP}
            kept.setdefault("X-Request-Id", str(uuid.uuid4()))
            return {**kept, "X-Forwarded-Proto": "https", "X-Forwarded-For": "127.0.0.1", "Via": "1.1 router"}

        def log_message(self, *args: object) -> None:
            return None

    server = ThreadingHTTPServer(("127.0.0.1", 0), Forward)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield Router(f"https://localhost:{server.server_port}", certificate)
    finally:
        server.shutdown()
