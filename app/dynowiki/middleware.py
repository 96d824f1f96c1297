"""One log line a request: its id, method, path, status, milliseconds and number of SQL queries."""

import logging
import re
import time
import uuid
from collections.abc import Callable
from typing import Any

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.utils.encoding import escape_uri_path

from dynowiki.log import request_id

logger = logging.getLogger("dynowiki.request")

# Heroku's router sends a UUID; whatever a client sends in its place must not break a log line.
ACCEPTED_ID = re.compile(r"[A-Za-z0-9._:-]{1,128}")


PROBES = ("/healthz", "/readyz")


class SqlCount:
    """Counts the statements that run while it is installed as an execute wrapper."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        self.count += 1
        return execute(sql, params, many, context)


class RequestLog:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        began = time.perf_counter()
        sql = SqlCount()
        token = request_id.set(chosen_id(request))
        try:
            with connection.execute_wrapper(sql):
                response = self.get_response(request)
            response["X-Request-Id"] = request_id.get()
            self.log(request, response, round((time.perf_counter() - began) * 1000, 1), sql.count)
            return response
        finally:
            request_id.reset(token)

    def log(self, request: HttpRequest, response: HttpResponse, ms: float, sql: int) -> None:
        # The query string stays out: it may hold what a reader searched for, or a token.
        level = logging.ERROR if response.status_code >= 500 else logging.INFO
        if request.path in PROBES and level == logging.INFO:
            # A probe comes every few seconds, and only its failure is news.
            level = logging.DEBUG
        logger.log(
            level,
            "%s %s %s",
            request.method,
            escape_uri_path(request.path),
            response.status_code,
            extra={
                "method": request.method,
                "path": request.path,
                "status": response.status_code,
                "ms": ms,
                "sql": sql,
            },
        )


def chosen_id(request: HttpRequest) -> str:
    sent = request.headers.get("X-Request-Id", "")
    return sent if ACCEPTED_ID.fullmatch(sent) else str(uuid.uuid4())
