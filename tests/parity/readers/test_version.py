"""Versions as files name them, and whether two files agree."""

import pytest

from parity.contract.place import Place
from parity.contract.version import Kind, Stated, agrees, in_tag, parse, within

HERE = Place("a", 1)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        pytest.param("3.13", "3.13.15", True, id="the beginning of a version agrees with it"),
        pytest.param("3.12", "3.13.15", False, id="and with no other"),
        pytest.param("3.1", "3.13", False, id="numbers are compared, not letters"),
        pytest.param("17", "17.2-alpine", True, id="a tag's variant says nothing of the version"),
        pytest.param("3.13-slim-bookworm", "3.13.15", True, id="a tag of several variants"),
        pytest.param("latest", "17", None, id="latest names no version"),
        pytest.param(">=3.11,<3.14", "3.13.2", True, id="a version inside of a range"),
        pytest.param(">=3.11,<3.14", "3.14", False, id="a version behind a range"),
        pytest.param("^3.11", "3.13", True, id="Poetry's and npm's caret"),
        pytest.param(">=18 <21", "20.11", True, id="npm parts comparators by blanks"),
        pytest.param("18.x", "18.19.1", True, id="npm's x"),
        pytest.param("18.x", "20", False, id="npm's x, another major version"),
        pytest.param(">=3.13.2", "3.13", True, id="some 3.13 is new enough"),
        pytest.param("3.14.0rc1", "3.14", True, id="a pre-release is one of its release"),
        pytest.param(">=3.9", "pypy3.10", None, id="another implementation is no version of this one"),
    ],
)
def test_two_specs_agree(one: str, other: str, expected: bool | None) -> None:
    assert agrees(one, other) is expected
    assert agrees(other, one) is expected


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        pytest.param("3.13.15", ">=3.11", True, id="a version inside of a range"),
        pytest.param("3.13", ">=3.13.2", False, id="3.13 may be 3.13.1"),
        pytest.param("3.13", ">=3.11,!=3.13.4", False, id="3.13 may be 3.13.4"),
        pytest.param("3.13", "3.13", True, id="the same"),
        pytest.param("latest", ">=3", None, id="latest names no version"),
    ],
)
def test_one_spec_is_within_another(one: str, other: str, expected: bool | None) -> None:
    assert within(one, other) is expected


@pytest.mark.parametrize(
    ("tag", "what", "expected"),
    [
        pytest.param("3.13.15-slim-trixie", "python", "3.13.15", id="the version stands in front"),
        pytest.param("17", "postgres", "17", id="a number alone"),
        pytest.param("16-3.4", "postgres", "16", id="PostGIS puts Postgres's version in front"),
        pytest.param("pg17", "postgres", "17", id="pgvector"),
        pytest.param("0.8.0-pg17-trixie", "postgres", "17", id="pgvector with its own version in front"),
        pytest.param("1-3.13-bookworm", "python", "3.13", id="an image of development containers"),
        pytest.param("1-22-bookworm", "node", "22", id="the same of Node"),
        pytest.param("3.14-rc-slim", "python", "3.14", id="a release that is still to come"),
        pytest.param("7.2-alpine@sha256:ab", "redis", "7.2", id="a digest behind it"),
        pytest.param("latest", "redis", None, id="latest"),
        pytest.param("alpine", "redis", None, id="a variant alone"),
        pytest.param("slim-bookworm", "python", None, id="variants alone"),
        pytest.param("RELEASE.2025-09-07T16-13-09Z", "minio", None, id="a date"),
        pytest.param("", "python", None, id="nothing"),
    ],
)
def test_the_version_in_a_tag(tag: str, what: str, expected: str | None) -> None:
    found = in_tag(tag, what)
    assert (found and found.text) == expected


@pytest.mark.parametrize(
    ("spec", "kind", "inside", "outside"),
    [
        pytest.param("3.13", "version", "3.13.9", "3.14.0", id="a beginning"),
        pytest.param("3.13", "exact", "3.13.0", "3.13.1", id="one version"),
        pytest.param("3.13", "npm", "3.13.1", "3.14", id="npm's beginning"),
        pytest.param("3.13", "poetry", "3.13.0", "3.13.1", id="Poetry's one version"),
        pytest.param("3.13-slim", "tag", "3.13.7", "3.12", id="a tag"),
        pytest.param("~=3.11.2", "pep440", "3.11.9", "3.12", id="compatible"),
    ],
)
def test_the_same_words_mean_another_thing_in_another_file(spec: str, kind: Kind, inside: str, outside: str) -> None:
    stated = Stated("python", spec, HERE, kind)
    assert agrees(stated, Stated("python", inside, HERE, "exact")) is True
    assert agrees(stated, Stated("python", outside, HERE, "exact")) is False


@pytest.mark.parametrize(
    ("spec", "kind", "expected"),
    [
        ("3.13.2", "version", "3.13.2"),
        ("==3.13.2", "pep440", "3.13.2"),
        (">=3.13", "pep440", None),
        ("3.13-slim", "tag", "3.13"),
    ],
)
def test_the_one_version_that_is_named(spec: str, kind: Kind, expected: str | None) -> None:
    found = Stated("python", spec, HERE, kind).version
    assert (found and found.text) == expected


def test_a_version_s_numbers() -> None:
    version = parse("v3.13.15")
    assert version
    assert (version.major, version.cut(2), version.release, version.prerelease) == (3, "3.13", (3, 13, 15), False)
