"""Configurations of CircleCI, as its reference documents them: what processes one (`circleci config process`) is a server."""

from pathlib import Path

import pytest

from parity.contract.circleci import CircleCI, Container, Job, Orb, Step
from parity.contract.place import Place
from parity.contract.value import Value
from parity.readers.circleci import read
from parity.readers.unreadable import Unreadable

WHOLE = (Path(__file__).parent / "corpus" / "circleci" / "config.yml").read_text()


def at(line: int) -> Place:
    return Place("c.yml", line)


def plain(text: str | None, line: int, written: str | None = None, *, quoted: bool = False) -> Value:
    return Value(text, at(line), written if written is not None else text or "", quoted)


def test_the_first_image_runs_the_steps_and_the_others_are_services() -> None:
    text = (
        "version: 2\njobs:\n  build:\n    docker:\n      - image: cimg/python:3.12\n        environment: {A: 1}\n"
        "      - image: postgres:16\n        name: db\n        environment:\n          POSTGRES_USER: root\n"
        "    environment:\n      B: two\n    working_directory: ~/app\n    steps:\n      - checkout\n"
        "      - run: pip install .\n      - run:\n          name: Test\n          command: |\n            tox\n"
        "          environment: {C: 3}\n          background: true\n"
    )
    assert read(text, "c.yml") == CircleCI(
        file="c.yml",
        jobs=(
            Job(
                name="build",
                place=at(3),
                executor=Container(at(5), plain("cimg/python:3.12", 5), env={"A": plain("1", 6)}),
                services=(Container(at(7), plain("postgres:16", 7), "db", {"POSTGRES_USER": plain("root", 10)}),),
                env={"B": plain("two", 12)},
                steps=(
                    Step(at(15), "checkout"),
                    Step(at(16), "run", run=plain("pip install .", 16)),
                    Step(
                        at(17),
                        "run",
                        "Test",
                        Value("tox\n", at(20), "tox\n", True),
                        env={"C": plain("3", 21)},
                        background=True,
                    ),
                ),
                working_directory=plain("~/app", 13),
            ),
        ),
    )


def test_steps_are_given_the_variables_of_their_image_too() -> None:
    text = "jobs:\n  build:\n    docker: [{image: a, environment: {A: 1, B: 2}}]\n    environment: {B: 3}\n"
    (job,) = read(text, "c.yml").jobs
    assert {name: value.text for name, value in job.given.items()} == {"A": "1", "B": "3"}


def test_parameters_are_put_in_from_workflows_matrices_and_defaults() -> None:
    config = read(WHOLE, "c.yml")
    test, deploy = config.jobs
    assert test.executor is not None
    assert test.executor.image.texts == ("cimg/python:3.11", "cimg/python:3.12")
    assert [service.image.text for service in test.services] == ["cimg/postgres:16"]
    assert [(step.kind, step.run.text if step.run else None) for step in test.steps] == [
        ("checkout", None),
        ("run", "pip install -r dev.txt\n"),
        ("python/install-packages", None),
        ("run", "python manage.py test"),
        ("run", "echo << parameters.python >>"),
        ("run", "echo after"),
    ]
    assert deploy.executor == Container(at(51), plain("cimg/python:3.12", 51, "3.12", quoted=True))
    assert (test.used, deploy.used) == (True, False)
    assert config.orbs == (Orb("python", "circleci/python@2.1.1", at(3)),)
    assert config.contexts == ("aws",)


@pytest.mark.parametrize(
    ("given", "text", "why"),
    [
        ("image: a:<< parameters.v >>", "a:1", "the default"),
        ("image: a:<<parameters.v>>", "a:1", "without blanks"),
        ("image: a:<< parameters.none >>", None, "one that there isn't"),
        ("image: a:<< pipeline.number >>", None, "what only a pipeline knows"),
        ("image: a:<< parameters.v >>-<< parameters.v >>", "a:1-1", "twice"),
        ("image: $CIRCLE_IMAGE", "$CIRCLE_IMAGE", "a variable is a text here"),
    ],
)
def test_a_parameter_in_a_text(given: str, text: str | None, why: str) -> None:
    head = "jobs:\n  build:\n    parameters: {v: {type: string, default: '1'}}\n    docker:\n"
    (job,) = read(f"{head}      - {given}\n", "c.yml").jobs
    assert job.executor is not None
    assert job.executor.image.text == text, why


def test_an_environment_may_be_a_list() -> None:
    text = "jobs:\n  build:\n    machine: true\n    environment:\n      - A: 1\n      - B=x=y\n    steps: [checkout]\n"
    (job,) = read(text, "c.yml").jobs
    assert ({name: value.text for name, value in job.env.items()}, job.kind, job.executor) == (
        {"A": "1", "B": "x=y"},
        "machine",
        None,
    )


def test_commands_that_call_each_other_end() -> None:
    text = "commands:\n  a: {steps: [b, b, b]}\n  b: {steps: [a, a, a]}\njobs:\n  build: {machine: true, steps: [a]}\n"
    assert len(read(text, "c.yml").jobs[0].steps) < 5000


def test_a_misspelt_key_is_a_finding() -> None:
    text = "jobs:\n  build:\n    docker:\n      - image: a\n        enviroment: {A: 1}\n"
    (finding,) = read(text, "c.yml").findings
    assert (finding.rule, finding.place, finding.hint) == (
        "unknown-key",
        at(5),
        "write environment: instead of enviroment:",
    )
    assert read(WHOLE, "c.yml").findings == ()


def test_a_configuration_that_is_made_while_it_runs() -> None:
    assert read("setup: true\njobs: {}\n", "c.yml").dynamic


@pytest.mark.parametrize("text", ["", "- a\n", "jobs: [\n"])
def test_what_is_no_configuration_is_refused(text: str) -> None:
    with pytest.raises(Unreadable):
        read(text, "c.yml")
