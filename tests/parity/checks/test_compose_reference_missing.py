"""Files and folders that a compose file names."""

import pytest

from tests.parity.checks.tools import Files, assert_clean, assert_finding

RULE = "compose-reference-missing"


@pytest.mark.parametrize(
    ("files", "message"),
    [
        pytest.param(
            {
                "compose.yaml": (
                    "services:\n  web:\n    image: redis:7.2\n    volumes:\n      - ./redis.conf:/etc/redis.conf\n"
                ),
            },
            "compose.yaml:5: web mounts the file redis.conf, and the repository has no redis.conf",
            id="a-file-that-is-mounted",
        ),
        pytest.param(
            {
                "compose.yaml": "services:\n  web:\n    image: redis:7.2\n    env_file: web.env\n",
            },
            ("compose.yaml:4: web takes its variables from web.env, and the repository has no web.env"),
            id="a-file-of-variables",
        ),
        pytest.param(
            {
                "compose.yaml": "services:\n  web:\n    build:\n      context: .\n      dockerfile: Dockerfile.dev\n",
            },
            ("compose.yaml:5: the build's Dockerfile is Dockerfile.dev, and the repository has no Dockerfile.dev"),
            id="a-dockerfile",
        ),
        pytest.param(
            {
                "compose.yaml": "services:\n  web:\n    build:\n      context: .\n      target: dev\n",
                "Dockerfile": "FROM python:3.13\nWORKDIR /app\nCMD a\n",
            },
            ("compose.yaml:3: the build asks for stage dev of Dockerfile, and it has none of that name"),
            id="a-stage",
        ),
        pytest.param(
            {
                "compose.yaml": "services:\n  web:\n    build: ./web\n",
            },
            "compose.yaml:3: web is built from web, and the repository has no web",
            id="a-context",
        ),
        pytest.param(
            {
                "compose.yaml": (
                    "services:\n"
                    "  web:\n"
                    "    image: redis:7.2\n"
                    "    secrets: [key]\n"
                    "secrets:\n"
                    "  key:\n"
                    "    file: keys/key.txt\n"
                ),
            },
            "compose.yaml:6: the secret key is a file, and the repository has no keys/key.txt",
            id="a-secret",
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
                "compose.yaml": "services:\n  web:\n    image: redis:7.2\n    volumes:\n      - ./data:/data\n",
            },
            id="a-folder-that-is-made",
        ),
        pytest.param(
            {
                "compose.yaml": (
                    "services:\n"
                    "  web:\n"
                    "    image: redis:7.2\n"
                    "    volumes:\n"
                    "      - /var/run/docker.sock:/var/run/docker.sock\n"
                ),
            },
            id="a-socket",
        ),
        pytest.param(
            {
                "compose.yaml": (
                    "services:\n  web:\n    image: redis:7.2\n    volumes:\n      - ./dev.sqlite3:/app/dev.sqlite3\n"
                ),
                ".gitignore": "*.sqlite3\n",
            },
            id="what-git-ignores",
        ),
        pytest.param(
            {
                "compose.yaml": (
                    "services:\n"
                    "  web:\n"
                    "    image: redis:7.2\n"
                    "    env_file:\n"
                    "      - path: web.env\n"
                    "        required: false\n"
                ),
            },
            id="not-required",
        ),
        pytest.param(
            {
                "compose.yaml": "services:\n  web:\n    image: redis:7.2\n    env_file: .env\n",
                ".env.example": "A=1\n",
            },
            id="with-an-example",
        ),
        pytest.param(
            {
                "compose.yaml": (
                    "services:\n"
                    "  web:\n"
                    "    image: redis:7.2\n"
                    "    env_file: web.env\n"
                    "    volumes:\n"
                    "      - ./redis.conf:/etc/redis.conf\n"
                ),
                "web.env": "A=1\n",
                "redis.conf": "a\n",
            },
            id="there",
        ),
        pytest.param(
            {
                "compose.yaml": "services:\n  web:\n    build: ../other\n",
            },
            id="out-of-the-repository",
        ),
    ],
)
def test_what_a_careful_reader_would_not_call_wrong_is_clean(files: Files) -> None:
    assert_clean(files, RULE)
