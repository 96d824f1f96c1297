"""BuildKit's walk of a context leaves out what the reader says that it does."""

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from parity.readers.dockerignore import Ignore
from tests.parity.readers.moby import Moby, running

NAMES = (
    "a",
    "b",
    "ab",
    "abc",
    "foo",
    "foo.py",
    "foo.pyc",
    ".env",
    ".env.example",
    "x y",
    "é",
    "[a",
    "a]",
    "a-b",
    "^a",
    "1",
    "A",
    "a\\b",
    "_",
    "a,b",
)
FOLDERS = ("a", "a/b", "foo", "foo/bar", "foo/bar/b", "docs", "docs/x.d", ".git", "é")

# With their reason.
CORPUS = {
    "the plain ones": "# a\n.git\n*.pyc\n**/*.pyc\nfoo\n",
    "all but": "*\n!foo\n!foo/bar\nfoo/bar/b\n",
    "exceptions within": "foo\n!foo/bar\n!**/.env\n",
    "an exception before its rule": "!foo\nfoo\n",
    "an exception of a folder that nothing left out": "**/foo*\n!a\n!docs/**\n",
    "a rule behind an exception of what is within": "a\n!a/b\na\n",
    "a slash at both ends, and two": "/a/\n//foo\n/\n",
    "dots": "./a/../foo\n../b\n.\n..\n",
    "blanks": "  x y \n! a\n\ta\n",
    "stars": "**\n!**/a\n",
    "stars in a name": "f**\n**b\n*o**/b\n**/\n",
    "three stars": "***/b\n",
    "brackets": "[a-b]\n[^a]\n[[]a\na[]]\n[[:alpha:]]\n",
    "brackets with a star": "[*]\n[?]\n",
    "escapes": "\\[a\n\\a\n\\d\na\\\\b\n\\^a\n",
    "signs of regular expressions": "^a\n^*\n(a)\na+\na$\na.b\na|b\n",
    "a bar in a pattern with a star is an alternative, by mistake": "a|foo*\n",
    "Windows' ends of lines, and a byte order mark": "\ufefffoo\r\n!foo/bar\r\n",
    "a bracket that stays open": "[a\n",
    "a bare exception": "!\n",
    "a range turned round": "![b-a]\n[b-a]\n",
}

# The text, and why.
DISAGREE = {
    "**\n*[b-a]\n": "Go looks at a pattern's form when it is first needed, and behind ** it never is",
    "^*a*b*c*\n": "a ^ behind many stars matches where Go's engine says; nobody's file has one",
    "a{2}*\n": "{2} repeats in patternmatcher, by mistake; it means itself here",
}


def tree() -> list[str]:
    folders = [f"{folder}/" for folder in FOLDERS]
    files = [f"{folder}{name}" for folder in ("", *folders) for name in NAMES if f"{folder}{name}" not in FOLDERS]
    return sorted([*folders, *files, "aa"], key=lambda path: path.rstrip("/").split("/"))


TREE = tree()


@pytest.fixture(scope="module")
def moby(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Moby]:
    with running(tmp_path_factory.mktemp("moby")) as program:
        yield program


def theirs(moby: Moby, text: str) -> list[str] | None:
    """None when no build takes it."""
    answer = moby.ask(Ignore=text, Paths=TREE)
    if answer["Error"]:
        return None
    return [path for path, out in zip(TREE, answer["Ignored"], strict=True) if out and not path.endswith("/")]


def ours(text: str) -> list[str] | None:
    ignore = Ignore(text)
    if ignore.findings:
        return None
    return [path for path in TREE if not path.endswith("/") and ignore.ignores(path)]


@pytest.mark.parametrize("text", [pytest.param(text, id=name) for name, text in CORPUS.items()])
def test_the_same_files(moby: Moby, text: str) -> None:
    assert ours(text) == theirs(moby, text)


PIECE = st.sampled_from(
    [
        *(
            "a",
            "b",
            "foo",
            "ab",
            "*",
            "**",
            "/",
            "**/",
            "/**",
            "?",
            "[a-b]",
            "[^a]",
            "!",
            "!",
            "\\*",
            ".",
            "..",
            "./",
            "x y",
            " ",
        ),
        *(
            "-",
            "é",
            "docs",
            "bar",
            ".py",
            ".env",
            "*.",
            "#",
            "[[:alpha:]]",
            "[*]",
            "\\d",
            "{",
            "(",
            "+",
            "$",
            ",",
            "[]a]",
            "[a",
            "\\",
        ),
    ]
)
TEXT = st.lists(st.lists(PIECE, min_size=1, max_size=6).map("".join), max_size=4).map("\n".join)


@given(TEXT)
@settings(max_examples=1500, derandomize=True, deadline=None, database=None, suppress_health_check=list(HealthCheck))
def test_the_same_files_by_patterns_that_nobody_would_write(moby: Moby, text: str) -> None:
    mine, real = ours(text), theirs(moby, text)
    # What Go never comes to look at, it doesn't refuse.
    assert mine == real or (mine is None and ("*" in text or "!" in text))


@pytest.mark.parametrize("text", [pytest.param(text, id=why) for text, why in DISAGREE.items()])
def test_where_the_reader_knowingly_disagrees(moby: Moby, text: str) -> None:
    assert ours(text) != theirs(moby, text)
