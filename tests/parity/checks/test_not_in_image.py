"""Commands that name files which the image lacks."""

import pytest

from tests.parity.checks.tools import Files, assert_clean, assert_finding

RULE = "not-in-image"


@pytest.mark.parametrize(
    ("files", "message"),
    [
        pytest.param(
            {
                "heroku.yml": "build:\n  docker:\n    web: Dockerfile\nrun:\n  web: bash bin/serve.sh\n",
                "Dockerfile": "FROM python:3.13\nWORKDIR /app\nCOPY shop shop\n",
                "bin/serve.sh": "a\n",
                "shop/a": "",
            },
            "heroku.yml:5: web runs bin/serve.sh in heroku, and Dockerfile hasn't it: no COPY brings it",
            id="never-copied",
        ),
        pytest.param(
            {
                "heroku.yml": "build:\n  docker:\n    web: Dockerfile\nrun:\n  web: bash bin/serve.sh\n",
                "Dockerfile": "FROM python:3.13\nWORKDIR /app\nCOPY . .\n",
                "bin/serve.sh": "a\n",
                ".dockerignore": "bin\n",
            },
            "heroku.yml:5: web runs bin/serve.sh in heroku, and Dockerfile hasn't it: .dockerignore leaves it out",
            id="left-out",
        ),
        pytest.param(
            {
                "Dockerfile": 'FROM python:3.13\nWORKDIR /app\nCOPY shop shop\nCMD ["python", "manage.py", "runserver"]\n',
                "manage.py": "",
                "shop/a": "",
            },
            "Dockerfile:4: image runs manage.py in image, and Dockerfile hasn't it: no COPY brings it",
            id="by-the-image's-own-cmd",
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
                "heroku.yml": "build:\n  docker:\n    web: Dockerfile\nrun:\n  web: bash bin/serve.sh\n",
                "Dockerfile": "FROM python:3.13\nWORKDIR /app\nCOPY bin bin\n",
                "bin/serve.sh": "a\n",
            },
            id="copied",
        ),
        pytest.param(
            {
                "compose.yaml": "services:\n  web:\n    build: .\n    command: bash bin/serve.sh\n    volumes:\n      - .:/app\n",
                "Dockerfile": "FROM python:3.13\nWORKDIR /app\nCOPY shop shop\nCMD sleep 1\n",
                "bin/serve.sh": "a\n",
                "shop/a": "",
            },
            id="mounted",
        ),
        pytest.param(
            {
                "heroku.yml": "build:\n  docker:\n    web: Dockerfile\nrun:\n  web: bash bin/serve.sh\n",
                "Dockerfile": "FROM python:3.13\nWORKDIR /app\nCOPY . .\n",
                "bin/serve.sh": "a\n",
                ".dockerignore": "*\n!bin\n",
            },
            id="let-in-again",
        ),
        pytest.param(
            {
                "heroku.yml": "build:\n  docker:\n    web: Dockerfile\nrun:\n  web: bash bin/serve.sh\n",
                "Dockerfile": "FROM python AS b\nCOPY . /app\nFROM python\nWORKDIR /app\nCOPY --from=b /app .\n",
                "bin/serve.sh": "a\n",
            },
            id="through-another-stage",
        ),
        pytest.param(
            {
                "heroku.yml": "build:\n  docker:\n    web: Dockerfile\nrun:\n  web: bash bin/serve.sh\n",
                "Dockerfile": "FROM python:3.13\nWORKDIR /app\nCOPY shop shop\nRUN git clone https://a.example/b .\n",
                "bin/serve.sh": "a\n",
                "shop/a": "",
            },
            id="fetched-by-git",
        ),
    ],
)
def test_what_a_careful_reader_would_not_call_wrong_is_clean(files: Files) -> None:
    assert_clean(files, RULE)
