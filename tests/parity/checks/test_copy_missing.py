"""Sources of COPY and ADD that aren't in the build context."""

import pytest

from tests.parity.checks.tools import Files, assert_clean, assert_finding

RULE = "copy-missing"


@pytest.mark.parametrize(
    ("files", "message"),
    [
        pytest.param(
            {
                "Dockerfile": "FROM python:3.13\nWORKDIR /app\nCOPY a.txt .\n",
            },
            "Dockerfile:3: COPY a.txt in image: the build context . has no a.txt",
            id="a-file",
        ),
        pytest.param(
            {
                "Dockerfile": "FROM python:3.13\nWORKDIR /app\nADD src/ /src/\n",
            },
            "Dockerfile:3: ADD src/ in image: the build context . has no src/",
            id="a-folder-by-add",
        ),
        pytest.param(
            {
                "Dockerfile": "FROM python:3.13\nWORKDIR /app\nCOPY a.txt .\n",
                "a.txt": "",
                ".dockerignore": "*.txt\n",
            },
            "Dockerfile:3: COPY a.txt in image: .dockerignore leaves a.txt out",
            id="left-out",
        ),
        pytest.param(
            {
                "Dockerfile": "FROM python:3.13\nWORKDIR /app\nCOPY docs docs\n",
                "docs/a.txt": "",
                ".dockerignore": "docs\n",
            },
            "Dockerfile:3: COPY docs in image: .dockerignore leaves docs out",
            id="a-folder-left-out",
        ),
        pytest.param(
            {
                "compose.yaml": "services:\n  web:\n    build: web\n",
                "web/Dockerfile": "FROM python:3.13\nWORKDIR /app\nCOPY requirements.txt .\n",
                "requirements.txt": "",
            },
            ("web/Dockerfile:3: COPY requirements.txt in compose: the build context web has no requirements.txt"),
            id="another-context",
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
                "Dockerfile": "FROM python:3.13\nWORKDIR /app\nCOPY a.txt docs ./\n",
                "a.txt": "",
                "docs/a.txt": "",
            },
            id="there",
        ),
        pytest.param(
            {
                "Dockerfile": "FROM python:3.13\nWORKDIR /app\nCOPY . .\n",
            },
            id="the-whole-context",
        ),
        pytest.param(
            {
                "Dockerfile": "FROM python:3.13 AS a\nFROM python:3.13\nCOPY --from=a /x /y\n",
            },
            id="of-another-stage",
        ),
        pytest.param(
            {
                "Dockerfile": "FROM python:3.13\nWORKDIR /app\nADD https://a.example/x /x\n",
            },
            id="an-address",
        ),
        pytest.param(
            {
                "Dockerfile": "FROM python:3.13\nWORKDIR /app\nCOPY package-lock.jso[n] .\n",
            },
            id="a-wildcard",
        ),
        pytest.param(
            {
                "Dockerfile": "FROM python:3.13\nWORKDIR /app\nCOPY out out\n",
                ".gitignore": "out/\n",
            },
            id="what-git-ignores",
        ),
        pytest.param(
            {
                "Dockerfile": "FROM python:3.13\nWORKDIR /app\nCOPY lib lib\n",
                ".gitmodules": '[submodule "lib"]\n\tpath = lib\n\turl = https://a.example/lib\n',
            },
            id="a-submodule",
        ),
        pytest.param(
            {
                "Dockerfile": "FROM python:3.13\nWORKDIR /app\nCOPY a.txt .\n",
                "a.txt": "",
                ".dockerignore": "*\n!a.txt\n",
            },
            id="let-in-again",
        ),
        pytest.param(
            {
                "Dockerfile": "FROM python:3.13\nCOPY nothing .\nFROM python:3.13\n",
            },
            id="a-stage-that-nobody-needs",
        ),
        pytest.param(
            {
                "compose.yaml": "services:\n  web:\n    build:\n      context: .\n      dockerfile: docker/Dockerfile\n",
                "docker/Dockerfile": "FROM python:3.13\nWORKDIR /app\nCOPY a.txt .\n",
                "a.txt": "",
            },
            id="compose's-context",
        ),
        pytest.param(
            {
                "Dockerfile": "FROM python:3.13\nWORKDIR /app\nCOPY a.txt .\n",
                "a.txt": "",
                ".dockerignore": "*\n",
                "Dockerfile.dockerignore": "b\n",
            },
            id="the-dockerfile's-own-ignore-file",
        ),
    ],
)
def test_what_a_careful_reader_would_not_call_wrong_is_clean(files: Files) -> None:
    assert_clean(files, RULE)
