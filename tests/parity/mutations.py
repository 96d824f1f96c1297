"""Realistic drifts of this repository, one edit each, and what `parity check` says of each.

`python3 -m tests.parity.mutations > docs/mutations.md` prints the page that shows them.
"""

from __future__ import annotations

import contextlib
import datetime
import os
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

from parity.check.assembly import assemble
from parity.check.judging import Judged, judge
from parity.checks import all_checks
from parity.contract.rule import Family

ROOT = Path(__file__).resolve().parents[2]

# Versions end by the day; the table holds on this one.
TODAY = datetime.date(2026, 11, 24)

# The table names what it takes away, so its own file would speak of a variable that nobody reads.
TABLE = "tests/parity/mutations.py"


@dataclass(frozen=True)
class Change:
    """One text of a file, which must stand there once, is replaced by another."""

    file: str
    old: str
    new: str

    def apply(self, root: Path) -> None:
        path = root / self.file
        text = path.read_text()
        count = text.count(self.old)
        if count != 1:
            raise LookupError(f"{self.file} holds {count} times, and not once: {self.old!r}")
        path.write_text(text.replace(self.old, self.new))

    def __str__(self) -> str:
        if not self.new:
            return f"`{self.file}`: without {code(self.old)}"
        if self.new.startswith(self.old):
            return f"`{self.file}`: {code(self.new.removeprefix(self.old))} added"
        return f"`{self.file}`: {code(self.old)} → {code(self.new)}"


@dataclass(frozen=True)
class New:
    """A file that wasn't there."""

    file: str
    text: str
    encoding: str = "utf-8"

    def apply(self, root: Path) -> None:
        path = root / self.file
        if path.exists():
            raise LookupError(f"{self.file} is there already")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(self.text, encoding=self.encoding)

    def __str__(self) -> str:
        return f"new `{self.file}`: {code(self.text)}"


@dataclass(frozen=True)
class Gone:
    """A file that isn't there any more."""

    file: str

    def apply(self, root: Path) -> None:
        (root / self.file).unlink()

    def __str__(self) -> str:
        return f"`{self.file}` removed"


@dataclass(frozen=True)
class Mutation:
    """A drift as a person would name it, and the one finding that must come of it."""

    family: Family
    name: str
    edit: Change | New | Gone
    rule: str
    # Where the finding points: the file, and a text that its line holds ("" for a line of a file that isn't there).
    file: str
    line: str


def code(text: str) -> str:
    """A text in one line of a table, shortened."""
    lines = [line.strip() for line in text.strip().splitlines() if line.strip()]
    shown = " ⏎ ".join(lines)
    shown = shown if len(shown) <= 100 else shown[:97] + "…"
    return f"`{shown}`".replace("|", "\\|") if shown else "a blank"


WEB = "gunicorn --config app/dynowiki/gunicorn.py --chdir app dynowiki.wsgi --preload --log-file -"
HEROKU_WEB = f"  web: {WEB}\n"
PROCFILE_WEB = f"web: {WEB}\n"
CMD = f"CMD exec {WEB}\n"
MIGRATE = "python3 app/manage.py migrate --welcome"
POSTGRES = "    image: postgres:17\n"
MINIO = "    image: quay.io/minio/minio:RELEASE.2025-09-07T16-13-09Z\n"
COMPOSE_WEB = "  web:\n    <<: *app\n"
COMPOSE_RELEASE = f"    command: {MIGRATE}\n"
STAGE = "FROM python:3.13.15-slim-trixie AS interpreter\n"
HEROKU = "app/dynowiki/settings/heroku.py"
BASE = "app/dynowiki/settings/base.py"
PROXY = 'SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")\n'


ENTRY = '[[accept]]\nrule = "image-frozen"\n'
ACCEPTED = (
    '[[accept]]\nrule = "{rule}"\nwhere = "Procfile"\nreason = "The worker comes with the next release."\n{more}\n'
)


def workflow(python: str = "3.13", postgres: str = "17", run: str = "pytest") -> str:
    return f"""\
on: push
jobs:
  test:
    runs-on: ubuntu-24.04
    services:
      db:
        image: postgres:{postgres}
    steps:
      - uses: actions/checkout@v5
      - uses: actions/setup-python@v6
        with:
          python-version: "{python}"
      - run: {run}
"""


# In two parts, or this file would hold what looks like a secret.
AWS_SECRET = "wJ4Lr9xUtn/K7MDENGq" + "bPxRf2CYz81hQ0aVeTs3o"

PROCESSES = (
    Mutation(
        "Processes",
        "a worker added to the Procfile only",
        Change("Procfile", PROCFILE_WEB, f"{PROCFILE_WEB}worker: python3 app/manage.py clearsessions\n"),
        "process-missing",
        "Procfile",
        "worker: ",
    ),
    Mutation(
        "Processes",
        "a worker added to heroku.yml only",
        Change("heroku.yml", HEROKU_WEB, f"{HEROKU_WEB}  worker: python3 app/manage.py clearsessions\n"),
        "process-missing",
        "heroku.yml",
        "worker: ",
    ),
    Mutation(
        "Processes",
        "a scheduler added to compose only",
        Change(
            "docker-compose.yml",
            "  release:\n    <<: *app\n",
            "  clock:\n    <<: *app\n    command: python3 app/manage.py clearsessions\n    init: true\n"
            "    stop_grace_period: 30s\n\n  release:\n    <<: *app\n",
        ),
        "process-missing",
        "docker-compose.yml",
        "clock:",
    ),
    Mutation(
        "Processes",
        "no release phase on Heroku any more",
        Change("heroku.yml", f"release:\n  image: web\n  command:\n    - {MIGRATE}\n", ""),
        "process-missing",
        "Procfile",
        "release: ",
    ),
    Mutation(
        "Processes",
        "no release in the Procfile any more",
        Change("Procfile", f"release: {MIGRATE}\n", ""),
        "process-missing",
        "heroku.yml",
        "release:",
    ),
    Mutation(
        "Processes",
        "four workers on Heroku only",
        Change("heroku.yml", HEROKU_WEB, HEROKU_WEB.replace("--preload", "--preload --workers 4")),
        "command-differs",
        "heroku.yml",
        "--workers 4",
    ),
    Mutation(
        "Processes",
        "four workers in the Procfile only",
        Change("Procfile", PROCFILE_WEB, PROCFILE_WEB.replace("--preload", "--preload --workers 4")),
        "command-differs",
        "Procfile",
        "--workers 4",
    ),
    Mutation(
        "Processes",
        "no --preload in the image any more",
        Change("Dockerfile", CMD, CMD.replace(" --preload", "")),
        "command-differs",
        "Dockerfile",
        "CMD exec",
    ),
    Mutation(
        "Processes",
        "compose migrates without the welcome article",
        Change("docker-compose.yml", COMPOSE_RELEASE, COMPOSE_RELEASE.replace(" --welcome", "")),
        "command-differs",
        "docker-compose.yml",
        "command: python3 app/manage.py migrate",
    ),
    Mutation(
        "Processes",
        "compose runs runserver",
        Change(
            "docker-compose.yml",
            COMPOSE_WEB,
            f"{COMPOSE_WEB}    command: python3 app/manage.py runserver 0.0.0.0:8000\n",
        ),
        "development-server",
        "docker-compose.yml",
        "runserver",
    ),
    Mutation(
        "Processes",
        "the Procfile runs runserver",
        Change("Procfile", PROCFILE_WEB, "web: python3 app/manage.py runserver $PORT\n"),
        "development-server",
        "Procfile",
        "runserver",
    ),
    Mutation(
        "Processes",
        "gunicorn binds 8000 on Heroku",
        Change("heroku.yml", HEROKU_WEB, HEROKU_WEB.replace("--preload", "--bind 0.0.0.0:8000 --preload")),
        "port-not-bound",
        "heroku.yml",
        "--bind",
    ),
    Mutation(
        "Processes",
        "gunicorn binds loopback on Heroku",
        Change("heroku.yml", HEROKU_WEB, HEROKU_WEB.replace("--preload", "--bind 127.0.0.1:$PORT --preload")),
        "port-not-bound",
        "heroku.yml",
        "--bind",
    ),
    Mutation(
        "Processes",
        "the image's gunicorn binds loopback",
        Change("Dockerfile", CMD, CMD.replace("--preload", "--bind localhost:8000 --preload")),
        "port-not-bound",
        "Dockerfile",
        "--bind",
    ),
    Mutation(
        "Processes",
        "gunicorn's configuration binds 8000",
        Change(
            "app/dynowiki/gunicorn.py",
            "bind = [f\"{bindable(values['BIND_HOST'])}:{values['PORT']}\"]\n",
            'bind = ["0.0.0.0:8000"]\n',
        ),
        "port-not-bound",
        "heroku.yml",
        "web: gunicorn",
    ),
    Mutation(
        "Processes",
        "compose opens 8080, where nobody listens",
        Change("docker-compose.yml", "${WEB_PORT:-8000}:8000", "${WEB_PORT:-8000}:8080"),
        "port-not-bound",
        "docker-compose.yml",
        "8080",
    ),
    Mutation(
        "Processes",
        "CMD without exec",
        Change("Dockerfile", CMD, CMD.replace("exec ", "")),
        "shell-without-exec",
        "Dockerfile",
        "CMD gunicorn",
    ),
    Mutation(
        "Processes",
        "web migrates when it starts on Heroku",
        Change("heroku.yml", HEROKU_WEB, f"  web: python3 app/manage.py migrate && exec {WEB}\n"),
        "migrations-differ",
        "heroku.yml",
        "web: python3",
    ),
    Mutation(
        "Processes",
        "web migrates when it starts in the image",
        Change("Dockerfile", CMD, f"CMD python3 app/manage.py migrate && exec {WEB}\n"),
        "migrations-differ",
        "Dockerfile",
        "CMD python3",
    ),
    Mutation(
        "Processes",
        "compose kills after 5 s",
        Change("docker-compose.yml", "    stop_grace_period: 30s\n", "    stop_grace_period: 5s\n"),
        "grace-differs",
        "docker-compose.yml",
        "web:",
    ),
    Mutation(
        "Processes",
        "compose's own 10 s before it kills",
        Change("docker-compose.yml", "    stop_grace_period: 30s\n", ""),
        "grace-differs",
        "docker-compose.yml",
        "web:",
    ),
    Mutation(
        "Processes",
        "gunicorn's configuration requires WEB_CONCURRENCY",
        Change(
            "app/dynowiki/gunicorn.py",
            "worker_class = StopsSoon\n",
            'worker_class = StopsSoon\nasked = int(os.environ["WEB_CONCURRENCY"])\n',
        ),
        "buildpack-variable",
        "app/dynowiki/gunicorn.py",
        "asked = ",
    ),
    Mutation(
        "Processes",
        "web is called site in heroku.yml",
        Change("heroku.yml", HEROKU_WEB, HEROKU_WEB.replace("web:", "site:")),
        "heroku-yml-refused",
        "heroku.yml",
        "site:",
    ),
)

VERSIONS = (
    Mutation(
        "Versions",
        "Python 3.12 in runtime.txt",
        Change("runtime.txt", "python-3.13.15", "python-3.12.9"),
        "python-differs",
        "runtime.txt",
        "3.12.9",
    ),
    Mutation(
        "Versions",
        "Python 3.14 in the image",
        Change("Dockerfile", STAGE, STAGE.replace("3.13.15", "3.14.2")),
        "python-differs",
        "runtime.txt",
        "3.13.15",
    ),
    Mutation(
        "Versions",
        "a .python-version of 3.11",
        New(".python-version", "3.11\n"),
        "python-differs",
        ".python-version",
        "3.11",
    ),
    Mutation(
        "Versions",
        "pyproject.toml asks for Python 3.14",
        Change("pyproject.toml", 'requires-python = ">=3.11"', 'requires-python = ">=3.14"'),
        "python-differs",
        "pyproject.toml",
        ">=3.14",
    ),
    Mutation(
        "Versions",
        "CI tests on Python 3.12",
        New(".github/workflows/test.yml", workflow(python="3.12")),
        "python-differs",
        ".github/workflows/test.yml",
        '"3.12"',
    ),
    Mutation(
        "Versions",
        "CI's Python 3.1, for want of quotes around 3.10",
        New(".github/workflows/test.yml", workflow().replace('"3.13"', "3.10")),
        "workflow-version-unquoted",
        ".github/workflows/test.yml",
        "3.10",
    ),
    Mutation(
        "Versions",
        "Postgres 16 in compose",
        Change("docker-compose.yml", POSTGRES, POSTGRES.replace("17", "16")),
        "service-version-differs",
        "docker-compose.yml",
        "postgres:16",
    ),
    Mutation(
        "Versions",
        "Postgres 18 in compose, by a floating alpine tag",
        Change("docker-compose.yml", POSTGRES, POSTGRES.replace("17", "18-alpine")),
        "service-version-differs",
        "docker-compose.yml",
        "postgres:18-alpine",
    ),
    Mutation(
        "Versions",
        "Postgres 16 in CI",
        New(".github/workflows/test.yml", workflow(postgres="16")),
        "service-version-differs",
        ".github/workflows/test.yml",
        "postgres:16",
    ),
    Mutation(
        "Versions",
        "Postgres 16 in the tests",
        Change("tests/services.py", 'POSTGRES_IMAGE = "postgres:17"', 'POSTGRES_IMAGE = "postgres:16"'),
        "service-version-differs",
        "tests/services.py",
        "postgres:16",
    ),
    Mutation(
        "Versions",
        "the image has Postgres 15's client",
        Change(
            "Dockerfile", "--no-install-recommends curl \\\n", "--no-install-recommends curl postgresql-client-15 \\\n"
        ),
        "service-version-differs",
        "Dockerfile",
        "RUN apt-get update",
    ),
    Mutation(
        "Versions",
        "the add-on doesn't say its Postgres",
        Change(
            "app.json",
            '"addons": [\n    { "plan": "heroku-postgresql:essential-0", "options": { "version": "17" } },',
            '"addons": [\n    { "plan": "heroku-postgresql:essential-0" },',
        ),
        "addon-version-unsaid",
        "heroku.yml",
        "heroku-postgresql",
    ),
    Mutation(
        "Versions",
        "a base image on Debian 11",
        Change("Dockerfile", STAGE, STAGE.replace("trixie", "bullseye")),
        "end-of-life",
        "Dockerfile",
        "bullseye",
    ),
    Mutation(
        "Versions",
        "pyproject.toml asks for a Django that the lock file hasn't",
        Change("pyproject.toml", '"Django>=5.2,<5.3"', '"Django>=6.0,<6.1"'),
        "lock-outdated",
        "requirements.txt",
        "django==5.2",
    ),
    Mutation(
        "Versions",
        "a dependency that the lock file hasn't",
        Change("pyproject.toml", '    "gunicorn>=27.0",\n', '    "gunicorn>=27.0",\n    "django-ratelimit>=4.1",\n'),
        "lock-outdated",
        "pyproject.toml",
        "django-ratelimit",
    ),
    Mutation(
        "Versions",
        "a `version` in compose",
        Change("docker-compose.yml", "name: dynowiki\n", 'version: "3.8"\nname: dynowiki\n'),
        "deprecated-format",
        "docker-compose.yml",
        'version: "3.8"',
    ),
    Mutation(
        "Versions",
        "a MAINTAINER in the Dockerfile",
        Change(
            "Dockerfile",
            "WORKDIR /dynowiki\nCOPY Procfile",
            "MAINTAINER wiki@example.com\nWORKDIR /dynowiki\nCOPY Procfile",
        ),
        "deprecated-format",
        "Dockerfile",
        "MAINTAINER",
    ),
)

CONFIG_VARS = (
    Mutation(
        "Config vars",
        "a config var that no file tells of",
        Change(HEROKU, PROXY, f'import os\n\n{PROXY}SITE_TITLE = os.environ.get("SITE_TITLE", "Dynowiki")\n'),
        "default-undeclared",
        HEROKU,
        "SITE_TITLE",
    ),
    Mutation(
        "Config vars",
        "no ALLOWED_HOSTS in compose",
        Change("docker-compose.yml", "    ALLOWED_HOSTS: localhost,127.0.0.1,[::1]\n", ""),
        "variable-missing",
        "docker-compose.yml",
        "",
    ),
    Mutation(
        "Config vars",
        "no SECRET_KEY in app.json",
        Change(
            "app.json",
            '    "SECRET_KEY": {\n      "description": "Signs sessions and forms.",\n      "generator": "secret"\n    },\n',
            "",
        ),
        "variable-missing",
        "heroku.yml",
        "",
    ),
    Mutation(
        "Config vars",
        "no bucket in .env.example",
        Change(".env.example", "BUCKETEER_BUCKET_NAME=dynowiki\n", ""),
        "variable-missing",
        "Procfile",
        "",
    ),
    Mutation(
        "Config vars",
        "a slip of a letter in compose",
        Change("docker-compose.yml", "    MEDIA_ENDPOINT_URL: ", "    MEDIA_ENDPIONT_URL: "),
        "variable-misspelt",
        "docker-compose.yml",
        "MEDIA_ENDPIONT_URL",
    ),
    Mutation(
        "Config vars",
        "a slip of a letter in app.json",
        Change("app.json", '    "ALLOWED_HOSTS": {\n', '    "ALOWED_HOSTS": {\n'),
        "variable-misspelt",
        "app.json",
        "ALOWED_HOSTS",
    ),
    Mutation(
        "Config vars",
        "a slip of a letter in the code",
        Change("app/dynowiki/env.py", '        "LOG_FORMAT",\n', '        "LOG_FORMATS",\n'),
        "variable-misspelt",
        ".env.example",
        "LOG_FORMAT",
    ),
    Mutation(
        "Config vars",
        "an example of what nobody reads",
        Change(".env.example", "LOG_FORMAT=text\n", "LOG_FORMAT=text\n\nCOMMENTS_OPEN=true\n"),
        "variable-unread",
        ".env.example",
        "COMMENTS_OPEN",
    ),
    Mutation(
        "Config vars",
        "compose sets what nobody reads",
        Change("docker-compose.yml", '    HTTPS_ONLY: "false"\n', '    HTTPS_ONLY: "false"\n    WIKI_THEME: dark\n'),
        "variable-unread",
        "docker-compose.yml",
        "WIKI_THEME",
    ),
    Mutation(
        "Config vars",
        "DEBUG in app.json",
        Change(
            "app.json",
            '    "DJANGO_SUPERUSER_USERNAME": {\n',
            '    "DEBUG": { "description": "Error pages.", "value": "true" },\n    "DJANGO_SUPERUSER_USERNAME": {\n',
        ),
        "debug-in-production",
        BASE,
        "DEBUG",
    ),
    Mutation(
        "Config vars",
        "DEBUG = True in production's settings",
        Change(HEROKU, PROXY, f"{PROXY}DEBUG = True\n"),
        "debug-in-production",
        HEROKU,
        "DEBUG = True",
    ),
    Mutation(
        "Config vars",
        "a developer's settings in app.json",
        Change(
            "app.json",
            '    "DJANGO_SUPERUSER_USERNAME": {\n',
            '    "DJANGO_SETTINGS_MODULE": { "value": "dynowiki.settings.local" },\n    "DJANGO_SUPERUSER_USERNAME": {\n',
        ),
        "development-settings",
        "app.json",
        "dynowiki.settings.local",
    ),
    Mutation(
        "Config vars",
        "a developer's settings in the image",
        Change(
            "Dockerfile", "PYTHONUNBUFFERED=1 ", "PYTHONUNBUFFERED=1 DJANGO_SETTINGS_MODULE=dynowiki.settings.local "
        ),
        "development-settings",
        "Dockerfile",
        "dynowiki.settings.local",
    ),
    Mutation(
        "Config vars",
        "a SECRET_KEY to fall back to",
        Change(BASE, 'SECRET_KEY = config["SECRET_KEY"]\n', 'SECRET_KEY = config["SECRET_KEY"] or "not-so-secret"\n'),
        "secret-key-fallback",
        BASE,
        "SECRET_KEY",
    ),
    Mutation(
        "Config vars",
        "a random SECRET_KEY to fall back to",
        Change(
            BASE,
            'SECRET_KEY = config["SECRET_KEY"]\n',
            "from django.core.management.utils import get_random_secret_key\n\n"
            'SECRET_KEY = config["SECRET_KEY"] or get_random_secret_key()\n',
        ),
        "secret-key-fallback",
        BASE,
        "SECRET_KEY",
    ),
    Mutation(
        "Config vars",
        "the bucket's secret in compose",
        Change("docker-compose.yml", "loopback-secret-key", AWS_SECRET),
        "secret-committed",
        "docker-compose.yml",
        AWS_SECRET,
    ),
    Mutation(
        "Config vars",
        "production's .env in the repository",
        New(".env.production", f"BUCKETEER_AWS_SECRET_ACCESS_KEY={AWS_SECRET}\n"),
        "secret-committed",
        ".env.production",
        AWS_SECRET,
    ),
    Mutation(
        "Config vars",
        "a password in app.json",
        Change(
            "app.json",
            '    "DJANGO_SUPERUSER_PASSWORD": {\n      "description": "The first account\'s password: heroku config:get '
            'DJANGO_SUPERUSER_PASSWORD shows it.",\n      "generator": "secret"\n',
            f'    "DJANGO_SUPERUSER_PASSWORD": {{\n      "value": "{AWS_SECRET}"\n',
        ),
        "secret-committed",
        "app.json",
        "DJANGO_SUPERUSER_PASSWORD",
    ),
    Mutation(
        "Config vars",
        "a remark behind a value",
        Change(".env.example", "LOG_FORMAT=text\n", "LOG_FORMAT=text # for people\n"),
        "dotenv-dialects",
        ".env.example",
        "LOG_FORMAT",
    ),
    Mutation(
        "Config vars",
        "production's settings overwrite ALLOWED_HOSTS",
        Change(HEROKU, PROXY, f'{PROXY}ALLOWED_HOSTS = [".herokuapp.com"]\n'),
        "variable-overwritten",
        "app.json",
        "ALLOWED_HOSTS",
    ),
    Mutation(
        "Config vars",
        "another default for LOG_LEVEL",
        Change(
            "app/dynowiki/middleware.py",
            "import logging\n",
            'import logging\nimport os\n\nLEVEL = os.environ.get("LOG_LEVEL", "WARNING")\n',
        ),
        "read-differs",
        "app/dynowiki/middleware.py",
        "LEVEL = ",
    ),
)

REFERENCES = (
    Mutation(
        "References",
        "Heroku's release runs a manage.py that isn't there",
        Change("heroku.yml", f"    - {MIGRATE}\n", f"    - {MIGRATE.replace('app/', '')}\n"),
        "command-missing-file",
        "heroku.yml",
        "python3 manage.py",
    ),
    Mutation(
        "References",
        "the Procfile names a configuration that was renamed",
        Change("Procfile", PROCFILE_WEB, PROCFILE_WEB.replace("dynowiki/gunicorn.py", "dynowiki/gunicorn.conf.py")),
        "command-missing-file",
        "Procfile",
        "gunicorn.conf.py",
    ),
    Mutation(
        "References",
        "Heroku's WSGI module is misspelt",
        Change("heroku.yml", HEROKU_WEB, HEROKU_WEB.replace("dynowiki.wsgi", "dynowiki.wsg")),
        "wsgi-missing",
        "heroku.yml",
        "dynowiki.wsg ",
    ),
    Mutation(
        "References",
        "compose selects settings that aren't there",
        Change("docker-compose.yml", ":-dynowiki.settings.heroku}", ":-dynowiki.settings.production}"),
        "settings-missing",
        "docker-compose.yml",
        "dynowiki.settings.production",
    ),
    Mutation(
        "References",
        "COPY of a file that isn't there",
        Change("Dockerfile", "COPY requirements.txt .\n", "COPY requirements.txt constraints.txt .\n"),
        "copy-missing",
        "Dockerfile",
        "constraints.txt",
    ),
    Mutation(
        "References",
        ".dockerignore leaves out what the image copies",
        Change(".dockerignore", "!docker/slim.py\n", ""),
        "copy-missing",
        "Dockerfile",
        "COPY docker/slim.py",
    ),
    Mutation(
        "References",
        "an entrypoint that the image hasn't",
        Change("Dockerfile", CMD, f'ENTRYPOINT ["docker/minio/docker-entrypoint.sh"]\n{CMD}'),
        "not-in-image",
        "Dockerfile",
        "ENTRYPOINT",
    ),
    Mutation(
        "References",
        "an env_file that isn't there",
        Change("docker-compose.yml", COMPOSE_WEB, f"{COMPOSE_WEB}    env_file: .env.web\n"),
        "env-file-unmade",
        "docker-compose.yml",
        ".env.web",
    ),
    Mutation(
        "References",
        "compose waits for a service that isn't there",
        Change(
            "docker-compose.yml",
            "      bucket:\n        condition: service_completed_successfully\n",
            "      buckets:\n        condition: service_completed_successfully\n",
        ),
        "compose-refused",
        "docker-compose.yml",
        "",
    ),
    Mutation(
        "References",
        "compose uses a volume that it doesn't declare",
        Change("docker-compose.yml", "volumes:\n  db:\n  minio:\n", "volumes:\n  db:\n"),
        "compose-refused",
        "docker-compose.yml",
        "",
    ),
    Mutation(
        "References",
        "compose builds a stage that isn't there",
        Change("docker-compose.yml", "  build: .\n", "  build:\n    context: .\n    target: production\n"),
        "compose-reference-missing",
        "docker-compose.yml",
        "target: production",
    ),
    Mutation(
        "References",
        "heroku.yml builds a Dockerfile that isn't there",
        Change("heroku.yml", "    web: Dockerfile\n", "    web: Dockerfile.heroku\n"),
        "heroku-yml-reference-missing",
        "heroku.yml",
        "Dockerfile.heroku",
    ),
    Mutation(
        "References",
        "a database URL names a host that isn't there",
        Change("docker-compose.yml", "@db:5432/dynowiki", "@postgres:5432/dynowiki"),
        "host-missing",
        "docker-compose.yml",
        "@postgres:5432",
    ),
    Mutation(
        "References",
        "a bind of a folder that isn't there",
        Change(
            "docker-compose.yml",
            COMPOSE_WEB,
            f"{COMPOSE_WEB}    volumes:\n      - ./certificates:/etc/certificates:ro\n",
        ),
        "bind-missing",
        "docker-compose.yml",
        "./certificates",
    ),
    Mutation(
        "References",
        "a program that no dependency installs",
        Change("docker-compose.yml", COMPOSE_RELEASE, "    command: celery --app dynowiki worker\n"),
        "program-not-installed",
        "docker-compose.yml",
        "celery",
    ),
    Mutation(
        "References",
        "an app that only developers have",
        Change(BASE, '    "csp",\n]\n', '    "csp",\n    "debug_toolbar",\n]\n'),
        "package-missing",
        BASE,
        "debug_toolbar",
    ),
    Mutation(
        "References",
        "a Django command that isn't there",
        Change("Procfile", f"release: {MIGRATE}\n", f"release: {MIGRATE} && python3 app/manage.py welcom\n"),
        "command-unknown",
        "Procfile",
        "welcom",
    ),
)

IMAGE = (
    Mutation(
        "Image",
        "RUN --mount, which Heroku's builder refuses",
        Change(
            "Dockerfile",
            "RUN python3 -m venv --without-pip",
            "RUN --mount=type=cache,target=/root/.cache python3 -m venv --without-pip",
        ),
        "classic-builder",
        "Dockerfile",
        "--mount=type=cache",
    ),
    Mutation(
        "Image",
        "COPY --chmod, which Heroku's builder refuses",
        Change("Dockerfile", "COPY app app\n", "COPY --chmod=a+rX app app\n"),
        "classic-builder",
        "Dockerfile",
        "--chmod",
    ),
    Mutation(
        "Image",
        "a heredoc, which Heroku's builder refuses",
        Change(
            "Dockerfile", "WORKDIR /dynowiki\nCOPY Procfile", "RUN <<END\ntrue\nEND\nWORKDIR /dynowiki\nCOPY Procfile"
        ),
        "classic-builder",
        "Dockerfile",
        "RUN <<END",
    ),
    Mutation(
        "Image",
        "VOLUME, which a dyno hasn't",
        Change("Dockerfile", "USER 10001\n", "VOLUME /dynowiki/media\nUSER 10001\n"),
        "heroku-ignores",
        "Dockerfile",
        "VOLUME",
    ),
    Mutation(
        "Image",
        "no CMD and no command for web",
        Change("Dockerfile", CMD, ""),
        "no-cmd",
        "docker-compose.yml",
        "web:",
    ),
    Mutation(
        "Image",
        "compose builds another stage",
        Change("docker-compose.yml", "  build: .\n", "  build:\n    context: .\n    target: packages\n"),
        "build-differs",
        "docker-compose.yml",
        "target: packages",
    ),
    Mutation(
        "Image",
        "compose builds with an argument of its own",
        Change("docker-compose.yml", "  build: .\n", "  build:\n    context: .\n    args:\n      DEVELOPMENT: 1\n"),
        "build-differs",
        "docker-compose.yml",
        "",
    ),
    Mutation(
        "Image",
        "the newest Python, whichever that is",
        Change("Dockerfile", STAGE, STAGE.replace("3.13.15-slim-trixie", "slim")),
        "image-moving",
        "Dockerfile",
        "FROM python:slim",
    ),
    Mutation(
        "Image",
        "Postgres from Bitnami",
        Change("docker-compose.yml", POSTGRES, "    image: bitnami/postgresql:17\n"),
        "image-gone",
        "docker-compose.yml",
        "bitnami",
    ),
    Mutation(
        "Image",
        "a volume for what web writes",
        Change("docker-compose.yml", COMPOSE_WEB, f"{COMPOSE_WEB}    volumes:\n      - /dynowiki/app/media\n"),
        "volume-forgotten",
        "docker-compose.yml",
        "/dynowiki/app/media",
    ),
)

SERVICES = (
    Mutation(
        "Services",
        "Redis in compose only",
        Change("docker-compose.yml", "  minio:\n    image:", "  redis:\n    image: redis:8\n\n  minio:\n    image:"),
        "service-without-addon",
        "docker-compose.yml",
        "redis:",
    ),
    Mutation(
        "Services",
        "Redis on Heroku only",
        Change(
            "heroku.yml",
            "    - plan: bucketeer:hobbyist\n",
            "    - plan: bucketeer:hobbyist\n    - plan: heroku-redis:mini\n",
        ),
        "addon-without-service",
        "heroku.yml",
        "heroku-redis",
    ),
    Mutation(
        "Services",
        "SQLite for honcho",
        Change(".env.example", "postgres://dynowiki:dynowiki@127.0.0.1:15432/dynowiki", "sqlite:///dynowiki.sqlite3"),
        "database-differs",
        ".env.example",
        "sqlite",
    ),
    Mutation(
        "Services",
        "SQLite in a developer's settings",
        Change(
            "app/dynowiki/settings/local.py",
            "DEBUG = True\n",
            'DEBUG = True\nDATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": "wiki.sqlite3"}}\n',
        ),
        "database-differs",
        "app/dynowiki/settings/local.py",
        "sqlite3",
    ),
    Mutation(
        "Services",
        "uploads go to the disk",
        Change(BASE, '"dynowiki.storage.MediaStorage"', '"django.core.files.storage.FileSystemStorage"'),
        "uploads-on-disk",
        BASE,
        "",
    ),
    Mutation(
        "Services",
        "uploads are public-read",
        Change(BASE, '"default_acl": None', '"default_acl": "public-read"'),
        "acl-refused",
        BASE,
        "",
    ),
    Mutation(
        "Services",
        "TLS to the database everywhere",
        Change(BASE, '"sslmode": config["DATABASE_SSLMODE"]', '"sslmode": "require"'),
        "tls-differs",
        BASE,
        "",
    ),
    Mutation(
        "Services",
        "the code needs Redis, and no home has it",
        Change(HEROKU, PROXY, f'import os\n\n{PROXY}CACHE_URL = os.environ["REDIS_URL"]\n'),
        "service-nowhere",
        HEROKU,
        "REDIS_URL",
    ),
    Mutation(
        "Services",
        "release starts before Postgres answers",
        Change(
            "docker-compose.yml",
            "      db:\n        condition: service_healthy\n      bucket:\n",
            "      db:\n        condition: service_started\n      bucket:\n",
        ),
        "start-order",
        "docker-compose.yml",
        "",
    ),
    Mutation(
        "Services",
        "release waits five seconds for luck",
        Change("docker-compose.yml", COMPOSE_RELEASE, f'    command: sh -c "sleep 5 && exec {MIGRATE}"\n'),
        "start-order",
        "docker-compose.yml",
        "sleep 5",
    ),
)

READING = (
    Mutation(
        "Reading",
        "a key twice in compose",
        Change("docker-compose.yml", '    HTTPS_ONLY: "false"\n', '    HTTPS_ONLY: "false"\n    HTTPS_ONLY: "true"\n'),
        "file-not-parsed",
        "docker-compose.yml",
        'HTTPS_ONLY: "true"',
    ),
    Mutation(
        "Reading",
        "a key that heroku.yml doesn't know",
        Change("heroku.yml", "setup:\n  addons:\n", "setup:\n  region: eu\n  addons:\n"),
        "heroku-yml-refused",
        "heroku.yml",
        "region",
    ),
    Mutation(
        "Reading",
        "a misspelt key in compose",
        Change(
            "docker-compose.yml",
            "    init: true\n    depends_on:\n      db:",
            "    innit: true\n    depends_on:\n      db:",
        ),
        "compose-refused",
        "docker-compose.yml",
        "innit",
    ),
    Mutation(
        "Reading",
        "a comma too many in app.json",
        Change("app.json", '"size": "basic" }\n', '"size": "basic" },\n'),
        "file-not-parsed",
        "app.json",
        "",
    ),
    Mutation(
        "Reading",
        "a Procfile line without its colon",
        Change("Procfile", f"release: {MIGRATE}\n", f"release: {MIGRATE}\nclock python3 app/manage.py clearsessions\n"),
        "procfile-line",
        "Procfile",
        "clock",
    ),
    Mutation(
        "Reading",
        "an example saved as Latin-1",
        New("docker/.env.example", "# Schlüssel\nLOG_LEVEL=INFO\n", encoding="latin-1"),
        "file-not-utf8",
        "docker/.env.example",
        "",
    ),
    Mutation(
        "Reading",
        "requirements of a file that isn't there",
        Change("requirements.txt", "asgiref==", "-r requirements/base.txt\nasgiref=="),
        "include-missing",
        "requirements.txt",
        "requirements/base.txt",
    ),
    Mutation(
        "Reading",
        "a Dockerfile that ends within a line",
        Change("Dockerfile", CMD, "CM exec gunicorn\n"),
        "dockerfile-refused",
        "Dockerfile",
        "CM exec",
    ),
    Mutation(
        "Reading",
        "settings that Python can't read",
        Change(HEROKU, 'X_FRAME_OPTIONS = "DENY"\n', 'X_FRAME_OPTIONS = "DENY\n'),
        "python-unreadable",
        HEROKU,
        "X_FRAME_OPTIONS",
    ),
)

LEDGER = (
    Mutation(
        "Ledger",
        "an intended difference whose rule is misspelt",
        Change("parity.toml", ENTRY, ACCEPTED.format(rule="proces-missing", more="") + ENTRY),
        "ledger-unknown-rule",
        "parity.toml",
        "",
    ),
    Mutation(
        "Ledger",
        "an intended difference that is gone",
        Change("parity.toml", ENTRY, ACCEPTED.format(rule="process-missing", more="") + ENTRY),
        "ledger-stale",
        "parity.toml",
        "",
    ),
    Mutation(
        "Ledger",
        "an intended difference that was to end last month",
        Change("parity.toml", ENTRY, ACCEPTED.format(rule="process-missing", more="until = 2026-10-31\n") + ENTRY),
        "ledger-expired",
        "parity.toml",
        "",
    ),
)

MUTATIONS: tuple[Mutation, ...] = (
    *PROCESSES,
    *VERSIONS,
    *CONFIG_VARS,
    *REFERENCES,
    *IMAGE,
    *SERVICES,
    *READING,
    *LEDGER,
)

# Drifts of which the tool says something else, or nothing, by name, and why that is so.
KNOWN_MISSES: dict[str, str] = {
    "compose opens 8080, where nobody listens": "The port comes from a gunicorn configuration whose value is computed, and what is computed isn't known.",
    "web is called site in heroku.yml": "Heroku takes a process type of any name, and the reader of heroku.yml asks only for an image of that name.",
    "pyproject.toml asks for a Django that the lock file hasn't": "No rule holds a requirements.txt against the pyproject.toml that it was made from: nothing in the two names the other.",
    "a dependency that the lock file hasn't": "The same: requirements.txt is a lock file by custom only.",
    "a random SECRET_KEY to fall back to": "The settings read a table of values that a function has made; what `or` adds to one of them is not followed that far.",
    "production's settings overwrite ALLOWED_HOSTS": "The same: which variable feeds which setting is lost in the table.",
    "Heroku's release runs a manage.py that isn't there": "The finding is right; app/manage.py differs too, and command-differs says so at the Procfile's line.",
    "an entrypoint that the image hasn't": "An ENTRYPOINT in another folder than WORKDIR's is taken for a program of the base image.",
    "compose builds a stage that isn't there": "It is found, at the line of `build` instead of `target`.",
    "a database URL names a host that isn't there": "No rule compares the host of a URL with the names of compose's services yet.",
    "a bind of a folder that isn't there": "Docker makes the folder, empty and root's; no rule says so yet.",
    "a program that no dependency installs": "The image's packages come from a virtual environment of another stage, which the rule doesn't follow.",
    "an app that only developers have": "development-dependency isn't written yet.",
    "a Django command that isn't there": "No rule knows the management commands of the installed packages.",
    "no CMD and no command for web": "no-cmd isn't written for compose yet.",
    "compose builds another stage": "It is found, by image-differs.",
    "compose builds with an argument of its own": "image-differs compares Dockerfiles and stages, not arguments.",
    "the newest Python, whichever that is": "`slim` names no version; image-moving knows `latest` and no tag.",
    "a volume for what web writes": "Uploads go to S3 here, so nothing is known to be written there; lost-on-restart isn't written yet.",
    "SQLite for honcho": "The engine follows from a URL that the settings parse by a function of their own.",
    "SQLite in a developer's settings": "No home selects that module.",
    "uploads go to the disk": "The settings have no MEDIA_ROOT, by which uploads-on-disk goes.",
}

Key = tuple[str, str, str]


def tracked() -> list[str]:
    """The files that git has, or would take."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if listed.returncode:
        from parity.check.walk import Tree

        return sorted(Tree(ROOT).paths)
    return [name for name in listed.stdout.split("\0") if name]


def copied(root: Path) -> None:
    """A copy of the repository without this table."""
    for name in tracked():
        if name != TABLE and (ROOT / name).is_file():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, root / name)


@contextlib.contextmanager
def applied(edit: Change | New | Gone, root: Path) -> Iterator[None]:
    """The copy with one edit, which is undone behind it."""
    path = root / edit.file
    before = path.read_bytes() if path.exists() else None
    try:
        edit.apply(root)
        yield
    finally:
        if before is None:
            path.unlink(missing_ok=True)
        else:
            path.write_bytes(before)


def judged(root: Path) -> list[Judged]:
    return judge(assemble(root, TODAY), all_checks(), TODAY)


def new(found: Sequence[Judged], known: Sequence[Judged]) -> list[Judged]:
    """What is found that wasn't; an edit moves the lines of what was."""
    left = Counter(map(key, known))
    fresh = []
    for item in found:
        if left[key(item)]:
            left[key(item)] -= 1
        else:
            fresh.append(item)
    return fresh


def key(item: Judged) -> Key:
    return item.rule.id, item.finding.place.file, item.finding.message


def pointed(item: Judged, root: Path) -> str:
    """The line that a finding points at."""
    path = root / item.finding.place.file
    lines = path.read_text(encoding="latin-1").splitlines() if path.is_file() else []
    number = item.finding.place.line
    return lines[number - 1] if number <= len(lines) else ""


def met(mutation: Mutation, found: Sequence[Judged], root: Path) -> bool:
    """Whether exactly the expected finding is there, and points where it should."""
    if len(found) != 1:
        return False
    item = found[0]
    return (
        item.rule.id == mutation.rule
        and item.finding.place.file == mutation.file
        and mutation.line in pointed(item, root)
    )


def said(item: Judged) -> str:
    return f"{item.finding.place}: {item.finding.message} [{item.rule.id}]"


@contextlib.contextmanager
def python_read_once() -> Iterator[None]:
    """Python source, the most of what is read, is read again only where an edit changed it."""
    from parity.readers import python

    read, known = python.read, {}

    def remembering(files: dict[str, str], *rest: object, **more: object) -> object:
        asked = frozenset(files.items()), repr(rest), repr(more)
        if asked not in known:
            known[asked] = read(files, *rest, **more)  # type: ignore[arg-type]
        return known[asked]

    python.read = remembering  # type: ignore[assignment]
    try:
        yield
    finally:
        python.read = read


def results() -> Iterator[tuple[Mutation | None, list[str], bool]]:
    """First what the copy has before any edit (None), then each mutation with what is said and whether that was expected."""
    with tempfile.TemporaryDirectory() as name, python_read_once():
        root = Path(name)
        copied(root)
        known = judged(root)
        yield None, [said(item) for item in known if item.fails], True
        for mutation in MUTATIONS:
            with applied(mutation.edit, root):
                fresh = new(judged(root), known)
                yield mutation, [said(item) for item in fresh], met(mutation, fresh, root)


def page() -> str:
    """The table as Markdown."""
    found = [(mutation, lines, good) for mutation, lines, good in results() if mutation]
    caught = Counter(mutation.family for mutation, _, good in found if good)
    of = Counter(mutation.family for mutation, _, _ in found)
    rows = [f"| {family} | {of[family]} | {caught[family]} |" for family in get_args(Family)]
    sections = [
        HEAD.format(total=len(found), caught=sum(caught.values())),
        "| family | drifts | found |\n| --- | ---: | ---: |\n"
        + "\n".join([*rows, f"| all | {len(found)} | {sum(caught.values())} |"]),
    ]
    for family in get_args(Family):
        lines = [
            f"| {mutation.name} | {mutation.edit} | {cell(said)} |"
            for mutation, said, _ in found
            if mutation.family == family and mutation.name not in KNOWN_MISSES
        ]
        sections.append(f"## {family}\n\n| drift | edit | finding |\n| --- | --- | --- |\n" + "\n".join(lines))
    missed = [
        f"| {mutation.name} | {mutation.edit} | {cell(said) or 'nothing'} | {KNOWN_MISSES[mutation.name]} |"
        for mutation, said, _ in found
        if mutation.name in KNOWN_MISSES
    ]
    if missed:
        sections.append(
            "## Not as it should be\n\n| drift | edit | what is said | why |\n| --- | --- | --- | --- |\n"
            + "\n".join(missed)
        )
    return "\n\n".join(sections) + "\n"


def cell(lines: list[str]) -> str:
    return "<br>".join(line.replace("|", "\\|") for line in lines)


HEAD = """\
# Drifts of this repository, and what `parity check` says

Each row is one edit of this repository as it stands, the kind that slips through a review, and the one finding that
comes of it: {caught} of {total} give exactly the finding that a careful reader would write, and no other.
`tests/parity/mutations.py` is the table, `tests/parity/test_mutations.py` runs it, and
`python3 -m tests.parity.mutations > docs/mutations.md` prints this page."""


if __name__ == "__main__":
    os.chdir(ROOT)
    sys.stdout.write(page())
