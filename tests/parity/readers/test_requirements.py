"""Requirements files, with those that they include; test_requirements_agrees.py holds the rest against pip."""

from collections.abc import Callable

import pytest

from parity.contract.finding import Finding
from parity.contract.packages import Included, Requirement, Setting
from parity.contract.place import Place
from parity.readers.requirements import read
from parity.readers.unreadable import Unreadable


def at(line: int, file: str = "requirements.txt") -> Place:
    return Place(file, line)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "# why\nDjango [argon2]>=5.2, <5.3 ; python_version > '3'  # and so on\n",
            Requirement("django", at(2), ("argon2",), ">=5.2,<5.3", marker="python_version > '3'", written="Django"),
            id="every part, and comments",
        ),
        pytest.param(
            "a==1 \\\n    --hash=sha256:aa \\\n    --hash=sha256:bb\n    # via b\n",
            Requirement("a", at(1), specifier="==1", pinned="1", hashes=2, written="a"),
            id="a locked one has the place of its first line",
        ),
        pytest.param(
            "-e git+https://example.com/a.git@main#egg=A_b[x]\n",
            Requirement(
                "a-b", at(1), ("x",), url="git+https://example.com/a.git@main#egg=A_b[x]", editable=True, written="A_b"
            ),
            id="editable, from a repository",
        ),
        pytest.param(
            "-e .[dev]\n", Requirement("", at(1), ("dev",), url=".", editable=True), id="the repository itself"
        ),
        pytest.param(
            "a @ https://example.com/a.zip\n",
            Requirement("a", at(1), url="https://example.com/a.zip", written="a"),
            id="an address behind its name",
        ),
        pytest.param(
            "./wheels/a_b-1.2-py3-none-any.whl\n",
            Requirement("", at(1), url="./wheels/a_b-1.2-py3-none-any.whl"),
            id="a path",
        ),
    ],
)
def test_a_requirement(text: str, expected: Requirement) -> None:
    if expected.url.endswith(".whl"):
        expected = Requirement("a-b", at(1), specifier="==1.2", pinned="1.2", url=expected.url, written="a_b")
    found = read(text, "requirements.txt", {}.get)
    assert (found.requirements, found.findings) == ((expected,), ())


def looker(**files: str) -> Callable[[str], str | None]:
    return {name.replace("__", "/") + ".txt": text for name, text in files.items()}.get


def test_files_are_included_relative_to_the_one_that_names_them() -> None:
    look = looker(requirements__base="-c ../constraints.txt\na\n", constraints="a==1\n")
    found = read("-r requirements/base.txt\nb\n", "requirements.txt", look)
    assert [(one.name, one.place, one.constraint) for one in found.requirements] == [
        ("a", at(1, "constraints.txt"), True),
        ("a", at(2, "requirements/base.txt"), False),
        ("b", at(2), False),
    ]
    assert found.included == (
        Included("requirements/base.txt", at(1)),
        Included("constraints.txt", at(1, "requirements/base.txt"), constraint=True),
    )
    assert [one.name for one in found.named("A")] == ["a"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "-r b.txt\n",
            Finding(
                "include-cycle",
                at(1, "b.txt"),
                "b.txt includes requirements.txt, which leads back to it",
                "remove the line that leads back",
                at(1),
            ),
            id="a cycle",
        ),
        pytest.param(
            "-r gone.txt\n",
            Finding(
                "include-missing",
                at(1),
                "requirements.txt includes gone.txt, which is not there",
                "add gone.txt, or remove the line",
            ),
            id="a file that isn't there",
        ),
        pytest.param(
            "-r ../up.txt\n",
            Finding(
                "include-missing",
                at(1),
                "requirements.txt includes ../up.txt, which leads out of the repository",
                "add ../up.txt, or remove the line",
            ),
            id="a file outside of the repository",
        ),
        pytest.param(
            "a=1\n",
            Finding(
                "requirement-refused",
                at(1),
                "pip refuses `a=1`: `=1` is no version specifier",
                "write it as pip does: name[extra]==1.2.3",
            ),
            id="one equals sign",
        ),
        pytest.param(
            "a ; python_vers > '3'\n",
            Finding(
                "requirement-refused",
                at(1),
                "pip refuses `a ; python_vers > '3'`: `python_vers > '3'` is no environment marker",
                "write it as pip does: name[extra]==1.2.3",
            ),
            id="a marker of no such name",
        ),
    ],
)
def test_a_finding(text: str, expected: Finding) -> None:
    assert read(text, "requirements.txt", looker(b="-r requirements.txt\n")).findings == (expected,)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("-r a.txt\n-r a.txt\n", id="a file that is included twice is no cycle"),
        pytest.param("-r ${WHERE}.txt\n${WHAT}\n", id="what a variable holds can't be told"),
        pytest.param("{%- if cookiecutter.use_celery == 'y' %}\ncelery\n{%- endif %}\n", id="a template's lines"),
        pytest.param("-r https://example.com/r.txt\n", id="a file of the network isn't read"),
        pytest.param("", id="nothing"),
    ],
)
def test_no_finding(text: str) -> None:
    assert read(text, "requirements.txt", looker(a="b\n")).findings == ()


def test_a_line_of_options() -> None:
    found = read("--extra-index-url=https://example.com -i 'https://b'\n", "requirements.txt", {}.get)
    assert found.settings == (
        Setting("pip", "extra-index-url", "https://example.com", at(1)),
        Setting("pip", "index-url", "https://b", at(1)),
    )


def test_a_bomb_is_unreadable() -> None:
    with pytest.raises(Unreadable):
        read("a\n" * 30_000, "requirements.txt", {}.get)
