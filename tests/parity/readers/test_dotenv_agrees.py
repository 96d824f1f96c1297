"""The five readers of .env make of a text what the reader says that they make of it."""

import io
import os
import subprocess
from collections.abc import Callable
from functools import cache
from pathlib import Path

import dotenv
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parity.contract.dotenv import Dialect, PassThrough
from parity.readers.dotenv import read
from tests.dotenvs import IMAGE, as_opened, by_docker_run, compose_reads, django_environ_reads, honcho_reads

CORPUS = [
    "DEBUG=on\nSECRET_KEY=change-me\nDATABASE_URL=postgres://u:p@localhost:5432/n\n",
    "# comment\n\nexport A=b\nexport\tB=c\n  C = d  \n",
    'A=\'b c\'\nB="d e"\nC=\'it\\\'s\'\nD="say \\"x\\""\nE="a\\nb\\tc\\\\d\\$e"\n',
    "A=b # c\nB=b#c\nC='b' # c\nD=\"b\" #c\nE= # c\nF=#c\n",
    'KEY="-----BEGIN KEY-----\nMIIB=\n-----END KEY-----"\nNEXT=1\n',
    "A=1\nB=$A\nC=${A}2\nD=x$A-${B}-$$A\nE='$A'\nF=\"$A\"\nG=${NOPE:-d}\nH=${NOPE-}\nI=${A:+y}\nJ=${A+${B}}\n",
    "A=${B:-{}}\nC=${B:-x}y}\nD=${B:-${A:-z}}w\nE=$1$ $-\nF=a$\n",
    "A=1\nA=2\nA\nB\n",
    "A: b\nC:d=e\nF.g=h\nI-j=k\nl[0]=m\n1N=o\n",
    'A=b\r\nB="c\r\nd"\r\nC=e\r\n',
    "A=b\rB=c\n",
    "A='b'C=d\nE=\"f\"g\nH=''\nI=\"\"\n",
    "\ufeffA=b\nB=c\n",
    "A=é\nÄ=b\nB=日本\nC=\u00a0x\u00a0\nD=x\u2028y\n",
    'A=\\x\nB=x\\\nC="\\0101\\012\\07\\0400\\a\\c\\q"\n',
    "A=$B\nB=$C\nC=d\nD=$$C\nE=$D\nF=$F\n",
    "'A'=b\n\"B\"=c\n'C D'=e\n",
    "A=b\n  indented\n-----\nexport\n",
    "A=it's\nB=c\n",
    "A=b\\\n",
    "export =x\nexport ",
    "A=\nB=  \nC=\t\nD=''x\n",
    'A=[1, 2]\nB={"a": 1}\nC=a,b;c|d&e>f<g(h)i*j?k!l~m`n^o%p@q+r\n',
    "A=b",
    "A",
    "",
]

FRAGMENTS = ["A", "B", "export ", "=", "=", "=", ":", " ", "  ", "\t", "'", '"', "\\", "\\n", "\\$", "$", "$A", "${A}"]
FRAGMENTS += [
    "${B:-x}",
    "${A:+y}",
    "}",
    "#",
    " #",
    "x",
    "y z",
    "é",
    "\n",
    "\n",
    "\nA=",
    "\nB=",
    "\r\n",
    "-",
    ".",
    "1",
    "\\0101",
]
FRAGMENTS += ["\u00a0", "\x0c", "\x1c"]
TEXTS = st.lists(st.sampled_from(FRAGMENTS), max_size=13).map("".join)

# What a line without any of these means is asked for more often: most texts above are refused by somebody.
CALM = [
    "x",
    "y",
    "1",
    "#",
    " #",
    " ",
    "  ",
    "$A",
    "${A}",
    "\\n",
    ".",
    "-",
    "=",
    ",",
    "'q'",
    '"q"',
    "'q r'",
    '"q $A"',
    "é",
]
LINES = st.tuples(
    st.sampled_from(["A", "B", "C", "export D", " E"]), st.lists(st.sampled_from(CALM), max_size=5).map("".join)
)
CALM_TEXTS = st.lists(LINES.map("=".join), max_size=5).map("\n".join)


@cache
def generated() -> list[str]:
    """The same ones in every run."""
    found: list[str] = []

    @given(st.one_of(TEXTS, CALM_TEXTS))
    @settings(max_examples=1500, deadline=None, derandomize=True, database=None)
    def collect(text: str) -> None:
        found.append(text)

    collect()
    return found


def ours(text: str, dialect: Dialect) -> dict[str, str] | None:
    """None when the reader is said to refuse the text. Outside there are no variables to pass through."""
    found = read(text, ".env")
    if any(one.dialect == dialect for one in found.refused):
        return None
    return {name: value for name, value in found.environment(dialect).items() if not isinstance(value, PassThrough)}


def honchos(text: str) -> dict[str, str] | None:
    try:
        return honcho_reads(text)
    except ValueError:
        return None


def python_dotenvs(text: str) -> dict[str, str]:
    values = dotenv.dotenv_values(stream=io.StringIO(as_opened(text)))
    return {name: value for name, value in values.items() if value is not None}


IN_PROCESS: list[tuple[Dialect, Callable[[str], dict[str, str] | None]]] = [
    ("honcho", honchos),
    ("django-environ", django_environ_reads),
    ("python-dotenv", python_dotenvs),
]


def named_alone_later(text: str) -> bool:
    """Whether a name stands alone behind its own assignment."""
    seen: set[str] = set()
    for line in read(text, ".env").lines:
        if line.values["python-dotenv"] is not None:
            seen.add(line.name)
        elif line.name in seen:
            return True
    return False


@pytest.mark.parametrize(("dialect", "theirs"), IN_PROCESS)
def test_they_agree(
    dialect: Dialect, theirs: Callable[[str], dict[str, str] | None], monkeypatch: pytest.MonkeyPatch
) -> None:
    # python-dotenv looks up what a value refers to in the process too.
    for name in "ABCDEFGHIJ":
        monkeypatch.delenv(name, raising=False)
    for text in [*CORPUS, *generated()]:
        if dialect != "python-dotenv" or not named_alone_later(text):
            assert ours(text, dialect) == theirs(text), text


@pytest.mark.docker
def test_compose_agrees(tmp_path: Path) -> None:
    texts = [*CORPUS, *generated()]
    taken = [text for text in texts if ours(text, "compose") is not None]
    assert len(taken) > 500
    for text, theirs in zip(taken, compose_reads(taken, tmp_path), strict=True):
        assert ours(text, "compose") == theirs, text


@pytest.mark.docker
def test_compose_refuses_what_it_is_said_to_refuse(tmp_path: Path) -> None:
    refused = [text for text in [*CORPUS, *generated()] if ours(text, "compose") is None][:40]
    assert len(refused) == 40
    for text in refused:
        with pytest.raises(AssertionError):
            compose_reads([text], tmp_path)


@pytest.mark.docker
def test_docker_run_agrees(tmp_path: Path) -> None:
    """Each line has a name of its own, so that one container can be asked for all of them."""
    values = [value for text in [*CORPUS, *generated()] for value in text.partition("=")[2].split("\n")[:1]]
    lines = [f"{' ' * (number % 3)}V{number}={value}" for number, value in enumerate(values)]
    lines = [line for line in lines if not set(line) & set("\r\x0c\x1c\u2028\x85")]
    text = "".join(f"{line}\n" for line in [*lines, "ALONE", "# off", "V.w=x", "1X=y", "W=1", "W=2"])
    (tmp_path / ".env").write_text(text)
    theirs = by_docker_run(tmp_path)
    wanted = ours(text, "docker")
    assert wanted is not None
    assert len(wanted) > 1000
    assert {name: theirs.get(name) for name in wanted} == wanted
    assert "ALONE" not in theirs


@pytest.mark.docker
def test_docker_run_refuses_what_it_is_said_to_refuse(tmp_path: Path) -> None:
    refused = [text for text in [*CORPUS, *generated()] if ours(text, "docker") is None][:60]
    assert len(refused) == 60
    for text in refused:
        (tmp_path / ".env").write_bytes(text.encode())
        with pytest.raises(
            AssertionError, match=r"invalid env file|contains whitespaces|no variable name|poorly formatted"
        ):
            by_docker_run(tmp_path)


@pytest.mark.docker
def test_docker_run_passes_a_name_alone_through(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("ALONE\n")
    argv = ["docker", "run", "--rm", "--env-file", ".env", "--entrypoint", "env", IMAGE]
    around = {"PATH": os.environ["PATH"], "ALONE": "a b"}
    done = subprocess.run(argv, cwd=tmp_path, env=around, capture_output=True, text=True, timeout=60, check=True)
    assert "ALONE=a b\n" in done.stdout
    assert read("ALONE\n", ".env", around).environment("docker") == {"ALONE": "a b"}


def test_where_the_reader_knowingly_disagrees_with_python_dotenv() -> None:
    """A name alone unsets it; no value of ours says so, since no other reader does it, and nobody writes it."""
    assert python_dotenvs("A=b\nA\n") == {}
    assert ours("A=b\nA\n", "python-dotenv") == {"A": "b"}
