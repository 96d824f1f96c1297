"""What readers find in the files themselves: every id that they emit is a rule, and every such rule is emitted."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from parity.check.judging import LEDGER
from parity.checks import all_checks
from tests.parity.checks.tools import Files, Link, Pipe, assert_clean, assert_finding

RULES = {check.rule.id: check.rule for check in all_checks()}
PARITY = Path(__file__).resolve().parents[3] / "parity"
# What a reader calls to report something; the id is among the first arguments.
REPORTING = {"Finding", "find", "add", "misspelt", "Manifest"}
# Judged by a rule that knows more than one file: what git ignores, and an example beside it.
JUDGED_ELSEWHERE = {"compose-env-file-missing"}


def emitted() -> Iterator[str]:
    for path in (*(PARITY / "readers").rglob("*.py"), *(PARITY / "check").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and called(node) in REPORTING:
                for argument in node.args[:4]:
                    if isinstance(argument, ast.Constant) and re.fullmatch(r"[a-z]+(-[a-z0-9]+)+", str(argument.value)):
                        yield str(argument.value)


def called(call: ast.Call) -> str:
    return getattr(call.func, "id", "") or getattr(call.func, "attr", "")


def test_every_id_that_is_emitted_is_a_rule() -> None:
    assert set(emitted()) - {*RULES, *LEDGER, *JUDGED_ELSEWHERE} == set()


def test_every_rule_of_reading_is_emitted() -> None:
    assert {id for id, rule in RULES.items() if rule.family == "Reading"} - set(emitted()) == set()


DOCKER = "FROM python:3.13-slim\nCOPY . .\n"
PYTHON_2 = "import os\nprint 'x', os.environ['A']\n"
CI = "on: push\njobs:\n  test:\n    runs-on: ubuntu-24.04\n    steps:\n"


def compose(rest: str) -> Files:
    return {"compose.yaml": f"services:\n  web:\n    image: nginx:1.29\n{rest}"}


def workflow(steps: str) -> Files:
    return {".github/workflows/ci.yml": CI + steps}


@pytest.mark.parametrize(
    ("files", "rule", "message"),
    [
        pytest.param(
            {"heroku.yml": "build:\n  docker:\n   web: [\n"},
            "file-not-parsed",
            None,
            id="heroku.yml-that-is-no-YAML",
        ),
        pytest.param(
            {"Makefile": "test:\n    pytest\n"},
            "file-not-parsed",
            "Makefile:2: make stops at `pytest`: it is no rule, no assignment, and no line of a recipe",
            id="a-recipe-without-its-tab",
        ),
        pytest.param(
            {"requirements.txt": b"# " + b"x" * 6_000_000},
            "file-too-large",
            "requirements.txt:1: requirements.txt has more than 5 MB, and is not read",
            id="a-file-of-6-MB",
        ),
        pytest.param(
            {"requirements.txt": b"gunicorn\n# caf\xe9\n"},
            "file-not-utf8",
            "requirements.txt:2: requirements.txt is not UTF-8: byte 0xe9 in line 2",
            id="latin-1",
        ),
        pytest.param(
            {".env": Pipe()}, "file-unreadable", ".env:1: .env is neither a file nor a folder", id="a-FIFO-for-a-file"
        ),
        pytest.param(
            {"requirements.txt": Link("/srv/requirements.txt")},
            "symlink-leads-out",
            "requirements.txt:1: requirements.txt is behind a symlink that leads out of the repository, and is not read",
            id="a-symlink-to-the-machine's-own-file",
        ),
        pytest.param({"requirements.txt": "-r base.txt\n"}, "include-missing", None, id="pip's-r"),
        pytest.param(
            compose("    extends:\n      file: base.yaml\n      service: web\n"), "include-missing", None, id="extends"
        ),
        pytest.param(
            {"requirements.txt": "-r dev.txt\n", "dev.txt": "-r requirements.txt\n"},
            "include-cycle",
            None,
            id="pip's-circle",
        ),
        pytest.param(compose("    extends:\n      service: web\n"), "include-cycle", None, id="extends-itself"),
        pytest.param(compose("    env_file: ../shared.env\n"), "include-elsewhere", None, id="an-env-file-beside"),
        pytest.param(compose("    restarts: always\n"), "compose-refused", None, id="compose's-unknown-key"),
        pytest.param(
            compose("    volumes: [data:/data]\n"), "compose-refused", None, id="a-volume-that-nothing-declares"
        ),
        pytest.param(compose('    command: "echo ${}"\n'), "compose-refused", None, id="a-dollar-that-begins-nothing"),
        pytest.param(compose("    command: migrate && serve\n"), "compose-command-cut", None, id="a-shell's-and"),
        pytest.param(
            compose("    user: ${APP_UID}\n    hostname: ${NAME}\n"),
            "compose-variable-unset",
            "compose.yaml:4: no file sets APP_UID, NAME, and compose puts a blank in its place",
            id="two-variables-are-one-finding",
        ),
        pytest.param(
            compose("    user: ${APP_UID:?say it}\n"),
            "compose-variable-required",
            "compose.yaml:4: no file sets APP_UID, and compose stops without it",
            id="a-variable-that-is-asked-for",
        ),
        pytest.param({"Dockerfile": DOCKER + "RUNN true\n"}, "dockerfile-refused", None, id="an-unknown-instruction"),
        pytest.param({"Dockerfile": DOCKER + "CMD ['a']\n"}, "dockerfile-json", None, id="single-quotes"),
        pytest.param({"Dockerfile": DOCKER + "RUN a \\\n\n  b\n"}, "dockerfile-continuation", None, id="an-empty-line"),
        pytest.param({"Procfile": "web: a\nworker:\n"}, "procfile-line", None, id="a-process-type-without-a-command"),
        pytest.param({"Procfile": "web: a\nweb: b\n"}, "procfile-line", None, id="a-name-twice"),
        pytest.param({"heroku.yml": "builds: {}\n"}, "heroku-yml-refused", None, id="heroku.yml's-unknown-key"),
        pytest.param(
            {"heroku.yml": "release:\n  image: web\n"}, "release-without-command", None, id="nothing-to-release"
        ),
        pytest.param({"app.json": '{"stack": []}'}, "app-json-refused", None, id="app.json's-type"),
        pytest.param({"app.json": '{"stak": "container"}'}, "unknown-key", None, id="app.json's-unknown-key"),
        pytest.param({"requirements.txt": "Django=5\n"}, "requirement-refused", None, id="one-equals-sign"),
        pytest.param(
            workflow("      - run: a\n        uses: actions/checkout@v6\n"),
            "workflow-refused",
            None,
            id="a-step-with-both",
        ),
        pytest.param(
            workflow("      - uses: actions/setup-python@v6\n        with:\n          python-version: 3.10\n"),
            "workflow-version-unquoted",
            ".github/workflows/ci.yml:8: python-version 3.10 without quotes is the number 3.1",
            id="a-version-that-is-a-number",
        ),
        pytest.param(
            {"one/settings.py": PYTHON_2, "two/settings.py": PYTHON_2},
            "python-unreadable",
            "one/settings.py:2: Python can't read this file: Missing parentheses in call to 'print'. Did you mean print(...)?"
            " (and 1 other file)",
            id="two-files-of-python-2-are-one-finding",
        ),
    ],
)
def test_what_a_reader_finds_is_told(files: Files, rule: str, message: str | None) -> None:
    assert_finding(files, rule, message)


@pytest.mark.parametrize(
    ("files", "rule"),
    [
        pytest.param(
            {"compose.yaml": "volumes:\n  data:\n    name: {{ project }}_data\n"},
            "file-not-parsed",
            id="a-template",
        ),
        pytest.param(
            {"{{ project }}/pyproject.toml": "[project]\n{% if x %}\n"}, "file-not-parsed", id="a-folder-of-a-template"
        ),
        pytest.param(
            {"shop/settings.py": "import os\n{% if x %}\nA = os.environ['A']\n"}, "python-unreadable", id="a-template"
        ),
        pytest.param({"data/large.csv": b"1,2\n" * 1_500_000}, "file-too-large", id="a-file-that-is-never-read"),
        pytest.param({"shop/logo.png": b"\x89PNG\xff"}, "file-not-utf8", id="a-file-that-is-no-text"),
        pytest.param({"requirements.txt": "\ufeffgunicorn\n"}, "file-not-utf8", id="a-byte-order-mark"),
        pytest.param(
            compose("    command: ['sh', '-c', 'a && b']\n"), "compose-command-cut", id="a-shell-that-is-asked-for"
        ),
        pytest.param(compose("    user: ${APP_UID:-1000}\n"), "compose-variable-unset", id="a-default"),
        pytest.param(compose("    volumes: ['${HOME}/x:/x']\n"), "compose-variable-unset", id="what-every-shell-has"),
        pytest.param(
            {**compose("    user: ${APP_UID}\n"), ".env.example": "APP_UID=1000\n"},
            "compose-variable-unset",
            id="an-example-that-tells-it",
        ),
        pytest.param({"Dockerfile": DOCKER + "CMD [ -f x ] && run\n"}, "dockerfile-json", id="a-shell's-test"),
        pytest.param(
            {"Dockerfile": DOCKER + "RUN a \\\n  # why\n  b\n"}, "dockerfile-continuation", id="a-comment-within"
        ),
        pytest.param({"Procfile": "# web: a\n\nweb: b\n"}, "procfile-line", id="comments-and-blank-lines"),
        pytest.param(
            {"app.json": '{"expo": {"name": "x"}, "stak": 1}'}, "unknown-key", id="an-app.json-of-react-native"
        ),
        pytest.param(
            workflow("      - uses: actions/setup-python@v6\n        with:\n          python-version: 3.12\n"),
            "workflow-version-unquoted",
            id="a-number-that-loses-nothing",
        ),
        pytest.param(
            {".github/workflows/build/action.yml": "name: build\nruns:\n  using: composite\n  steps: []\n"},
            "workflow-refused",
            id="an-action-among-workflows",
        ),
    ],
)
def test_what_is_right_or_is_no_home_is_clean(files: Files, rule: str) -> None:
    assert_clean(files, rule)
