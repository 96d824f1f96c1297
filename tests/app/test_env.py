"""Config vars: declared once, checked all at once, told in words."""

import re
import secrets
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from dynowiki import env
from tests.homes import ROOT

GOOD = {
    "SECRET_KEY": secrets.token_urlsafe(50),
    "ALLOWED_HOSTS": "wiki.example.com,.herokuapp.com",
    "DATABASE_URL": "postgres://u:p%40ss@db.example.com:5433/name",
    "BUCKETEER_AWS_ACCESS_KEY_ID": "AKIA0123",
    "BUCKETEER_AWS_SECRET_ACCESS_KEY": "s" * 40,
    "BUCKETEER_BUCKET_NAME": "bucketeer-0123",
}


def faults(**changes: str) -> list[str]:
    """The lines that name a variable in the message for GOOD with `changes`."""
    with pytest.raises(ImproperlyConfigured) as caught:
        env.read({**GOOD, **changes})
    return [line for line in str(caught.value).splitlines()[1:] if line and not line.startswith(" ")]


def test_production_needs_six_variables_and_the_rest_has_defaults() -> None:
    values = env.read(GOOD)
    assert {var.name for var in env.VARIABLES if var.required} == GOOD.keys()
    assert values["ALLOWED_HOSTS"] == ["wiki.example.com", ".herokuapp.com"]
    assert values["DATABASE_URL"]["PASSWORD"] == "p@ss"
    assert (values["DATABASE_SSLMODE"], values["HTTPS_ONLY"], values["DEBUG"]) == ("require", True, False)
    assert (values["BUCKETEER_AWS_REGION"], values["AWS_ENDPOINT_URL_S3"]) == ("us-east-1", "")


def test_all_that_is_missing_is_told_at_once_with_what_to_type() -> None:
    with pytest.raises(ImproperlyConfigured) as caught:
        env.read({"HTTPS_ONLY": "maybe"})
    message = str(caught.value)
    assert message.startswith("Dynowiki can't start: 7 config vars are missing or wrong.\n")
    assert [name for name in env.BY_NAME if f"\n{name} is" in message] == [
        "SECRET_KEY",
        "ALLOWED_HOSTS",
        "DATABASE_URL",
        "BUCKETEER_AWS_ACCESS_KEY_ID",
        "BUCKETEER_AWS_SECRET_ACCESS_KEY",
        "BUCKETEER_BUCKET_NAME",
        "HTTPS_ONLY",
    ]
    assert "hint: heroku config:set ALLOWED_HOSTS=wiki.example.com" in message
    assert "hint: heroku addons:create heroku-postgresql" in message
    assert "HTTPS_ONLY is not true or false (it is 'maybe')." in message


MALFORMED = [
    ({"DATABASE_URL": "mysql://u:p@h/n"}, "DATABASE_URL is not of the form postgres://USER:PASSWORD@HOST:PORT/NAME."),
    ({"DATABASE_URL": "postgres://u:hidden@h:port/n"}, "DATABASE_URL can't be read."),
    ({"DATABASE_SSLMODE": "yes"}, f"DATABASE_SSLMODE is not one of {', '.join(env.SSLMODES)} (it is 'yes')."),
    ({"ALLOWED_HOSTS": " , "}, "ALLOWED_HOSTS names no host (it is ' , ')."),
    ({"AWS_ENDPOINT_URL_S3": "minio:9000"}, "AWS_ENDPOINT_URL_S3 is not an address that begins with http:// or https:// "
     "(it is 'minio:9000')."),
    ({"WEB_CONCURRENCY": "two"}, "WEB_CONCURRENCY is not a whole number of 1 or more (it is 'two')."),
    ({"WEB_CONCURRENCY": "0"}, "WEB_CONCURRENCY is not a whole number of 1 or more (it is '0')."),
    ({"DATABASE_CONNECTIONS": "1"}, "DATABASE_CONNECTIONS is not a whole number of 2 or more (it is '1')."),
    ({"PORT": "99999"}, "PORT is not a port from 0 to 65535 (it is '99999')."),
    ({"DEBUG": "true"}, "DEBUG is true, and a host that isn't loopback is allowed."),
    ({"DJANGO_SETTINGS_MODULE": "dynowiki.settings.local"},
     "DJANGO_SETTINGS_MODULE is dynowiki.settings.local, and a host that isn't "
     "loopback is allowed."),
    ({"SECRET_KEY": "short"}, "SECRET_KEY is too short: 50 characters or more are needed."),
    ({"SECRET_KEY": "a" * 60}, "SECRET_KEY is too short: 50 characters or more are needed."),
    ({"SECRET_KEY": "django-insecure-" + "abcdefgh" * 8}, "SECRET_KEY is a known one, which anybody can read in a public file."),
    ({"DJANGO_SUPERUSER_USERNAME": "ada"}, "DJANGO_SUPERUSER_PASSWORD is missing, and DJANGO_SUPERUSER_USERNAME is set."),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "line"), MALFORMED)
def test_a_malformed_value_is_told(changes: dict[str, str], line: str) -> None:
    assert faults(**changes) == [line]


def test_a_secret_never_stands_in_the_message() -> None:
    with pytest.raises(ImproperlyConfigured) as caught:
        env.read({**GOOD, "DATABASE_URL": "postgres://u:hidden@h:port/n"})
    assert "hidden" not in str(caught.value)


@pytest.mark.parametrize("hosts", ["localhost", "127.0.0.1,[::1],localhost"])
def test_any_key_will_do_on_loopback(hosts: str) -> None:
    env.read({**GOOD, "ALLOWED_HOSTS": hosts, "SECRET_KEY": "x", "DEBUG": "true"})


def test_no_default_of_the_compose_file_is_a_key_that_production_accepts() -> None:
    text = (ROOT / "docker-compose.yml").read_text()
    (key,) = re.findall(r"SECRET_KEY: \$\{SECRET_KEY:-([^}]+)\}", text)
    assert env.weakness(key)


def test_the_example_is_what_env_py_prints() -> None:
    printed = subprocess.run([sys.executable, ROOT / "app/dynowiki/env.py"], capture_output=True, text=True, check=True)
    assert (ROOT / ".env.example").read_text() == printed.stdout


def test_the_example_is_complete_and_good_once_its_blanks_are_filled() -> None:
    lines = [line for line in env.example().splitlines() if line and not line.startswith("#")]
    values = dict(line.split("=", 1) for line in lines)
    filled = {name: value or "generated-generated" for name, value in values.items()}
    assert env.read(filled)["DATABASE_URL"]["HOST"] == "127.0.0.1"
    assert {name for name, value in values.items() if not value} <= {var.name for var in env.VARIABLES if var.secret}


START = [
    [sys.executable, "app/manage.py", "check"],
    [sys.executable, "app/manage.py", "migrate", "--welcome"],
    [str(Path(sys.executable).with_name("gunicorn")), "--config", "app/dynowiki/gunicorn.py", "--chdir", "app", "dynowiki.wsgi"],
]  # fmt: skip


@pytest.mark.parametrize("argv", START, ids=["check", "migrate", "gunicorn"])
def test_a_start_without_variables_ends_with_one_message_and_no_traceback(argv: list[str], tmp_path: Path) -> None:
    # The repository's own .env must not fill in what is missing.
    argv = [part.replace("app/", f"{copied(tmp_path)}/app/") for part in argv]
    done = subprocess.run(argv, cwd=tmp_path / "copy", env={"PATH": "/usr/bin:/bin"}, capture_output=True, text=True)
    assert done.returncode == 1
    assert done.stderr.startswith(
        "Dynowiki can't start: 6 config vars are missing or wrong.\n\nSECRET_KEY is missing.\n"
    )
    assert "Traceback" not in done.stderr + done.stdout


def copied(folder: Path) -> Path:
    copy = folder / "copy"
    if not copy.exists():
        (copy / "app" / "dynowiki").mkdir(parents=True)
        for source in (ROOT / "app").rglob("*.py"):
            target = copy / source.relative_to(ROOT)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(source.read_bytes())
    return copy


def deploy_check(**changes: str) -> Any:
    production = {**GOOD, "PATH": "/usr/bin:/bin", **changes}
    argv = [sys.executable, "app/manage.py", "check", "--deploy", "--fail-level", "WARNING"]
    return subprocess.run(argv, cwd=ROOT, env=production, capture_output=True, text=True)


def test_check_deploy_is_clean_under_productions_variables() -> None:
    done = deploy_check(HTTPS_ONLY="true", LOG_FORMAT="json")
    assert (done.returncode, done.stdout.strip()) == (0, "System check identified no issues (0 silenced).")


def test_check_deploy_can_fail() -> None:
    assert "security.W008" in deploy_check(HTTPS_ONLY="false").stderr
