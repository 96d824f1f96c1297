"""Instructions that Heroku doesn't heed."""

import pytest

from tests.parity.checks.tools import Files, assert_clean, assert_finding

RULE = "heroku-ignores"


@pytest.mark.parametrize(
    ("files", "message"),
    [
        pytest.param(
            {
                "heroku.yml": "build:\n  docker:\n    web: Dockerfile\nrun:\n  web: gunicorn a.wsgi\n",
                "Dockerfile": "FROM python:3.13\nWORKDIR /app\nVOLUME /data\nEXPOSE 8000\n",
            },
            "Dockerfile:3: Heroku heeds nothing of VOLUME (line 3), EXPOSE (line 4) in Dockerfile",
            id="several",
        ),
        pytest.param(
            {
                "heroku.yml": "build:\n  docker:\n    web: Dockerfile\nrun:\n  web: gunicorn a.wsgi\n",
                "Dockerfile": "FROM python:3.13 AS a\nSTOPSIGNAL SIGINT\nFROM a\n",
            },
            "Dockerfile:2: Heroku heeds nothing of STOPSIGNAL (line 2) in Dockerfile",
            id="of-a-stage-below",
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
                "Dockerfile": "FROM python:3.13\nWORKDIR /app\nEXPOSE 8000\n",
            },
            id="no-heroku",
        ),
        pytest.param(
            {
                "heroku.yml": "build:\n  docker:\n    web: Dockerfile\nrun:\n  web: gunicorn a.wsgi\n",
                "Dockerfile": "FROM python:3.13 AS a\nEXPOSE 1\nFROM python:3.13\nCOPY --from=a /a /b\n",
            },
            id="of-a-stage-that-is-copied-from",
        ),
        pytest.param(
            {
                "heroku.yml": "build:\n  docker:\n    web: Dockerfile\nrun:\n  web: gunicorn a.wsgi\n",
                "Dockerfile": "FROM python:3.13\nWORKDIR /app\nHEALTHCHECK NONE\n",
            },
            id="no-healthcheck",
        ),
    ],
)
def test_what_a_careful_reader_would_not_call_wrong_is_clean(files: Files) -> None:
    assert_clean(files, RULE)
