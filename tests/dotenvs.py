"""The real readers of .env: each gives the variables that it makes of one."""

import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import environ
import honcho.environ
from django.core.exceptions import ImproperlyConfigured

ROOT = Path(__file__).resolve().parents[1]

# Any image with `env` in it would do; this one is the app's base.
IMAGE = re.findall(r"^FROM (\S+)", (ROOT / "Dockerfile").read_text(), re.MULTILINE)[0]

Reader = Callable[[Path], dict[str, str]]


def output(argv: list[str], folder: Path) -> str:
    plain = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    done = subprocess.run(argv, cwd=folder, env=plain, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def environment(text: str) -> dict[str, str]:
    return dict(line.split("=", 1) for line in text.splitlines() if "=" in line)


def by_honcho(folder: Path) -> dict[str, str]:
    return environment(output([sys.executable, "-m", "honcho", "run", "env"], folder))


def by_django_environ(folder: Path) -> dict[str, str]:
    program = """
import json, os, environ
environ.Env.read_env(".env")
print(json.dumps({name: environ.Env()(name) for name in list(os.environ)}))
"""
    return dict(json.loads(output([sys.executable, "-c", program], folder)))


def by_compose(folder: Path) -> dict[str, str]:
    return compose_reads([(folder / ".env").read_bytes().decode()], folder)[0]


def compose_reads(texts: list[str], folder: Path) -> list[dict[str, str]]:
    """What compose makes of each text as an env_file; all of them in one call, for each would take 0.1 s."""
    services = []
    for number, text in enumerate(texts):
        (folder / f"{number}.env").write_bytes(text.encode())
        services.append(f"  s{number}:\n    image: {IMAGE}\n    env_file: {number}.env\n")
    (folder / "compose.yaml").write_text("services:\n" + "".join(services))
    # Its own .env would be read too, for the variables that lines of an env_file refer to.
    argv = ["docker", "compose", "--env-file", os.devnull, "config", "--format", "json"]
    found = json.loads(output(argv, folder))["services"]
    return [variables(found[f"s{number}"].get("environment") or {}) for number in range(len(texts))]


def variables(environment: dict[str, str | None]) -> dict[str, str]:
    """compose writes a $ in its own output as $$; a name alone is null; a last line without = is a value without a name."""
    return {name: value.replace("$$", "$") for name, value in environment.items() if name and value is not None}


def by_docker_run(folder: Path) -> dict[str, str]:
    argv = ["docker", "run", "--rm", "--env-file", ".env", "--entrypoint", "env", IMAGE]
    return environment(output(argv, folder))


def honcho_reads(text: str) -> dict[str, str]:
    """In this process. Raises ValueError for what makes honcho stop."""
    return dict(honcho.environ.parse(as_opened(text)))


def django_environ_reads(text: str) -> dict[str, str]:
    """In this process; without the variables that can't be read, since they refer to one that nobody has."""

    class Env(environ.Env):  # type: ignore[misc]
        ENVIRON: dict[str, str] = {}

    Env.read_env(io.StringIO(as_opened(text)))
    found = {}
    for name in Env.ENVIRON:
        try:
            found[name] = Env().str(name)
        except (ImproperlyConfigured, RecursionError):
            continue
    return found


def as_opened(text: str) -> str:
    return io.TextIOWrapper(io.BytesIO(text.encode()), encoding="utf-8").read()
