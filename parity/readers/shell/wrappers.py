"""Programs that run another one, and where its words begin."""

from __future__ import annotations

from collections.abc import Callable

from parity.contract.command import Simple
from parity.contract.dataclass import replace
from parity.readers.shell.parser import ASSIGNMENT, behind_options, replaced

Words = tuple[str, ...]
# Of a wrapper's words, where those of the program begin; None where it runs none.
Begin = Callable[[Words], int | None]

MOST_NESTED = 10


def program(simple: Simple) -> Simple:
    """What runs once wrappers have done their part; the command itself when it is none."""
    for _ in range(MOST_NESTED):
        begin = WRAPPERS.get(simple.name)
        number = begin(simple.words) if begin else None
        if number is None or number >= len(simple.words):
            return simple
        simple = replaced(replace(simple, words=simple.words[number:]))
    return simple


def options(*valued: str) -> Begin:
    """Behind the options."""
    return lambda words: behind_options(words, 1, valued)


def one(*valued: str) -> Begin:
    """Behind the options and one argument: `gosu user`, `timeout 5`."""

    def begin(words: Words) -> int:
        number = behind_options(words, 1, valued) + 1
        return number + (words[number : number + 1] == ("--",))

    return begin


def dashes(words: Words) -> int | None:
    """Behind the --, if there is one."""
    return words.index("--") + 1 if "--" in words else None


def verb(*verbs: str, valued: tuple[str, ...] = ()) -> Begin:
    """Behind `NAME run` and its options, and nothing of another verb."""

    def begin(words: Words) -> int | None:
        number = behind_options(words, 1, valued)
        return (
            behind_options(words, number + 1, valued)
            if words[number : number + 1] in {(one,) for one in verbs}
            else None
        )

    return begin


def verb_dashes(words: Words) -> int | None:
    return dashes(words) if words[1:2] in (("run",), ("exec",)) else None


def assigning(words: Words) -> int:
    """sudo: behind its options, and the variables that it sets."""
    number = behind_options(words, 1, ("-u", "-g", "-h", "-p", "-C", "-r", "-t", "--user", "--group"))
    while number < len(words) and ASSIGNMENT.match(words[number]):
        number += 1
    return number


def waiting(words: Words) -> int | None:
    """wait-for-it and its kin: behind the --."""
    return dashes(words)


POETRY = ("-C", "--directory", "-P", "--project")
UV = (
    *(
        "--group",
        "--extra",
        "--with",
        "--with-editable",
        "--with-requirements",
        "--python",
        "-p",
        "--env-file",
        "--package",
    ),
    *(
        "--directory",
        "--project",
        "--no-group",
        "--only-group",
        "--index",
        "--index-url",
        "--config-file",
        "--cache-dir",
    ),
)
WAITING = (
    "-wait",
    "-timeout",
    "-wait-retry-interval",
    "-wait-http-header",
    "-template",
    "-stdout",
    "-stderr",
    "-delims",
)

WRAPPERS: dict[str, Begin] = {
    "nice": options("-n", "--adjustment"),
    "ionice": options("-c", "-n", "-p"),
    "nohup": options(),
    "time": options("-f", "-o"),
    "command": options(),
    "setsid": options(),
    "stdbuf": options("-i", "-o", "-e"),
    "timeout": one("-s", "--signal", "-k", "--kill-after"),
    "sudo": assigning,
    "xvfb-run": options("-n", "-s", "-e", "-f", "-w", "-p"),
    "setpriv": options("--reuid", "--regid", "--groups", "--inh-caps", "--bounding-set"),
    "runuser": lambda words: behind_options(words, 3, ()) if words[1:2] in (("-u",), ("--user",)) else None,
    "chpst": options("-u", "-U", "-e", "-n"),
    "dumb-init": options("-r", "--rewrite"),
    "tini": options("-e", "-p"),
    "tini-static": options("-e", "-p"),
    "docker-init": options("-e", "-p"),
    "catatonit": options(),
    "with-contenv": options(),
    "gosu": one(),
    "su-exec": one(),
    "s6-setuidgid": one(),
    "poetry": verb("run", valued=POETRY),
    "pipenv": verb("run"),
    "pdm": verb("run", valued=("-p", "--project")),
    "hatch": verb("run"),
    "uv": verb("run", valued=UV),
    "rye": verb("run"),
    "pixi": verb("run", valued=("-e", "--environment")),
    "bundle": verb("exec"),
    "honcho": verb("run", valued=("-f", "-e", "-d", "-n")),
    "foreman": verb("run", valued=("-f", "-e", "-d")),
    "dotenv": verb("run", valued=("-f", "--file")),
    "doppler": verb("run", valued=("-p", "-c", "--project", "--config")),
    "infisical": verb_dashes,
    "op": verb_dashes,
    "aws-vault": verb_dashes,
    "chamber": dashes,
    "watchmedo": lambda words: dashes(words) if words[1:2] == ("auto-restart",) else None,
    "newrelic-admin": lambda words: 2 if words[1:2] == ("run-program",) else None,
    "ddtrace-run": options(),
    "opentelemetry-instrument": options(
        "--traces_exporter", "--metrics_exporter", "--logs_exporter", "--service_name", "--exporter_otlp_endpoint"
    ),
    "dockerize": options(*WAITING),
    "wait-for-it.sh": waiting,
    "wait-for-it": waiting,
    "wait-for.sh": waiting,
    "wait-for": waiting,
    "start-pgbouncer": options(),
    "start-pgbouncer-stunnel": options(),
    "start-nginx": options(),
    "start-stunnel": options(),
    "qgsocksify": options(),
    "docker-entrypoint.sh": options(),
}
