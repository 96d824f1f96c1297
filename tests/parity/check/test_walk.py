"""The walker, on folders that are made for it."""

import os
import socket
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from parity.check.walk import LARGEST, Tree
from parity.contract.finding import Finding
from parity.contract.place import Place


def made(root: Path, *files: str) -> Tree:
    for file in files:
        (root / file).parent.mkdir(parents=True, exist_ok=True)
        (root / file).write_text("text\n")
    return Tree(root)


@pytest.mark.parametrize(
    ("file", "why"),
    [
        (".git/config", "git's own"),
        ("node_modules/a/Dockerfile", "installed by npm"),
        ("app/node_modules/a/Procfile", "at any depth"),
        (".venv/lib/a.py", "a virtual environment by its name"),
        ("env/lib/a.py", "a virtual environment by its pyvenv.cfg"),
        ("lib/site-packages/a.py", "installed by pip"),
        ("vendor/bundle/a.rb", "installed by bundler"),
        ("__pycache__/a.pyc", "made by Python"),
        ("theirs/a.py", "a repository within this one"),
    ],
)
def test_what_is_not_this_repositorys_is_left_out(tmp_path: Path, file: str, why: str) -> None:
    tree = made(tmp_path, "env/pyvenv.cfg", "theirs/.git", "vendor/bundle/x", file, "app/a.py")
    assert file not in tree.paths, why
    assert tree.paths == {"app/a.py"}


def test_a_folder_that_only_sounds_vendored_is_read(tmp_path: Path) -> None:
    tree = made(tmp_path, "vendor/jquery.js", "env/settings.py", "cache/a.py")
    assert tree.paths == {"vendor/jquery.js", "env/settings.py", "cache/a.py"}
    assert tree.folders == {"vendor", "env", "cache"}


@pytest.mark.parametrize("file", [pytest.param(True, id="a worktree"), pytest.param(False, id="no repository at all")])
def test_patterns_hold_without_a_folder_of_gits(tmp_path: Path, file: bool) -> None:
    if file:
        (tmp_path / ".git").write_text("gitdir: /nowhere\n")
    (tmp_path / ".gitignore").write_text(".env\nbuild/\n")
    tree = made(tmp_path, ".env", "build/a", "a/build/b", "a/c")
    assert tree.paths == {".gitignore", "a/c"}
    assert [tree.ignored(path) for path in (".env", "build", "build/", "build/new", "a/c", "../a")] == [
        *(True, True, True, True),
        *(False, False),
    ]


def test_an_ignored_file_can_still_be_read(tmp_path: Path) -> None:
    (tmp_path / ".gitignore").write_text(".env\n")
    tree = made(tmp_path, ".env")
    assert (tree.text(".env"), tree.exists(".env"), tree.ignored(".env")) == ("text\n", True, True)


def test_files_are_found_by_name_and_by_path(tmp_path: Path) -> None:
    tree = made(tmp_path, "Dockerfile", "a/Dockerfile", "a/Dockerfile.dev", ".github/workflows/a.yml")
    assert list(tree.matching("Dockerfile", "*.dev")) == ["Dockerfile", "a/Dockerfile", "a/Dockerfile.dev"]
    assert list(tree.matching(".github/workflows/*.yml")) == [".github/workflows/a.yml"]
    assert list(tree.matching()) == []


def test_bytes_that_are_no_utf8_are_a_finding_in_their_line(tmp_path: Path) -> None:
    tree = Tree(tmp_path)
    (tmp_path / "Procfile").write_bytes(b"web: a\nclock: \xe9\n")
    assert tree.text("Procfile") is None
    message = "Procfile is not UTF-8: byte 0xe9 in line 2"
    assert tree.findings == (Finding("file-not-utf8", Place("Procfile", 2), message, "save it as UTF-8"),)


def test_a_byte_order_mark_is_left_out_and_ends_of_lines_are_kept(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"\xef\xbb\xbfa\r\n")
    assert Tree(tmp_path).text("a") == "a\r\n"


@pytest.mark.parametrize(("size", "read"), [(LARGEST, True), (LARGEST + 1, False)])
def test_a_file_of_5_mb_is_read_and_one_byte_more_is_too_much(tmp_path: Path, size: int, read: bool) -> None:
    (tmp_path / "a").write_bytes(b"a" * size)
    tree = Tree(tmp_path)
    assert (tree.text("a") is not None) == read
    assert [finding.rule for finding in tree.findings] == ([] if read else ["file-too-large"])


@pytest.fixture
def elsewhere(tmp_path: Path) -> Path:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "secret").write_text("secret")
    (tmp_path / "root").mkdir()
    return tmp_path / "elsewhere"


def test_a_symlink_leads_nowhere_out_of_the_root(tmp_path: Path, elsewhere: Path) -> None:
    root = tmp_path / "root"
    tree = made(root, "real/file")
    (root / "out").symlink_to("../elsewhere/secret")
    (root / "folder").symlink_to(elsewhere)
    (root / "within").symlink_to("real/file")
    (root / "inner").symlink_to("real")
    (root / "gone").symlink_to("nowhere")
    (root / "circle").symlink_to("circle")
    assert tree.paths == {"real/file", "within", "out", "folder"}
    assert (tree.text("within"), tree.text("inner/file"), tree.text("gone")) == ("text\n", "text\n", None)
    assert tree.findings == ()
    assert [tree.text(path) for path in ("out", "folder/secret", "../elsewhere/secret")] == [None, None, None]
    assert [(finding.rule, finding.place.file) for finding in tree.findings] == [
        ("symlink-leads-out", "out"),
        ("symlink-leads-out", "folder/secret"),
    ]
    assert not any(map(tree.exists, ("out", "folder", "folder/secret", "gone", "circle", "../elsewhere", "/etc")))
    assert all(map(tree.outside, ("out", "folder/secret", "../elsewhere", "/etc")))
    assert not any(map(tree.outside, ("within", "inner/file", "gone", "circle", "a/../real")))


def test_the_root_itself_may_be_behind_a_symlink(tmp_path: Path) -> None:
    made(tmp_path / "real", "a/b")
    (tmp_path / "link").symlink_to("real")
    tree = Tree(tmp_path / "link")
    assert (tree.paths, tree.text("a/b"), tree.text("./a/../a/b")) == ({"a/b"}, "text\n", "text\n")


def test_patterns_behind_a_symlink_hold_nothing_as_git_has_it(tmp_path: Path) -> None:
    tree = made(tmp_path, "patterns", "text")
    (tmp_path / "patterns").write_text("text\n")
    (tmp_path / ".gitignore").symlink_to("patterns")
    assert "text" in tree.paths


@pytest.fixture
def listening(tmp_path: Path) -> Iterator[socket.socket]:
    # The name of a socket may hold no more than 107 bytes.
    here = Path.cwd()
    os.chdir(tmp_path)
    with socket.socket(socket.AF_UNIX) as opened:
        opened.bind("socket")
        yield opened
    os.chdir(here)


@pytest.mark.usefixtures("listening")
def test_what_would_be_waited_for_is_not_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "Procfile")
    os.mkfifo(tmp_path / ".gitignore")
    tree = Tree(tmp_path)
    assert tree.paths == frozenset()
    assert (tree.text("Procfile"), tree.text("socket")) == (None, None)
    assert [finding.message for finding in tree.findings] == [
        "Procfile is neither a file nor a folder",
        "socket is neither a file nor a folder",
    ]


def test_a_file_that_may_not_be_read_is_a_finding(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The user who runs this may be root, who may read everything."""
    tree = made(tmp_path, "Procfile", "a/b")

    def refused(path: str, *_: object) -> None:
        raise PermissionError(13, "Permission denied", path)

    monkeypatch.setattr("builtins.open", refused)
    assert tree.text("Procfile") is None
    monkeypatch.setattr("os.scandir", refused)
    assert tree.paths == frozenset()
    assert [(finding.rule, finding.message) for finding in tree.findings] == [
        ("file-unreadable", "Procfile can't be read: Permission denied"),
        ("file-unreadable", "the folder . can't be read: Permission denied"),
    ]


@pytest.mark.parametrize(
    "path", ["", ".", "a", "a/b/c", "a\0b", "\ud800", "x" * 5000, "/".join("x" * 3000), "//", "a/"]
)
def test_a_path_that_is_none_is_not_there(tmp_path: Path, path: str) -> None:
    tree = made(tmp_path, "a/b")
    assert tree.text(path) is None
    tree.exists(path), tree.is_folder(path), tree.executable(path), tree.ignored(path), tree.outside(path)
    assert [finding.rule for finding in tree.findings if finding.rule != "file-unreadable"] == []


def test_names_that_no_text_can_say_are_left_out(tmp_path: Path) -> None:
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff\xfe")).write_text("")
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff")).mkdir()
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff/a")).write_text("")
    assert made(tmp_path, "é").paths == {"é"}


def test_programs_and_folders_are_told(tmp_path: Path) -> None:
    tree = made(tmp_path, "bin/run", "bin/text")
    (tmp_path / "bin/run").chmod(0o755)
    assert [tree.executable(path) for path in ("bin/run", "bin/text", "bin", "none")] == [True, False, False, False]
    assert [tree.is_folder(path) for path in ("bin", "", "bin/run", "none")] == [True, True, False, False]


def test_twenty_thousand_files_are_walked_in_less_than_a_second(tmp_path: Path) -> None:
    for number in range(400):
        folder = tmp_path / f"a{number % 10}" / f"b{number}"
        folder.mkdir(parents=True)
        for name in range(50):
            os.close(os.open(folder / f"file{name}.py", os.O_CREAT))
    (tmp_path / ".gitignore").write_text("*.pyc\n/build/\n!keep.pyc\n**/dist/*.whl\ndocs/_build/\n[Tt]humbs.db\n")
    started = time.process_time()
    assert len(Tree(tmp_path).paths) == 20_001
    assert time.process_time() - started < 1


def test_a_pattern_takes_no_longer_than_its_path_is_long(tmp_path: Path) -> None:
    (tmp_path / ".gitignore").write_text(
        "*a" * 2000 + "b\n" + "**/a" * 500 + "/b\nx/" + "**/*a" * 300 + "/b\nx/" + "?*" * 500
    )
    tree = made(tmp_path, "a" * 250, "x/" + "a" * 250, "/".join(["a" * 30] * 60))
    started = time.process_time()
    assert len(tree.paths) == 4
    assert time.process_time() - started < 1
