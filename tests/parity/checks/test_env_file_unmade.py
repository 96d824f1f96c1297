"""Files of variables that everybody makes for themselves."""

import pytest

from tests.parity.checks.tools import Files, assert_clean, assert_finding

RULE = "env-file-unmade"


@pytest.mark.parametrize(
    ("files", "message"),
    [
        pytest.param(
            {
                "compose.yaml": "services:\n  web:\n    image: redis:7.2\n    env_file: .env\n",
                ".env.example": "A=1\n",
                ".gitignore": ".env\n",
            },
            (
                "compose.yaml:4: web takes its variables from .env, which a fresh clone hasn't: "
                ".env.example is its example"
            ),
            id="an-example-beside-it",
        ),
        pytest.param(
            {
                "compose.yaml": "services:\n  web:\n    image: redis:7.2\n    env_file: docker/web.env\n",
                "docker/web.env.sample": "A=1\n",
            },
            (
                "compose.yaml:4: web takes its variables from docker/web.env, which a fresh clone hasn't: "
                "docker/web.env.sample is its example"
            ),
            id="another-name",
        ),
        pytest.param(
            {
                "compose.yaml": "services:\n  web:\n    image: redis:7.2\n    env_file: .env\n",
                ".gitignore": ".env\n",
            },
            ("compose.yaml:4: web takes its variables from .env, which a fresh clone hasn't, and it has no example"),
            id="ignored-without-an-example",
        ),
        pytest.param(
            {
                "compose.yaml": (
                    "services:\n"
                    "  web:\n"
                    "    image: redis:7.2\n"
                    "    env_file: .env\n"
                    "  b:\n"
                    "    image: redis:7.2\n"
                    "    env_file: .env\n"
                ),
                ".env.example": "A=1\n",
            },
            (
                "compose.yaml:4: web takes its variables from .env, which a fresh clone hasn't: "
                ".env.example is its example"
            ),
            id="two-services",
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
                "compose.yaml": "services:\n  web:\n    image: redis:7.2\n    env_file: web.env\n",
                "web.env": "A=1\n",
            },
            id="there",
        ),
        pytest.param(
            {
                "compose.yaml": (
                    "services:\n"
                    "  web:\n"
                    "    image: redis:7.2\n"
                    "    env_file:\n"
                    "      - path: .env\n"
                    "        required: false\n"
                ),
                ".env.example": "A=1\n",
            },
            id="not-required",
        ),
        pytest.param(
            {
                "compose.yaml": "services:\n  web:\n    image: redis:7.2\n    env_file: web.env\n",
            },
            id="neither-ignored-nor-with-an-example",
        ),
    ],
)
def test_what_a_careful_reader_would_not_call_wrong_is_clean(files: Files) -> None:
    assert_clean(files, RULE)
