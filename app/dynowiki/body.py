"""A request whose body breaks off is an error, and never half a form.

gunicorn hands over what came, Django parses it, and half an article would be saved as a whole one.
https://peps.python.org/pep-3333/#input-and-error-streams
"""

from collections.abc import Callable, Iterable
from typing import Any, BinaryIO

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


class BrokenOff(OSError):
    """Django turns it into UnreadablePostError, as for a lost connection."""


class WholeBody:
    """Passes requests on to `application`, with a body that must be as long as its Content-Length says."""

    def __init__(self, application: Application) -> None:
        self.application = application

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        length = environ.get("CONTENT_LENGTH") or "0"
        if length.isdigit() and int(length):
            environ["wsgi.input"] = Counted(environ["wsgi.input"], int(length))
        return self.application(environ, start_response)


class Counted:
    """A stream that raises BrokenOff when it ends before `due` bytes were read."""

    def __init__(self, stream: BinaryIO, due: int) -> None:
        self.stream = stream
        self.due = due

    def read(self, size: int = -1) -> bytes:
        data = self.stream.read(size)
        # A server's stream gives less than it is asked for at its end only.
        return self.count(data, broken=len(data) < self.expected(size))

    def readline(self, size: int = -1) -> bytes:
        data = self.stream.readline(size)
        return self.count(data, broken=not data.endswith(b"\n") and len(data) < self.expected(size))

    def expected(self, size: int) -> int:
        return self.due if size < 0 else min(size, self.due)

    def count(self, data: bytes, broken: bool) -> bytes:
        if broken:
            raise BrokenOff("the request's body broke off")
        self.due -= len(data)
        return data
