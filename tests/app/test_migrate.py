"""`migrate` runs one at a time; `welcome` fills an empty wiki once."""

import os
import secrets
import subprocess
import sys
from io import StringIO
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection

from dynowiki import database
from tests.homes import ROOT
from tests.services import until
from wiki.models import Page, Revision, Upload, User


def manage(*arguments: str) -> subprocess.Popen[str]:
    """manage.py as a process of its own, on the test database."""
    settings = connection.settings_dict
    url = (
        f"postgres://{settings['USER']}:{settings['PASSWORD']}@{settings['HOST']}:{settings['PORT']}/{settings['NAME']}"
    )
    argv = [sys.executable, "-u", "app/manage.py", *arguments]
    env = {**os.environ, "DATABASE_URL": url}
    return subprocess.Popen(argv, cwd=ROOT, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


@pytest.mark.django_db(transaction=True)
def test_a_second_migrate_waits_for_the_first() -> None:
    with database.migrate_lock(on_wait=lambda: pytest.fail("the lock was taken already")):
        second = manage("migrate")
        assert second.stdout is not None
        assert second.stdout.readline() == "Another migrate is at work on this database; waiting for it.\n"
        assert database.migrate_is_running() is False, "the session that holds it may take it again"
        assert second.poll() is None
    until(lambda: second.poll() is not None, 20, "the second migrate ends")
    assert second.returncode == 0
    assert "No migrations to apply." in second.stdout.read()


def test_migrate_without_its_database_ends_with_one_message() -> None:
    env = {**os.environ, "DATABASE_URL": "postgres://u:p@127.0.0.1:9/n"}
    done = subprocess.run(
        [sys.executable, "app/manage.py", "migrate"], cwd=ROOT, env=env, capture_output=True, text=True
    )
    assert done.returncode == 1
    assert done.stderr.startswith("The database does not answer: ")
    assert done.stderr.endswith("hint: check DATABASE_URL; on a laptop, `make up` starts it\n")
    assert "Traceback" not in done.stderr


@pytest.mark.django_db
def test_welcome_fills_an_empty_wiki_once(store: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DJANGO_SUPERUSER_USERNAME", "ada")
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", "first-password")
    said = StringIO()
    call_command("welcome", stdout=said)
    assert said.getvalue() == "Made the account ada.\nPut in the welcome article.\n"
    upload = Upload.objects.get()
    page = Page.objects.get()
    assert (page.path, upload.page, upload.width) == ("welcome", page, 1600)
    assert f'<img src="/media/{upload.key}"' in page.html
    assert default_storage.exists(upload.key)

    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", "second-password")
    again = StringIO()
    call_command("welcome", stdout=again)
    assert again.getvalue() == ""
    assert (Page.objects.count(), Revision.objects.count(), Upload.objects.count()) == (1, 1, 1)
    assert User.objects.get().check_password("first-password")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("hosts", "names"), [("localhost", ["ada", "editor"]), ("localhost,wiki.example.com", ["ada"])]
)
def test_a_second_account_is_made_on_loopback_alone(
    page: Page, monkeypatch: pytest.MonkeyPatch, hosts: str, names: list[str]
) -> None:
    """Elsewhere it may be one that was renamed or deleted, and its first password must not open the wiki again."""
    monkeypatch.setenv("SECRET_KEY", secrets.token_urlsafe(50))
    monkeypatch.setenv("ALLOWED_HOSTS", hosts)
    monkeypatch.setenv("DJANGO_SUPERUSER_USERNAME", "editor")
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", "first-password")
    call_command("welcome")
    assert sorted(User.objects.values_list("username", flat=True)) == names


@pytest.mark.django_db
def test_welcome_leaves_a_wiki_with_pages_alone(page: Page) -> None:
    call_command("welcome")
    assert Page.objects.get() == page


@pytest.mark.django_db
def test_welcome_without_the_bucket_says_so_and_leaves_nothing(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    options = {**settings.STORAGES["default"]["OPTIONS"], "endpoint_url": "http://127.0.0.1:9"}
    settings.STORAGES = {**settings.STORAGES, "default": {**settings.STORAGES["default"], "OPTIONS": options}}
    with pytest.raises(CommandError, match="photo could not be stored"):
        call_command("welcome")
    assert not Page.objects.exists()
