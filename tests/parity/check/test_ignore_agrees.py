"""git itself and the tree are asked for the files of the same folder, under the same patterns."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from parity.check.walk import Tree

FILES = (
    *(
        "a",
        "b",
        "ab",
        "abc",
        "a b",
        "a ",
        "#a",
        "!a",
        "foo",
        "foobar",
        "bar",
        "Foo",
        "a-b",
        "a]",
        "[a",
        "a\\",
        "é",
        "x.é",
        "*",
    ),
    *("foo.py", "foo.pyc", "bar.pyo", ".env", ".env.example", "foo.log", "foo.txt~", "x", "1", "x1", "_", "a.b.c"),
)
FOLDERS = ("", "a", "b/a", "foo", "foo/bar", "foo/bar/b", "docs/_build/html", "x.d", "é/a", "fooq/b", "a/b/a/b")

BY_HAND = [
    ("", "a blank file"),
    ("*.pyc\n*.py[cod]\n", "endings and classes"),
    ("/foo\n", "anchored"),
    ("foo/\n", "folders only"),
    ("a/b\n", "a slash inside anchors"),
    ("foo/*\n!foo/bar\n", "all but one of a folder"),
    ("foo/\n!foo/bar/b/a\n", "nothing comes back from a folder that is ignored"),
    ("**/a\n", "any depth"),
    ("foo/**\n", "all within"),
    ("foo/**/a\n", "none or more folders between"),
    ("foo**/a\n", "** behind plain text counts as if it began the pattern"),
    ("f*o**/a\n", "** behind a star is a star"),
    ("**foo/a\n", "** before text is a star"),
    ("a**\n", "** in a name"),
    ("***/a\n", "three stars"),
    ("**/**/b\n", "twice any depth"),
    ("**\\/a\n", "an escaped slash"),
    ("\\#a\n\\!a\n", "escapes of what would be special"),
    ("#a\n", "a comment"),
    ("a \na\\ \n", "blanks at the end, bare and escaped"),
    ("a\\\n", "a backslash at the end matches nothing"),
    ("a\r\nb\r", "Windows' ends of lines"),
    ("\ufefffoo\n", "a byte order mark"),
    ("[!a]\n", "a class turned round"),
    ("[^a-z]\n[]]\n", "the other sign for that, and a bracket within"),
    ("a[]]\n[[]a\n", "brackets as characters"),
    ("[[:alpha:]]\n[[:digit:][:punct:]]\n", "named classes"),
    ("[[:nonsense:]]\n[[:]\n[[:alpha]\n", "named classes that there aren't"),
    ("a[/]b\nfoo[!x]bar\n", "a class never holds a slash"),
    ("[a\n[]\n[\n", "a bracket that stays open"),
    ("[b-a]\n[a-]\n[-a]\n[\\]]\n[a\\-c]\n", "ranges"),
    ("?\n", "one byte"),
    ("??\n", "é is two of them"),
    ("*.é\n[é]\n", "bytes in a class"),
    ("/\n//\n!\n!/\n", "nothing in it"),
    ("/*\n!/foo\n/foo/*\n!/foo/bar\n", "only one folder"),
    ("*\n!*/\n!*.py\n", "only one kind of file"),
    ("!foo\nfoo\n", "the last counts"),
    ("foo\n!foo\n", "the last counts, the other way round"),
    ("docs/_build/\nx.d/\n", "what Sphinx makes"),
    ("./foo\nfoo/./bar\n../a\n", "dots are no path"),
    ("a//b\n", "two slashes"),
    ("/**\n!/foo\n", "everything, then one back"),
    ("foo/*/b\n", "one folder between"),
    ("*/a\n", "one folder before"),
    ("a*b*c*\n*o*r\n", "several stars"),
    ("*/*/b\n**/b/*\n", "stars and parts"),
    ("\x0bfoo\n\tb\nfoo\t\n", "other blanks are characters"),
    ("a\0b\n", "a NUL ends a pattern"),
]


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository with the files, each folder of which may get patterns of its own."""
    root = tmp_path_factory.mktemp("tree").resolve()
    git(root, "init", "-q")
    for folder in FOLDERS:
        (root / folder).mkdir(parents=True, exist_ok=True)
    for folder in FOLDERS:
        for file in FILES:
            if not (root / folder / file).exists():
                (root / folder / file).touch()
    (root / "link").symlink_to("foo")
    return root


def git(root: Path, *words: str, given: bytes = b"") -> bytes:
    env = {"PATH": os.environ["PATH"], "HOME": str(root), "GIT_CONFIG_NOSYSTEM": "1", "LC_ALL": "C.UTF-8"}
    done = subprocess.run(["git", *words], cwd=root, env=env, input=given, capture_output=True, check=False)
    assert done.returncode in (0, 1), done.stderr
    return done.stdout


def listed(root: Path) -> set[str]:
    names = git(root, "ls-files", "-o", "--exclude-standard", "-z").decode().split("\0")
    return {name for name in names if name}


def agrees(root: Path, patterns: dict[str, str]) -> None:
    """The trees differ in one thing: a symlink to a folder is a file for git, and no text."""
    for file, text in patterns.items():
        (root / file).write_bytes(text.encode())
    try:
        tree = Tree(root)
        assert tree.paths == listed(root) - {"link"}
        asked = [*sorted(candidates(root)), "not/there/a.pyc", "foo/nothing.log", "link"]
        answers = git(root, "check-ignore", "--no-index", "--stdin", "-z", given="\0".join(asked).encode())
        assert [path for path in asked if tree.ignored(path)] == answers.decode().split("\0")[:-1]
    finally:
        for file in patterns:
            (root / file).unlink()


def candidates(root: Path) -> Iterator[str]:
    for folder in FOLDERS:
        yield from (f"{folder}/{file}" if folder else file for file in ("a", "foo", "foo.pyc", "a b", "é", "[a"))


@pytest.mark.parametrize("text", [pytest.param(text, id=why) for text, why in BY_HAND])
def test_every_form_of_a_pattern(root: Path, text: str) -> None:
    agrees(root, {".gitignore": text})


@pytest.mark.parametrize("text", [pytest.param(text, id=why) for text, why in BY_HAND])
def test_patterns_of_a_folder_are_for_what_is_below_it(root: Path, text: str) -> None:
    agrees(root, {"foo/.gitignore": text})


def test_the_nearest_patterns_count_more(root: Path) -> None:
    agrees(root, {".gitignore": "a\n!b\nfoo.*\n", "foo/.gitignore": "!a\nb\n", ".git/info/exclude": "*.py\n!a\nb\nx\n"})
    agrees(root, {".git/info/exclude": "foo/bar\n/a/\n", "é/.gitignore": "a/*\n!é\n"})


LINE = st.lists(
    st.sampled_from([*"ab/*?[]!-\\.x é#", "**", "**/", "/**/", "foo", "bar", "[a-b]", "[!a]", "*.", "py"]), max_size=7
)
TEXT = st.lists(LINE.map("".join), max_size=6).map("\n".join)


@given(top=TEXT, below=TEXT)
@example(top="foo**/a", below="")
@settings(max_examples=250, derandomize=True, deadline=None, database=None, suppress_health_check=list(HealthCheck))
def test_patterns_that_nobody_would_write(root: Path, top: str, below: str) -> None:
    agrees(root, {".gitignore": top, "foo/.gitignore": below})
