"""Files that heroku.yml and app.json name."""

import pytest

from tests.parity.checks.tools import Files, assert_clean, assert_finding

RULE = "heroku-yml-reference-missing"


@pytest.mark.parametrize(
    ("files", "message"),
    [
        pytest.param(
            {
                "heroku.yml": "build:\n  docker:\n    web: docker/Dockerfile\nrun:\n  web: gunicorn a.wsgi\n",
            },
            ("heroku.yml:3: heroku.yml builds docker/Dockerfile, and the repository has no docker/Dockerfile"),
            id="a-dockerfile",
        ),
        pytest.param(
            {
                "Procfile": "web: gunicorn a\n",
                "app.json": '{"scripts": {"postdeploy": "bash bin/seed.sh"}}\n',
            },
            ("app.json:1: postdeploy of app.json runs bin/seed.sh, and the repository has no bin/seed.sh"),
            id="a-script-of-app-json",
        ),
        pytest.param(
            {
                "Procfile": "web: gunicorn a\n",
                "app.json": '{"scripts": {"postdeploy": "python manage.py migrate"}}\n',
                "src/manage.py": "",
            },
            "app.json:1: postdeploy of app.json runs manage.py, and the repository has no manage.py",
            id="manage-py",
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
                "heroku.yml": "build:\n  docker:\n    web: docker/Dockerfile\nrun:\n  web: gunicorn a.wsgi\n",
                "docker/Dockerfile": "FROM python:3.13\nWORKDIR /app\n",
            },
            id="there",
        ),
        pytest.param(
            {
                "Procfile": "web: gunicorn a\n",
                "app.json": '{"scripts": {"postdeploy": "./bin/seed.sh && python manage.py migrate"}}\n',
                "bin/seed.sh": "",
                "manage.py": "",
            },
            id="scripts-that-are-there",
        ),
        pytest.param(
            {
                "Procfile": "web: gunicorn a\n",
                "app.json": '{"scripts": {"postdeploy": "npm run seed"}}\n',
            },
            id="a-program",
        ),
        pytest.param(
            {
                "Procfile": "web: gunicorn a\n",
                "app.json": '{"scripts": {"postdeploy": "cd src && python manage.py migrate"}}\n',
            },
            id="behind-cd",
        ),
    ],
)
def test_what_a_careful_reader_would_not_call_wrong_is_clean(files: Files) -> None:
    assert_clean(files, RULE)
