"""Modules that servers and workers are told to import."""

import pytest

from tests.parity.checks.tools import Files, assert_clean, assert_finding

RULE = "wsgi-missing"


@pytest.mark.parametrize(
    ("files", "message"),
    [
        pytest.param(
            {
                "Procfile": "web: gunicorn b.wsgi\n",
                "a/wsgi.py": "",
                "a/__init__.py": "",
                "requirements.txt": "gunicorn\n",
            },
            "Procfile:1: web starts gunicorn with b.wsgi, and the repository has no b",
            id="another-package",
        ),
        pytest.param(
            {
                "Procfile": "web: gunicorn --workers 2 a.asgi:app\n",
                "a/wsgi.py": "",
                "a/__init__.py": "",
                "requirements.txt": "gunicorn\n",
            },
            "Procfile:1: web starts gunicorn with a.asgi, and the repository has no a/asgi.py",
            id="another-module",
        ),
        pytest.param(
            {
                "Procfile": "worker: celery -A a.tasks.app worker\n",
                "a/wsgi.py": "",
                "a/__init__.py": "",
                "requirements.txt": "gunicorn\n",
            },
            ("Procfile:1: worker starts celery with a.tasks.app, and the repository has no a/tasks/app.py"),
            id="celery's-app",
        ),
        pytest.param(
            {
                "Procfile": "web: gunicorn a.wsgi\n",
                "src/a/wsgi.py": "",
                "requirements.txt": "gunicorn\n",
            },
            "Procfile:1: web starts gunicorn with a.wsgi, and src/ isn't where it looks for modules",
            id="in-another-folder",
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
                "Procfile": "web: gunicorn --workers 2 --preload a.wsgi:application\n",
                "a/wsgi.py": "",
                "a/__init__.py": "",
                "requirements.txt": "gunicorn\n",
            },
            id="there",
        ),
        pytest.param(
            {
                "Procfile": "web: gunicorn --chdir src a.wsgi\n",
                "src/a/wsgi.py": "",
                "requirements.txt": "gunicorn\n",
            },
            id="behind-chdir",
        ),
        pytest.param(
            {
                "Procfile": "web: gunicorn --pythonpath x,src a.wsgi\n",
                "src/a/wsgi.py": "",
                "requirements.txt": "gunicorn\n",
            },
            id="behind-pythonpath",
        ),
        pytest.param(
            {
                "Procfile": "web: cd src && uvicorn a.wsgi:app\n",
                "src/a/wsgi.py": "",
                "requirements.txt": "gunicorn\n",
            },
            id="behind-cd",
        ),
        pytest.param(
            {
                "Procfile": "web: gunicorn main:app\n",
                "main.py": "",
                "requirements.txt": "gunicorn\n",
            },
            id="a-module-of-the-root",
        ),
        pytest.param(
            {
                "Procfile": "worker: celery -A a worker\n",
                "a/wsgi.py": "",
                "a/__init__.py": "",
                "requirements.txt": "gunicorn\n",
            },
            id="an-attribute-of-a-package",
        ),
        pytest.param(
            {
                "Procfile": "web: gunicorn mlflow.server:app\n",
                "requirements.txt": "gunicorn\nmlflow\n",
            },
            id="a-distribution's",
        ),
        pytest.param(
            {
                "Procfile": "web: gunicorn $APP.wsgi\n",
                "a/wsgi.py": "",
                "a/__init__.py": "",
                "requirements.txt": "gunicorn\n",
            },
            id="a-variable",
        ),
        pytest.param(
            {
                "compose.yaml": "services:\n  web:\n    build: .\n    command: gunicorn a.wsgi\n",
                "Dockerfile": "FROM python:3.13\nCOPY src /srv\nWORKDIR /srv\n",
                "src/a/wsgi.py": "",
                "requirements.txt": "gunicorn\n",
            },
            id="in-an-image",
        ),
        pytest.param(
            {
                "compose.yaml": "services:\n  web:\n    build: .\n    command: gunicorn a.wsgi\n",
                "Dockerfile": "FROM python:3.13\nWORKDIR /app\nENV PYTHONPATH=/app/src\nCOPY . .\n",
                "src/a/wsgi.py": "",
                "requirements.txt": "gunicorn\n",
            },
            id="a-variable-pythonpath",
        ),
        pytest.param(
            {
                "Procfile": "web: gunicorn a.wsgi\n",
                "src/a/wsgi.py": "",
                "requirements.txt": "gunicorn\n-e .\n",
            },
            id="installed-by-itself",
        ),
    ],
)
def test_what_a_careful_reader_would_not_call_wrong_is_clean(files: Files) -> None:
    assert_clean(files, RULE)
