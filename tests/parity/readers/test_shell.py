import pytest

from parity.contract.command import Mention, Simple, expand, literal, mentions, same
from parity.contract.dataclass import replace
from parity.contract.dockerfile import CommandLine
from parity.contract.place import Place
from parity.readers.shell import of, program, read


def at(line: int) -> Place:
    return Place("f", line)


def told(text: str) -> list[str]:
    """Each command in short: its operator, ? where it may not run, & in the background, ! for exec, then its words."""
    return [short(one) for one in read(text, "f").commands]


def short(one: Simple) -> str:
    signs = "?" * one.conditional + "&" * one.background + "!" * one.exec
    assignments = [f"{name}={value}" for name, value in one.assignments]
    return " ".join([f"{one.operator}{signs}", *assignments, *(word or "''" for word in one.words)]).strip()


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        pytest.param("", [], id="nothing"),
        pytest.param("# a\n\n", [], id="a comment"),
        pytest.param("gunicorn app.wsgi --log-file -", ["gunicorn app.wsgi --log-file -"], id="words"),
        pytest.param("a && b || c; d | e", ["a", "&& b", "||? c", "; d", "| e"], id="every operator"),
        pytest.param("a & b", ["& a", "& b"], id="in the background"),
        pytest.param("a &&\n\n b", ["a", "&& b"], id="an operator goes on in the next line"),
        pytest.param("a # b\nc", ["a", "; c"], id="a comment behind a command"),
        pytest.param("a#b", ["a#b"], id="a # within a word"),
        pytest.param("A=1 B= c", ["A=1 B= c"], id="variables of one command"),
        pytest.param("env A=1 -u B c", ["A=1 c"], id="the same by env"),
        pytest.param("exec -a x gunicorn y", ["! gunicorn y"], id="exec with an option"),
        pytest.param("A=1 exec env B=2 c", ["! A=1 B=2 c"], id="exec env"),
        pytest.param("exec", ["exec"], id="exec alone is for redirections"),
        pytest.param("a \\\n  b \\\r\n c", ["a b c"], id="a line that goes on"),
        pytest.param(
            "a >b 2>&1 <<E c\n$(x) '\nE\nd", ["a c", "; d"], id="redirections and a here-document are no words"
        ),
        pytest.param("a 2 > b; c 2>d", ["a 2", "; c"], id="a number is a stream's only where it touches"),
        pytest.param("cat <<-'E'\n\tx\n\tE\ny", ["cat", "; y"], id="a here-document with tabs"),
        pytest.param(
            "if a; then b; elif c; then d; else e; fi; f", ["a", ";? b", ";? c", ";? d", ";? e", "; f"], id="if"
        ),
        pytest.param("if ! a; then b; fi", ["a", ";? b"], id="a condition runs, turned round or not"),
        pytest.param("until a; do b; sleep 1; done; c", ["a", ";? b", ";? sleep 1", "; c"], id="a loop that waits"),
        pytest.param("for x in 1 2; do a $x; done", ["? a $x"], id="for"),
        pytest.param("bash -c \"a '$B' '\\$C'\"", ["a $B \\$C"], id="what this shell puts in, and what it leaves"),
        pytest.param("for x; do a; done", ["? a"], id="for over the arguments"),
        pytest.param(
            'case "$1" in\n (web|w) a ;;\n *) b; c\nesac\nd',
            ["? a", ";? b", ";? c", "; d"],
            id="case, its patterns no words",
        ),
        pytest.param("f() { a; }; f", ["? a", "; f"], id="a function runs when it is called"),
        pytest.param("function f { a; }\nfunction g() {\n b\n}\nc", ["? a", ";? b", "; c"], id="bash's functions"),
        pytest.param("{ a; } && ( b; c ) | d", ["a", "; b", "; c", "| d"], id="groups"),
        pytest.param('[ -n "$A" ] && a && b; c', ["[ -n $A ]", "&&? a", "&&? b", "; c"], id="behind a test"),
        pytest.param("[[ a && b > c ]] || d", ["[[ a && b > c ]]", "||? d"], id="operators of a test are its words"),
        pytest.param("((i++)); a=(b c); d", ["a=", "; d"], id="arithmetic and an array are no commands"),
        pytest.param("sh -c 'a && exec b'", ["a", "&& b"], id="sh -c, which itself stays"),
        pytest.param("exec bash -lc 'a; b'", ["a", ";! b"], id="bash puts its last command in its own place"),
        pytest.param("exec sh -c 'a; b'", ["a", "; b"], id="and dash doesn't"),
        pytest.param("exec sh -c 'a; exec b'", ["a", ";! b"], id="unless it is told to"),
        pytest.param("bash -euo pipefail -c \"a '$B'\" x", ["a $B"], id="options with values before -c"),
        pytest.param("x || su app -c 'a; b'", ["x", "||? a", ";? b"], id="su -c, as far as it runs"),
        pytest.param("sh -c \"sh -c 'a \\$B'\"", ["a $B"], id="one in the other"),
        pytest.param("sh script.sh -c a", ["sh script.sh -c a"], id="a script's own -c"),
        pytest.param(
            "a $(b; c) `d; e` ${F:-g h}", ["a $(b; c) `d; e` ${F:-g h}"], id="what is put in stays as written"
        ),
        pytest.param("a 'b", ["a b"], id="a quote that stays open"),
        pytest.param("fi; done; }; esac; ) a", ["a"], id="ends without begins"),
    ],
)
def test_commands(text: str, wanted: list[str]) -> None:
    assert told(text) == wanted


def test_a_command_knows_its_line_and_its_redirections() -> None:
    text = "a\n\nb \\\n c >x 2>&1 && d 'e\nf' g\n<<E h\ni\nE\nj"
    first = Simple(("a",), at(1))
    assert read(text, "f").commands == (
        first,
        Simple(("b", "c"), at(3), operator=";", redirects=((">", "x"), ("2>&", "1"))),
        Simple(("d", "e\nf", "g"), at(4), operator="&&"),
        Simple(("h",), at(6), operator=";", redirects=(("<<", "E"),)),
        Simple(("j",), at(9), operator=";"),
    )
    assert read("a", "f", 7).commands == (replace(first, place=at(7)),)


def test_a_text_of_joined_lines_knows_where_they_were() -> None:
    text = "a  && b  && c"
    assert [one.place.line for one in read(text, "f", joints=((0, 5), (3, 6), (9, 8))).commands] == [5, 6, 8]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param("""a'b c'"d e"f\\ g""", ("ab cd ef g",), id="quotes side by side"),
        pytest.param("'' \"\"", ("", ""), id="empty words"),
        pytest.param("""'$X' "$X" \\$X $X""", ("\\$X", "$X", "\\$X", "$X"), id="a dollar that means itself is marked"),
        pytest.param('"a\\nb\\"\\\\"', ('a\\nb"\\',), id="escapes between double quotes"),
        pytest.param("$'a\\nb' $\"c\"", ("a\nb", "c"), id="bash's own quotes"),
        pytest.param("'$5.00' a$ 100%", ("$5.00", "a$", "100%"), id="dollars that name nothing"),
    ],
)
def test_words(text: str, words: tuple[str, ...]) -> None:
    assert read(f"x {text}", "f").commands[0].words[1:] == words


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        pytest.param("gunicorn a", "gunicorn a", id="none"),
        pytest.param("dumb-init -- nice -n 5 a b", "a b", id="two of them"),
        pytest.param("tini -g -p SIGTERM -- a", "a", id="options with values"),
        pytest.param("gosu app a", "a", id="a user"),
        pytest.param("timeout -k 5 10 a -x", "a -x", id="a time"),
        pytest.param("poetry run a", "a", id="poetry run"),
        pytest.param("poetry install", "poetry install", id="another verb runs nothing of ours"),
        pytest.param("uv run --frozen --with b a --with c", "a --with c", id="uv run with its options"),
        pytest.param("bundle exec puma", "puma", id="bundle exec"),
        pytest.param("newrelic-admin run-program a b", "a b", id="newrelic-admin"),
        pytest.param("ddtrace-run gunicorn a", "gunicorn a", id="ddtrace-run"),
        pytest.param("./wait-for-it.sh db:5432 -t 60 -- honcho run a", "a", id="wait-for-it, then another"),
        pytest.param("wait-for-it.sh db:5432 -t 60", "wait-for-it.sh db:5432 -t 60", id="wait-for-it alone"),
        pytest.param("dockerize -wait tcp://db:5432 -timeout 20s a", "a", id="dockerize"),
        pytest.param("bin/start-pgbouncer a", "a", id="a buildpack's"),
        pytest.param("sudo -E -u app A=1 a", "a", id="sudo"),
        pytest.param("doppler run --config x -- a", "a", id="secrets put in"),
        pytest.param("nohup", "nohup", id="a wrapper of nothing"),
        pytest.param("nice env A=1 a", "a", id="env behind a wrapper"),
        pytest.param("watchmedo auto-restart -d . -- celery worker", "celery worker", id="watchmedo"),
    ],
)
def test_what_runs_behind_wrappers(text: str, wanted: str) -> None:
    assert program(read(text, "f").commands[0]).text == wanted


def test_what_an_instruction_runs() -> None:
    exec_form = CommandLine("exec", ("sh", "-c", "a && exec b $X"), at(3))
    assert [short(one) for one in of(exec_form).commands] == ["a", "&&! b $X"]
    assert of(CommandLine("exec", ("a", "$X"), at(3))).commands == (Simple(("a", "\\$X"), at(3), exec=True),)
    assert of(CommandLine("exec", (), at(3))).commands == ()
    shell_form = CommandLine("shell", ("a && b",), at(3), joints=((0, 3), (3, 4)))
    assert [one.place.line for one in of(shell_form).commands] == [3, 4]
    assert of(CommandLine("shell", ("print(1)",), at(3), ("/usr/bin/env", "python3", "-c"))).commands == ()


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        pytest.param("$A ${A} ${A:-x} ${A-x} ${A:+y}", "1 1 1 1 y", id="a value"),
        pytest.param("$N ${N} ${N:?x}", "$N ${N} ${N:?x}", id="none stays"),
        pytest.param("${N:-x} ${N-x} ${N:=x} ${N:+y}", "x x x ", id="none, with what stands in"),
        pytest.param("$E. ${E:-x} ${E-x} ${E:+y} ${E+y}", ". x   y", id="an empty one"),
        pytest.param("\\$A", "\\$A", id="a dollar that means itself"),
        pytest.param("0.0.0.0:${N:-${A}}", "0.0.0.0:1", id="one within the other"),
        pytest.param("$AB ${A}B", "$AB 1B", id="names end where they end"),
    ],
)
def test_variables_put_in(text: str, wanted: str) -> None:
    assert expand(text, {"A": "1", "E": ""}) == wanted


def test_variables_that_a_text_names() -> None:
    assert list(mentions("$A ${B:-1} ${C:?x} ${D+y} \\$E ${F:-${G}}")) == [
        Mention("A"),
        Mention("B", "1"),
        Mention("C", None, True),
        Mention("D", ""),
        Mention("F", "${G}"),
        Mention("G"),
    ]


def test_spelling_alone_is_no_drift() -> None:
    one = read("gunicorn 'app.wsgi' --bind \"0.0.0.0:${PORT}\"", "f").commands[0]
    other = read("gunicorn app.wsgi --bind 0.0.0.0:$PORT", "f").commands[0]
    assert same(one.words, other.words)
    assert not same(("python", "a"), ("python3", "a"))
    assert not same(("a", "b c"), ("a", "b", "c"))


def test_a_word_as_the_program_gets_it() -> None:
    assert [literal(word) for word in read("a '$X' \\$Y '\\$'", "f").commands[0].words] == ["a", "$X", "$Y", "\\$"]
