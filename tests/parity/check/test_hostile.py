"""Folders that mean harm, or that an accident made: each gives findings or none, soon, and stays as it was."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from parity.cli import main

# In seconds of the clock, on a busy machine; each takes a part of one.
SOON = 20

Make = Callable[[Path], None]


def files(texts: dict[str, str | bytes]) -> Make:
    def make(root: Path) -> None:
        for name, text in texts.items():
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text if isinstance(text, bytes) else text.encode())

    return make


def symlink_out(root: Path) -> None:
    (root.parent / "outside").write_text("web: gunicorn a.wsgi\n")
    (root / "Procfile").symlink_to(root.parent / "outside")


def symlink_loop(root: Path) -> None:
    (root / "Procfile").symlink_to("Procfile")
    (root / "compose.yaml").symlink_to("heroku.yml")
    (root / "heroku.yml").symlink_to("compose.yaml")
    (root / "app").mkdir()
    (root / "app" / "app").symlink_to("..")


def fifo(root: Path) -> None:
    os.mkfifo(root / "docker-compose.yml")
    os.mkfifo(root / "settings.py")


def unreadable(root: Path) -> None:
    (root / "Procfile").write_text("web: gunicorn a.wsgi\n")
    (root / "Procfile").chmod(0)
    (root / "app").mkdir(mode=0)


def folders(*names: str) -> Make:
    def make(root: Path) -> None:
        for name in names:
            (root / name).mkdir(parents=True)

    return make


KINDS = (
    *(
        "Procfile",
        "heroku.yml",
        "app.json",
        "runtime.txt",
        ".python-version",
        "Dockerfile",
        ".dockerignore",
        ".gitignore",
    ),
    *(
        "docker-compose.yml",
        ".env",
        ".env.example",
        "requirements.txt",
        "pyproject.toml",
        "poetry.lock",
        "uv.lock",
        "Pipfile",
    ),
    *(
        "Pipfile.lock",
        "package.json",
        ".github/workflows/a.yml",
        ".circleci/config.yml",
        ".devcontainer/devcontainer.json",
    ),
    *("fly.toml", "render.yaml", "Makefile", "start.sh", "manage.py", "settings.py", "gunicorn.conf.py", "parity.toml"),
    *("setup.py", "setup.cfg", "environment.yml", ".tool-versions"),
)

BOMB = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{name}: &{name} [{', '.join([f'*{before}'] * 9)}]\n" for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)
DEEP = 20_000

# What is there, the exit code, and the rules that must speak. None: whatever they are, or nothing.
FOLDERS: dict[str, tuple[Make, set[str] | None]] = {
    "a symlink that leads out": (symlink_out, {"symlink-leads-out"}),
    "symlinks that lead to themselves": (symlink_loop, None),
    "a FIFO where a compose file should be": (fifo, {"file-unreadable"}),
    "a file of 6 MB": (files({"docker-compose.yml": "#" * (6 << 20)}), {"file-too-large"}),
    "a YAML bomb in compose": (files({"docker-compose.yml": BOMB + "services: *i\n"}), {"file-not-parsed"}),
    "a YAML bomb in heroku.yml": (files({"heroku.yml": BOMB}), {"file-not-parsed"}),
    "compose files that include one another": (
        files({"compose.yaml": "include: [b.yaml]\n", "b.yaml": "include: [compose.yaml]\n"}),
        {"include-cycle"},
    ),
    "services that extend one another": (
        files({"compose.yaml": "services:\n  a: {extends: b}\n  b: {extends: a}\n"}),
        {"include-cycle"},
    ),
    "requirements that require one another": (
        files({"requirements.txt": "-r a.txt\n", "a.txt": "-r requirements.txt\n"}),
        None,
    ),
    "a Makefile that includes itself": (files({"Makefile": "include Makefile\nA = $(A)\nb: ; $(A)\n"}), None),
    "settings that import one another": (
        files(
            {
                "a/__init__.py": "",
                "a/settings.py": "from a.b import *\n",
                "a/b.py": "from a.settings import *\nimport os\n",
            }
        ),
        None,
    ),
    "scripts that run one another": (
        files({"Procfile": "web: sh a.sh\n", "a.sh": "sh b.sh\n", "b.sh": "exec sh a.sh\n"}),
        None,
    ),
    "a Procfile that isn't UTF-8": (files({"Procfile": "web: grüß\n".encode("latin-1")}), {"file-not-utf8"}),
    "bytes of no text at all": (files({name: bytes(range(256)) * 16 for name in KINDS if name != "parity.toml"}), None),
    "a file and a folder that may not be read": (unreadable, {"file-unreadable"}),
    "folders where files should be": (folders(*KINDS), None),
    "empty files of every kind": (files(dict.fromkeys(KINDS, "")), None),
    "files of a blank line": (files(dict.fromkeys(KINDS, "\n")), None),
    "files of zeros": (files({name: b"\0" * 4096 for name in KINDS if name != "parity.toml"}), None),
    "folders in folders, two hundred deep": (files({"a/" * 200 + "Procfile": "web: a\n"}), None),
    "YAML nested deep": (files({"docker-compose.yml": "[" * DEEP, "heroku.yml": "{a: " * DEEP}), {"file-not-parsed"}),
    "JSON nested deep": (files({"app.json": '{"a":' * DEEP, "package.json": "[" * DEEP}), {"file-not-parsed"}),
    "TOML nested deep": (
        files({"pyproject.toml": "a = " + "[" * DEEP, "fly.toml": "a." * DEEP + "b = 1"}),
        {"file-not-parsed"},
    ),
    "Python nested deep": (
        files(
            {"settings.py": f"import os\nA = {'(' * 10_000}os.environ['A']{')' * 10_000}\n", "manage.py": "import os\n"}
        ),
        None,
    ),
    "Python of many operators": (
        files({"settings.py": "import os\nA = os.environ['A']" + " + 'a'" * 10_000 + "\n"}),
        None,
    ),
    "Python of many elifs": (
        files({"settings.py": "import os\nif os.environ.get('A'): B = 1\n" + "elif C: B = 2\n" * 5_000}),
        None,
    ),
    "shell nested deep": (
        files({"Procfile": f"web: {'$(' * 5_000}a{')' * 5_000}\n", "a.sh": "if a; then\n" * 5_000}),
        None,
    ),
    "a name that is no text": (lambda root: Path(os.fsdecode(os.fsencode(root) + b"/Procfile\xff")).touch(), None),
    "a name with a line break": (files({"a\nb/Dockerfile": "FROM a\n", "Dockerfile\n": "FROM a\n"}), None),
    "compose that names what is outside": (
        files(
            {
                "compose.yaml": "include: [../b.yaml]\nservices:\n  a:\n    build: ../..\n    env_file: /etc/passwd\n",
                "heroku.yml": "build:\n  docker:\n    web: ../../Dockerfile\n",
                "requirements.txt": "-r ../../../../etc/passwd\n",
            }
        ),
        None,
    ),
}


@pytest.fixture(autouse=True)
def bounded() -> Iterator[None]:
    """A hang ends the test, not the run."""

    def stop(*_: object) -> None:
        raise TimeoutError(f"not within {SOON} s")

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(SOON)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


def listing(root: Path) -> dict[str, tuple[int, int, int]]:
    """Everything in a folder, with size, mode and the time of its last change."""
    found = {}
    for folder, names, others in os.walk(root):
        for name in (*names, *others, "."):
            stat = (Path(folder) / name).lstat()
            found[f"{folder}/{name}"] = stat.st_size, stat.st_mode, stat.st_mtime_ns
    return found


@pytest.mark.parametrize("name", FOLDERS)
@pytest.mark.parametrize("command", ["check", "contract"])
def test_a_hostile_folder_gives_findings_and_stays_as_it_was(
    name: str, command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make, rules = FOLDERS[name]
    if make is unreadable and os.geteuid() == 0:
        pytest.skip("root may read every file")
    if sys.platform == "darwin" and name == "a name that is no text":
        pytest.skip("this file system has no such names")
    root = tmp_path / "root"
    root.mkdir()
    make(root)
    before = listing(root)
    code = main([command, str(root)])
    said = capsys.readouterr()
    assert code in (0, 1), said.err
    assert "Traceback" not in said.err
    if command == "check" and rules:
        assert all(f"[{rule}]" in said.out for rule in rules), said.out
    assert listing(root) == before
    if make is unreadable:
        (root / "app").chmod(0o700)
