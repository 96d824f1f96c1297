"""What Heroku's builder doesn't know."""

import pytest

from tests.parity.checks.tools import Files, assert_clean, assert_finding

RULE = "classic-builder"


@pytest.mark.parametrize(
    ("files", "message"),
    [
        pytest.param(
            {
                "heroku.yml": "build:\n  docker:\n    web: Dockerfile\nrun:\n  web: gunicorn a.wsgi\n",
                "Dockerfile": "FROM python:3.13\nWORKDIR /app\nRUN --mount=type=cache,target=/c true\n",
            },
            (
                "Dockerfile:3: Dockerfile, which heroku.yml builds, has RUN --mount, which its classic "
                "builder doesn't know"
            ),
            id="a-mount",
        ),
        pytest.param(
            {
                "heroku.yml": "build:\n  docker:\n    web: Dockerfile\nrun:\n  web: gunicorn a.wsgi\n",
                "Dockerfile": "FROM python:3.13\nWORKDIR /app\nCOPY --link --chmod=755 a b\n",
                "a": "",
            },
            (
                "Dockerfile:3: Dockerfile, which heroku.yml builds, has COPY --chmod, COPY --link, which "
                "its classic builder doesn't know"
            ),
            id="chmod-and-link",
        ),
        pytest.param(
            {
                "heroku.yml": "build:\n  docker:\n    web: Dockerfile\nrun:\n  web: gunicorn a.wsgi\n",
                "Dockerfile": "FROM python:3.13\nWORKDIR /app\nRUN <<EOF\ntrue\nEOF\n",
            },
            ("Dockerfile:3: Dockerfile, which heroku.yml builds, has RUN <<, which its classic builder doesn't know"),
            id="a-heredoc",
        ),
        pytest.param(
            {
                "heroku.yml": "build:\n  docker:\n    web: Dockerfile\nrun:\n  web: gunicorn a.wsgi\n",
                "Dockerfile": "FROM python:3.13 AS a\nRUN --network=none true\nFROM python:3.13\n",
            },
            (
                "Dockerfile:2: Dockerfile, which heroku.yml builds, has RUN --network, which its classic "
                "builder doesn't know"
            ),
            id="in-a-stage-that-isn't-used",
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
                "compose.yaml": "services:\n  web:\n    build: .\n",
                "Dockerfile": "FROM python:3.13\nWORKDIR /app\nRUN --mount=type=cache,target=/c true\n",
            },
            id="built-by-compose",
        ),
        pytest.param(
            {
                "heroku.yml": "build:\n  docker:\n    web: Dockerfile\nrun:\n  web: gunicorn a.wsgi\n",
                "Dockerfile": "FROM python:3.13\nWORKDIR /app\n",
                "compose.yaml": "services:\n  web:\n    build:\n      dockerfile: Dockerfile.dev\n",
                "Dockerfile.dev": "FROM python:3.13\nWORKDIR /app\nCOPY --link a b\n",
                "a": "",
            },
            id="another-dockerfile",
        ),
        pytest.param(
            {
                "heroku.yml": "build:\n  docker:\n    web: Dockerfile\nrun:\n  web: gunicorn a.wsgi\n",
                "Dockerfile": "FROM python:3.13 AS a\nFROM python:3.13\nCOPY --from=a --chown=1:1 /a /b\n",
            },
            id="chown-and-from",
        ),
        pytest.param(
            {
                "Procfile": "web: gunicorn a.wsgi\n",
                "Dockerfile": "FROM python:3.13\nWORKDIR /app\nRUN --mount=type=cache,target=/c true\n",
            },
            id="a-procfile",
        ),
    ],
)
def test_what_a_careful_reader_would_not_call_wrong_is_clean(files: Files) -> None:
    assert_clean(files, RULE)
