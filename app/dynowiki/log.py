"""How the wiki logs: JSON lines to stdout with the request's id, or plain lines for a person; never a secret."""

import logging
import sys
from contextvars import ContextVar
from typing import Any

from pythonjsonlogger.json import JsonFormatter

from dynowiki import env

request_id: ContextVar[str] = ContextVar("request_id", default="")

REDACTED = "[secret]"


class RequestWords(logging.Filter):
    """Puts the id of the request that is being served on every record, and takes secrets out of its words.

    Here and not in the finished line, where JSON has written a quotation mark or an umlaut in its own way.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        record.request_id = request_id.get()
        record.msg, record.args = redact(record.getMessage()), None
        return True


def redact(line: str) -> str:
    for secret in env.secrets():
        line = line.replace(secret, REDACTED)
    return line


class JsonLines(JsonFormatter):
    def __init__(self) -> None:
        super().__init__(
            "{levelname}{name}{message}{request_id}",
            style="{",
            rename_fields={"levelname": "level", "name": "logger"},
            # ISO 8601, in UTC.
            timestamp="time",
        )

    def process_log_record(self, log_data: dict[str, Any]) -> dict[str, Any]:
        # Django's loggers put the request object on a record; its text holds no more than the line says already.
        for name in ("request", "status_code", "server_time"):
            log_data.pop(name, None)
        if not log_data.get("request_id"):
            log_data.pop("request_id", None)
        return log_data

    def formatException(self, ei: Any) -> str:  # noqa: N802  (logging calls it by this name)
        return redact(str(super().formatException(ei)))


class PlainLines(logging.Formatter):
    def __init__(self) -> None:
        super().__init__("%(levelname)-7s %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        line = super().format(record)
        if hasattr(record, "ms"):
            line += f"  {record.ms} ms, {record.sql} SQL, id {record.request_id}"  # type: ignore[attr-defined]
        return redact(line)


def config(form: str, level: str) -> dict[str, Any]:
    """A dictConfig for the app and for gunicorn. `form`: json, text, or auto, which asks whether a terminal reads."""
    if form == "auto":
        form = "text" if sys.stdout.isatty() else "json"
    formatter = JsonLines if form == "json" else PlainLines
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"words": {"()": RequestWords}},
        "formatters": {"line": {"()": formatter}},
        "handlers": {
            "stdout": {
                "class": "logging.StreamHandler",
                "stream": "ext://sys.stdout",
                "filters": ["words"],
                "formatter": "line",
            },
        },
        "root": {"handlers": ["stdout"], "level": level},
        "loggers": {
            # Django and gunicorn bring handlers of their own; one line an event is enough.
            "django": {"handlers": [], "level": level, "propagate": True},
            "django.server": {"handlers": [], "level": level, "propagate": True},
            "gunicorn.error": {"handlers": [], "level": level, "propagate": True},
            "gunicorn.access": {"handlers": [], "level": level, "propagate": True},
            # The request log has said it already: a 404 needs no second line.
            "django.request": {"level": "ERROR"},
            # botocore and PIL tell every step of theirs at DEBUG.
            "botocore": {"level": "WARNING"},
            "PIL": {"level": "WARNING"},
        },
    }
