"""pip and packaging see in requirements what the readers say that they see."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from packaging.markers import InvalidMarker, Marker
from packaging.requirements import InvalidRequirement
from packaging.requirements import Requirement as TheirRequirement
from packaging.specifiers import InvalidSpecifier, SpecifierSet
from packaging.utils import canonicalize_name
from pip._internal.exceptions import PipError
from pip._internal.network.session import PipSession
from pip._internal.req.constructors import install_req_from_parsed_requirement
from pip._internal.req.req_file import parse_requirements
from pip._vendor.packaging.markers import InvalidMarker as TheirInvalidMarker

from parity.contract import marker
from parity.contract.packages import Requirement
from parity.readers.requirement import Parts, Refused, parts
from parity.readers.requirements import read

CI = settings(derandomize=True, deadline=None, database=None)

# A requirement as both sides can say it: its name, extras, specifiers, marker, and how many hashes it has.
Seen = tuple[str, tuple[str, ...], str, str, int, bool, bool]

NAMES = st.sampled_from(["django", "Django_X", "a", "zope.interface", "a-b--c", "-a", "a-", "", "ü", "a b"])
EXTRAS = st.sampled_from(["", "", "[x]", "[x,Y_z]", "[ x , y ]", "[]", "[x", "[x,]", "[-]"])
VERSIONS = st.sampled_from(["1", "1.2", "1.2.3rc1", "2.*", "1!2", "1.0+l", "v1", "x", ""])
CLAUSES = st.tuples(st.sampled_from(["==", ">=", "~=", "!=", "<", "===", "=", "=>", " == ", "=="]), VERSIONS).map(
    "".join
)
SPECIFIERS = st.one_of(
    st.just(""),
    st.lists(CLAUSES, min_size=1, max_size=3).map(",".join),
    st.lists(CLAUSES, min_size=1, max_size=2).map(lambda clauses: f" ({', '.join(clauses)})"),
)
MARKERS = st.sampled_from(
    [
        *(
            "",
            "",
            "",
            "; python_version < '3.9'",
            ';sys_platform=="win32"',
            " ; extra == 'x' and (os_name == 'nt' or extra == 'y')",
        ),
        *(
            "; python_version",
            "; foo == 'x'",
            "; '3' in python_version",
            "; python_version not in '2.7'",
            "; (os_name == 'a'",
            ";",
            "; ",
        ),
    ]
)
# packaging takes whatever stands behind ===, commas and nothing too.
NOTHING_MEANT = re.compile(r"===(?:.*,|\s*(?:$|[;)]))")
DEPENDENCIES = st.tuples(NAMES, EXTRAS, SPECIFIERS, MARKERS).map("".join)


@given(DEPENDENCIES.filter(lambda text: not NOTHING_MEANT.search(text)))
@settings(CI, max_examples=1200)
def test_a_dependency_is_what_packaging_says(text: str) -> None:
    assert ours(text) == theirs(text)


def ours(text: str) -> tuple[str, list[str], SpecifierSet, str, bool] | None:
    try:
        found = parts(text)
    except Refused:
        return None
    return (
        canonicalize_name(found.name),
        list(found.extras),
        SpecifierSet(found.specifier),
        found.url,
        bool(found.marker),
    )


def theirs(text: str) -> tuple[str, list[str], SpecifierSet, str, bool] | None:
    try:
        found = TheirRequirement(text)
    except InvalidRequirement:
        return None
    extras = sorted(canonicalize_name(extra) for extra in found.extras)
    return canonicalize_name(found.name), extras, found.specifier, found.url or "", found.marker is not None


def test_where_we_differ_from_packaging_on_purpose() -> None:
    # Nobody means the version that has no letters.
    assert theirs("a===") is not None
    assert ours("a===") is None


@pytest.mark.parametrize(
    "text",
    [
        "a @ https://example.com/a.zip",
        "a[x]@git+https://example.com/a@main#egg=a ; os_name == 'nt'",
        "a @ file:///a.whl ;os_name == 'nt'",
        "a @",
        "a (>=1,<2)",
        "a>=1,",
        "a>=1,<2 ; python_version >= '3'",
        "a ; python_version >= '3' or",
        "a==1.0.*",
        "a>=1.0.*",
        "a~=1",
        "a==1 b",
        "a<=1+l",
        "a!=1+l",
        "a<2a1",
        "A.B_c",
        "a[x][y]",
        "a[x] [y]",
        "a,b",
        "a;b",
    ],
)
def test_a_dependency_by_hand_is_what_packaging_says(text: str) -> None:
    assert ours(text) == theirs(text)


ATOMS = st.sampled_from(
    [
        *(
            "python_version < '3.9'",
            "sys_platform == 'win32'",
            "'linux' in sys_platform",
            "os_name != 'posix'",
            "extra == 'x'",
        ),
        *(
            "python_full_version >= '3.11.2'",
            'implementation_name == "cpython"',
            "platform_machine not in 'arm64 x86_64'",
        ),
        *(
            "python_version ~= '3.10'",
            "python_version in '3.9 3.11'",
            "'3.11' <= python_version",
            "sys_platform == 'lin'",
        ),
    ]
)
EXPRESSIONS = st.recursive(
    ATOMS,
    lambda inner: (
        st.tuples(inner, st.sampled_from([" and ", " or "]), inner).map("".join) | inner.map(lambda text: f"({text})")
    ),
    max_leaves=6,
)
MACHINE = {
    "python_version": "3.11",
    "python_full_version": "3.11.7",
    "os_name": "posix",
    "sys_platform": "linux",
    "platform_machine": "x86_64",
    "implementation_name": "cpython",
    "extra": "",
}


@given(EXPRESSIONS)
@settings(CI, max_examples=1000)
def test_a_marker_holds_where_packaging_says(text: str) -> None:
    assert marker.holds(text, MACHINE) == Marker(text).evaluate(MACHINE)


@given(
    st.lists(
        st.sampled_from(["(", ")", "and", "or", "not in", "in", "==", "<", "os_name", "extra", "'x'", '"', "x"]),
        max_size=9,
    )
)
@settings(CI, max_examples=2000)
def test_a_marker_is_valid_where_packaging_says(tokens: list[str]) -> None:
    text = " ".join(tokens)
    try:
        Marker(text)
        valid = True
    except InvalidMarker:
        valid = False
    assert marker.valid(text) == valid


def pip_sees(files: dict[str, str], root: Path) -> list[Seen] | None:
    """What pip makes of requirements.txt; None when it refuses it."""
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, newline="")
    try:
        return sorted(set(asked_of_pip(root / "requirements.txt")))
    # From 24.1 on, pip refuses what is no specifier to packaging.
    except (PipError, RecursionError, InvalidSpecifier, TheirInvalidMarker):
        return None


def asked_of_pip(file: Path) -> Iterator[Seen]:
    for parsed in parse_requirements(str(file), session=PipSession()):
        asked = install_req_from_parsed_requirement(parsed)
        hashes = sum(len(values) for values in (parsed.options or {}).get("hashes", {}).values())
        yield (
            canonicalize_name(asked.req.name) if asked.req else "",
            tuple(sorted(canonicalize_name(extra) for extra in asked.extras)),
            str(SpecifierSet(str(asked.req.specifier))) if asked.req else "",
            str(asked.markers or ""),
            hashes,
            asked.editable,
            asked.constraint,
        )


def we_see(files: dict[str, str]) -> list[Seen] | None:
    found = read(files["requirements.txt"], "requirements.txt", files.get)
    return None if found.findings else sorted({seen(one) for one in found.requirements})


def seen(one: Requirement) -> Seen:
    specifier = str(SpecifierSet(one.specifier))
    condition = str(Marker(one.marker)) if one.marker else ""
    return one.name, one.extras, specifier, condition, one.hashes, one.editable, one.constraint


CORPUS = {
    "comments, blanks and a continued line": "# a\n\n  django==5.2 # why\na\\\n==1\n"
    "b==1 \\\n    --hash=sha256:aa \\\n    --hash=sha256:bb\n",
    "a comment ends a continued line": "a==1 \\\n# b\nc==1\n",
    "a hash without a blank before it is no comment": "a @ https://example.com/a.zip#egg=a\n",
    "a line of nothing but a backslash": "a==1\n\\\nb==1\n",
    "a backslash ends the file": "a==1 \\",
    "windows' line ends": "a==1\r\nb==2 \\\r\n --hash=sha256:aa\r\n",
    "options that say where to look": "--index-url https://example.com/simple\n-i https://example.com\n"
    "--extra-index-url=https://e.com\n--no-index\n--pre\n--find-links=./wheels\n-f wheels\n--trusted-host e.com\n"
    "--no-binary :all:\n--only-binary=a\n--prefer-binary\na\n",
    "the beginning of an option": "--index https://example.com\n--extra https://example.com\na\n",
    "an option that isn't one": "--frobnicate\na\n",
    "an option without its value": "a\n--index-url\n",
    "a quote that isn't closed": "-r 'b.txt\n",
    "quoted": '-r "b.txt"\n',
    "editable": "-e git+https://example.com/a.git@main#egg=A[x]\n--editable=git+ssh://git@example.com/b#egg=b&subdirectory=x\n",
    "editable folders": "-e .\n-e ./pkg[x,y]\n-e file:pkg#egg=pkg\n",
    "wheels and addresses": "https://example.com/a-1.2-py3-none-any.whl\nhttps://example.com/a.zip\n"
    "git+https://example.com/a.git#egg=a\nhttps://example.com/b-2.0.tar.gz#egg=b ; os_name == 'nt'\n",
    "included": "-r b.txt\n-c c.txt\n--requirement=more/d.txt\na\n",
    "included twice": "-r b.txt\n-r b.txt\n",
    "two in one line": "-r b.txt -r c.txt\n",
    "two editables in one line": "-e git+https://example.com/a#egg=a -e git+https://example.com/b#egg=b\n",
    "constraints that include requirements": "-c e.txt\n",
    "glued to its value": "-rb.txt\n",
    "missing": "-r gone.txt\n",
    "refused": "a b\n",
    "one equals sign": "a=1\n",
    "marker": "a==1 ; python_version < '3.9'\nb;sys_platform=='win32'\n"
    "pycparser==3.12 ; implementation_name != 'PyPy' \\\n --hash=sha256:a\n",
    "config settings": "a==1 --config-settings=x=y --hash=sha256:aa\n",
    "global options": "a==1 --global-option='--no-user-cfg'\n",
    "a form feed parts lines": "a==1\x0cb==1\n",
    "tabs": "a==1\t# why\n\tb==1\n",
    "variable": "--index-url https://${TOKEN}@example.com/simple\na\n",
    "extras in upper case": "celery[Redis,SQS]>=5\n",
    "a dash behind a blank": "a -x\n",
}
BESIDE = {
    "b.txt": "b==1\n",
    "c.txt": "c<2\n",
    "more/d.txt": "-r ../b.txt\nd\n",
    "e.txt": "-r b.txt\nc==1\n",
    "pkg/pyproject.toml": "",
    "pyproject.toml": "",
}


@pytest.mark.parametrize("text", CORPUS.values(), ids=CORPUS.keys())
def test_a_file_is_what_pip_says(text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # pip takes folders from where it stands.
    monkeypatch.chdir(tmp_path)
    files = {**BESIDE, "requirements.txt": text}
    assert we_see(files) == pip_sees(files, tmp_path)


# What pip makes of a file, what we do, and why.
ON_PURPOSE = {
    "a cycle": (
        "-r f.txt\na\n",
        {"f.txt": "-r requirements.txt\nf\n"},
        "older pips read until the stack ends, newer ones refuse",
    ),
    "a path that isn't there": (
        "./nothing-here\n",
        {},
        "which paths are there is for a rule to say, with the line's place",
    ),
    "an editable without a name": (
        "-e git+https://example.com/a.git\n",
        {},
        "newer pips ask the repository for its name",
    ),
}


@pytest.mark.parametrize(("text", "beside", "why"), ON_PURPOSE.values(), ids=ON_PURPOSE.keys())
def test_where_we_differ_from_pip_on_purpose(
    text: str, beside: dict[str, str], why: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    files = {**BESIDE, **beside, "requirements.txt": text}
    assert read(text, "requirements.txt", files.get).requirements, why
    assert pip_sees(files, tmp_path) is None


PIECES = st.sampled_from(
    [
        *(
            "a",
            "b==1",
            "c[x]>=1,<2",
            " ",
            "\\\n",
            "\n",
            "\n",
            "\n",
            " --hash=sha256:aa",
            "# x",
            " # x",
            "#x",
            "-r b.txt",
            "-c c.txt",
        ),
        *(
            "-i https://e.com",
            "--pre",
            " ; os_name == 'nt'",
            "-e git+https://e.com/a#egg=a",
            "\nhttps://e.com/a-1-py3-none-any.whl\n",
        ),
        *("'", '"', "\t", "--no-index", " -", "--"),
    ]
)


@given(st.lists(PIECES, max_size=12).map("".join))
@settings(CI, max_examples=300)
def test_any_file_is_what_pip_says(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    files = {**BESIDE, "requirements.txt": text}
    assert we_see(files) == pip_sees(files, tmp_path_factory.mktemp("pip"))


def test_a_lock_file_of_this_repository_is_what_pip_says(tmp_path: Path) -> None:
    text = (Path(__file__).parents[3] / "requirements-dev.txt").read_text()
    files = {"requirements.txt": text}
    assert we_see(files) == pip_sees(files, tmp_path)


def test_parts_are_as_written() -> None:
    assert parts("Django [argon2] >=5.2, <5.3 ; python_version > '3'") == Parts(
        "Django", ("argon2",), ">=5.2,<5.3", "", "python_version > '3'"
    )
