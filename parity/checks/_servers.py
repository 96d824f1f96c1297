"""What the servers of the field listen on, by their arguments. Each one's own documentation says so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from parity.contract.command import Simple
from parity.contract.homes import Process
from parity.contract.whole import Contract

LOOPBACK = ("127.0.0.1", "localhost", "[::1]", "::1")


class Bound(NamedTuple):
    """Address and port as written; "" where the server takes its own default, None where that can't be told."""

    server: str
    address: str | None
    port: str | None


def server(simple: Simple) -> str:
    """The server that a command is: gunicorn, also as `python -m gunicorn`; runserver for manage.py's."""
    words = simple.words
    if simple.name.startswith("python") and words[1:2] == ("-m",) and len(words) > 2:
        return words[2].partition(".")[0]
    for word in words[1:4]:
        if word in ("runserver", "runserver_plus"):
            return word
    return simple.name


def serving(process: Process) -> Simple | None:
    """The command of a process that serves: the last one whose server is known."""
    commands = process.command.commands if process.command else ()
    return next((one for one in reversed(commands) if server(one) in SERVERS and not one.background), None)


def value_of(words: Sequence[str], *names: str) -> str | None:
    """The value of the last option of those names: `--bind x`, `--bind=x`, `-b x`, `-bx`."""
    found: str | None = None
    for number, word in enumerate(words):
        for name in names:
            if word == name and number + 1 < len(words):
                found = words[number + 1]
            elif word.startswith(name + "=") and name.startswith("-"):
                found = word[len(name) + 1 :]
            elif len(name) == 2 and word.startswith(name) and len(word) > 2 and not word.startswith("--"):
                found = word[2:]
    return found


def split(bind: str | None) -> tuple[str, str]:
    """Address and port of `0.0.0.0:8000`, `:8000`, `[::]:8000`, `8000`."""
    if not bind:
        return "", ""
    if "$" in bind and ":" not in bind.partition("$")[0] and not bind.partition("$")[0]:
        return ("", bind) if not bind.rpartition("}")[2].startswith(":") else (bind, "")
    address, colon, port = bind.partition(":$") if ":$" in bind else bind.rpartition(":")
    if ":$" in bind:
        return address, "$" + port
    return (address, port) if colon else ("", port) if port.isdigit() else (port, "")


def gunicorn(simple: Simple, contract: Contract) -> Bound:
    """Without --bind: bind of its configuration, else $PORT on every address, else 127.0.0.1:8000."""
    bind = value_of(simple.words, "--bind", "-b")
    if bind is None:
        conf = value_of(simple.words, "--config", "-c")
        for path, file in contract.gunicorn.items():
            named = (
                path.endswith("/" + conf.removeprefix("./")) or path == conf.removeprefix("./")
                if conf
                else path == "gunicorn.conf.py"
            )
            setting = file.settings.get("bind") if named else None
            if setting:
                bind = single(setting.value)
                if bind is not None and not setting.variables:
                    return Bound("gunicorn", *split(bind))
                if "PORT" in setting.variables or not isinstance(setting.value, str):
                    return Bound("gunicorn", "0.0.0.0", "$PORT" if "PORT" in setting.variables else None)
                return Bound("gunicorn", *split(setting.value))
        if conf and not any(path.endswith(conf.rpartition("/")[2]) for path in contract.gunicorn):
            return Bound("gunicorn", None, None)
        return Bound("gunicorn", "0.0.0.0", "$PORT")
    return Bound("gunicorn", *split(bind))


def single(value: object) -> str | None:
    """A literal bind: a text, or a list of one."""
    if isinstance(value, list | tuple) and len(value) == 1:
        value = value[0]
    return value if isinstance(value, str) else None


def by_options(simple: Simple, host: Sequence[str], port: Sequence[str], defaults: tuple[str, str]) -> Bound:
    name = server(simple)
    return Bound(name, value_of(simple.words, *host) or defaults[0], value_of(simple.words, *port) or defaults[1])


def runserver(simple: Simple) -> Bound:
    words = simple.words[simple.words.index(server(simple)) + 1 :]
    told = next((word for word in words if not word.startswith("-")), None)
    address, port = split(told)
    if told and told.isdigit():
        address, port = "127.0.0.1", told
    return Bound(server(simple), address or "127.0.0.1", port or "8000")


def uwsgi(simple: Simple) -> Bound:
    bind = value_of(simple.words, "--http", "--http-socket", "--https", "--socket", "--http11-socket")
    if bind is None:
        return Bound("uwsgi", None, None)
    address, port = split(bind)
    return Bound("uwsgi", address or "0.0.0.0", port)


def flask(simple: Simple) -> Bound:
    if "run" not in simple.words:
        return Bound("flask", None, None)
    return by_options(simple, ("--host", "-h"), ("--port", "-p"), ("127.0.0.1", "5000"))


SERVERS = (
    "gunicorn",
    "uvicorn",
    "daphne",
    "hypercorn",
    "waitress-serve",
    "uwsgi",
    "granian",
    "runserver",
    "runserver_plus",
    "flask",
    "fastapi",
)


def bound(simple: Simple, contract: Contract) -> Bound:
    """Where a server listens."""
    name = server(simple)
    if name == "gunicorn":
        return gunicorn(simple, contract)
    if name in ("runserver", "runserver_plus"):
        return runserver(simple)
    if name == "uwsgi":
        return uwsgi(simple)
    if name == "flask":
        return flask(simple)
    if name == "uvicorn":
        return by_options(simple, ("--host",), ("--port",), ("127.0.0.1", "8000"))
    if name == "fastapi":
        return by_options(
            simple, ("--host",), ("--port",), ("0.0.0.0" if "run" in simple.words else "127.0.0.1", "8000")
        )
    if name == "daphne":
        return by_options(simple, ("-b", "--bind"), ("-p", "--port"), ("127.0.0.1", "8000"))
    if name == "granian":
        return by_options(simple, ("--host",), ("--port",), ("127.0.0.1", "8000"))
    if name == "waitress-serve":
        listen = value_of(simple.words, "--listen")
        if listen:
            address, port = split(listen.replace("*:", "0.0.0.0:"))
            return Bound(name, address or "0.0.0.0", port)
        return by_options(simple, ("--host",), ("--port",), ("0.0.0.0", "8080"))
    bind = value_of(simple.words, "--bind", "-b")
    address, port = split(bind)
    return Bound(name, address or ("127.0.0.1" if bind is None else "0.0.0.0"), port or "8000")


def uses_port(process: Process) -> bool:
    """Whether any of its commands names $PORT."""
    commands = process.command.commands if process.command else ()
    return any(
        "PORT" in word and "$" in word
        for one in commands
        for word in (*one.words, *(value for _, value in one.assignments))
    )


def development(simple: Simple) -> str | None:
    """The development server that a command is, as a person calls it."""
    from parity.tables.programs import serves_development

    words = simple.words
    name = server(simple)
    if name in ("runserver", "runserver_plus"):
        return f"manage.py {name}"
    if not words or not serves_development(simple.name, tuple(words[1:])):
        return None
    return " ".join(words[:2])


def webs(contract: Contract, *kinds: str) -> Iterator[tuple[str, Process]]:
    """The web processes of homes of some kinds, or of all, by home's name."""
    for home in contract.homes:
        if not kinds or home.kind in kinds:
            for process in home.by_role("web"):
                yield home.name, process
