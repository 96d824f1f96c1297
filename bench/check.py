"""What `parity check` costs: against `python -c "import yaml"`, and on a tree of 20,000 files.

    .venv/bin/python bench/check.py

Prints user and system CPU of whole processes, the median of several runs that alternate, and their ratio in one go.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
RUNS = 15
FILES = 20_000
# The promise: the whole process within so many times the floor, and the tree within so many seconds.
TIMES, SECONDS = 6.0, 2.0


def main() -> None:
    floor_argv = [sys.executable, "-c", "import yaml"]
    check_argv = [sys.executable, "-m", "parity", "check", str(ROOT)]
    for argv in (floor_argv, check_argv):
        cost(argv)  # Writes the bytecode, and fills the caches of the disk.
    pairs = [(cost(floor_argv), cost(check_argv)) for _ in range(RUNS)]
    floor, check = (statistics.median(column) for column in zip(*pairs, strict=True))
    ratio = statistics.median(ours / base for base, ours in pairs)
    print(f'python -c "import yaml"              {floor * 1000:7.1f} ms user+sys')
    print(f"parity check, this repository        {check * 1000:7.1f} ms user+sys")
    print(f"ratio                                {ratio:7.2f}    (promised: {TIMES:g})")
    with tempfile.TemporaryDirectory() as name:
        plant(Path(name))
        tree_argv = [sys.executable, "-m", "parity", "check", name]
        cost(tree_argv)
        seconds = statistics.median(wall(tree_argv) for _ in range(5))
    print(f"parity check, {FILES:,} files          {seconds:7.2f} s    (promised: {SECONDS:g})")


def cost(argv: Sequence[str]) -> float:
    """Seconds of user and system time of a whole process."""
    before = os.times()
    run(argv)
    after = os.times()
    return (after.children_user + after.children_system) - (before.children_user + before.children_system)


def wall(argv: Sequence[str]) -> float:
    begin = time.perf_counter()
    run(argv)
    return time.perf_counter() - begin


def run(argv: Sequence[str]) -> None:
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    environment["PYTHONPATH"] = str(ROOT)
    done = subprocess.run(
        argv, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False
    )
    if done.returncode not in (0, 1):
        sys.exit(done.stderr.decode())


def plant(root: Path) -> None:
    """A repository of many files: a tenth of them Python, a hundredth of those reading the environment."""
    (root / "Procfile").write_text("web: gunicorn shop.wsgi --bind 0.0.0.0:$PORT\n")
    (root / "requirements.txt").write_text("Django==5.2.1\ngunicorn==23.0.0\n")
    (root / ".gitignore").write_text("*.log\nbuild/\n/cache/**\n!cache/keep\n__pycache__/\n")
    for number in range(FILES):
        folder = root / f"area{number % 40}" / f"part{number % 400}"
        folder.mkdir(parents=True, exist_ok=True)
        if number % 10:
            (folder / f"page{number}.html").write_text("<p>text</p>\n")
        else:
            line = f'import os\nVALUE = os.environ.get("AREA_{number}", "")\n' if number % 1000 == 0 else "VALUE = 1\n"
            (folder / f"module{number}.py").write_text(line)


if __name__ == "__main__":
    main()
