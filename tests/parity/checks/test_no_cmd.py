"""Images that say nothing of what to run."""

import pytest

from tests.parity.checks.tools import Files, assert_clean, assert_finding

RULE = "no-cmd"


@pytest.mark.parametrize(
    ("files", "message"),
    [
        pytest.param(
            {
                "heroku.yml": "build:\n  docker:\n    web: Dockerfile\n",
                "Dockerfile": "FROM python:3.13\nWORKDIR /app\n",
            },
            "Dockerfile:1: Dockerfile has no CMD, and heroku.yml gives web no command",
            id="no-run",
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
                "heroku.yml": "build:\n  docker:\n    web: Dockerfile\n",
                "Dockerfile": "FROM python:3.13\nWORKDIR /app\nCMD gunicorn a.wsgi\n",
            },
            id="a-cmd",
        ),
        pytest.param(
            {
                "heroku.yml": "build:\n  docker:\n    web: Dockerfile\n",
                "Dockerfile": 'FROM python:3.13\nWORKDIR /app\nENTRYPOINT ["gunicorn", "a.wsgi"]\n',
            },
            id="an-entrypoint",
        ),
        pytest.param(
            {
                "heroku.yml": "build:\n  docker:\n    web: Dockerfile\nrun:\n  web: gunicorn a.wsgi\n",
                "Dockerfile": "FROM python:3.13\nWORKDIR /app\n",
            },
            id="a-run",
        ),
        pytest.param(
            {
                "heroku.yml": "build:\n  docker:\n    web: Dockerfile\n",
                "Dockerfile": "FROM python:3.13 AS a\nCMD gunicorn a.wsgi\nFROM a\n",
            },
            id="a-cmd-of-a-stage-below",
        ),
        pytest.param(
            {
                "heroku.yml": "build:\n  docker:\n    web: Dockerfile\n",
                "Dockerfile": "FROM metabase/metabase:v1\n",
            },
            id="somebody-else's-app",
        ),
        pytest.param(
            {
                "compose.yaml": "services:\n  web:\n    build: .\n",
                "Dockerfile": "FROM python:3.13\nWORKDIR /app\n",
            },
            id="compose-alone",
        ),
    ],
)
def test_what_a_careful_reader_would_not_call_wrong_is_clean(files: Files) -> None:
    assert_clean(files, RULE)
