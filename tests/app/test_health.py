"""/healthz touches nothing; /readyz says what is wrong, in bounded time."""

import time
from typing import Any

import pytest
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.test import Client

from wiki.views import health


def test_healthz_touches_nothing(stranger: Client, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        response = stranger.get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok\n")


@pytest.mark.django_db(transaction=True)
def test_readyz_is_200_when_all_is_well(store: Any) -> None:
    response = Client().get("/readyz")
    assert response.json() == {"status": "ok", "checks": {"database": "ok", "migrations": "ok", "bucket": "ok"}}
    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]


@pytest.mark.django_db(transaction=True)
def test_readyz_names_a_pending_migration() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM django_migrations WHERE app = 'wiki' AND name = '0002_append_only' RETURNING applied"
        )
        applied = cursor.fetchone()
    try:
        response = Client().get("/readyz")
        assert response.status_code == 503
        assert response.json()["checks"]["migrations"] == "1 pending, first wiki.0002_append_only"
    finally:
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO django_migrations (app, name, applied) VALUES ('wiki', '0002_append_only', %s)", applied
            )


@pytest.mark.django_db(transaction=True)
def test_readyz_holds_one_connection_at_most(store: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """dynowiki/gunicorn.py leaves room for one beside the threads'."""
    open_at_once: list[int] = []
    connect = BaseDatabaseWrapper.connect

    def counted(self: BaseDatabaseWrapper) -> None:
        connect(self)
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()")
            open_at_once.append(cursor.fetchone()[0])

    monkeypatch.setattr(BaseDatabaseWrapper, "connect", counted)
    connection.close()
    for _ in range(3):
        assert Client().get("/readyz").status_code == 200
    assert len(open_at_once) >= 6
    assert max(open_at_once) == 1, "the test's own connection is closed, so the probe's is the only one"


def test_a_check_that_hangs_is_given_up_and_never_doubled() -> None:
    began: list[float] = []

    def hang() -> None:
        began.append(time.monotonic())
        time.sleep(1)

    probe = health.Probe(hang)
    for _ in range(3):
        probe.begin()
        assert probe.outcome(time.monotonic() + 0.05) == "no answer within 2 s"
    assert len(began) == 1


def test_a_driver_error_shows_its_kind_only() -> None:
    def fail() -> None:
        raise OSError("connection to 10.0.0.7 refused")

    probe = health.Probe(fail)
    probe.begin()
    assert probe.outcome(time.monotonic() + 1) == "failed: OSError"
