"""What this machine can do for the tests, and what to type for what it can't."""

import os
import shutil
import subprocess
from dataclasses import dataclass
from functools import cache
from pathlib import Path

# Names of parts that must not be left out, separated by commas: PARITY_REQUIRE=docker,browser.
REQUIRE = "PARITY_REQUIRE"

CHROMIUMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


@dataclass(frozen=True)
class Part:
    """A part of the machine that a marker of the same name asks for."""

    name: str
    missing: str
    enable: str


PARTS = {
    "docker": Part(
        "docker",
        "no Docker engine answers",
        "start Docker Desktop or `sudo systemctl start docker`, then `make test` (https://docs.docker.com/engine/install/)",
    ),
    "browser": Part(
        "browser",
        "no Chromium is installed",
        ".venv/bin/playwright install --with-deps chromium && make test",
    ),
    "root": Part(
        "root",
        "this user is not root, whose home Postgres refuses to run in",
        "sudo make test T=tests/stack/test_embedded.py",
    ),
}


def has(part: str) -> bool:
    return {"docker": docker_answers, "browser": lambda: chromium() is not None, "root": lambda: os.geteuid() == 0}[
        part
    ]()


@cache
def docker_answers() -> bool:
    try:
        done = subprocess.run(["docker", "info"], capture_output=True, timeout=20, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


@cache
def chromium() -> str | None:
    """The path of a Chromium: Playwright's own, else the system's."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        own = playwright.chromium.executable_path
    if Path(own).exists():
        return own
    return next((path for name in CHROMIUMS if (path := shutil.which(name))), None)


def required() -> set[str]:
    return {name.strip() for name in os.environ.get(REQUIRE, "").split(",") if name.strip()}
