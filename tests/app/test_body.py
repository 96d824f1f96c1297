"""A body that breaks off is an error, whichever way it is read."""

from io import BytesIO
from typing import Any

import pytest

from dynowiki.body import BrokenOff, WholeBody


def body(sent: bytes, due: int) -> Any:
    """The stream that the application gets for `sent`, when `due` bytes were announced."""
    got: dict[str, Any] = {}
    WholeBody(lambda environ, start: got.update(environ) or [])(
        {"CONTENT_LENGTH": str(due), "wsgi.input": BytesIO(sent)}, print
    )
    return got["wsgi.input"]


def test_a_whole_body_is_read_as_ever() -> None:
    assert body(b"abc", 3).read(3) == b"abc"
    assert body(b"a\nb", 3).readline() == b"a\n"
    whole = body(b"abc", 3)
    assert (whole.read(2), whole.read(5), whole.read(5)) == (b"ab", b"c", b"")


def test_a_body_that_ends_too_soon_is_an_error() -> None:
    for read in (lambda stream: stream.read(), lambda stream: stream.read(10), lambda stream: stream.readline()):
        with pytest.raises(BrokenOff):
            read(body(b"abc", 4))
    short = body(b"abc", 4)
    assert short.read(3) == b"abc"
    with pytest.raises(BrokenOff):
        short.read(1)


def test_a_request_without_a_body_is_left_alone() -> None:
    stream = BytesIO()
    got: dict[str, Any] = {}
    WholeBody(lambda environ, start: got.update(environ) or [])({"wsgi.input": stream}, print)
    assert got["wsgi.input"] is stream
