"""Files and keys that their own tools ask to be replaced."""

import pytest

from tests.parity.checks.tools import Files, assert_clean, assert_finding

RULE = "deprecated-format"

BUILDPACK: Files = {"Procfile": "web: gunicorn app.wsgi\n", "requirements.txt": "gunicorn\n"}
CONTAINER: Files = {"heroku.yml": "build:\n  docker:\n    web: Dockerfile\n", "Dockerfile": "FROM python:3.13\nCMD a\n"}


@pytest.mark.parametrize(
    ("files", "message"),
    [
        pytest.param(
            {**BUILDPACK, "runtime.txt": "python-3.13\n"},
            "runtime.txt:1: runtime.txt is deprecated: Heroku's buildpack reads .python-version in its place",
            id="runtime-txt-where-the-buildpack-runs",
        ),
        pytest.param(
            {"compose.yaml": 'name: shop\nversion: "3.8"\nservices:\n  db:\n    image: postgres:17\n'},
            "compose.yaml:2: compose ignores `version:`, and warns of it in each run",
            id="compose's-version",
        ),
        pytest.param(
            {"Dockerfile": "FROM python:3.13\nMAINTAINER ada@example.org\n"},
            "Dockerfile:2: MAINTAINER is deprecated, and LABEL has its place",
            id="maintainer",
        ),
        pytest.param(
            {"app.json": '{"name": "shop",\n "image": "heroku/python"}'},
            "app.json:2: `image` of app.json is deprecated: Heroku makes an app from a repository, and from no image",
            id="app.json's-image",
        ),
    ],
)
def test_what_its_tool_wants_replaced_is_found(files: Files, message: str) -> None:
    assert_finding(files, RULE, message)


@pytest.mark.parametrize(
    "files",
    [
        pytest.param({**CONTAINER, "runtime.txt": "python-3.13\n"}, id="runtime-txt-beside-an-image"),
        pytest.param(
            {**BUILDPACK, "runtime.txt": "python-3.13.x\n", "manifest.yml": "applications:\n- name: shop\n"},
            id="runtime-txt-for-cloud-foundry",
        ),
        pytest.param(
            {"compose.yaml": "services:\n  db:\n    image: postgres:17\n    labels:\n      version: '3'\n"},
            id="a-version-below-something-else",
        ),
        pytest.param({"Dockerfile": "FROM python:3.13\nLABEL maintainer=ada@example.org\n"}, id="a-label"),
    ],
)
def test_what_is_still_right_is_clean(files: Files) -> None:
    assert_clean(files, RULE)
