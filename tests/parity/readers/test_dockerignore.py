import pytest

from parity.contract.finding import Finding
from parity.contract.place import Place
from parity.readers.dockerignore import Ignore

PATHS = (
    *("Dockerfile", ".env", ".env.example", "README.md", "app/README.md", "app/a.pyc", "app/b/c.pyc", "docs/x.md"),
    *(".git/config", "app/.git/x", "a b", "node_modules/x/y", "app/node_modules/z"),
)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        pytest.param("", (), id="nothing is left out"),
        pytest.param("# .env\n\n  \n", (), id="comments and blank lines"),
        pytest.param(".env\n", (".env",), id="a name is anchored at the context, unlike git's"),
        pytest.param("README.md\n", ("README.md",), id="the same name below stays in"),
        pytest.param("**/README.md\n", ("README.md", "app/README.md"), id="any depth, none too"),
        pytest.param("**/*.pyc\n", ("app/a.pyc", "app/b/c.pyc"), id="an ending at any depth"),
        pytest.param("*.pyc\n", (), id="a star doesn't reach into folders"),
        pytest.param("*/*.pyc\n", ("app/a.pyc",), id="one folder deep"),
        pytest.param(".git\n", (".git/config",), id="a folder, with all in it"),
        pytest.param("/.git/\n", (".git/config",), id="slashes at both ends"),
        pytest.param(".env*\n!.env.example\n", (".env",), id="an exception"),
        pytest.param("!.env.example\n.env*\n", (".env", ".env.example"), id="the last counts"),
        pytest.param(
            "**/*.md\n!docs\n",
            ("README.md", "app/README.md", "docs/x.md"),
            id="an exception of a folder that nothing left out",
        ),
        pytest.param("docs\n!docs/x.md\n", (), id="an exception within a folder, unlike git's"),
        pytest.param(
            "app/**\n!app/b\n", ("app/README.md", "app/a.pyc", "app/.git/x", "app/node_modules/z"), id="a folder back"
        ),
        pytest.param("  a b  \r\n", ("a b",), id="blanks round a pattern, and within"),
        pytest.param("./app/../.env\n", (".env",), id="a path that isn't the shortest"),
        pytest.param("\ufeff.env\n", (".env",), id="a byte order mark"),
        pytest.param("[.]env\n.en?\n", (".env",), id="brackets and a question mark"),
        pytest.param("**\n", PATHS, id="everything"),
        pytest.param(
            "*\n!app\n!app/**\napp/node_modules\n",
            (*(path for path in PATHS if not path.startswith("app/")), "app/node_modules/z"),
            id="a list of what gets in",
        ),
    ],
)
def test_what_stays_out(text: str, wanted: tuple[str, ...]) -> None:
    ignore = Ignore(text)
    assert tuple(path for path in PATHS if ignore.ignores(path)) == wanted
    assert ignore.findings == ()


@pytest.mark.parametrize("text", ["[a", "!", "a\\", "[b-a]*"])
def test_what_no_build_takes(text: str) -> None:
    message = f"`{text}` is no pattern, and nothing is built as long as it stands here"
    wanted = Finding("dockerfile-refused", Place("app/.dockerignore", 2), message, "close its [, or remove it")
    assert Ignore(f"x\n{text}\n", "app/.dockerignore").findings == (wanted,)


def test_a_pattern_of_many_stars_takes_no_time() -> None:
    ignore = Ignore("*a" * 500 + "b\n" + "**/a" * 500 + "/b\n")
    assert not ignore.ignores("a" * 255 + "/a" * 500)
