"""Ranges allow what packaging, poetry-core and npm's semver say that they allow."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from packaging.specifiers import InvalidSpecifier, SpecifierSet
from packaging.version import InvalidVersion
from packaging.version import Version as TheirVersion
from poetry.core.constraints.version import Version as PoetryVersion
from poetry.core.constraints.version import parse_constraint

from parity.contract.version import allows, npm, parse, poetry, ranges, specifier_set

CI = settings(derandomize=True, deadline=None, max_examples=1500, database=None)

NUMBERS = st.integers(0, 4)
RELEASES = st.lists(NUMBERS, min_size=1, max_size=4).map(lambda numbers: ".".join(map(str, numbers)))
ENDS = st.sampled_from(
    ["", "", "", "", "a1", "b2", "rc1", ".post1", ".dev0", "rc1.dev2", ".post1.dev3", "+cpu", "+1.b"]
)
VERSIONS = st.tuples(st.sampled_from(["", "", "", "1!"]), RELEASES, ENDS).map("".join)
SIGNS = st.sampled_from(["==", "!=", ">=", "<=", ">", "<", "~=", "==="])
CLAUSES = st.one_of(
    st.tuples(SIGNS, VERSIONS).map("".join),
    st.tuples(st.sampled_from(["==", "!="]), RELEASES, st.just(".*")).map("".join),
)
SETS = st.lists(CLAUSES, min_size=1, max_size=3).map(",".join)
SPELLINGS = st.text("0123456789.abcrvpostdev!+-_ ", max_size=12)

# Ours, packaging's answer for them, and why they differ.
DISAGREE = [
    ("===1.0", "1", False, "=== compares letters, and a lock file that says ===1.0 means the version"),
]


@given(SPELLINGS | VERSIONS)
@CI
def test_versions_are_those_of_packaging(text: str) -> None:
    ours = parse(text)
    try:
        theirs = TheirVersion(text)
    except InvalidVersion:
        assert ours is None
    else:
        assert ours is not None
        assert ours.release == theirs.release
        assert ours.prerelease == theirs.is_prerelease


@given(VERSIONS, VERSIONS)
@CI
def test_versions_are_ordered_as_by_packaging(one: str, other: str) -> None:
    ours, others = parse(one), parse(other)
    assert ours
    assert others
    assert (ours.key < others.key) == (TheirVersion(one) < TheirVersion(other))
    assert (ours.key == others.key) == (TheirVersion(one) == TheirVersion(other))


@given(SETS, VERSIONS)
@CI
def test_specifier_sets_allow_what_packaging_allows(spec: str, text: str) -> None:
    if "===" in spec:
        return
    ours = specifier_set(spec)
    try:
        theirs = SpecifierSet(spec)
    except InvalidSpecifier:
        assert ours is None
        return
    version = parse(text)
    assert version
    assert ours is not None
    assert allows(ours, version) == theirs.contains(text, prereleases=True)


@pytest.mark.parametrize(("spec", "text", "theirs", "why"), DISAGREE, ids=lambda value: str(value)[:60])
def test_where_we_differ_from_packaging_on_purpose(spec: str, text: str, theirs: bool, why: str) -> None:
    version, ours = parse(text), specifier_set(spec)
    assert version
    assert ours is not None
    assert SpecifierSet(spec).contains(text, prereleases=True) is theirs
    assert allows(ours, version) is not theirs, why


FINALS = RELEASES.filter(lambda text: text.count(".") < 3)
POETRY_CLAUSES = st.one_of(
    st.tuples(st.sampled_from(["^", "~", "", "==", ">=", "<", ">", "<=", "!="]), FINALS).map("".join),
    st.tuples(FINALS, st.just(".*")).map("".join),
    st.just("*"),
)
POETRY = st.lists(st.lists(POETRY_CLAUSES, min_size=1, max_size=2).map(",".join), min_size=1, max_size=2).map(
    " || ".join
)


@given(POETRY, FINALS)
@CI
def test_poetry_s_ranges_allow_what_poetry_allows(spec: str, text: str) -> None:
    try:
        theirs = parse_constraint(spec)
    except ValueError:
        assert poetry(spec) is None
        return
    ours, version = poetry(spec), parse(text)
    assert version
    assert ours is not None
    assert allows(ours, version) == theirs.allows(PoetryVersion.parse(text))


@pytest.mark.parametrize(
    ("spec", "inside", "outside"),
    [
        ("^3.11", "3.13.2", "4.0"),
        ("~3.11", "3.11.9", "3.12"),
        ("~3", "3.99", "4"),
        (">=3.9 <3.13", "3.12.9", "3.13.0"),
        (">=3.9,<3.13", "3.12.9", "3.13.0"),
        ("3.11", "3.11.0", "3.11.1"),
        ("3.*", "3.0", "4"),
        ("^2.7 || ^3.6", "3.6", "3.5"),
        ("^2.7|^3.6", "2.7", "3.5"),
        ("^0.3", "0.3.9", "0.4"),
        ("^0.0.3", "0.0.3", "0.0.4"),
    ],
)
def test_poetry_s_ranges_by_hand(spec: str, inside: str, outside: str) -> None:
    theirs = parse_constraint(spec)
    for text, wanted in ((inside, True), (outside, False)):
        version, ours = parse(text), poetry(spec)
        assert version
        assert ours is not None
        assert (allows(ours, version), theirs.allows(PoetryVersion.parse(text))) == (wanted, wanted)


NPM_SPECS = [
    *(
        "18",
        "18.x",
        "18.X.x",
        "v18",
        "18.2.0",
        "=18.2.0",
        "^18",
        "^18.2",
        "^0.2.3",
        "^0.0.3",
        "^0.0",
        "^0",
        "~18",
        "~18.2.1",
    ),
    *(">=18", ">=18 <21", ">= 18.0.0", ">18", ">18.2", "<=20", "<20", "<18.2.1", "<=18.2.1", ">18.2.1", "18 - 20"),
    *(
        "18.2 - 20.1.5",
        "18 || 20 || >=22",
        "18.x || 20.x",
        "*",
        "",
        "x",
        "^18.0.0 || >=20.0.0",
        "~> 18.2",
        "18.2.x",
        ">=18.x",
    ),
    *(
        "^18 <18.5",
        ">=16.0.0 <17.0.0 || 18.1",
        "latest",
        "lts/*",
        "node",
        ">=",
        "18,20",
        "==18",
        "18 20",
        "1.2.3.4",
        "<0",
        ">*",
        "<*",
    ),
]
NPM_VERSIONS = [
    f"{major}.{minor}.{patch}"
    for major in (0, 16, 17, 18, 19, 20, 21, 22, 23)
    for minor in (0, 1, 2, 3, 5)
    for patch in (0, 1, 3, 4, 6)
]
SEMVER = """
const semver = require(process.argv[1]);
const [specs, versions] = JSON.parse(require("fs").readFileSync(0, "utf8"));
const allowed = spec => versions.filter(one => semver.satisfies(one, spec));
console.log(JSON.stringify(specs.map(spec => semver.validRange(spec) === null ? null : allowed(spec))));
"""


def semver_module() -> str | None:
    """npm brings its own copy."""
    program = shutil.which("npm")
    place = Path(program).resolve().parents[1] / "node_modules/semver" if program else None
    return str(place) if place and place.is_dir() and shutil.which("node") else None


@pytest.mark.skipif(semver_module() is None, reason="node's semver is not here: install npm")
def test_npm_s_ranges_allow_what_semver_allows() -> None:
    asked = json.dumps([NPM_SPECS, NPM_VERSIONS])
    script = ["node", "-e", SEMVER, str(semver_module())]
    theirs = json.loads(subprocess.run(script, input=asked, capture_output=True, text=True, check=True).stdout)
    ours = []
    for spec in NPM_SPECS:
        allowed = npm(spec)
        found = [text for text in NPM_VERSIONS if (version := parse(text)) and allows(allowed or (), version)]
        ours.append(None if allowed is None else found)
    assert dict(zip(NPM_SPECS, ours, strict=True)) == dict(zip(NPM_SPECS, theirs, strict=True))


@given(
    st.text("0123456789.*xX^~<>=!| -,v+ab", max_size=20),
    st.sampled_from(["pep440", "poetry", "npm", "tag", "version", "exact"]),
)
@CI
def test_any_text_is_a_range_or_none(text: str, kind: str) -> None:
    ranges(text, kind, "python")  # type: ignore[arg-type]
