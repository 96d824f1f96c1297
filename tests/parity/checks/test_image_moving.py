"""Images whose tag is the latest."""

import pytest

from tests.parity.checks.tools import Files, assert_clean, assert_finding

RULE = "image-moving"


@pytest.mark.parametrize(
    ("files", "message"),
    [
        pytest.param(
            {
                "compose.yaml": "services:\n  db:\n    image: postgres\n",
            },
            "compose.yaml:3: postgres has no tag, so it is whatever is newest",
            id="no-tag",
        ),
        pytest.param(
            {
                "Dockerfile": "FROM python:latest\nCMD a\n",
            },
            "Dockerfile:1: python:latest names the tag latest, so it is whatever is newest",
            id="latest",
        ),
        pytest.param(
            {
                "Dockerfile": "FROM python:3.13\nCOPY --from=ghcr.io/astral-sh/uv /uv /bin/\nCMD a\n",
            },
            "Dockerfile:2: ghcr.io/astral-sh/uv has no tag, so it is whatever is newest",
            id="copied-from",
        ),
        pytest.param(
            {
                "compose.yaml": "services:\n  a:\n    image: redis\n  b:\n    image: redis\n",
            },
            "compose.yaml:3: redis has no tag, so it is whatever is newest; also in compose.yaml:5",
            id="twice",
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
                "compose.yaml": "services:\n  db:\n    image: postgres:17\n",
            },
            id="a-version",
        ),
        pytest.param(
            {
                "compose.yaml": (
                    "services:\n"
                    "  db:\n"
                    "    image: "
                    "postgres@sha256:0000000000000000000000000000000000000000000000000000000000000000\n"
                ),
            },
            id="a-digest",
        ),
        pytest.param(
            {
                "compose.yaml": "services:\n  db:\n    image: localhost:5000/a/b:1\n",
            },
            id="a-port-of-a-registry",
        ),
        pytest.param(
            {
                "compose.yaml": "services:\n  web:\n    build: .\n    image: shop\n  worker:\n    image: shop\n",
                "Dockerfile": "FROM python:3.13\nCMD a\n",
            },
            id="one's-own",
        ),
        pytest.param(
            {
                "compose.yaml": "services:\n  db:\n    image: ${DB_IMAGE}\n",
            },
            id="a-variable",
        ),
        pytest.param(
            {
                "Dockerfile": "FROM python:3.13 AS a\nCMD a\nFROM a\n",
            },
            id="a-stage",
        ),
        pytest.param(
            {
                "Dockerfile": 'FROM scratch\nCMD ["a"]\n',
            },
            id="scratch",
        ),
    ],
)
def test_what_a_careful_reader_would_not_call_wrong_is_clean(files: Files) -> None:
    assert_clean(files, RULE)
