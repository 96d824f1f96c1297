"""Homes that build another image than production."""

import pytest

from tests.parity.checks.tools import Files, assert_clean, assert_finding

RULE = "image-differs"


@pytest.mark.parametrize(
    ("files", "message"),
    [
        pytest.param(
            {
                "heroku.yml": "build:\n  docker:\n    web: Dockerfile\nrun:\n  web: gunicorn a.wsgi\n",
                "Dockerfile": "FROM python:3.13\nWORKDIR /app\n",
                "compose.yaml": (
                    "services:\n"
                    "  web:\n"
                    "    build:\n"
                    "      context: .\n"
                    "      dockerfile: Dockerfile.dev\n"
                    "    command: gunicorn a.wsgi\n"
                ),
                "Dockerfile.dev": "FROM python:3.13\nWORKDIR /app\n",
            },
            "compose.yaml:5: compose builds Dockerfile.dev, and heroku builds Dockerfile",
            id="another-dockerfile",
        ),
        pytest.param(
            {
                "heroku.yml": "build:\n  docker:\n    web: Dockerfile\nrun:\n  web: gunicorn a.wsgi\n",
                "Dockerfile": "FROM python:3.13 AS dev\nFROM python:3.13 AS live\n",
                "compose.yaml": (
                    "services:\n  web:\n    build:\n      context: .\n      target: dev\n    command: gunicorn a.wsgi\n"
                ),
            },
            "compose.yaml:3: compose builds stage dev of Dockerfile, and heroku builds stage live",
            id="another-stage",
        ),
        pytest.param(
            {
                "heroku.yml": "build:\n  docker:\n    web: Dockerfile\nrun:\n  web: gunicorn a.wsgi\n",
                "Dockerfile": "FROM python:3.13\nARG MODE=live\n",
                "compose.yaml": (
                    "services:\n"
                    "  web:\n"
                    "    build:\n"
                    "      context: .\n"
                    "      args:\n"
                    "        MODE: dev\n"
                    "    command: gunicorn a.wsgi\n"
                ),
            },
            "compose.yaml:3: compose builds Dockerfile with MODE=dev, and heroku with MODE=live",
            id="another-argument",
        ),
    ],
)
def test_it_is_found(files: Files, message: str) -> None:
    assert_finding(files, RULE, message)


@pytest.mark.parametrize(
    "files",
    [
        pytest.param(
            {
                "heroku.yml": "build:\n  docker:\n    web: Dockerfile\nrun:\n  web: gunicorn a.wsgi\n",
                "Dockerfile": "FROM python:3.13\nWORKDIR /app\n",
                "compose.yaml": (
                    "services:\n"
                    "  web:\n"
                    "    build:\n"
                    "      context: .\n"
                    "      dockerfile: Dockerfile\n"
                    "    command: gunicorn a.wsgi\n"
                ),
            },
            id="the-same",
        ),
        pytest.param(
            {
                "heroku.yml": "build:\n  docker:\n    web: Dockerfile\nrun:\n  web: gunicorn a.wsgi\n",
                "Dockerfile": "FROM python:3.13 AS live\n",
                "compose.yaml": (
                    "services:\n"
                    "  web:\n"
                    "    build:\n"
                    "      context: .\n"
                    "      target: live\n"
                    "    command: gunicorn a.wsgi\n"
                ),
            },
            id="the-last-stage-by-its-name",
        ),
        pytest.param(
            {
                "heroku.yml": "build:\n  docker:\n    web: Dockerfile\nrun:\n  web: gunicorn a.wsgi\n",
                "Dockerfile": "FROM python:3.13\nARG MODE=live\n",
                "compose.yaml": (
                    "services:\n"
                    "  web:\n"
                    "    build:\n"
                    "      context: .\n"
                    "      args:\n"
                    "        MODE: live\n"
                    "    command: gunicorn a.wsgi\n"
                ),
            },
            id="an-argument-that-is-the-default",
        ),
        pytest.param(
            {
                "heroku.yml": "build:\n  docker:\n    web: Dockerfile\nrun:\n  web: gunicorn a.wsgi\n",
                "Dockerfile": "FROM python:3.13\n",
                "compose.yaml": (
                    "services:\n"
                    "  web:\n"
                    "    build:\n"
                    "      context: .\n"
                    "      args:\n"
                    "        MODE: dev\n"
                    "    command: gunicorn a.wsgi\n"
                ),
            },
            id="an-argument-that-nobody-declares",
        ),
        pytest.param(
            {
                "Procfile": "web: gunicorn a.wsgi\n",
                "Dockerfile": "FROM python:3.13\nWORKDIR /app\n",
                "compose.yaml": (
                    "services:\n"
                    "  web:\n"
                    "    build:\n"
                    "      context: .\n"
                    "      dockerfile: Dockerfile\n"
                    "    command: gunicorn a.wsgi\n"
                ),
            },
            id="buildpacks",
        ),
        pytest.param(
            {
                "heroku.yml": "build:\n  docker:\n    web: Dockerfile\nrun:\n  web: gunicorn a.wsgi\n",
                "Dockerfile": "FROM python:3.13\nWORKDIR /app\n",
                "Dockerfile.dev": "FROM python:3.13\nWORKDIR /app\n",
                "compose.yaml": (
                    "services:\n"
                    "  web:\n"
                    "    build:\n"
                    "      context: .\n"
                    "      dockerfile: Dockerfile.dev\n"
                    "    command: gunicorn a.wsgi\n"
                    "  backend:\n"
                    "    build: .\n"
                    "    command: gunicorn a.wsgi\n"
                ),
            },
            id="one-of-two-is-the-same",
        ),
    ],
)
def test_what_a_careful_reader_would_not_call_wrong_is_clean(files: Files) -> None:
    assert_clean(files, RULE)
