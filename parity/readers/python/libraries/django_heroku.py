"""django-heroku and its successors: https://github.com/heroku/django-heroku/blob/master/django_heroku/core.py"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from parity.contract.python import FromEnv, Nothing, Table
from parity.readers.python import assignments, notes, operations, paths
from parity.readers.python.objects import Call
from parity.readers.python.structures import UNKNOWN, without_maybe

if TYPE_CHECKING:
    from parity.readers.python.machine import Machine
    from parity.readers.python.module import Frame

VIA = "django_heroku.settings"

WHITENOISE = "whitenoise.middleware.WhiteNoiseMiddleware"


def settings(machine: Machine, frame: Frame, call: Call) -> None:
    """What it does to the settings, part by part; each part can be turned off."""
    if on(call, "databases"):
        databases(machine, frame, call)
    if on(call, "test_runner"):
        notes.read(machine, frame, "CI", call.node, VIA, False)
    if on(call, "staticfiles"):
        staticfiles(machine, frame, call)
    if on(call, "allowed_hosts"):
        put(machine, frame, call, "ALLOWED_HOSTS", machine.made.many(["*"]))
    if on(call, "logging"):
        put(machine, frame, call, "LOGGING", UNKNOWN)
    if on(call, "secret_key"):
        before = current(frame, "SECRET_KEY")
        notes.read(machine, frame, "SECRET_KEY", call.node, VIA, False)
        put(
            machine,
            frame,
            call,
            "SECRET_KEY",
            FromEnv("SECRET_KEY", None, machine.plain(before) if before is not None else Nothing()),
        )


def databases(machine: Machine, frame: Frame, call: Call) -> None:
    notes.read(machine, frame, "DATABASE_URL", call.node, VIA, False, cast="db")
    before = current(frame, "DATABASES")
    table = before if isinstance(before, Table) else Table(())
    default = table.get("default")
    value = FromEnv("DATABASE_URL", "db", Nothing() if isinstance(default, Nothing) else machine.plain(default))
    put(machine, frame, call, "DATABASES", operations.with_item(machine.made, table, "default", value))


def staticfiles(machine: Machine, frame: Frame, call: Call) -> None:
    base = current(frame, "BASE_DIR")
    put(
        machine,
        frame,
        call,
        "STATIC_ROOT",
        (paths.joined(base, "staticfiles") if base is not None else None) or UNKNOWN,
    )
    put(machine, frame, call, "STATIC_URL", "/static/")
    put(machine, frame, call, "STATICFILES_STORAGE", "whitenoise.storage.CompressedManifestStaticFilesStorage")
    middleware = operations.as_many(current(frame, "MIDDLEWARE"))
    put(
        machine,
        frame,
        call,
        "MIDDLEWARE",
        machine.made.many((WHITENOISE, *middleware.items), "tuple", middleware.whole),
    )


def on(call: Call, part: str) -> bool:
    return call.get(None, part) is not False


def current(frame: Frame, name: str) -> Any:
    return without_maybe(frame.module.scope.names.get(name))


def put(machine: Machine, frame: Frame, call: Call, name: str, value: Any) -> None:
    assignments.assign_name(machine, frame, frame.module.scope, name, value, call.node)


FUNCTIONS = dict.fromkeys(
    ("django_heroku.settings", "django_on_heroku.settings", "django_heroku.core.settings"), settings
)
