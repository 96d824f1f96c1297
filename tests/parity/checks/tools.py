"""The two verbs that rules are tested with, on folders of files."""

import datetime
import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from textwrap import dedent

from parity.check.assembly import assemble
from parity.check.judging import Judged, judge
from parity.checks import all_checks

TODAY = datetime.date(2026, 11, 24)


@dataclass(frozen=True)
class Link:
    """A symlink, and what it names."""

    target: str


@dataclass(frozen=True)
class Pipe:
    """A FIFO, which is no file."""


Files = Mapping[str, str | bytes | Link | Pipe]


def judged(files: Files) -> list[Judged]:
    """What every rule finds in a folder that holds these files."""
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        for path, text in files.items():
            put(root / path, text)
        return judge(assemble(root, TODAY), all_checks(), TODAY)


def put(path: Path, content: str | bytes | Link | Pipe) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    if isinstance(content, Link):
        path.symlink_to(content.target)
    elif isinstance(content, Pipe):
        os.mkfifo(path)
    elif isinstance(content, bytes):
        path.write_bytes(content)
    else:
        path.write_text(dedent(content).lstrip("\n"))


def assert_clean(files: Files, rule: str | None = None) -> None:
    """Nothing is found, or nothing by one rule."""
    found = [said(item) for item in judged(files) if rule in (None, item.rule.id)]
    assert found == []


def assert_finding(files: Files, rule: str, message: str | None = None, *, count: int = 1) -> None:
    """One rule finds what it should, as often as it should, and says `message`: `file:line: what is wrong`."""
    everything = judged(files)
    found = [item for item in everything if item.rule.id == rule]
    assert len(found) == count, [said(item) for item in everything]
    if message is not None:
        assert message in [f"{item.finding.place}: {item.finding.message}" for item in found]


def said(item: Judged) -> str:
    return f"{item.finding.place}: {item.finding.message} [{item.rule.id}] hint: {item.finding.hint}"
