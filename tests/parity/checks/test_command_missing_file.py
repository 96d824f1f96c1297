"""Commands that name files which aren't there."""

import pytest

from tests.parity.checks.tools import Files, assert_clean, assert_finding

RULE = "command-missing-file"


@pytest.mark.parametrize(
    ("files", "message"),
    [
        pytest.param(
            {"Procfile": "web: bash bin/serve.sh\n", "bin/start.sh": "exec gunicorn a.wsgi\n"},
            "Procfile:1: web runs bin/serve.sh in heroku, procfile, and the repository has no bin/serve.sh",
            id="a-script-of-a-procfile",
        ),
        pytest.param(
            {"Procfile": "release: python manage.py migrate\n", "app/manage.py": ""},
            "Procfile:1: release runs manage.py in heroku, procfile, and the repository has no manage.py",
            id="manage-py-in-another-folder",
        ),
        pytest.param(
            {"Procfile": "web: gunicorn -c gunicorn.py a.wsgi\n"},
            "Procfile:1: web runs gunicorn.py in heroku, procfile, and the repository has no gunicorn.py",
            id="a-configuration",
        ),
        pytest.param(
            {
                "heroku.yml": "build:\n  docker:\n    web: Dockerfile\nrun:\n  web: ./start.sh\n",
                "Dockerfile": "FROM python:3.13\nWORKDIR /app\nCOPY . .\n",
            },
            "heroku.yml:5: web runs ./start.sh in heroku, and the repository has no start.sh",
            id="in-an-image",
        ),
    ],
)
def test_it_is_found(files: Files, message: str) -> None:
    assert_finding(files, RULE, message)


@pytest.mark.parametrize(
    "files",
    [
        pytest.param({"Procfile": "web: cd app && python manage.py migrate\n", "app/manage.py": ""}, id="behind-cd"),
        pytest.param({"Procfile": "web: bash $DIR/serve.sh\n"}, id="a-variable"),
        pytest.param({"Procfile": "web: /usr/bin/env bash /usr/bin/thing\n"}, id="an-absolute-path"),
        pytest.param({"Procfile": "web: bin/start-nginx gunicorn a.wsgi\n"}, id="what-a-buildpack-makes"),
        pytest.param({"Procfile": "web: bash out/serve.sh\n", ".gitignore": "out/\n"}, id="what-git-ignores"),
        pytest.param(
            {
                "Procfile": "web: bash start.sh\n",
                "start.sh": "if [ -f extra.sh ]; then\n  bash extra.sh\nfi\nexec gunicorn a.wsgi\n",
            },
            id="behind-a-test",
        ),
        pytest.param(
            {
                "heroku.yml": "build:\n  docker:\n    web: Dockerfile\nrun:\n  web: ./start.sh\n",
                "Dockerfile": "FROM metabase/metabase\nWORKDIR /app\nCOPY x .\n",
                "x": "",
            },
            id="somebody-else's-app",
        ),
        pytest.param(
            {
                "heroku.yml": "build:\n  docker:\n    web: Dockerfile\nrun:\n  web: ./start.sh\n",
                "Dockerfile": "FROM python:3.13\nWORKDIR /app\nCOPY . .\nRUN echo exec gunicorn a > start.sh\n",
            },
            id="made-by-a-run",
        ),
        pytest.param(
            {
                "Procfile": "release: python manage.py migrate\n",
                "src/manage.py": "",
                "Dockerfile": "FROM python:3.13\nWORKDIR /app\nCOPY src .\nCMD sleep 1\n",
            },
            id="an-image-that-a-procfile-runs-in",
        ),
        pytest.param({"Procfile": "web: python -c 'a/b.py'\n"}, id="a-text-for-python"),
        pytest.param({"Procfile": "web: python -m shop.py\n"}, id="a-module-of-python"),
    ],
)
def test_what_a_careful_reader_would_not_call_wrong_is_clean(files: Files) -> None:
    assert_clean(files, RULE)
