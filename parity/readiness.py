"""Waits until a home answers its readiness path with 200."""

import http.client
import time
from collections.abc import Callable
from urllib.parse import urlsplit

from parity.errors import UserError

PATIENCE = 120.0


# Seconds between two lines that say what a wait is for.
NEWS = 10.0


def wait(url: str, alive: Callable[[], None], say: Callable[[str], None], seconds: float = PATIENCE) -> None:
    """Asks `url` until it answers 200. `alive` raises when waiting has become pointless; so do `seconds` without a 200."""
    now = time.monotonic()
    end, news = now + seconds, now + NEWS
    while (answer := ask(url)) != "200":
        alive()
        if (now := time.monotonic()) > news:
            say(f"still waiting: {answer}")
            news = now + NEWS
        if now > end:
            message = f"{url} did not answer 200 within {seconds:g} s; the last answer was: {answer}"
            raise UserError(message, "the lines above, or the app's log, say what it waits for", "not-ready")
        time.sleep(0.1)


def ask(url: str) -> str:
    """`200`, or one line that says what came instead."""
    address = urlsplit(url)
    connection = http.client.HTTPConnection(str(address.hostname), address.port, timeout=5)
    try:
        connection.request("GET", address.path)
        answer = connection.getresponse()
        body = answer.read(500).decode(errors="replace").replace("\n", " ")
    except (OSError, http.client.HTTPException) as error:
        return str(error) or type(error).__name__
    finally:
        connection.close()
    return "200" if answer.status == 200 else f"{answer.status} {answer.reason} {body}".strip()
