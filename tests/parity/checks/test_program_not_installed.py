"""Programs that nothing installs."""

import pytest

from tests.parity.checks.tools import Files, assert_clean, assert_finding

RULE = "program-not-installed"


@pytest.mark.parametrize(
    ("files", "message"),
    [
        pytest.param(
            {
                "Procfile": "web: gunicorn a.wsgi\n",
                "requirements.txt": "django\n",
            },
            (
                "Procfile:1: web starts gunicorn in heroku, and the buildpack's files of dependencies "
                "install no gunicorn"
            ),
            id="by-the-buildpack",
        ),
        pytest.param(
            {
                "heroku.yml": "build:\n  docker:\n    web: Dockerfile\nrun:\n  web: gunicorn a.wsgi\n",
                "Dockerfile": "FROM python:3.13\nWORKDIR /app\nCOPY . .\nRUN pip install -r requirements.txt\n",
                "requirements.txt": "django\n",
            },
            "heroku.yml:5: web starts gunicorn in heroku, and Dockerfile installs no gunicorn",
            id="in-an-image",
        ),
        pytest.param(
            {
                "heroku.yml": "build:\n  docker:\n    web: Dockerfile\nrun:\n  web: gunicorn a.wsgi\n",
                "Dockerfile": "FROM python:3.13\nWORKDIR /app\nCOPY . .\nRUN pip install -r requirements/base.txt\n",
                "requirements/base.txt": "django\n",
                "requirements/prod.txt": "gunicorn\n",
            },
            "heroku.yml:5: web starts gunicorn in heroku, and Dockerfile installs no gunicorn",
            id="another-file",
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
                "Procfile": "web: gunicorn a.wsgi\n",
                "requirements.txt": "gunicorn==23\n",
            },
            id="by-the-buildpack's-file",
        ),
        pytest.param(
            {
                "Procfile": "web: gunicorn a.wsgi\n",
                "requirements.txt": "-r base.txt\n",
                "base.txt": "gunicorn\n",
            },
            id="by-an-included-file",
        ),
        pytest.param(
            {
                "heroku.yml": "build:\n  docker:\n    web: Dockerfile\nrun:\n  web: gunicorn a.wsgi\n",
                "Dockerfile": "FROM python:3.13\nWORKDIR /app\nCOPY . .\nRUN pip install 'gunicorn>=23' django\n",
            },
            id="by-name",
        ),
        pytest.param(
            {
                "heroku.yml": "build:\n  docker:\n    web: Dockerfile\nrun:\n  web: gunicorn a.wsgi\n",
                "Dockerfile": (
                    "FROM python:3.13 AS a\n"
                    "COPY requirements.txt .\n"
                    "RUN pip install -r requirements.txt\n"
                    "FROM python:3.13\n"
                    "COPY --from=a /usr/local /usr/local\n"
                ),
                "requirements.txt": "gunicorn\n",
            },
            id="in-another-stage",
        ),
        pytest.param(
            {
                "heroku.yml": "build:\n  docker:\n    web: Dockerfile\nrun:\n  web: gunicorn a.wsgi\n",
                "Dockerfile": (
                    "FROM python:3.13\nWORKDIR /app\nCOPY . .\nRUN pip install -r requirements.txt && ./install.sh\n"
                ),
                "requirements.txt": "django\n",
                "install.sh": "",
            },
            id="by-a-script",
        ),
        pytest.param(
            {
                "Procfile": "worker: celery -A a worker\n",
                "requirements.txt": "django-celery-beat\n",
            },
            id="brought-along",
        ),
        pytest.param(
            {
                "heroku.yml": "build:\n  docker:\n    web: Dockerfile\nrun:\n  web: gunicorn a.wsgi\n",
                "Dockerfile": "FROM python:3.13\nWORKDIR /app\nCOPY . .\nRUN pip install .\n",
            },
            id="a-package-of-its-own",
        ),
        pytest.param(
            {
                "Procfile": "web: gunicorn a.wsgi\n",
            },
            id="nothing-known",
        ),
        pytest.param(
            {
                "Procfile": "web: nginx\n",
                "requirements.txt": "django\n",
            },
            id="a-program-of-the-system",
        ),
    ],
)
def test_what_a_careful_reader_would_not_call_wrong_is_clean(files: Files) -> None:
    assert_clean(files, RULE)
