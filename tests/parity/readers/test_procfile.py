import pytest

from parity.contract.finding import Finding
from parity.contract.place import Place
from parity.contract.procfile import ProcessType
from parity.readers.procfile import process_types, read

ALL = ("heroku", "honcho", "foreman")
LOCAL = ("honcho", "foreman")


def types(text: str) -> list[tuple[str, str, int, tuple[str, ...]]]:
    return [(one.name, one.command, one.place.line, one.seen_by) for one in read(text, "Procfile").process_types]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        pytest.param("web: gunicorn app\n", [("web", "gunicorn app", 1, ALL)], id="the plain form"),
        pytest.param(
            "web: a\nrelease: b: c\n",
            [("web", "a", 1, ALL), ("release", "b: c", 2, ALL)],
            id="a command may hold a colon",
        ),
        pytest.param("web: a # b\n", [("web", "a # b", 1, ALL)], id="a comment in a command is the shell's"),
        pytest.param("web: a", [("web", "a", 1, ALL)], id="no line end at the end"),
        pytest.param(
            "web: a\r\nclock: b\r\n", [("web", "a", 1, ALL), ("clock", "b", 2, ALL)], id="lines as Windows ends them"
        ),
        pytest.param("web:\ta\t\n", [("web", "a", 1, ALL)], id="tabs are blanks"),
        pytest.param("1-web_B: a\n", [("1-web_B", "a", 1, ALL)], id="a name may hold digits, - and _"),
        pytest.param("web:a\n", [("web", "a", 1, LOCAL)], id="Heroku wants a blank behind the colon"),
        pytest.param("web a b\n", [("web", "a b", 1, ("heroku",))], id="Heroku can do without the colon"),
        pytest.param("  web: a\n", [("web", "a", 1, ("heroku",))], id="Heroku takes blanks before the name"),
        pytest.param("web : a\n", [("web", "a", 1, ())], id="a blank before the colon: Heroku would run `: a`"),
        pytest.param(
            "web: a\nclock: b\nweb: c\n", [("web", "c", 3, ALL), ("clock", "b", 2, ALL)], id="the last of two counts"
        ),
        pytest.param("# web: a\n\n  # b: c\n", [], id="comments and blank lines"),
        pytest.param("nonsense\nweb:\nweb:  \nmy.app: b\n", [], id="lines that nobody sees a process type in"),
        pytest.param("", [], id="an empty file"),
    ],
)
def test_process_types(text: str, wanted: list[tuple[str, str, int, tuple[str, ...]]]) -> None:
    assert types(text) == wanted


def line(number: int, message: str, hint: str) -> Finding:
    return Finding("procfile-line", Place("Procfile", number), message, hint)


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        pytest.param(
            "web:a\n",
            line(
                1,
                "Heroku sees no process type web here: no blank stands behind the colon",
                "begin the line with `web: `",
            ),
            id="no blank behind the colon",
        ),
        pytest.param(
            "\tweb: a\n",
            line(
                1,
                "honcho and foreman see no process type web here: a blank stands before the name",
                "begin the line with `web: `",
            ),
            id="indented",
        ),
        pytest.param(
            "web : a\n",
            line(
                1,
                "Heroku, honcho and foreman see no process type web here: a blank stands before the colon",
                "begin the line with `web: `",
            ),
            id="a blank before the colon",
        ),
        pytest.param(
            "web gunicorn app\n",
            line(
                1,
                "honcho and foreman see no process type web here: no colon stands behind the name",
                "begin the line with `web: `, or with a # when it is a comment",
            ),
            id="no colon",
        ),
        pytest.param(
            "web: a \\\n  --bind b\n",
            line(
                2,
                "`--bind b` was meant as more of the line before, and a Procfile has no continuation lines",
                "write the whole command in one line, or in a script",
            ),
            id="a continuation",
        ),
        pytest.param(
            "my.app: a\n",
            line(
                1,
                "`my.app: a` is no process type, and honcho and foreman pass over it without a word:"
                " a name has letters, digits, _ and - only",
                "name it my-app",
            ),
            id="a name with a dot",
        ),
        pytest.param(
            "web:  \n",
            line(
                1,
                "`web:` is no process type, and honcho and foreman pass over it without a word:"
                " no command stands behind the colon",
                "write the command, or remove the line",
            ),
            id="no command",
        ),
        pytest.param(
            "\ufeffweb: a\n",
            line(
                1,
                "` web: a` is no process type, and honcho and foreman pass over it without a word:"
                " it begins with a byte order mark",
                "save the file as UTF-8 without one",
            ),
            id="a byte order mark",
        ),
        pytest.param(
            "---\n",
            line(
                1,
                "`---` is no process type, and honcho and foreman pass over it without a word",
                "write `NAME: COMMAND`, or put a # before it",
            ),
            id="anything else",
        ),
        pytest.param(
            "web: a\nweb: b\n",
            Finding(
                "procfile-line",
                Place("Procfile", 2),
                "the process type web stands in line 1 already:"
                " Heroku takes the last, foreman starts both, and honcho stops with an error",
                "remove one of the two",
                Place("Procfile", 1),
            ),
            id="a name given twice",
        ),
    ],
)
def test_a_line_that_not_everybody_understands_is_a_finding(text: str, finding: Finding) -> None:
    assert read(text, "Procfile").findings == (finding,)


def test_a_long_line_is_shortened_in_its_message() -> None:
    [finding] = read(f"{'x' * 200}\n", "Procfile").findings
    assert finding.message.startswith(f"`{'x' * 59}…` is no process type")


def test_a_process_type_is_found_by_its_name() -> None:
    procfile = read("web: a\nclock:b\n", "Procfile")
    assert procfile.get("web") == ProcessType("web", "a", Place("Procfile", 1), ALL)
    assert procfile.get("worker") is None
    assert [one.name for one in procfile.seen_by("heroku")] == ["web"]


def test_the_order_of_the_file_is_kept_since_honcho_counts_ports_by_it() -> None:
    assert list(process_types("web: a\nrelease: b\nclock: c\n")) == ["web", "release", "clock"]


def test_parity_up_sees_what_honcho_starts() -> None:
    assert process_types("web:a\n clock: b\nworker c\n") == {"web": "a"}
