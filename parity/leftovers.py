"""Finds and ends what a home left behind when it was killed (kill -9, a crash of the machine's memory).

A mark in the environment survives every exec and fork, so it finds gunicorn's workers too, whose parents are gone.
"""

from contextlib import suppress
from pathlib import Path

import psutil

MARK = "PARITY_HOME"


def mark(folder: Path) -> dict[str, str]:
    """The environment variable that every process of the home of `folder` carries."""
    return {MARK: str(folder)}


def end(folder: Path) -> int:
    """Ends the processes that carry the mark of `folder`, but not us, and says how many there were."""
    found = [process for process in psutil.process_iter() if carries(process, folder)]
    for process in found:
        with suppress(psutil.Error):
            process.terminate()
    _, stubborn = psutil.wait_procs(found, timeout=5)
    for process in stubborn:
        with suppress(psutil.Error):
            process.kill()
    psutil.wait_procs(stubborn, timeout=5)
    return len(found)


def carries(process: psutil.Process, folder: Path) -> bool:
    try:
        mine = process.pid == psutil.Process().pid
        return not mine and process.environ().get(MARK) == str(folder)
    except (psutil.Error, OSError):
        return False
