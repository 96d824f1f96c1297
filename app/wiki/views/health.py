"""/healthz: the process lives. /readyz: it can serve, as far as the database, the schema and the bucket go."""

import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as NoAnswer
from http import HTTPStatus

from django.core.files.storage import default_storage
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache

from dynowiki.database import pending_migrations

SECONDS = 2.0


class Unready(Exception):
    """A check that got an answer, and the answer was no."""


def one_thread() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(max_workers=1, thread_name_prefix="readyz")


class Probe:
    """A check in a thread of its own, so that one that hangs is given up after SECONDS and never runs twice at once."""

    def __init__(self, check: Callable[[], None], pool: ThreadPoolExecutor | None = None) -> None:
        self.check = check
        self.pool = pool or one_thread()
        self.running: Future[None] | None = None

    def begin(self) -> None:
        if self.running is None or self.running.done():
            self.running = self.pool.submit(self.check)

    def outcome(self, deadline: float) -> str:
        """ "ok", or what is wrong."""
        assert self.running is not None, "begin() comes first"
        try:
            self.running.result(timeout=max(0.0, deadline - time.monotonic()))
        except NoAnswer:
            return f"no answer within {SECONDS:.0f} s"
        except Unready as error:
            return str(error)
        except Exception as error:
            # The text of a driver's error may hold addresses; its kind is enough for a public page.
            return f"failed: {type(error).__name__}"
        return "ok"


def check_database() -> None:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    finally:
        # This thread's connection counts against the plan's limit, and is needed once in a while only.
        connection.close()


def check_migrations() -> None:
    try:
        pending = pending_migrations()
    finally:
        connection.close()
    if pending:
        raise Unready(f"{len(pending)} pending, first {pending[0]}")


def check_bucket() -> None:
    default_storage.check()  # type: ignore[attr-defined]


# These two share a thread, and so they hold one connection at most: dynowiki/gunicorn.py counts on it.
DATABASE = one_thread()

PROBES = {
    "database": Probe(check_database, DATABASE),
    "migrations": Probe(check_migrations, DATABASE),
    "bucket": Probe(check_bucket),
}


def healthz(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok\n", content_type="text/plain")


@never_cache
def readyz(request: HttpRequest) -> JsonResponse:
    deadline = time.monotonic() + SECONDS
    for probe in PROBES.values():
        probe.begin()
    checks = {name: probe.outcome(deadline) for name, probe in PROBES.items()}
    ready = all(outcome == "ok" for outcome in checks.values())
    status = HTTPStatus.OK if ready else HTTPStatus.SERVICE_UNAVAILABLE
    return JsonResponse({"status": "ok" if ready else "unavailable", "checks": checks}, status=status)
