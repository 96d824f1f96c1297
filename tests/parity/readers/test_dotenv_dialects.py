"""What each reader of a .env makes of a line; test_dotenv_agrees.py asks the readers themselves."""

import pytest

from parity.contract.dotenv import Dialect, Dotenv, Ignored, Line, Meaning, PassThrough, Refusal
from parity.contract.place import Place
from parity.readers.dotenv import read

ORDER: tuple[Dialect, ...] = ("compose", "honcho", "django-environ", "docker", "python-dotenv")


def meanings(text: str) -> list[tuple[int, str, tuple[Meaning, ...], bool]]:
    found = read(text, ".env").lines
    return [(one.place.line, one.name, tuple(one.values[dialect] for dialect in ORDER), one.alike) for one in found]


# compose, honcho, django-environ, docker, python-dotenv.
@pytest.mark.parametrize(
    ("line", "values", "alike"),
    [
        pytest.param("A=b", ("b",) * 5, True, id="the plain form"),
        pytest.param("A=postgres://u:p@h:1/n?x=y", ("postgres://u:p@h:1/n?x=y",) * 5, True, id="a URL"),
        pytest.param("A=b=c", ("b=c",) * 5, True, id="the first = counts"),
        pytest.param("A=", ("", None, "", "", ""), False, id="honcho leaves out what is empty"),
        pytest.param("A=''", ("", "", "", "''", ""), False, id="docker keeps quotes"),
        pytest.param('A="b"', ("b", "b", "b", '"b"', "b"), False, id="and double ones"),
        pytest.param("A=b c", ("b c", "bc", "b c", "b c", "b c"), False, id="honcho puts words together"),
        pytest.param("A=b ", ("b", "b", "b ", "b ", "b"), False, id="a blank at the end"),
        pytest.param("A= b", ("b", "b", " b", " b", "b"), False, id="a blank at the beginning"),
        pytest.param("A = b", ("b", "b", None, None, "b"), False, id="blanks around the ="),
        pytest.param(" A=b", ("b", "b", None, "b", "b"), False, id="django-environ minds an indentation"),
        pytest.param("export A=b", ("b", None, "b", None, "b"), False, id="export"),
        pytest.param("A=b # c", ("b", "b", "b # c", "b # c", "b"), False, id="a comment behind a value"),
        pytest.param("A=b#c", ("b#c", "b", "b#c", "b#c", "b#c"), False, id="a # in a value"),
        pytest.param("A=#b", ("#b", None, "#b", "#b", "#b"), False, id="a value that begins with #"),
        pytest.param("A= #b", ("#b", None, " #b", " #b", ""), False, id="a comment in the value's place"),
        pytest.param("A='b' # c", ("b", "b", "'b' # c", "'b' # c", "b"), False, id="a comment behind quotes"),
        pytest.param("A=b$$c", ("b$c", "b$$c", "b$$c", "b$$c", "b$$c"), False, id="two $"),
        pytest.param("A=b$C", ("b", "b$C", "b$C", "b$C", "b$C"), False, id="compose expands, to nothing here"),
        pytest.param("A=b${C}", ("b", "b${C}", "b${C}", "b${C}", "b"), False, id="python-dotenv too, in braces"),
        pytest.param("A='b$C'", ("b$C", "b$C", "b$C", "'b$C'", "b$C"), False, id="not in single quotes"),
        pytest.param("A=b${C:-d}", ("bd", "b${C:-d}", "b${C:-d}", "b${C:-d}", "bd"), False, id="a default"),
        pytest.param("A=$C", ("", "$C", PassThrough("C"), "$C", "$C"), False, id="django-environ takes $C for C"),
        pytest.param("A=b\\nc", ("b\\nc", "bnc", "b\\nc", "b\\nc", "b\\nc"), False, id="a backslash"),
        pytest.param('A="b\\nc"', ("b\nc", "b\nc", "b\\nc", '"b\\nc"', "b\nc"), False, id="a line end, escaped"),
        pytest.param("A", (PassThrough("A"), None, None, PassThrough("A"), None), False, id="a name alone"),
        pytest.param("A: b", ("b", None, None, None, None), False, id="compose takes a colon"),
        pytest.param("A.b=c", ("c", None, None, "c", "c"), False, id="a dot in a name"),
        pytest.param("1A=b", ("b", None, "b", "b", "b"), False, id="a digit at the beginning"),
        pytest.param("A=é", ("é",) * 5, True, id="a letter of another alphabet"),
    ],
)
def test_a_line(line: str, values: tuple[Meaning, ...], alike: bool) -> None:
    [(number, _, found, same)] = meanings(f"{line}\n")
    assert (number, found, same) == (1, values, alike)


def test_a_quoted_name_is_another_one_to_docker() -> None:
    assert meanings("'A'=b\n") == [
        (1, "A", (None, "b", None, None, "b"), False),
        (1, "'A'", (None, None, None, "b", None), False),
    ]


@pytest.mark.parametrize("text", ["", "\n\n", "# it's a comment\n", "  # A=b\n", "\t\n"])
def test_comments_and_blank_lines_mean_nothing(text: str) -> None:
    found = read(text, ".env")
    # django-environ takes an indented # for no comment, and warns of the line.
    assert (found.lines, found.refused, [one.dialect for one in found.ignored if not text.startswith("  #")]) == (
        (),
        (),
        [],
    )


def test_a_quoted_value_over_several_lines_is_so_to_two_of_them() -> None:
    found = read('A="b\nC=d\n"\nE=f\n', ".env")
    assert [(one.name, one.place.line, one.values["compose"], one.values["docker"]) for one in found.lines] == [
        ("A", 1, "b\nC=d\n", '"b'),
        ("C", 2, None, "d"),
        ('"', 3, None, PassThrough('"')),
        ("E", 4, "f", "f"),
    ]
    assert found.lines[0].values["python-dotenv"] == "b\nC=d\n"
    assert found.refused == (
        Refusal("honcho", Place(".env", 1), 'a " is opened and not closed'),
        Refusal("honcho", Place(".env", 3), 'a " is opened and not closed'),
    )


@pytest.mark.parametrize(
    ("line", "refused"),
    [
        pytest.param("A=it's", {"honcho": "a ' is opened and not closed"}, id="an apostrophe"),
        pytest.param("A=b\\", {"honcho": "a backslash ends the line"}, id="a backslash at the end"),
        pytest.param(
            "A='b",
            {"compose": "a ' is opened and not closed", "honcho": "a ' is opened and not closed"},
            id="a quote that stays open",
        ),
        pytest.param("A = b", {"docker": "the name `A ` holds a blank"}, id="a blank before the ="),
        pytest.param(
            "A B=c",
            {"compose": "the name `A B` holds a blank", "docker": "the name `A B` holds a blank"},
            id="a blank in a name",
        ),
        pytest.param("=b", {"docker": "no name stands before the ="}, id="no name"),
        pytest.param("A=${", {"compose": "`${` is no expansion of a variable"}, id="an expansion that stays open"),
        pytest.param(
            "A=${B:?c}",
            {"compose": "B has no value, and an expansion asks for one"},
            id="an expansion that asks for a value",
        ),
        pytest.param("A+=b", {"compose": "`+` can't be part of a name"}, id="a + in a name"),
        pytest.param("export ", {"compose": "no name stands behind export", "docker": None}, id="export alone"),
    ],
)
def test_a_line_that_a_reader_refuses(line: str, refused: dict[Dialect, str | None]) -> None:
    found = {one.dialect: one.message for one in read(line, ".env").refused}
    assert found.keys() == refused.keys()
    assert all(message is None or found[dialect] == message for dialect, message in refused.items())


def test_what_stands_behind_a_refused_line_has_its_meaning_still() -> None:
    found = read("A='b\nC=d\n", ".env")
    assert [one.place.line for one in found.refused] == [1, 1]
    assert found.named("C") == (Line("C", dict.fromkeys(ORDER, "d"), Place(".env", 2), True),)


def test_what_a_reader_passes_over() -> None:
    found = read("export A=b\n-----\nC D\n", ".env")
    assert {(one.dialect, one.place.line) for one in found.ignored} == {
        ("honcho", 1),
        ("honcho", 2),
        ("django-environ", 2),
        ("honcho", 3),
        ("django-environ", 3),
        ("python-dotenv", 3),
    }
    assert Ignored("honcho", Place(".env", 1)) in found.ignored


def test_earlier_lines_stand_for_variables_and_later_ones_win() -> None:
    found = read("A=b\nC=c${A}\nA=d\nE=$A\n", ".env")
    assert found.environment("compose") == {"A": "d", "C": "cb", "E": "d"}
    assert found.environment("honcho") == {"A": "d", "C": "c${A}", "E": "$A"}
    assert found.environment("django-environ") == {"A": "d", "C": "c${A}", "E": "d"}
    assert found.environment("docker") == {"A": "d", "C": "c${A}", "E": "$A"}
    assert found.environment("python-dotenv") == {"A": "d", "C": "cb", "E": "$A"}


def test_the_environment_around_it_stands_for_variables_too() -> None:
    found = read("A\nB=x${C}\nD=$C\n", ".env", {"A": "a", "C": "c"})
    assert found.environment("compose") == {"A": "a", "B": "xc", "D": "c"}
    assert found.environment("docker") == {"A": "a", "B": "x${C}", "D": "$C"}
    assert found.environment("django-environ") == {"B": "x${C}", "D": "c"}


def test_a_name_alone_takes_nothing_away() -> None:
    assert read("A=b\nA\n", ".env").environment("docker") == {"A": "b"}
    assert read("A\n", ".env").environment("docker") == {"A": PassThrough("A")}


def test_a_variable_that_refers_to_itself_ends() -> None:
    found = read("A=$B\nB=$A\nC=$C\n", ".env")
    assert {name: type(value) for name, value in found.environment("django-environ").items()} == {
        "A": PassThrough,
        "B": PassThrough,
        "C": PassThrough,
    }


def test_only_the_dialects_that_matter_need_to_agree() -> None:
    [line] = read("A=b c\n", ".env").lines
    assert line.agree(("compose", "docker"))
    assert not line.agree(("compose", "honcho"))


def test_a_byte_order_mark_hides_the_first_line_from_two() -> None:
    found = read("\ufeffA=b\n", ".env")
    assert {dialect: found.environment(dialect) for dialect in ORDER} == {
        "compose": {"A": "b"},
        "honcho": {},
        "django-environ": {},
        "docker": {"A": "b"},
        "python-dotenv": {"A": "b"},
    }


def test_lines_as_windows_ends_them() -> None:
    assert meanings("A=b\r\nC=d\r\n") == [(1, "A", ("b",) * 5, True), (2, "C", ("d",) * 5, True)]


def test_defaults_within_defaults_have_an_end() -> None:
    [refusal] = [one for one in read("A=" + "${B:-" * 5000 + "}" * 5000, ".env").refused if one.dialect == "compose"]
    assert refusal.message == "`${B:-…}, 20 levels deep` is no expansion of a variable"


def test_an_empty_file_says_nothing() -> None:
    assert read("", ".env") == Dotenv(".env")
