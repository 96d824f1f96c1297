"""bash runs the commands that the reader sees, with the words that it sees, from the lines that it sees them in."""

import os
import re
import shlex
import subprocess
from collections.abc import Sequence

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from parity.contract.command import literal
from parity.readers.shell import read

# `c` says its line and its words, each behind a sign that no text here has.
SAYS = 'c(){ { printf "\\036%s" "${BASH_LINENO[0]}"; [ $# = 0 ] || printf "\\037%s" "$@"; } >&9; }; export -f c; '

Call = tuple[int, tuple[str, ...]]

CORPUS = {
    "quotes": "c 'a b' \"c d\" e\\ f '' \"\" \"it's\" 'a\"b'\n",
    "dollars that mean themselves": "c '$X' \\$X \"\\$X\" a$ '$(x)' \"\\`\"\n",
    "operators": "c a && c b; c c &&\nc d\n",
    "compound commands": (
        "if c a; then\n c b\nfi\nfor i in 1; do c c; done\ncase x in\n (y|z) :;;\n x) c d ;;\nesac\nf() {\n c e\n}; f\n"
        "{ c f; }; (c g)\nwhile true; do c h; break; done\nuntil c i; do :; done\n"
    ),
    "tests": "[ -n x ] && c a\n[[ a == a && -n b ]] && c b\n((1 < 2)) && c c\narr=(1 c 2); c d\n",
    "here-documents": "cat <<'E' >/dev/null\nc no\nE\nc a\ncat <<-E >/dev/null; c b\n\tc no '\n\tE\nc c\n",
    "redirections": "c a >/dev/null 2>&1\nc b </dev/null 2>/dev/null\nc 2 >/dev/null\n>/dev/null c d\n",
    "comments and lines that go on": "# it's\nc a \\\n b # c\nc a#b\n",
    "shells within": "bash -c 'c a; c \"b c\"'\nbash -o pipefail -ec 'c d'\nenv A=1 bash -c 'c e'\n",
    "variables before a command": "A=1 c a\nA=1 B='2 3' c b\n",
    "bash's own quotes": "c $'a\\nb' $\"c\"\n",
}

# What bash sees, and why the reader doesn't.
DISAGREE = {
    'X=1; c "\\\\$X"\n': "a backslash before a variable is written as a dollar that means itself",
    "c \\\nx; eval 'c y'\n": "what eval runs isn't followed",
    "X=c; $X a\n": "a program by a variable isn't known",
    "f() { c a; }; f; f\n": "a function's body is seen once, however often it is called",
}


def by_bash(text: str) -> list[Call] | None:
    """None when bash finds no sense in it."""
    reading, writing = os.pipe()
    with subprocess.Popen(
        ["bash", "--norc", "-c", f"exec 9>&{writing}; {SAYS}{text}"],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        pass_fds=(writing,),
        env={"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"},
        cwd="/",
    ) as process:
        os.close(writing)
        with os.fdopen(reading, encoding="utf-8") as said:
            calls = said.read().split("\x1e")[1:]
        _, errors = process.communicate(timeout=20)
    if re.search(rb"syntax error|unexpected EOF|bad substitution", errors):
        return None
    return [(int(line), tuple(words)) for line, *words in (call.split("\x1f") for call in calls)]


def by_reader(text: str) -> list[Call]:
    commands = read(text, "f").commands
    return [
        (one.place.line, tuple(literal(word) for word in one.words[1:])) for one in commands if one.words[:1] == ("c",)
    ]


def words(calls: Sequence[Call]) -> list[tuple[str, ...]]:
    return [call[1] for call in calls]


@pytest.mark.parametrize("text", [pytest.param(text, id=name) for name, text in CORPUS.items()])
def test_bash_runs_the_same(text: str) -> None:
    if "bash -" in text:
        # Its lines are counted from the script's own first.
        assert words(by_reader(text)) == words(by_bash(text) or [])
    else:
        assert by_reader(text) == by_bash(text)


WORD = st.lists(
    st.sampled_from(
        [
            *(
                "a",
                "b",
                "-x",
                "--k=v",
                "'",
                '"',
                "\\",
                "\\ ",
                "'a b'",
                '"a b"',
                '"it\'s"',
                "'$X'",
                "\\$X",
                '"\\$X"',
                "$'a\\nb'",
                "a#b",
            ),
            *(
                "=",
                "A=1",
                '"\\\\"',
                "'\\'",
                "''",
                '""',
                "\\\\",
                '"a\\b"',
                "é",
                "{",
                "}",
                "!",
                "fi",
                "in",
                "%",
                "1",
                '"\\`"',
                "\\'",
                '\\"',
            ),
        ]
    ),
    min_size=1,
    max_size=3,
).map("".join)
WORDS = st.lists(WORD, max_size=4).map(" ".join)


def named(text: str) -> bool:
    """Whether a word names a variable after all, because of quotes that begin elsewhere."""
    return any(re.search(r"(?<!\\)(\$[A-Za-z_{(]|`)", word) for one in read(text, "f").commands for word in one.words)


@given(st.lists(WORDS, min_size=20, max_size=20))
@settings(max_examples=60, derandomize=True, deadline=None, database=None, suppress_health_check=list(HealthCheck))
def test_bash_sees_the_same_words(lines: list[str]) -> None:
    """Twenty commands a process, as far as bash finds sense in each."""
    whole = [f"c {line}" for line in lines if closed(line)]
    text = "\n".join(whole) + "\n"
    assume(not named(text))
    assert by_reader(text) == by_bash(text)


def closed(line: str) -> bool:
    """Whether a line is whole by itself, as another reader of quotes sees it."""
    try:
        shlex.split(line.replace("$'", "'"), comments=False)
    except ValueError:
        return False
    return not line.endswith("\\")


@given(WORDS)
@settings(max_examples=1000, derandomize=True, deadline=None, database=None)
def test_shlex_sees_the_same_words(line: str) -> None:
    """It knows no $'…', no comment that ends a line, and not all that a backslash is for between double quotes."""
    assume(closed(line) and not any(sign in line for sign in ("$'", "#", "\\$", "\\`")) and not named(f"c {line}"))
    calls = by_reader(f"c {line}")
    assert words(calls) == [tuple(shlex.split(line))]


BODY = st.deferred(lambda: st.lists(PART, min_size=1, max_size=3).map("\n".join))
PART = st.one_of(
    st.sampled_from(
        [
            "c 1",
            "A=1 c 2 3",
            "c 'a b' >/dev/null",
            "c x && c y",
            "c x;c y",
            "# c",
            "cat <<E >/dev/null\nc no\nE",
            "c p \\\nq",
        ]
    ),
    st.tuples(
        st.sampled_from(
            [
                *(
                    "{ %s\n}",
                    "( %s )",
                    "(\n%s\n) && c z",
                    "if true; then %s\nfi",
                    "if c q; then\n%s\nfi; c w",
                    "for i in 1; do %s\ndone",
                ),
                *(
                    "case x in\n x) %s\n ;;\n y) false ;;\nesac",
                    "while true; do %s\n break; done",
                    "if false; then :; else\n%s\nfi",
                ),
                *("[ -n x ] && {\n%s\n}", "[[ a && -n b ]] && {\n%s\n}", "until\n%s\ntrue; do :; done", "((1)); %s"),
            ]
        ),
        BODY,
    ).map(lambda both: both[0] % both[1]),
)


@given(BODY)
@settings(max_examples=250, derandomize=True, deadline=None, database=None, suppress_health_check=list(HealthCheck))
def test_bash_runs_the_same_of_compound_commands(text: str) -> None:
    calls = by_bash(text)
    # A body of nothing but a comment is none.
    assume(calls is not None)
    assert by_reader(text) == calls


@pytest.mark.parametrize("text", [pytest.param(text, id=why) for text, why in DISAGREE.items()])
def test_where_the_reader_knowingly_disagrees(text: str) -> None:
    assert words(by_reader(text)) != words(by_bash(text) or [])
