"""Python's version against production's."""

import pytest

from tests.parity.checks.tools import Files, assert_clean, assert_finding

RULE = "python-differs"

CONTAINER: Files = {
    "heroku.yml": "build:\n  docker:\n    web: Dockerfile\n",
    "Dockerfile": "FROM python:3.13.2-slim-trixie\nCOPY . .\nCMD exec gunicorn app.wsgi\n",
}
BUILDPACK: Files = {
    "Procfile": "web: gunicorn app.wsgi\n",
    "requirements.txt": "gunicorn\n",
    ".python-version": "3.13\n",
}


def workflow(*versions: str, command: str = "pytest") -> str:
    return f"""
        on: push
        jobs:
          test:
            runs-on: ubuntu-24.04
            strategy:
              matrix:
                python: [{", ".join(f'"{version}"' for version in versions)}]
            steps:
              - uses: actions/setup-python@v6
                with:
                  python-version: ${{{{ matrix.python }}}}
              - run: {command}
        """


CI = ".github/workflows/ci.yml"


@pytest.mark.parametrize(
    ("files", "message"),
    [
        pytest.param(
            {**CONTAINER, "runtime.txt": "python-3.11.9\n"},
            "runtime.txt:1: runtime.txt says Python 3.11.9, and the image of Heroku has 3.13.2",
            id="runtime-txt-states-the-version-though-the-container-stack-doesn't-read-it",
        ),
        pytest.param(
            {**CONTAINER, ".python-version": "3.13.1\n"},
            ".python-version:1: .python-version says Python 3.13.1, and the image of Heroku has 3.13.2",
            id="one-patch-is-a-difference-where-both-say-theirs",
        ),
        pytest.param(
            {**CONTAINER, "pyproject.toml": '[project]\nname = "a"\nrequires-python = ">=3.14"\n'},
            "pyproject.toml:3: pyproject.toml asks for Python >=3.14, and the image of Heroku has 3.13.2",
            id="a-range-without-production's",
        ),
        pytest.param(
            {**CONTAINER, CI: workflow("3.11", "3.12")},
            f"{CI}:7: CI has Python 3.11, 3.12, and the image of Heroku has 3.13.2",
            id="a-matrix-without-production's",
        ),
        pytest.param(
            {
                **BUILDPACK,
                "docker-compose.yml": "services:\n  web:\n    build: .\n",
                "Dockerfile": "FROM python:3.12\n",
            },
            "Dockerfile:1: the image of compose has Python 3.12, and .python-version says 3.13",
            id="compose's-image-against-the-buildpack's-file",
        ),
        pytest.param(
            {**BUILDPACK, "runtime.txt": "python-3.12.4\n"},
            ".python-version:1: .python-version says Python 3.13, and runtime.txt says 3.12.4",
            id="the-buildpack-takes-runtime-txt-first",
        ),
        pytest.param(
            {
                **CONTAINER,
                "Dockerfile": "FROM ghcr.io/astral-sh/uv:python3.12-bookworm-slim\n",
                ".python-version": "3.13\n",
            },
            ".python-version:1: .python-version says Python 3.13, and the image of Heroku has 3.12",
            id="an-image-that-holds-python-beside-uv",
        ),
        pytest.param(
            {
                "docker-compose.yml": "services:\n  web:\n    build: .\n",
                "Dockerfile": "FROM python:3.12\n",
                ".python-version": "3.12\n",
                ".tool-versions": "python 3.11.4\n",
            },
            ".tool-versions:1: .tool-versions says Python 3.11.4, and the image of compose has 3.12",
            id="without-production-what-most-agree-with",
        ),
    ],
)
def test_a_place_that_disagrees_is_found(files: Files, message: str) -> None:
    assert_finding(files, RULE, message)


@pytest.mark.parametrize(
    "files",
    [
        pytest.param({**CONTAINER, "runtime.txt": "python-3.13\n"}, id="a-minor-version-holds-every-patch-of-it"),
        pytest.param(
            {**CONTAINER, "pyproject.toml": '[project]\nname = "a"\nrequires-python = ">=3.11"\n'},
            id="a-range-that-holds-production's",
        ),
        pytest.param(
            {**CONTAINER, CI: workflow("3.12", "3.13", "3.14")}, id="a-matrix-that-tests-production's-among-others"
        ),
        pytest.param({**CONTAINER, CI: workflow("3.x")}, id="CI-that-takes-any"),
        pytest.param(
            {
                **CONTAINER,
                "Dockerfile": "ARG VERSION\nFROM python:${VERSION}\n",
                "runtime.txt": "python-3.11.9\n",
            },
            id="an-image-whose-version-isn't-said",
        ),
        pytest.param(
            {**CONTAINER, "tools/report/pyproject.toml": '[project]\nname = "b"\nrequires-python = "<3.12"\n'},
            id="another-program-beside-this-one",
        ),
        pytest.param(
            {
                **CONTAINER,
                "docker-compose.yml": "services:\n  browser:\n    build: browser\n",
                "browser/Dockerfile": "FROM mcr.microsoft.com/playwright/python:v1.47.0-jammy\n",
            },
            id="a-tag-that-is-no-version-of-python",
        ),
        pytest.param(
            {
                **CONTAINER,
                CI: workflow("3.13")
                + workflow("3.9", command="pre-commit run").replace("test:", "lint:").partition("jobs:")[2],
            },
            id="a-job-that-checks-style-with-another",
        ),
    ],
)
def test_what_agrees_or_is_another_matter_is_clean(files: Files) -> None:
    assert_clean(files, RULE)


def test_places_that_say_the_same_wrong_version_are_each_to_be_mended() -> None:
    files = {**CONTAINER, "runtime.txt": "python-3.11.9\n", ".python-version": "3.11\n"}
    assert_finding(files, RULE, count=2)


def test_a_lock_file_repeats_what_the_declaration_says() -> None:
    files = {
        **CONTAINER,
        "pyproject.toml": '[project]\nname = "a"\nrequires-python = ">=3.14"\n',
        "uv.lock": 'version = 1\nrequires-python = ">=3.14"\n',
    }
    assert_finding(files, RULE)
