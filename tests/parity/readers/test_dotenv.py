"""Every line is named after what the readers of .env make of it; tests/stack/test_dotenv.py asks the readers themselves."""

import pytest

from parity.errors import UserError
from parity.readers.dotenv import SAFE, WRITTEN, Entry, entries, filled, variables


@pytest.mark.parametrize(
    ("line", "value", "alike", "why"),
    [
        ("A=b", "b", True, "the plain form"),
        ("A=postgres://u:p@127.0.0.1:15432/n?a=b&c=d", "postgres://u:p@127.0.0.1:15432/n?a=b&c=d", True, "a URL"),
        ("A=localhost,127.0.0.1,[::1]", "localhost,127.0.0.1,[::1]", True, "a list"),
        ("A=*", "*", True, "django-environ takes only a leading $ for a reference"),
        ("A=", "", False, "honcho leaves the variable out"),
        ("A=a b", "a b", False, "honcho drops the blank"),
        ("A=a#b", "a#b", False, "honcho cuts at #"),
        ("A=a$b", "a$b", False, "compose expands $b"),
        ("A=a\\b", "a\\b", False, "honcho drops the backslash"),
        ("A='b'", "b", False, "docker run keeps the quotes"),
        ('A="b"', "b", False, "docker run keeps the quotes"),
        ("A='b", "b", False, "honcho stumbles over a quote that stays open"),
        ("A = b", "b", False, "docker run refuses a name that ends with a blank"),
        ("export A=b", "b", False, "honcho leaves the variable out"),
        (" A=b", "b", False, "docker run is the only one that minds"),
    ],
)
def test_a_value_is_alike_only_when_four_readers_agree(line: str, value: str, alike: bool, why: str) -> None:
    assert entries(line, ".env") == [Entry("A", value, 1, alike)], why


def test_comments_and_blank_lines_are_no_entries_and_keep_their_place() -> None:
    assert entries("# it's a comment\n\n#OFF=1\n  # indented\nA=b\n", ".env") == [Entry("A", "b", 5, True)]


def test_a_line_that_is_no_assignment_is_refused_with_its_number() -> None:
    with pytest.raises(UserError) as caught:
        entries("A=b\n-----BEGIN KEY-----\n", ".env")
    assert str(caught.value) == ".env:2: neither NAME=value nor a comment [dotenv-line]\nhint: write NAME=value"


def test_a_name_given_twice_is_refused() -> None:
    with pytest.raises(UserError) as caught:
        variables("A=b\nB=c\nA=d\n")
    assert str(caught.value) == (
        ".env:3: A stands in line 1 already [dotenv-twice]\n"
        "hint: remove one of the two: django-environ before 0.8 takes the first, others the last"
    )


def test_a_secret_is_generated_where_the_value_is_blank_and_nothing_else_changes() -> None:
    example = "# The key.\nSECRET_KEY=\n\n#DEBUG=false\nHOST=127.0.0.1\nPASSWORD=\n"
    assert filled(example, lambda name: f"new-{name}") == (
        WRITTEN + "# The key.\nSECRET_KEY=new-SECRET_KEY\n\n#DEBUG=false\nHOST=127.0.0.1\nPASSWORD=new-PASSWORD\n"
    )


def test_an_example_that_readers_would_not_read_alike_is_refused() -> None:
    with pytest.raises(UserError) as caught:
        filled("A=b\nNAME=two words\n", str)
    assert str(caught.value) == (
        f".env.example:2: NAME would not be read alike by honcho, compose and Django [dotenv-dialect]\nhint: {SAFE}"
    )
