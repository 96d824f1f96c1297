"""Versions of Python that Heroku's buildpack doesn't build."""

import pytest

from tests.parity.checks.tools import Files, assert_clean, assert_finding

RULE = "language-refused"

BUILDPACK: Files = {"Procfile": "web: gunicorn app.wsgi\n", "requirements.txt": "gunicorn\n"}


@pytest.mark.parametrize(
    ("files", "message"),
    [
        pytest.param(
            {**BUILDPACK, "runtime.txt": "python-3.9.21\n"},
            "runtime.txt:1: Heroku's buildpack refuses Python 3.9.21: it builds 3.10 and newer",
            id="an-old-version",
        ),
        pytest.param(
            {**BUILDPACK, ".python-version": "3.8\n"},
            ".python-version:1: Heroku's buildpack refuses Python 3.8: it builds 3.10 and newer",
            id="an-old-version-in-the-other-file",
        ),
        pytest.param(
            {**BUILDPACK, "runtime.txt": "python-3.12.x\n"},
            "runtime.txt:1: Heroku's buildpack refuses `python-3.12.x` in runtime.txt",
            id="a-form-that-it-doesn't-know",
        ),
        pytest.param(
            {**BUILDPACK, ".python-version": "3.12\n3.11\n"},
            ".python-version:2: Heroku's buildpack refuses .python-version for naming several versions of Python",
            id="two-versions",
        ),
    ],
)
def test_what_stops_the_build_is_found(files: Files, message: str) -> None:
    assert_finding(files, RULE, message)


@pytest.mark.parametrize(
    "files",
    [
        pytest.param({**BUILDPACK, "runtime.txt": "python-3.10.4\n"}, id="the-oldest-that-it-builds"),
        pytest.param({**BUILDPACK, ".python-version": "3.99\n"}, id="newer-than-the-table"),
        pytest.param({**BUILDPACK, "runtime.txt": "python-3.12.1\n", ".python-version": "3.8\n"}, id="a-file-not-read"),
        pytest.param(
            {
                "heroku.yml": "build:\n  docker:\n    web: Dockerfile\n",
                "Dockerfile": "FROM python:3.9\nCMD a\n",
                "runtime.txt": "python-3.9.x\n",
            },
            id="the-container-stack",
        ),
        pytest.param({".python-version": "3.8\n3.9\n", "requirements.txt": "tox\n"}, id="no-heroku"),
        pytest.param(
            {"Procfile": "web: node .\n", "package.json": "{}", ".python-version": "tools-3.9\n"}, id="no-python"
        ),
        pytest.param(
            {**BUILDPACK, "runtime.txt": "python-3.10.x\n", "manifest-live.yml": "applications:\n- name: a\n"},
            id="cloud-foundry-takes-that-form",
        ),
    ],
)
def test_what_the_buildpack_takes_or_never_reads_is_clean(files: Files) -> None:
    assert_clean(files, RULE)
