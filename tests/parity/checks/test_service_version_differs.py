"""Release lines of backing services against production's."""

import pytest

from tests.parity.checks.tools import Files, assert_clean, assert_finding

RULE = "service-version-differs"

ADDON = '{"addons": [{"plan": "heroku-postgresql:essential-0", "options": {"version": "17"}}]}'
HEROKU: Files = {"app.json": ADDON, "Procfile": "web: gunicorn app.wsgi\n"}


def compose(**images: str) -> str:
    return "services:\n" + "".join(f"  {name}:\n    image: {image}\n" for name, image in images.items())


def workflow(image: str) -> str:
    return f"""
        on: push
        jobs:
          test:
            runs-on: ubuntu-24.04
            services:
              db:
                image: {image}
            steps:
              - run: pytest
        """


CI = ".github/workflows/ci.yml"


@pytest.mark.parametrize(
    ("files", "message"),
    [
        pytest.param(
            {**HEROKU, "compose.yaml": compose(db="postgres:15.4-alpine")},
            "compose.yaml:3: compose has Postgres 15, and the add-on has 17",
            id="compose-against-the-add-on",
        ),
        pytest.param(
            {"compose.yaml": compose(db="postgres:17"), CI: workflow("postgres:16")},
            f"{CI}:7: CI has Postgres 16, and compose has 17",
            id="CI-against-compose",
        ),
        pytest.param(
            {"compose.yaml": compose(db="mysql:8.4"), CI: workflow("mysql:8.0.36")},
            f"{CI}:7: CI has MySQL 8.0, and compose has 8.4",
            id="mysql's-release-lines-have-two-numbers",
        ),
        pytest.param(
            {"compose.yaml": compose(db="postgis/postgis:16-3.4"), CI: workflow("pgvector/pgvector:pg17")},
            f"{CI}:7: CI has Postgres 17, and compose has 16",
            id="images-with-an-extension",
        ),
        pytest.param(
            {
                "compose.yaml": compose(db="postgres:17"),
                "tests/test_database.py": """
                    from testcontainers.postgres import PostgresContainer

                    def test_it():
                        with PostgresContainer("postgres:14-alpine") as database:
                            pass
                    """,
            },
            "tests/test_database.py:4: tests start Postgres 14, and compose has 17",
            id="a-container-of-a-test",
        ),
        pytest.param(
            {
                "compose.yaml": compose(db="postgres:17") + "  web:\n    build: .\n",
                "Dockerfile": "FROM python:3.13-slim-bookworm\nRUN apt-get install -y postgresql-client-15\n",
            },
            "Dockerfile:2: the image installs the client of Postgres 15, and compose has 17",
            id="a-client-that-is-older-than-the-server",
        ),
    ],
)
def test_another_release_line_is_found(files: Files, message: str) -> None:
    assert_finding(files, RULE, message)


@pytest.mark.parametrize(
    "files",
    [
        pytest.param({**HEROKU, "compose.yaml": compose(db="postgres:17.2-alpine")}, id="the-same-line"),
        pytest.param(
            {"compose.yaml": compose(db="mysql:8"), CI: workflow("mysql:8.0.36")}, id="a-version-that-may-be-the-other"
        ),
        pytest.param({"compose.yaml": compose(db="postgres:latest"), CI: workflow("postgres:16")}, id="no-version"),
        pytest.param({"compose.yaml": compose(db="postgres:${PG}"), CI: workflow("postgres:16")}, id="a-variable"),
        pytest.param({"compose.yaml": compose(db="redis:7.4"), CI: workflow("valkey/valkey:8")}, id="another-product"),
        pytest.param(
            {"compose.yaml": compose(db="postgres:17", metabase="postgres:15"), CI: workflow("postgres:17")},
            id="a-home-with-two-of-which-one-agrees",
        ),
        pytest.param(
            {
                "compose.yaml": compose(db="postgres:15") + "  web:\n    build: .\n",
                "Dockerfile": "FROM python:3.13-slim\nRUN apt-get install -y postgresql-client-17\n",
            },
            id="a-client-that-is-newer-than-the-server",
        ),
        pytest.param(
            {"compose.yaml": compose(db="ankane/pgvector:v0.5.1"), CI: workflow("postgres:16")},
            id="a-version-of-the-extension",
        ),
    ],
)
def test_what_agrees_or_can_not_be_told_is_clean(files: Files) -> None:
    assert_clean(files, RULE)


def test_services_of_several_jobs_with_one_version_are_one_finding() -> None:
    two = workflow("postgres:16").rstrip(" ") + workflow("postgres:16").partition("jobs:\n")[2].replace(
        "test:", "slow:"
    )
    assert_finding({"compose.yaml": compose(db="postgres:17"), CI: two}, RULE)
