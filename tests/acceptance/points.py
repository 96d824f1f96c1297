"""The outcome of one run, written as JSON: which points of the suite hold for a wiki."""

import json
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path

import pytest


@dataclass
class Point:
    """`outcome` is passed, failed or skipped; `seconds` is what the test took, its fixtures included."""

    name: str
    outcome: str = "passed"
    seconds: float = 0.0
    reason: str = ""


@dataclass
class Points:
    url: str
    began: float = field(default_factory=time.time)
    points: dict[str, Point] = field(default_factory=dict)

    def add(self, item: pytest.Item, report: pytest.TestReport) -> None:
        """Called for a test's setup, call and teardown: the worst of the three is the outcome."""
        point = self.points.setdefault(item.nodeid, Point(statement(item.name)))
        point.seconds = round(point.seconds + report.duration, 3)
        if not report.passed and point.outcome != "failed":
            point.outcome, point.reason = report.outcome, reason(report)

    def write(self, path: Path) -> None:
        began = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(self.began))
        listed = [asdict(point) for point in self.points.values()]
        content = {"url": self.url, "began": began, "seconds": round(time.time() - self.began, 1), "points": listed}
        path.write_text(json.dumps(content, indent=1) + "\n")


def statement(test: str) -> str:
    """`test_a_photo_is_refused[cut_short]` as words: a photo is refused: cut short."""
    name, _, case = test.removesuffix("]").partition("[")
    words = name.removeprefix("test_").replace("_", " ")
    return f"{words}: {case.replace('_', ' ')}" if case else words


def reason(report: pytest.TestReport) -> str:
    """The last line of a failure, or why it was skipped."""
    if isinstance(report.longrepr, tuple):
        return report.longrepr[2].removeprefix("Skipped: ")
    crash = getattr(report.longrepr, "reprcrash", None)
    return str(crash.message if crash else report.longrepr).splitlines()[0]
