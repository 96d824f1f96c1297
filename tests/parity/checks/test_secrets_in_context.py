"""Secrets that COPY takes along."""

import pytest

from tests.parity.checks.tools import Files, assert_clean, assert_finding

RULE = "secrets-in-context"


@pytest.mark.parametrize(
    ("files", "message"),
    [
        pytest.param(
            {
                "Dockerfile": "FROM python:3.13\nWORKDIR /app\nCOPY . .\n",
                ".env.example": "A=\n",
            },
            ("Dockerfile:3: COPY of the whole context takes .env and .git along, for there is no .dockerignore"),
            id="env-and-git",
        ),
        pytest.param(
            {
                "Dockerfile": "FROM python:3.13\nWORKDIR /app\nADD ./ /app/\n",
                ".env.example": "A=\n",
                ".dockerignore": ".git\n",
            },
            ("Dockerfile:3: ADD of the whole context takes .env along, which .dockerignore doesn't leave out"),
            id="one-of-the-two",
        ),
        pytest.param(
            {
                "Dockerfile": "FROM python:3.13\nWORKDIR /app\nCOPY . .\n",
                "compose.yaml": "services:\n  web:\n    build: .\n    env_file: web.env\n",
                ".dockerignore": ".git\n",
                ".gitignore": "web.env\n",
            },
            ("Dockerfile:3: COPY of the whole context takes web.env along, which .dockerignore doesn't leave out"),
            id="a-file-of-compose",
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
                "Dockerfile": "FROM python:3.13\nWORKDIR /app\nCOPY . .\n",
                ".env.example": "A=\n",
                ".dockerignore": ".env*\n.git/\n",
            },
            id="left-out",
        ),
        pytest.param(
            {
                "Dockerfile": "FROM python:3.13\nWORKDIR /app\nCOPY . .\n",
                ".env.example": "A=\n",
                ".dockerignore": "*\n!app\n",
            },
            id="only-what-is-named",
        ),
        pytest.param(
            {
                "Dockerfile": "FROM python:3.13\nWORKDIR /app\nCOPY app app\n",
                ".env.example": "A=\n",
                "app/a": "",
            },
            id="named-folders",
        ),
        pytest.param(
            {
                "Dockerfile": "FROM python:3.13 AS a\nCOPY . /src\nFROM python:3.13\nCOPY --from=a /src/dist /app\n",
                ".env.example": "A=\n",
            },
            id="in-a-stage-that-is-copied-from",
        ),
        pytest.param(
            {
                "compose.yaml": "services:\n  web:\n    build:\n      dockerfile: Dockerfile.dev\n",
                "Dockerfile.dev": "FROM python:3.13\nWORKDIR /app\nCOPY . .\n",
                ".env.example": "A=\n",
            },
            id="for-development",
        ),
        pytest.param(
            {
                "compose.yaml": "services:\n  web:\n    build: web\n",
                "web/Dockerfile": "FROM python:3.13\nWORKDIR /app\nCOPY . .\n",
                ".env.example": "A=\n",
            },
            id="no-env-below-the-root",
        ),
    ],
)
def test_what_a_careful_reader_would_not_call_wrong_is_clean(files: Files) -> None:
    assert_clean(files, RULE)
