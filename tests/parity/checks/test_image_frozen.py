"""Images that nobody mends any more."""

import pytest

from tests.parity.checks.tools import Files, assert_clean, assert_finding

RULE = "image-frozen"


@pytest.mark.parametrize(
    ("files", "message"),
    [
        pytest.param(
            {
                "compose.yaml": "services:\n  db:\n    image: mailhog/mailhog:v1.0.1\n",
            },
            (
                "compose.yaml:3: mailhog/mailhog:v1.0.1 has had no maintainer since 2022-08-01 "
                "(https://github.com/mailhog/MailHog/issues/442)"
            ),
            id="unmaintained",
        ),
        pytest.param(
            {
                "compose.yaml": "services:\n  db:\n    image: quay.io/minio/mc:a\n",
            },
            (
                "compose.yaml:3: quay.io/minio/mc:a has got no updates since 2025-10-23 "
                "(https://github.com/shellhub-io/shellhub/issues/7117)"
            ),
            id="frozen",
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
                "compose.yaml": "services:\n  db:\n    image: axllent/mailpit:v1.27\n",
            },
            id="what-takes-its-place",
        ),
        pytest.param(
            {
                "Dockerfile": "FROM heroku/heroku:24\nCMD a\n",
            },
            id="another-tag",
        ),
    ],
)
def test_what_a_careful_reader_would_not_call_wrong_is_clean(files: Files) -> None:
    assert_clean(files, RULE)
