"""One line a request, with its id; never a secret."""

import json
import logging
from collections.abc import Iterator
from io import StringIO
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client

from dynowiki import log
from wiki.models import Page


@pytest.fixture
def out() -> Iterator[StringIO]:
    """What the root logger writes, in the form of production."""
    stream = StringIO()
    handler = logging.StreamHandler(stream)
    handler.addFilter(log.RequestWords())
    handler.setFormatter(log.JsonLines())
    logging.root.addHandler(handler)
    yield stream
    logging.root.removeHandler(handler)


def lines(out: StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_a_request_is_one_json_line(out: StringIO, stranger: Client, page: Page) -> None:
    response = stranger.get("/wiki/guides/deploy?q=private", headers={"X-Request-Id": "abc-123"})
    (line,) = lines(out)
    assert response["X-Request-Id"] == "abc-123"
    assert line.pop("time")
    assert line.pop("ms") >= 0
    assert line == {
        "level": "INFO",
        "logger": "dynowiki.request",
        "message": "GET /wiki/guides/deploy 200",
        "request_id": "abc-123",
        "method": "GET",
        "path": "/wiki/guides/deploy",
        "status": 200,
        "sql": 1,
    }


@pytest.mark.parametrize("sent", ["", "two words", "a\tb", "x" * 200, "é"])
def test_a_request_without_a_usable_id_gets_one(stranger: Client, db: None, sent: str) -> None:
    given = stranger.get("/healthz", headers={"X-Request-Id": sent})["X-Request-Id"]
    assert given != sent
    assert len(given) == 36


def test_a_path_cant_forge_a_line(out: StringIO, stranger: Client, db: None) -> None:
    stranger.get("/nothing%0AINFO%20forged")
    (line,) = lines(out)
    assert line["message"] == "GET /nothing%0AINFO%20forged 404"


def test_probes_that_succeed_are_no_news(out: StringIO, stranger: Client, db: None) -> None:
    stranger.get("/healthz")
    assert lines(out) == []


def test_a_secret_is_never_logged(out: StringIO, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "a-very-secret-key-0123")
    monkeypatch.setenv("DATABASE_URL", "postgres://u:pass-word-0123@h/n")
    try:
        raise RuntimeError("could not reach postgres://u:pass-word-0123@h/n")
    except RuntimeError:
        logging.getLogger("any").exception("with %s and pass-word-0123", "a-very-secret-key-0123")
    assert "a-very-secret" not in out.getvalue()
    assert "pass-word" not in out.getvalue()
    assert "with [secret] and [secret]" in out.getvalue()


def test_a_person_at_a_terminal_gets_plain_lines() -> None:
    record = logging.makeLogRecord({"msg": "GET / 200", "levelname": "INFO", "ms": 1.5, "sql": 1, "request_id": "i"})
    assert log.PlainLines().format(record) == "INFO    GET / 200  1.5 ms, 1 SQL, id i"


@pytest.mark.parametrize(
    "secret", ['quotes"and\\backslash', "größer-als-gedacht", "p%40ss-word-of-nine", "line\nof-secrets"]
)
def test_a_secret_that_json_or_a_url_writes_otherwise_is_never_logged(
    out: StringIO, monkeypatch: pytest.MonkeyPatch, secret: str
) -> None:
    monkeypatch.setenv("DATABASE_URL", f"postgres://u:{quote(secret)}@h/n")
    monkeypatch.setenv("SECRET_KEY", secret)
    try:
        raise RuntimeError(f"refused {secret}")
    except RuntimeError:
        logging.getLogger("any").exception("with %s and %s", secret, quote(secret))
    (line,) = lines(out)
    assert line["message"] == "with [secret] and [secret]"
    assert secret not in line["exc_info"]


@pytest.mark.parametrize(("terminal", "formatter"), [(True, log.PlainLines), (False, log.JsonLines)])
def test_the_form_follows_who_reads(monkeypatch: pytest.MonkeyPatch, terminal: bool, formatter: type) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: terminal, raising=False)
    assert log.config("auto", "INFO")["formatters"]["line"]["()"] is formatter
