import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from parity import readiness
from parity.errors import UserError


@contextmanager
def answering(*codes: int) -> Iterator[str]:
    """A server whose answers are `codes`, the last one again and again."""
    left = list(codes)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(left.pop(0) if len(left) > 1 else left[0])
            self.end_headers()
            self.wfile.write(b'{"status":\n"unavailable"}')

        def log_message(self, *arguments: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}).start()
        yield f"http://127.0.0.1:{server.server_port}/readyz"
        server.shutdown()


def nothing(*arguments: object) -> None:
    pass


def test_it_waits_until_the_answer_is_200() -> None:
    with answering(503, 404, 200) as url:
        readiness.wait(url, nothing, nothing, seconds=5)


def test_a_wait_that_is_too_long_tells_the_last_answer() -> None:
    with answering(503) as url, pytest.raises(UserError) as caught:
        readiness.wait(url, nothing, nothing, seconds=0.1)
    assert str(caught.value) == (
        f"{url} did not answer 200 within 0.1 s; the last answer was: "
        '503 Service Unavailable {"status": "unavailable"} [not-ready]\n'
        "hint: the lines above, or the app's log, say what it waits for"
    )


def test_a_wait_says_now_and_then_what_it_is_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readiness, "NEWS", 0.0)
    said: list[str] = []
    with answering(404, 200) as url:
        readiness.wait(url, nothing, said.append, seconds=5)
    assert said == ['still waiting: 404 Not Found {"status": "unavailable"}']


def test_it_stops_when_waiting_has_become_pointless() -> None:
    def dead() -> None:
        raise UserError("the Procfile ended", "look", "part-ended")

    with pytest.raises(UserError, match="the Procfile ended"):
        readiness.wait("http://127.0.0.1:1/readyz", dead, nothing, seconds=5)
