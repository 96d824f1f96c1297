"""Prints one table from several runs of the suite: homes across, points down, in Markdown.

    python tests/acceptance/table.py compose.json honcho.json embedded.json

A column is named after its file. Exits with 1 when a point fails in some home, or was not tried there.
"""

import json
import sys
from pathlib import Path

SIGNS = {"passed": "yes", "failed": "NO", "skipped": "n/a"}
UNTRIED = "not tried"


def main(files: list[str]) -> int:
    if not files:
        print("usage: python tests/acceptance/table.py FILE.json …", file=sys.stderr)
        return 2
    runs = {Path(name).stem: json.loads(Path(name).read_text()) for name in files}
    print(table(runs))
    return 1 if broken(runs) else 0


def table(runs: dict[str, dict]) -> str:  # type: ignore[type-arg]
    """Each value of `runs` is a file of `--points`; its key names the column."""
    rows = [[name, *(sign(run, name) for run in runs.values())] for name in names(runs)]
    total = ["seconds", *(f"{run['seconds']:g}" for run in runs.values())]
    cells = [["point", *runs], *rows, total]
    widths = [max(len(row[column]) for row in cells) for column in range(len(cells[0]))]
    rule = ["-" * width for width in widths]
    return "\n".join(line(row, widths) for row in [cells[0], rule, *cells[1:]])


def line(row: list[str], widths: list[int]) -> str:
    return "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |"


def names(runs: dict[str, dict]) -> list[str]:  # type: ignore[type-arg]
    """The points of all runs, in the order in which they were tried."""
    return list(dict.fromkeys(point["name"] for run in runs.values() for point in run["points"]))


def sign(run: dict, name: str) -> str:  # type: ignore[type-arg]
    outcomes = [point["outcome"] for point in run["points"] if point["name"] == name]
    return SIGNS[outcomes[0]] if outcomes else UNTRIED


def broken(runs: dict[str, dict]) -> bool:  # type: ignore[type-arg]
    return any(sign(run, name) in (SIGNS["failed"], UNTRIED) for run in runs.values() for name in names(runs))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
