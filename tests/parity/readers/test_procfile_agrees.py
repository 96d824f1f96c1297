"""honcho and foreman see in a Procfile what the reader says that they see."""

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from honcho.environ import parse_procfile
from hypothesis import given, settings
from hypothesis import strategies as st

from parity.readers.procfile import read

CORPUS = [
    "web: gunicorn app.wsgi --log-file -\nrelease: python manage.py migrate\n",
    "web:a\nworker :b\n clock: c\n\tbeat: d\ncron e\n",
    "# a comment: with a colon\nweb: a # b\n\n\n",
    "web: a\r\nworker: b\r\n",
    "web: a \\\n  --bind b\n",
    "my.app: a\nmy app: b\nmy-app_2: c\n: d\n",
    "web:\nworker: x\n",
    "web: a  \nworker:\t\tb\t\n",
    "web: bash -c 'a: b' && c | d > e; f\nπ: x\n",
    "---\nweb: a\n...\n",
    "web: a\n\n\nworker: b",
]

# The text, and what honcho, and what foreman makes of it; the reader's answer is behind them, with the reason.
DISAGREE = [
    (
        "web: a\x0cworker: b\n",
        {"web": "a", "worker": "b"},
        "splitlines parts at a form feed, as no editor and no other tool",
    ),
    ("web:   \n", {"web": " "}, "a blank is no command that anybody means"),
    ("a: b\u2028c: d\n", {"a": "b", "c": "d"}, "splitlines parts at a line separator of Unicode"),
]

FRAGMENTS = [
    "web",
    "worker",
    "a-b",
    "a_b",
    "a.b",
    "Ω",
    ":",
    ": ",
    " : ",
    " ",
    "\t",
    "x",
    "#",
    "'",
    '"',
    "\\",
    "$PORT",
    "-",
    "=",
]
LINES = st.lists(st.sampled_from(FRAGMENTS), max_size=7).map("".join)
TEXTS = st.tuples(st.lists(LINES, max_size=6), st.sampled_from(["\n", "\r\n"])).map(
    lambda parts: parts[1].join(parts[0])
)


def commands(text: str, reader: str) -> dict[str, str]:
    return {one.name: one.command for one in read(text, "Procfile").seen_by(reader)}


def by_honcho(text: str) -> dict[str, str]:
    # A command of nothing but blanks is the one disagreement that these lines can hold.
    found = {name: command.strip() for name, command in parse_procfile(text).processes.items()}
    return {name: command for name, command in found.items() if command}


def given_twice(text: str) -> bool:
    return any(finding.rule == "procfile-line" for finding in read(text, "Procfile").findings)


@pytest.mark.parametrize("text", CORPUS)
def test_honcho_sees_the_same(text: str) -> None:
    assert commands(text, "honcho") == by_honcho(text)


@given(TEXTS)
@settings(max_examples=1000, deadline=None, derandomize=True, database=None)
def test_honcho_sees_the_same_in_any_lines(text: str) -> None:
    names = re.findall(r"^([A-Za-z0-9_-]+):\s*.+$", "\n".join(text.splitlines()), re.MULTILINE)
    if len(names) > len(set(names)):
        with pytest.raises(AssertionError, match="process names must be unique within a Procfile"):
            by_honcho(text)
    else:
        # Of a name that Heroku alone sees a second time the last counts, so honcho's may have been replaced.
        assert commands(text, "honcho") == by_honcho(text) or given_twice(text)


@pytest.mark.parametrize(("text", "honchos", "reason"), DISAGREE)
def test_where_the_reader_knowingly_disagrees_with_honcho(text: str, honchos: dict[str, str], reason: str) -> None:
    assert parse_procfile(text).processes == honchos
    assert commands(text, "honcho") != honchos, reason


@pytest.mark.skipif(shutil.which("foreman") is None, reason="foreman is not installed: apt-get install ruby-foreman")
def test_foreman_sees_the_same(tmp_path: Path) -> None:
    generated: list[str] = []

    @given(TEXTS)
    @settings(max_examples=500, deadline=None, derandomize=True, database=None)
    def collect(text: str) -> None:
        generated.append(text)

    collect()
    texts = [*CORPUS, *generated]
    for number, text in enumerate(texts):
        (tmp_path / str(number)).write_text(text, newline="")
    program = (
        'Encoding.default_external = "UTF-8"; require "json"; require "foreman/procfile";'
        "puts JSON.generate((0...ARGV[0].to_i).map { |n| Foreman::Procfile.new.send(:parse, n.to_s) })"
    )
    argv = ["ruby", "-e", program, str(len(texts))]
    done = subprocess.run(argv, cwd=tmp_path, capture_output=True, text=True, timeout=60, check=True)
    for text, entries in zip(texts, json.loads(done.stdout), strict=True):
        theirs = {name: command.strip() for name, command in entries if command.strip()}
        assert commands(text, "foreman") == theirs or given_twice(text), text
