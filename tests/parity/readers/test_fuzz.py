"""Ten thousand inputs for each reader: broken by chance out of files that people write, and whatever Hypothesis thinks of.

Each gives a value or Unreadable, within a second. The readers run in processes of their own, whose memory is measured.
"""

from __future__ import annotations

import contextlib
import importlib
import os
import pkgutil
import random
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

import parity.readers
from parity.readers.unreadable import Unreadable

ROOT = Path(__file__).resolve().parents[3]
COUNT = 10_000
BY_HYPOTHESIS = 300
LONGEST = 600
# In seconds of the clock for one input, and of CPU for all of one reader's.
ONE = 1.0
ALL = 60
# In bytes.
MEMORY = 300 * 1024 * 1024

# What a reader could stumble over, put anywhere.
BITS = (
    *(
        "\n",
        "\r\n",
        "\r",
        "\t",
        " ",
        "  ",
        ":",
        ": ",
        "=",
        "#",
        " #",
        "'",
        '"',
        '"""',
        "\\",
        "\\\n",
        "$",
        "$$",
        "${",
        "${A:-",
        "}",
        "{",
    ),
    *(
        "[",
        "]",
        "(",
        ")",
        ",",
        "- ",
        "&a ",
        "*a",
        "<<: *a\n",
        "|\n",
        ">-\n",
        "!!str ",
        "!reset ",
        "? ",
        "null",
        "true",
        "1e999",
        "0x1",
    ),
    *(
        "\x00",
        "\x0c",
        "\x85",
        "\u2028",
        "\ufeff",
        "\ud800",
        "é",
        "日",
        "😀",
        "%",
        "@",
        "~",
        "`",
        "^",
        "*",
        "**/",
        "!",
        "..",
        "../",
        "/",
    ),
    *(
        "A=",
        "export ",
        "-r f\n",
        "<<E\n",
        "&& ",
        "| ",
        "; ",
        "if ",
        "fi\n",
        "done ",
        "$(",
        "`a`",
        "FROM a\n",
        "RUN ",
        "\nimport os\n",
    ),
    *(
        "A" * 200,
        "0" * 40,
        "((((((((",
        "[[[[[[[[",
        '{"a":' * 8,
        "a: " * 3,
        "${" * 8,
        "-----BEGIN PRIVATE KEY-----",
        "://a:b@c.d",
        ">=1,<2",
    ),
)

YAML = (
    "services:\n"
    "  web: &web\n"
    "    image: a:1\n"
    "    environment: {A: b, C: '${D:-e}'}\n"
    "    ports: ['8000:8000']\n"
    "  db:\n"
    "    <<: *web\n"
)
TOML = (
    "[project]\n"
    'name = "a"\n'
    'requires-python = ">=3.11"\n'
    "dependencies = [\n"
    '  "django>=5",\n'
    "]\n"
    "[tool.poetry.dependencies]\n"
    'python = "^3.12"\n'
)
JSON = (
    '{"name": "a", "env": {"A": {"value": "b", "required": false}}, "addons": ["heroku-redis:mini"], '
    '"engines": {"node": "22.x"}}'
)
SHELL = (
    "set -e\n"
    'if [ -n "$A" ]; then\n'
    "  exec gunicorn --bind 0.0.0.0:${PORT:-8000} a.wsgi\n"
    "fi\n"
    "for a in b c; do echo $a | grep b; done\n"
)
PYTHON = (
    "import os\n"
    "from environ import Env\n"
    "env = Env(A=(bool, False))\n"
    'B = env.db("C", default="sqlite:///a")\n'
    'if os.environ.get("D"):\n'
    '    E = [f for f in os.environ["G"].split(",")]\n'
)
DOTENV = "# a\nA=b\nexport C='d e'\nF=\"g ${A:-h}\\n\"\nI=\nJ=k # l\n"
COMPOSE = (
    "name: a\n"
    "services:\n"
    "  web:\n"
    "    build: {context: ., target: b, args: [C=d]}\n"
    "    env_file: [{path: .env, required: false}]\n"
    "    ports: ['127.0.0.1:${P:-80}:80/tcp']\n"
    "    volumes: ['./a:/b:ro', 'c:/d']\n"
    "    depends_on: {db: {condition: service_healthy}}\n"
    "    extends: {file: other.yml, service: db}\n"
    "    stop_grace_period: 1m30s\n"
    "  db:\n"
    "    image: postgres:17\n"
    "    healthcheck: {test: [CMD, a]}\n"
    "volumes:\n"
    "  c:\n"
)
DOCKERFILE = (
    "# escape=\\\n"
    "ARG V=3\n"
    "FROM python:${V}-slim AS base\n"
    "ENV A=b \\\n"
    '  C="d e"\n'
    'COPY --from=base --chown=1 ["a", "/b"]\n'
    "RUN <<E cat && \\\n"
    "  ls\n"
    "x\n"
    "E\n"
    "HEALTHCHECK --interval=1s CMD a\n"
    "ONBUILD RUN b\n"
    "USER 1\n"
    'CMD ["python", "-m", "a"]\n'
)
WORKFLOW = (
    "on: push\n"
    "jobs:\n"
    "  t:\n"
    "    runs-on: ubuntu-24.04\n"
    "    strategy: {matrix: {p: ['3.12', '3.13'], exclude: [{p: '3.12'}]}}\n"
    "    services: {db: {image: 'postgres:17', ports: ['5432:5432']}}\n"
    "    env: {A: '${{ matrix.p }}'}\n"
    "    steps:\n"
    "      - uses: actions/setup-python@v6\n"
    "        with: {python-version: '${{ matrix.p }}'}\n"
    "      - run: pytest\n"
)
CIRCLECI = (
    "version: 2.1\n"
    "executors: {e: {docker: [{image: 'cimg/python:3.13', environment: {A: b}}, {image: "
    "'postgres:17'}]}}\n"
    "jobs:\n"
    "  t:\n"
    "    executor: e\n"
    "    parameters: {p: {type: string, default: a}}\n"
    "    steps: [checkout, run: 'echo << parameters.p >>']\n"
    "workflows: {w: {jobs: [t: {p: b}]}}\n"
)
REQUIREMENTS = (
    "# a\n"
    "-r base.txt\n"
    "-c constraints.txt\n"
    "Django[argon2]>=5.2,<6 ; python_version >= '3.11'\n"
    "a==1.0 \\\n"
    "    --hash=sha256:00\n"
    "-e git+https://x/y#egg=z\n"
    "b @ https://x/y.whl\n"
)
POETRY_LOCK = (
    "[[package]]\n"
    'name = "a"\n'
    'version = "1.0"\n'
    "\n"
    "[package.dependencies]\n"
    'b = {version = "*", markers = "python_version < \'3.12\'"}\n'
    "\n"
    "[metadata]\n"
    'python-versions = "^3.12"\n'
)
UV_LOCK = (
    "version = 1\n"
    'requires-python = ">=3.11"\n'
    "\n"
    "[[package]]\n"
    'name = "a"\n'
    'version = "1.0"\n'
    'source = { virtual = "." }\n'
    "dependencies = [\n"
    '    { name = "b", marker = "sys_platform == \'win32\'" },\n'
    "]\n"
)
PIPFILE = '[packages]\ndjango = "*"\n[dev-packages]\npytest = {version = ">=9"}\n[requires]\npython_version = "3.13"\n'
MAKEFILE = (
    "A ?= b\n"
    "C := $(if $(A),$(shell d),$(wildcard *.e))\n"
    ".PHONY: up\n"
    "up: b | c ## start\n"
    "\t@$(MAKE) -C d A=$(A)\n"
    "ifeq ($(A),b)\n"
    "-include f.mk\n"
    "endif\n"
    "define g\n"
    "h\n"
    "endef\n"
)
FLY = (
    'app = "a"\n'
    "[build]\n"
    'dockerfile = "Dockerfile"\n'
    "[env]\n"
    'A = "b"\n'
    "[processes]\n"
    'web = "gunicorn a.wsgi"\n'
    "[http_service]\n"
    "internal_port = 8000\n"
    "[deploy]\n"
    'release_command = "a"\n'
)
RENDER = (
    "services:\n"
    "- type: web\n"
    "  name: a\n"
    "  runtime: python\n"
    "  buildCommand: b\n"
    "  startCommand: gunicorn a.wsgi\n"
    "  envVars: [{key: A, value: b}, {key: C, fromDatabase: {name: d, property: connectionString}}]\n"
    "databases: [{name: d, postgresMajorVersion: '17'}]\n"
)
DEVCONTAINER = (
    "{ // a\n"
    '  "name": "a", "image": "mcr.microsoft.com/devcontainers/python:3.13", "dockerComposeFile": '
    '["../compose.yml"], "service": "web",\n'
    '  "features": {"ghcr.io/devcontainers/features/node:1": {"version": "22"}}, "containerEnv": {"A": '
    '"b"}, "forwardPorts": [8000],\n'
    "}"
)
HEROKU_YML = (
    "setup:\n"
    "  addons:\n"
    "    - plan: heroku-postgresql\n"
    "      as: DATABASE\n"
    "  config: {A: b}\n"
    "build:\n"
    "  docker:\n"
    "    web: {dockerfile: Dockerfile, target: c}\n"
    "  config: {D: e}\n"
    "release:\n"
    "  image: web\n"
    "  command:\n"
    "    - ./deploy\n"
    "run:\n"
    "  web: gunicorn a.wsgi\n"
    "  worker: {command: [celery], image: web}\n"
)
PARITY_TOML = (
    "[up]\n"
    'name = "A"\n'
    'next = ["/  a"]\n'
    "[homes]\n"
    'compose = ["a.yml"]\n'
    "[[accept]]\n"
    'rule = "a"\n'
    'reason = "b"\n'
    "until = 2027-01-01\n"
)
SETUP_PY = (
    "from setuptools import setup\n"
    'A = ["django>=5"]\n'
    'setup(name="a", python_requires=">=3.11", install_requires=A + ["b"], extras_require={"c": ["d"]})\n'
)
SETUP_CFG = (
    "[options]\n"
    "python_requires = >=3.11\n"
    "install_requires =\n"
    "    django>=5\n"
    "    a[b]\n"
    "[options.extras_require]\n"
    "c =\n"
    "    d\n"
)
ENVIRONMENT_YML = "name: a\ndependencies:\n  - python=3.13\n  - conda-forge::django>=5\n  - pip:\n    - b==1.0\n"
GUNICORN = (
    "import os\n"
    "bind = f\"0.0.0.0:{os.environ.get('PORT', 8000)}\"\n"
    'workers = int(os.environ["WEB_CONCURRENCY"])\n'
    "timeout = 30 * 2\n"
)
IGNORE = "# a\n*\n!app/**\n/docs/*.md\n**/[a-z]?\\ x\nb/\n[!c]\n"


def looked(text: str) -> Callable[[str], str | None]:
    """A repository whose every file is one text; what names another leads to the text again, and so to a cycle."""
    return lambda path: text if len(path) < 200 else None


Attempt = Callable[[str], Any]


def module(name: str) -> Any:
    return importlib.import_module(f"parity.readers.{name}")


def ignoring(text: str) -> None:
    from parity.check.ignore import Patterns

    patterns = Patterns(text)
    for path in ("a", "app/b.md", "docs/a/b c.txt"):
        patterns.ignores(path, path.rpartition("/")[2], folder=False)


def dockerignoring(text: str) -> None:
    ignore = module("dockerignore").Ignore(text)
    for path in ("a", "app/b.md", "docs/a/b c.txt"):
        ignore.ignores(path)


def ledger(text: str) -> None:
    """The user's own file: what is wrong with it is for the user, as one message."""
    from parity.errors import UserError

    try:
        module("paritytoml").ledger(text)
        module("paritytoml").front(text)
    except UserError as error:
        raise Unreadable(1, str(error), "") from None


# By name: what reads a text, and texts as people write them.
SPECIAL: dict[str, tuple[Attempt, list[str]]] = {
    "compose": (lambda text: module("compose").read("f", looked(text), env={"A": "b"}), [COMPOSE, YAML]),
    "python": (
        lambda text: module("python").read({"a/settings.py": text, "manage.py": PYTHON}),
        [PYTHON, SETUP_PY, GUNICORN],
    ),
    "packages": (lambda text: module("packages").read(text, "requirements.txt", looked(text)), [REQUIREMENTS]),
    "requirements": (lambda text: module("requirements").read(text, "f", looked(text)), [REQUIREMENTS]),
    "tree.yaml": (lambda text: module("tree").yaml(text), [YAML, COMPOSE, WORKFLOW]),
    "tree.json": (lambda text: module("tree").json(text), [JSON]),
    "tree.json with comments": (lambda text: module("tree").json(text, comments=True), [DEVCONTAINER]),
    "tree.toml": (lambda text: module("tree").toml(text), [TOML, FLY, POETRY_LOCK]),
    "dockerignore": (dockerignoring, [IGNORE]),
    "ignore": (ignoring, [IGNORE]),
    "paritytoml": (ledger, [PARITY_TOML]),
    "secrets": (lambda text: module("secrets").suspicious("SECRET_KEY", text), [DOTENV, JSON]),
}

# What those whose signature is (text, file) are begun with.
SEEDS: dict[str, list[str]] = {
    "appjson": [JSON],
    "circleci": [CIRCLECI],
    "devcontainer": [DEVCONTAINER],
    "dockerfile": [DOCKERFILE],
    "dotenv": [DOTENV],
    "environmentyml": [ENVIRONMENT_YML],
    "fly": [FLY],
    "gunicornconf": [GUNICORN],
    "herokuyml": [HEROKU_YML],
    "makefile": [MAKEFILE],
    "packagejson": [JSON],
    "pipfile": [PIPFILE, JSON],
    "poetrylock": [POETRY_LOCK],
    "procfile": [
        "web: gunicorn a.wsgi --bind 0.0.0.0:$PORT\nworker: celery -A a worker\n# b\nrelease: python3 manage.py migrate\n"
    ],
    "pyproject": [TOML],
    "pythonversion": ["3.13.1\n# a\npypy3.10\n"],
    "render": [RENDER],
    "runtimetxt": ["python-3.13.1\n"],
    "setupcfg": [SETUP_CFG],
    "setuppy": [SETUP_PY],
    "shell": [SHELL],
    "toolversions": ["python 3.13.1 2.7\nnodejs 22\n# a\n"],
    "uvlock": [UV_LOCK],
    "workflow": [WORKFLOW],
}

# Files of this repository, for the readers that have them.
OWN: dict[str, list[str]] = {
    "appjson": ["app.json"],
    "compose": ["docker-compose.yml"],
    "dockerfile": ["Dockerfile", "docker/minio/Dockerfile"],
    "dotenv": [".env.example"],
    "herokuyml": ["heroku.yml"],
    "makefile": ["Makefile"],
    "procfile": ["Procfile"],
    "pyproject": ["pyproject.toml"],
    "python": ["app/dynowiki/settings/heroku.py", "app/dynowiki/log.py"],
    "requirements": ["docker/minio/bucket/requirements.txt"],
    "shell": [".ci/run", "docker/minio/docker-entrypoint.sh"],
    "dockerignore": [".dockerignore"],
    "ignore": [".gitignore"],
}

# `requirement` reads a line for those that read files, and refuses by an exception of its own.
PARTS = {"requirement"}


def discovered() -> dict[str, Attempt]:
    """Every reader by name: the modules and packages of parity.readers that have a `read`, and those above."""
    found = {name: attempt for name, (attempt, _) in SPECIAL.items()}
    for one in pkgutil.iter_modules(parity.readers.__path__):
        if one.name in found or one.name in PARTS or not hasattr(module(one.name), "read"):
            continue
        found[one.name] = lambda text, name=one.name: module(name).read(text, "f")
    return found


READERS = discovered()


def seeds(name: str) -> list[str]:
    texts = SPECIAL[name][1] if name in SPECIAL else SEEDS[name]
    own = [(ROOT / file).read_text() for file in OWN.get(name, [])]
    return [*texts, *(cut(text, number) for text in own for number in range(3))]


def cut(text: str, number: int) -> str:
    """A piece of a file at the beginning of a line: short seeds are read often."""
    lines = text.splitlines(keepends=True)
    start = len(lines) * number // 3
    return "".join(lines[start:])[:LONGEST]


def broken(text: str, dice: random.Random) -> str:
    for _ in range(dice.randrange(1, 6)):
        start = dice.randrange(len(text) + 1)
        end = min(len(text), start + dice.randrange(16))
        kind = dice.randrange(5)
        if kind == 0:
            text = text[:start] + dice.choice(BITS) + text[start:]
        elif kind == 1:
            text = text[:start] + dice.choice(BITS) + text[end:]
        elif kind == 2:
            text = text[:start] + text[end:]
        elif kind == 3:
            text = text[:start] + text[start:end] * dice.randrange(2, 9) + text[end:]
        else:
            text = text[:start] + text[dice.randrange(len(text) + 1) :][:40] + text[start:]
    return text


class TooSlow(BaseException):
    """Not an Exception: a reader that catches those must not swallow it."""


def attempted(name: str, text: str) -> bool:
    """Whether a reader makes something of a text; fails for anything but a value or Unreadable, and for one that takes long."""
    begin = time.perf_counter()
    signal.setitimer(signal.ITIMER_REAL, 10 * ONE)
    try:
        READERS[name](text)
        return True
    except Unreadable as error:
        if error.line < 1:
            raise AssertionError(f"{name} refuses line {error.line} of {text!r}") from error
        return False
    except TooSlow:
        raise AssertionError(f"{name} hangs on {text!r}") from None
    except BaseException as error:
        raise AssertionError(f"{name} raises {error!r} for {text!r}") from error
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        took = time.perf_counter() - begin
        # The clock also counts what other processes take, so a slow one is tried again by its own time.
        if took > ONE:
            again(name, text)


def again(name: str, text: str) -> None:
    begin = time.process_time()
    with contextlib.suppress(Unreadable):
        READERS[name](text)
    took = time.process_time() - begin
    assert took < ONE, f"{name} takes {took:.1f} s for {text!r}"


def most_memory() -> int:
    """The most bytes that this process has held. Linux tells getrusage what the parent held at the fork, so /proc is asked."""
    status = Path("/proc/self/status")
    if status.exists():
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM:"))
        return int(line.split()[1]) * 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def fuzzed(name: str) -> str:
    """All inputs for one reader; what it took, in words."""
    signal.signal(signal.SIGALRM, stop)
    dice = random.Random(name)
    texts = seeds(name)
    read = sum(attempted(name, text) for text in texts)
    assert read, f"{name} reads none of its seeds"
    begin = time.process_time()
    read = sum(attempted(name, broken(dice.choice(texts), dice)) for _ in range(COUNT - BY_HYPOTHESIS))
    thought_of(name)
    took = time.process_time() - begin
    memory = most_memory()
    assert took < ALL, f"{name} takes {took:.0f} s of CPU for {COUNT} inputs"
    assert memory < MEMORY, f"{name} takes {memory // 1024 // 1024} MB"
    return f"{name}: {took:.1f} s, {memory // 1024 // 1024} MB, {read} of {COUNT} read"


def stop(*_: object) -> None:
    raise TooSlow


def thought_of(name: str) -> None:
    @settings(
        max_examples=BY_HYPOTHESIS,
        derandomize=True,
        deadline=None,
        database=None,
        phases=(Phase.explicit, Phase.generate),
        suppress_health_check=list(HealthCheck),
    )
    @given(st.text(max_size=200) | st.lists(st.sampled_from(BITS), max_size=30).map("".join))
    def reads(text: str) -> None:
        attempted(name, text)

    reads()


@pytest.mark.parametrize("name", sorted(READERS))
def test_ten_thousand_broken_texts_are_read_or_refused(name: str) -> None:
    """In a process of its own, so that its memory can be told."""
    run = subprocess.run(
        [sys.executable, "-m", "tests.parity.readers.test_fuzz", name],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=4 * ALL,
        check=False,
        env={**os.environ, "PYTHONHASHSEED": "0"},
    )
    assert run.returncode == 0, run.stderr[-4000:]


def test_every_reader_has_texts_to_begin_with() -> None:
    assert [name for name in READERS if name not in SPECIAL and name not in SEEDS] == []


if __name__ == "__main__":
    for one in sys.argv[1:] or sorted(READERS):
        print(fuzzed(one), flush=True)
