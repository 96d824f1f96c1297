"""What the name of a file says of it."""

from __future__ import annotations

TEST_FOLDERS = frozenset({"tests", "test", "testing"})

ENTRIES = frozenset({"manage.py", "wsgi.py", "asgi.py", "celery.py", "settings.py"})


def is_test(file: str) -> bool:
    *folders, name = file.split("/")
    tests = name.startswith("test_") or name.endswith("_test.py") or name in ("conftest.py", "tests.py")
    return tests or not TEST_FOLDERS.isdisjoint(folders)


def is_entry(file: str) -> bool:
    """A settings module or a program's start, by its name."""
    *folders, name = file.split("/")
    return name in ENTRIES or name.startswith("gunicorn") or (bool(folders) and folders[-1] == "settings")
