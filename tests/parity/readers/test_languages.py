"""runtime.txt, .python-version and .tool-versions.

What Heroku's buildpack for Python (v351) takes and refuses was found by running its own functions on these texts.
"""

import pytest

from parity.contract.finding import Finding
from parity.contract.place import Place
from parity.contract.version import Kind, Stated
from parity.readers import pythonversion, runtimetxt, toolversions


@pytest.mark.parametrize(
    ("text", "spec", "line"),
    [
        pytest.param("python-3.13.1\n", "3.13.1", 1, id="an exact version"),
        pytest.param("python-3.13", "3.13", 1, id="the newest of a release, no line's end"),
        pytest.param("# why\n\n  python-3.13.1 \r\n", "3.13.1", 3, id="comments, blanks and Windows' line ends"),
    ],
)
def test_a_runtime_txt_that_heroku_takes(text: str, spec: str, line: int) -> None:
    found = runtimetxt.read(text, "runtime.txt")
    assert (found.stated, found.findings) == ((Stated("python", spec, Place("runtime.txt", line)),), ())


@pytest.mark.parametrize(
    ("text", "stated", "message"),
    [
        pytest.param(
            "3.13.1\n", ["3.13.1"], "Heroku's buildpack refuses `3.13.1` in runtime.txt", id="no python- in front"
        ),
        pytest.param(
            "python-3.13.x\n", ["3.13.x"], "Heroku's buildpack refuses `python-3.13.x` in runtime.txt", id="an x"
        ),
        pytest.param(
            "Python-3.13\n", ["3.13"], "Heroku's buildpack refuses `Python-3.13` in runtime.txt", id="a capital"
        ),
        pytest.param("python-3\n", ["3"], "Heroku's buildpack refuses `python-3` in runtime.txt", id="one number"),
        pytest.param("pypy3.10-7.3\n", [], "Heroku's buildpack refuses `pypy3.10-7.3` in runtime.txt", id="PyPy"),
        pytest.param("\n# a\n", [], "runtime.txt names no version of Python", id="nothing"),
        pytest.param(
            "python-3.13\nx\n",
            ["3.13"],
            "Heroku's buildpack refuses `x` in runtime.txt, which is to hold one line, python-3.13 or python-3.13.1",
            id="two lines",
        ),
    ],
)
def test_a_runtime_txt_that_heroku_refuses(text: str, stated: list[str], message: str) -> None:
    found = runtimetxt.read(text, "runtime.txt")
    assert [one.spec.removeprefix("python-") for one in found.stated] == stated
    [finding] = found.findings
    assert (finding.rule, finding.message, finding.homes) == ("language-refused", message, ("heroku",))


@pytest.mark.parametrize(
    ("text", "stated", "message"),
    [
        pytest.param("3.13\n", [("3.13", "version", 1)], None, id="a release"),
        pytest.param("# why\n 3.13.1\t\n\n", [("3.13.1", "version", 2)], None, id="comments and blanks"),
        pytest.param(
            "3.13\n3.12\n",
            [("3.13", "version", 1), ("3.12", "version", 2)],
            "Heroku's buildpack refuses .python-version for naming several versions of Python",
            id="pyenv takes several",
        ),
        pytest.param(
            "3.13 # why\n",
            [("3.13", "version", 1)],
            "Heroku's buildpack refuses `3.13 # why` in .python-version",
            id="pyenv takes a line's first word",
        ),
        pytest.param(
            "3.13t\n",
            [("3.13", "version", 1)],
            "Heroku's buildpack refuses `3.13t` in .python-version",
            id="free-threaded",
        ),
        pytest.param(
            ">=3.12,<3.14\n",
            [(">=3.12,<3.14", "pep440", 1)],
            "Heroku's buildpack refuses `>=3.12,<3.14` in .python-version",
            id="uv takes a range",
        ),
        pytest.param(
            "cpython@3.12\n",
            [("3.12", "version", 1)],
            "Heroku's buildpack refuses `cpython@3.12` in .python-version",
            id="uv's name",
        ),
        pytest.param(
            "my-venv\n",
            [],
            "Heroku's buildpack refuses `my-venv` in .python-version",
            id="a virtual environment's name",
        ),
        pytest.param(
            "03.13\n",
            [("03.13", "version", 1)],
            "Heroku's buildpack refuses `03.13` in .python-version",
            id="a zero in front",
        ),
        pytest.param(
            "\ufeff3.13\n", [], "Heroku's buildpack refuses `\\ufeff3.13` in .python-version", id="a byte order mark"
        ),
        pytest.param("", [], ".python-version names no version of Python", id="nothing"),
    ],
)
def test_a_python_version(text: str, stated: list[tuple[str, Kind, int]], message: str | None) -> None:
    found = pythonversion.read(text, ".python-version")
    assert [(one.spec, one.kind, one.place.line) for one in found.stated] == stated
    assert [finding.message for finding in found.findings] == ([message] if message else [])


def test_the_other_line_is_named() -> None:
    [finding] = pythonversion.read("3.13\n3.12\n", "a/.python-version").findings
    assert finding == Finding(
        "language-refused",
        Place("a/.python-version", 2),
        "Heroku's buildpack refuses a/.python-version for naming several versions of Python",
        "let the file hold 3.13, or 3.13.1, and nothing else but comments",
        Place("a/.python-version", 1),
        ("heroku",),
    )


def test_a_tool_versions() -> None:
    text = "# asdf\npython 3.13.1 3.12.8\nnodejs 22.1.0 # why\npostgresql 17.2\nruby ref:v1 latest\n\n"
    found = toolversions.read(text, ".tool-versions")
    assert [(one.what, one.spec, one.place.line) for one in found.stated] == [
        ("python", "3.13.1", 2),
        ("python", "3.12.8", 2),
        ("node", "22.1.0", 3),
        ("postgres", "17.2", 4),
    ]
