"""Every rule has a page, whose bad example it finds and whose good one it doesn't."""

import re

import pytest

from parity.check.judging import LEDGER
from parity.checks import all_checks
from parity.commands.check import PAGES
from parity.contract.rule import Rule
from tests.parity.checks.tools import Files, Link, Pipe, assert_clean, judged, said

RULES = [*(check.rule for check in all_checks()), *LEDGER.values()]

# `Procfile`
# ```
# web: gunicorn app.wsgi
# ```
EXAMPLE = re.compile(r"^`(?P<path>[^`\n]+)`\n+```(?P<kind>[a-z0-9]*)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)


def page(rule: Rule) -> str:
    return (PAGES / f"{rule.id}.md").read_text()


def section(text: str, title: str) -> Files:
    """The files of an example: a path in backquotes on a line of its own, then its text in a fence."""
    _, _, behind = text.partition(f"\n## {title}\n")
    body = behind.partition("\n## ")[0]
    return {match["path"]: content(match["kind"], match["text"]) for match in EXAMPLE.finditer(body)}


def content(kind: str, text: str) -> str | bytes | Link | Pipe:
    """Files that aren't plain text say so behind the fence."""
    if kind == "symlink":
        return Link(text.strip())
    if kind == "pipe":
        return Pipe()
    if kind == "large":
        return text.encode() * (6_000_000 // len(text))
    return text.encode("latin-1") if kind == "latin1" else text


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_page_says_what_the_rule_says(rule: Rule) -> None:
    text = page(rule)
    assert text.startswith(f"# {rule.id}\n\n**{rule.severity}** · {rule.family}\n\n{rule.why}\n")


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_the_bad_example_is_found(rule: Rule) -> None:
    files = section(page(rule), "Bad")
    assert files
    everything = judged(files)
    assert rule.id in {item.rule.id for item in everything}, [said(item) for item in everything]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_the_good_example_is_clean(rule: Rule) -> None:
    files = section(page(rule), "Good")
    assert files
    assert_clean(files, rule.id)


def test_there_is_no_page_without_a_rule() -> None:
    assert {path.stem for path in PAGES.glob("*.md")} == {rule.id for rule in RULES}
