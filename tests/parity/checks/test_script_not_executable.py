"""Scripts that are run by their path alone."""

import pytest

from tests.parity.checks.tools import Files, assert_clean, assert_finding

RULE = "script-not-executable"


@pytest.mark.parametrize(
    ("files", "message"),
    [
        pytest.param(
            {
                "Dockerfile": 'FROM python:3.13\nWORKDIR /app\nCOPY . .\nCMD ["./start.sh"]\n',
                "start.sh": "#!/bin/sh\nexec gunicorn a.wsgi\n",
            },
            "Dockerfile:4: image runs ./start.sh by itself in image, and start.sh isn't executable",
            id="by-the-exec-form",
        ),
        pytest.param(
            {
                "Dockerfile": 'FROM python:3.13\nWORKDIR /app\nCOPY bin bin\nENTRYPOINT ["/app/bin/start.sh"]\n',
                "bin/start.sh": "#!/bin/sh\nexec gunicorn a.wsgi\n",
            },
            "Dockerfile:4: image runs /app/bin/start.sh by itself in image, and bin/start.sh isn't executable",
            id="by-an-entrypoint",
        ),
        pytest.param(
            {"Procfile": "web: ./start.sh\n", "start.sh": "#!/bin/sh\nexec gunicorn a.wsgi\n"},
            "Procfile:1: web runs ./start.sh by itself in heroku, procfile, and start.sh isn't executable",
            id="by-a-procfile",
        ),
        pytest.param(
            {
                "Dockerfile": 'FROM python:3.13\nWORKDIR /app\nCOPY . .\nRUN chmod +x other.sh\nCMD ["./start.sh"]\n',
                "start.sh": "#!/bin/sh\nexec gunicorn a.wsgi\n",
            },
            "Dockerfile:5: image runs ./start.sh by itself in image, and start.sh isn't executable",
            id="chmod-of-another-file",
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
                "Dockerfile": 'FROM python:3.13\nWORKDIR /app\nCOPY . .\nCMD ["sh", "./start.sh"]\n',
                "start.sh": "#!/bin/sh\nexec gunicorn a.wsgi\n",
            },
            id="given-to-a-shell",
        ),
        pytest.param(
            {"Procfile": "web: bash ./start.sh\n", "start.sh": "#!/bin/sh\nexec gunicorn a.wsgi\n"},
            id="given-to-a-shell-in-a-procfile",
        ),
        pytest.param(
            {
                "Dockerfile": 'FROM python:3.13\nWORKDIR /app\nCOPY . .\nRUN chmod +x ./start.sh\nCMD ["./start.sh"]\n',
                "start.sh": "#!/bin/sh\nexec gunicorn a.wsgi\n",
            },
            id="chmod",
        ),
        pytest.param(
            {
                "Dockerfile": 'FROM python:3.13\nWORKDIR /app\nCOPY . .\nRUN chmod -R 755 /app\nCMD ["./start.sh"]\n',
                "start.sh": "#!/bin/sh\nexec gunicorn a.wsgi\n",
            },
            id="chmod-of-a-folder",
        ),
        pytest.param(
            {
                "Dockerfile": 'FROM python:3.13\nWORKDIR /app\nCOPY --chmod=755 start.sh .\nCMD ["./start.sh"]\n',
                "start.sh": "#!/bin/sh\nexec gunicorn a.wsgi\n",
            },
            id="copy-chmod",
        ),
    ],
)
def test_what_a_careful_reader_would_not_call_wrong_is_clean(files: Files) -> None:
    assert_clean(files, RULE)
