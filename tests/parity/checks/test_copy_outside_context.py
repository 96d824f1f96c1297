"""COPY from outside of the build context."""

import pytest

from tests.parity.checks.tools import Files, assert_clean, assert_finding

RULE = "copy-outside-context"


@pytest.mark.parametrize(
    ("files", "message"),
    [
        pytest.param(
            {
                "heroku.yml": "build:\n  docker:\n    web: docker/Dockerfile\nrun:\n  web: gunicorn a.wsgi\n",
                "docker/Dockerfile": "FROM python:3.13\nWORKDIR /app\nCOPY a.txt .\n",
                "a.txt": "",
            },
            (
                "docker/Dockerfile:3: COPY a.txt reaches out of the build context docker (Heroku's is the "
                "Dockerfile's folder)"
            ),
            id="heroku's-context",
        ),
        pytest.param(
            {
                "compose.yaml": "services:\n  web:\n    build: web\n",
                "web/Dockerfile": "FROM python:3.13\nWORKDIR /app\nCOPY ../a.txt .\n",
                "a.txt": "",
            },
            "web/Dockerfile:3: COPY ../a.txt reaches out of the build context web",
            id="dots",
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
                "compose.yaml": "services:\n  web:\n    build:\n      context: .\n      dockerfile: docker/Dockerfile\n",
                "docker/Dockerfile": "FROM python:3.13\nWORKDIR /app\nCOPY a.txt .\n",
                "a.txt": "",
            },
            id="compose's-context-is-the-root",
        ),
        pytest.param(
            {
                "Dockerfile": "FROM python:3.13\nWORKDIR /app\nCOPY docs/../a.txt .\n",
                "a.txt": "",
                "docs/b": "",
            },
            id="dots-within",
        ),
        pytest.param(
            {
                "compose.yaml": "services:\n  web:\n    build: web\n",
                "web/Dockerfile": "FROM python:3.13\nWORKDIR /app\nCOPY ../a.txt .\n",
                "web/a.txt": "",
            },
            id="dots-that-buildkit-forgives",
        ),
        pytest.param(
            {
                "heroku.yml": "build:\n  docker:\n    web: docker/Dockerfile\nrun:\n  web: gunicorn a.wsgi\n",
                "docker/Dockerfile": "FROM python:3.13\nWORKDIR /app\nCOPY a.txt .\n",
            },
            id="in-neither",
        ),
    ],
)
def test_what_a_careful_reader_would_not_call_wrong_is_clean(files: Files) -> None:
    assert_clean(files, RULE)
