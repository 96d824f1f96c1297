"""Release lines that get no more updates, on 2026-11-24."""

import pytest

from tests.parity.checks.tools import Files, assert_clean, assert_finding

RULE = "end-of-life"


def image(tag: str) -> Files:
    return {"Dockerfile": f"FROM {tag}\nCOPY . .\n"}


def compose(tag: str) -> Files:
    return {"compose.yaml": f"services:\n  db:\n    image: {tag}\n"}


PYTHON = "https://devguide.python.org/versions/"
DJANGO = "https://www.djangoproject.com/download/#supported-versions"


@pytest.mark.parametrize(
    ("files", "message"),
    [
        pytest.param(
            image("python:3.8-slim"),
            f"Dockerfile:1: the image has Python 3.8, which got its last update on 2024-10-07 ({PYTHON})",
            id="python-in-an-image",
        ),
        pytest.param(
            image("python:3.13-slim-buster"),
            "Dockerfile:1: the image has Debian 10, which got its last update on 2024-06-30"
            " (https://wiki.debian.org/DebianReleases)",
            id="the-system-that-a-tag-names",
        ),
        pytest.param(
            image("debian:stretch-slim"),
            "Dockerfile:1: the image has Debian 9, which got its last update on 2022-07-01"
            " (https://wiki.debian.org/DebianReleases)",
            id="a-tag-that-is-a-name-alone",
        ),
        pytest.param(
            image("python:3.13-alpine3.17"),
            "Dockerfile:1: the image has Alpine 3.17, which got its last update on 2024-11-22"
            " (https://alpinelinux.org/releases/)",
            id="alpine-behind-the-version",
        ),
        pytest.param(
            compose("postgres:13.2"),
            "compose.yaml:3: compose has Postgres 13, which got its last update on 2025-11-13"
            " (https://www.postgresql.org/support/versioning/)",
            id="a-backing-service",
        ),
        pytest.param(
            {"requirements.txt": "Django==4.1.3\n"},
            f"requirements.txt:1: Django 4.1 got its last update on 2023-12-01 ({DJANGO})",
            id="django-pinned",
        ),
        pytest.param(
            {"requirements.txt": "Django>=3.2,<4\n"},
            f"requirements.txt:1: Django 3.2 got its last update on 2024-04-01 ({DJANGO})",
            id="the-newest-that-a-range-allows",
        ),
        pytest.param(
            {"package.json": '{"engines": {"node": "18.x"}}'},
            "package.json:1: package.json says Node 18, which got its last update on 2025-04-30"
            " (https://nodejs.org/en/about/previous-releases)",
            id="node's-engines",
        ),
        pytest.param(
            {"app.json": '{"stack": "heroku-20"}', "Procfile": "web: node .\n"},
            "app.json:1: the stack is heroku-20, which got its last update on 2025-04-30"
            " (https://github.com/alphagov/govuk-frontend/issues/7138)",
            id="heroku's-stack",
        ),
        pytest.param(
            {".python-version": "3.9\n", ".tool-versions": "python 3.9.18\n"},
            f".python-version:1: .python-version says Python 3.9, which got its last update on 2025-10-31 ({PYTHON});"
            " also in .tool-versions",
            id="one-line-in-several-places-is-one-finding",
        ),
    ],
)
def test_a_line_that_is_over_is_found(files: Files, message: str) -> None:
    assert_finding(files, RULE, message)


@pytest.mark.parametrize(
    "files",
    [
        pytest.param(image("python:3.11-slim-bookworm"), id="both-get-updates"),
        pytest.param(image("python:3"), id="a-tag-that-moves-on"),
        pytest.param(image("postgres:latest"), id="no-version"),
        pytest.param(compose("redis:6"), id="whose-newest-line-lives-longer"),
        pytest.param(compose("postgres:16-bullseye"), id="the-system-below-a-database-on-a-laptop"),
        pytest.param({"requirements.txt": "Django>=3.2\n"}, id="a-range-with-no-end"),
        pytest.param(
            {"pyproject.toml": '[project]\nname = "a"\nrequires-python = ">=3.8"\n'}, id="a-range-that-begins-early"
        ),
        pytest.param(
            {
                "Pipfile": '[packages]\ndjango = "<6"\n',
                "Pipfile.lock": '{"default": {"django": {"version": "==5.2.8"}}}',
            },
            id="the-lock-file-says-which",
        ),
        pytest.param(
            {
                ".github/workflows/ci.yml": """
                    on: push
                    jobs:
                      test:
                        runs-on: ubuntu-24.04
                        strategy:
                          matrix:
                            python: ["3.9", "3.13"]
                        steps:
                          - uses: actions/setup-python@v6
                            with:
                              python-version: ${{ matrix.python }}
                          - run: pytest
                    """
            },
            id="a-matrix-that-tries-an-old-one-too",
        ),
        pytest.param({"tools/old/setup.py": 'setup(python_requires="<3.7")\n'}, id="another-program-beside-this-one"),
    ],
)
def test_what_lives_or_can_not_be_told_is_clean(files: Files) -> None:
    assert_clean(files, RULE)


def test_the_last_day_itself_is_not_over() -> None:
    """Redis 8.0 ends a week after the tests' day, Postgres 14 twelve days before it."""
    assert_clean(compose("redis:8.0"), RULE)
    assert_finding(compose("postgres:14"), RULE)
