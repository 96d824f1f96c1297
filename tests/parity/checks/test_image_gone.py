"""Images that can't be pulled or started any more."""

import pytest

from tests.parity.checks.tools import Files, assert_clean, assert_finding

RULE = "image-gone"


@pytest.mark.parametrize(
    ("files", "message"),
    [
        pytest.param(
            {
                "compose.yaml": "services:\n  db:\n    image: bitnami/redis:7.2\n",
            },
            (
                "compose.yaml:3: bitnami/redis:7.2 has been gone since 2025-09-29 "
                "(https://github.com/bitnami/containers/issues/83267)"
            ),
            id="an-account's",
        ),
        pytest.param(
            {
                "Dockerfile": "FROM localstack/localstack:latest\nCMD a\n",
            },
            (
                "Dockerfile:1: localstack/localstack:latest has needed an account to start since "
                "2026-03-23 (https://github.com/testcontainers/testcontainers-python/issues/985)"
            ),
            id="a-tag-that-is-closed",
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
                "compose.yaml": "services:\n  db:\n    image: redis:7.2\n",
            },
            id="its-own-image",
        ),
        pytest.param(
            {
                "compose.yaml": "services:\n  db:\n    image: localstack/localstack:4.14.0\n",
            },
            id="a-tag-from-before",
        ),
        pytest.param(
            {
                "compose.yaml": "services:\n  db:\n    image: registry.example/bitnami/redis:7.2\n",
            },
            id="another-registry",
        ),
    ],
)
def test_what_a_careful_reader_would_not_call_wrong_is_clean(files: Files) -> None:
    assert_clean(files, RULE)
