import pytest

from parity import processes
from parity.contract.order import Choice, Engine
from parity.errors import UserError
from parity.homes import choice
from parity.homes.choice import choose

ANSWERS = Engine(version="26.1.5")
SILENT = Engine(problem="no Docker engine answers")


@pytest.fixture(autouse=True)
def by_make(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MAKELEVEL", "1")


@pytest.mark.parametrize(
    ("asked", "engine", "compose_file", "chosen"),
    [
        ("auto", ANSWERS, True, Choice("compose", "because a Docker engine answers (26.1.5)", forced=False)),
        ("auto", SILENT, True, Choice("embedded", "because no Docker engine answers", forced=False)),
        ("auto", ANSWERS, False, Choice("embedded", "because the repository has no compose file", forced=False)),
        ("compose", ANSWERS, True, Choice("compose", "as asked", forced=True)),
        ("honcho", ANSWERS, True, Choice("honcho", "as asked", forced=True)),
        ("embedded", SILENT, False, Choice("embedded", "as asked", forced=True)),
    ],
)
def test_the_home_and_why(asked: str, engine: Engine, compose_file: bool, chosen: Choice) -> None:
    assert choose(asked, engine, compose_file) == chosen


@pytest.mark.parametrize("asked", ["compose", "honcho"])
def test_a_forced_home_without_an_engine_is_refused(asked: str) -> None:
    with pytest.raises(UserError) as caught:
        choose(asked, SILENT, True)
    assert str(caught.value) == (
        f"the {asked} home needs containers, and no Docker engine answers [no-engine]\n"
        "hint: start Docker, or `make up IN=embedded`, which needs none"
    )


@pytest.mark.parametrize(
    ("info", "version", "engine"),
    [
        (processes.Finished(0, "26.1.5\n"), processes.Finished(0, "2.26.1\n"), Engine(version="26.1.5")),
        (processes.Finished(127, "docker: not found"), None, Engine(problem="docker is not installed")),
        (processes.Finished(124, "docker: no answer"), None, Engine(problem="the Docker engine hangs")),
        (processes.Finished(0, "\n"), None, Engine(problem="no Docker engine answers")),
        (
            processes.Finished(1, "Cannot connect to the Docker daemon"),
            None,
            Engine(problem="no Docker engine answers"),
        ),
        (
            processes.Finished(1, "permission denied while trying to connect"),
            None,
            Engine(problem="this user may not talk to the Docker engine"),
        ),
        (
            processes.Finished(0, "26.1.5\n"),
            processes.Finished(1, "docker: 'compose' is not a docker command."),
            Engine(problem="this docker has no `docker compose`"),
        ),
    ],
)
def test_the_engine_is_asked_and_not_the_client(
    info: processes.Finished, version: processes.Finished | None, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = {"info": info, "compose": version}
    monkeypatch.setattr(processes, "captured", lambda argv, seconds: said[argv[1]])
    assert choice.probe() == engine
