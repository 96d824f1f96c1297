import gzip
import re

import httpx
import pytest

from tests.acceptance import html
from tests.acceptance.visitor import Visitor

HASHED = re.compile(r"/static/.+\.[0-9a-f]{12}\.css$")


@pytest.fixture
def stylesheet(stranger: Visitor) -> str:
    (href,) = html.read(stranger.get("/").text).stylesheets
    return href


def test_a_static_file_has_the_hash_of_its_content_in_its_name(stylesheet: str) -> None:
    assert HASHED.search(stylesheet)


def test_a_static_file_is_kept_by_browsers_for_good(stranger: Visitor, stylesheet: str) -> None:
    directives = stranger.get(stylesheet).headers["Cache-Control"].replace(" ", "").split(",")
    assert {"immutable", "public"} <= set(directives)
    (age,) = (directive for directive in directives if directive.startswith("max-age="))
    assert int(age.removeprefix("max-age=")) >= 365 * 24 * 3600


def test_a_static_file_is_sent_compressed(stranger: Visitor, stylesheet: str) -> None:
    plain = stranger.get(stylesheet, Accept_Encoding="identity")
    assert (plain.status_code, plain.headers["Content-Type"]) == (200, 'text/css; charset="utf-8"')
    received = raw(stranger, stylesheet)
    assert gzip.decompress(received) == plain.content
    assert len(received) < len(plain.content) / 2


def raw(visitor: Visitor, path: str) -> bytes:
    """The body as it crosses the wire."""
    with visitor.client.stream("GET", path, headers={"Accept-Encoding": "gzip"}) as response:
        assert response.headers["Content-Encoding"] == "gzip"
        return b"".join(httpx.Response.iter_raw(response))


def test_the_admin_has_its_stylesheets_too(stranger: Visitor) -> None:
    sheets = html.read(stranger.get("/admin/login/").text).stylesheets
    assert sheets
    assert [sheet for sheet in sheets if stranger.get(sheet).status_code != 200] == []
