"""Workflows of GitHub Actions; tests/parity/readers/test_workflow_agrees.py asks GitHub's own libraries."""

from typing import Any

import pytest

from parity.contract.finding import Finding
from parity.contract.place import Place
from parity.contract.value import Value
from parity.contract.workflow import Build, Container, Deploy, Job, SetUp
from parity.readers.unreadable import Unreadable
from parity.readers.workflow import read


def at(line: int) -> Place:
    return Place("ci.yml", line)


def plain(text: str | None, line: int, written: str | None = None, *, quoted: bool = False) -> Value:
    return Value(text, at(line), written if written is not None else text or "", quoted)


def job(text: str) -> Job:
    """The job of a workflow whose lines from the third on are `text`."""
    return read("jobs:\n  a:\n" + text, "ci.yml").jobs[0]


def test_on_is_no_boolean_and_names_the_events() -> None:
    assert read("on: push\njobs: {}\n", "ci.yml").events == ("push",)
    assert read("on: [push, pull_request]\njobs: {}\n", "ci.yml").events == ("push", "pull_request")
    assert read("on:\n  push:\n  schedule:\n    - cron: '0 0 * * *'\n", "ci.yml").events == ("push", "schedule")


def test_a_service_has_its_image_env_ports_and_health() -> None:
    found = job(
        "    services:\n      db:\n        image: postgres:16\n        env:\n          POSTGRES_DB: test\n"
        "        ports: ['5432:5432', 8000]\n        volumes: [a:/b]\n        options: >-\n          --health-cmd pg_isready\n"
        "      cache:\n        image: redis\n    steps: [{run: a}]\n"
    )
    assert found.services == (
        Container(
            name="db",
            place=at(4),
            image=plain("postgres:16", 5),
            env={"POSTGRES_DB": plain("test", 7)},
            ports=(plain("5432:5432", 8, quoted=True), plain("8000", 8)),
            volumes=(plain("a:/b", 9),),
            options=plain("--health-cmd pg_isready", 10, quoted=True),
            healthcheck=True,
        ),
        Container("cache", at(12), plain("redis", 13)),
    )


@pytest.mark.parametrize(
    ("text", "image"),
    [
        pytest.param("    container: python:3.12\n", "python:3.12", id="the image alone"),
        pytest.param("    container:\n      image: python:3.12\n", "python:3.12", id="a mapping"),
        pytest.param("    container: ${{ vars.IMAGE }}\n", None, id="a variable of the repository, which no file says"),
    ],
)
def test_a_container_of_the_job(text: str, image: str | None) -> None:
    container = job(text).container
    assert container is not None
    assert container.image.text == image


def test_env_has_three_levels_and_the_nearest_counts() -> None:
    workflow = read(
        "env:\n  A: 1\n  B: top\njobs:\n  a:\n    env:\n      B: job\n      C: job\n    steps:\n"
        "      - run: a\n        env:\n          C: step\n          D: ${{ secrets.D }}\n",
        "ci.yml",
    )
    (found,) = workflow.jobs
    assert found.environment(found.steps[0]) == {
        "A": plain("1", 2),
        "B": plain("job", 7),
        "C": plain("step", 12),
        "D": plain(None, 13, "${{ secrets.D }}"),
    }
    assert workflow.secrets == {"D": at(13)}


@pytest.mark.parametrize(
    ("script", "exports", "more", "why"),
    [
        ('echo "A=1" >> $GITHUB_ENV', {"A": "1"}, False, "the documented form"),
        ("echo A=b=c >> ${GITHUB_ENV}", {"A": "b=c"}, False, "without quotes"),
        ("echo 'A=$x' >> \"$GITHUB_ENV\"", {"A": "$x"}, False, "single quotes keep a $"),
        ('echo "A=$(date)" >> $GITHUB_ENV', {"A": None}, False, "the shell makes the value"),
        ("cat .env >> $GITHUB_ENV", {}, True, "a file's lines"),
        ("echo A=1 >> $GITHUB_OUTPUT", {}, False, "another file"),
    ],
)
def test_what_a_step_leaves_to_those_behind_it(script: str, exports: dict[str, Any], more: bool, why: str) -> None:
    found = job(f"    steps:\n      - run: |\n          {script}\n      - run: b\n")
    first, second = found.steps
    assert ({name: value.text for name, value in first.exports.items()}, first.exports_more) == (exports, more), why
    assert found.environment(first) == {}
    assert {name: value.text for name, value in found.environment(second).items()} == exports


def test_a_matrix_gives_every_version_with_its_own_place() -> None:
    found = job(
        "    strategy:\n      matrix:\n        python: ['3.11', 3.12]\n        include:\n          - python: '3.13'\n"
        "    steps:\n      - uses: actions/setup-python@v5\n        with:\n          python-version: ${{ matrix.python }}\n"
    )
    assert found.setups == (
        SetUp("python", at(9), (plain("3.11", 5, quoted=True), plain("3.12", 5), plain("3.13", 7, quoted=True))),
    )


PYTHON = "    steps:\n      - uses: actions/setup-python@v5\n        with:\n          python-version"


@pytest.mark.parametrize(
    ("text", "versions", "why"),
    [
        (": '3.10'\n", ["3.10"], "quoted"),
        (": 3.10\n", ["3.1"], "a number loses its last digit"),
        (": 3.11\n", ["3.11"], "a number that loses nothing"),
        (": 3.x\n", ["3.x"], "a text without quotes"),
        (": |\n            3.10\n            3.11\n", ["3.10", "3.11"], "several"),
        (": ${{ vars.PYTHON }}\n", [None], "no file says it"),
        (": ${{ env.PYTHON }}\n", [None], "an env that there isn't"),
        ("-file: .python-version\n", [], "a file's"),
    ],
)
def test_the_python_of_a_step(text: str, versions: list[str | None], why: str) -> None:
    (setup,) = job(PYTHON + text).setups
    assert [version.text for version in setup.versions] == versions, why
    assert (setup.file.text if setup.file else None) == (".python-version" if "file" in text else None)


def test_a_number_that_loses_a_digit_is_a_finding() -> None:
    matrix = "    strategy:\n      matrix:\n        python: [3.9, 3.10]\n" + PYTHON + ": ${{ matrix.python }}\n"
    assert read("jobs:\n  a:\n" + matrix, "ci.yml").findings == (
        Finding(
            "workflow-version-unquoted",
            at(5),
            "python-version 3.10 without quotes is the number 3.1",
            'write "3.10"',
            at(7),
        ),
    )
    assert read("jobs:\n  a:\n" + PYTHON + ": '3.10'\n", "ci.yml").findings == ()


def test_versions_of_other_languages() -> None:
    found = job(
        "    steps:\n      - uses: actions/setup-node@v4\n        with: {node-version: 22}\n"
        "      - uses: astral-sh/setup-uv@v6\n        with: {python-version: '3.13', version: '0.5'}\n"
        "      - uses: actions/setup-node@v4\n        with: {node-version-file: ./web/.nvmrc}\n"
    )
    assert found.setups == (
        SetUp("node", at(4), (plain("22", 5),)),
        SetUp("uv", at(6), (plain("0.5", 7, quoted=True),)),
        SetUp("python", at(6), (plain("3.13", 7, quoted=True),)),
        SetUp("node", at(8), (), plain("web/.nvmrc", 9, "./web/.nvmrc")),
    )


@pytest.mark.parametrize(
    ("matrix", "combinations", "why"),
    [
        ("{a: [1, 2], b: [x]}", [{"a": "1", "b": "x"}, {"a": "2", "b": "x"}], "crossed"),
        ("{a: [1, 2], exclude: [{a: 1}]}", [{"a": "2"}], "one is taken out"),
        ("{a: [1], include: [{a: 1, b: 2}]}", [{"a": "1", "b": "2"}], "one is widened"),
        ("{a: [1], include: [{b: 2}]}", [{"a": "1", "b": "2"}], "all are widened"),
        ("{a: [1], include: [{a: 2, b: 3}]}", [{"a": "1"}, {"a": "2", "b": "3"}], "one more"),
        ("{a: [1], include: [{b: 2}, {b: 3}]}", [{"a": "1", "b": "3"}], "what was added may be changed"),
        ("{include: [{a: 1}, {a: 2}]}", [{"a": "1"}, {"a": "2"}], "nothing but those"),
        ("{a: [{x: 1, y: 2}]}", [{"a.x": "1", "a.y": "2"}], "mappings"),
        ("{a: '${{ fromJSON(needs.x.outputs.y) }}'}", None, "another job makes it"),
        ("${{ fromJSON(needs.x.outputs.y) }}", None, "another job makes all of it"),
        ("{a: [1, 2, 3, 4, 5], exclude: [{a: 1}, {a: 2}, {a: 3}, {a: 4}, {a: 5}]}", [{}], "nothing left"),
    ],
)
def test_a_matrix_is_expanded_as_documented(matrix: str, combinations: list[dict[str, str]] | None, why: str) -> None:
    found = job(f"    strategy:\n      matrix: {matrix}\n    steps: [{{run: a}}]\n").matrix
    texts = None if found is None else [{key: value.text for key, value in one.items()} for one in found]
    assert texts == combinations, why


def test_the_documented_example_of_include() -> None:
    """https://docs.github.com/en/actions/how-tos/write-workflows/choose-what-workflows-do/run-job-variations"""
    found = job(
        "    strategy:\n      matrix:\n        fruit: [apple, pear]\n        animal: [cat, dog]\n        include:\n"
        "          - color: green\n          - color: pink\n            animal: cat\n          - fruit: apple\n"
        "            shape: circle\n          - fruit: banana\n          - fruit: banana\n            animal: cat\n"
    ).matrix
    assert found is not None
    assert [{key: value.text for key, value in one.items()} for one in found] == [
        {"fruit": "apple", "animal": "cat", "color": "pink", "shape": "circle"},
        {"fruit": "apple", "animal": "dog", "color": "green", "shape": "circle"},
        {"fruit": "pear", "animal": "cat", "color": "pink"},
        {"fruit": "pear", "animal": "dog", "color": "green"},
        {"fruit": "banana"},
        {"fruit": "banana", "animal": "cat"},
    ]


def test_a_service_image_by_the_matrix() -> None:
    found = job(
        "    strategy:\n      matrix:\n        pg: [15, 17]\n    services:\n      db:\n        image: postgres:${{ matrix.pg }}\n"
    )
    assert found.services[0].image == Value(
        None,
        at(8),
        "postgres:${{ matrix.pg }}",
        among=(
            plain("postgres:15", 8, "postgres:${{ matrix.pg }}"),
            plain("postgres:17", 8, "postgres:${{ matrix.pg }}"),
        ),
    )
    assert found.services[0].image.texts == ("postgres:15", "postgres:17")


def test_a_service_that_only_some_of_the_matrix_have() -> None:
    found = job(
        "    strategy:\n      matrix:\n        db: [postgres, sqlite]\n    services:\n      db:\n"
        "        image: ${{ matrix.db == 'postgres' && 'postgres:16' || '' }}\n"
    )
    assert found.services[0].image.texts == ("postgres:16", "")


@pytest.mark.parametrize(
    ("text", "script", "line", "why"),
    [
        ("run: make test", "make test", 4, "one line"),
        ("run: |\n          a\n          b", "a\nb\n", 5, "below a bar"),
        ("run: >- # why\n          a\n          b", "a b", 5, "folded"),
        ("run: echo ${{ github.sha }}", "echo ${{ github.sha }}", 4, "what the runner puts in stays as it is written"),
        ("run: echo ${{ env.A }} ${{ github.x }}", "echo 1 ${{ github.x }}", 4, "what is known is put in"),
    ],
)
def test_a_script_has_the_place_of_its_first_line(text: str, script: str, line: int, why: str) -> None:
    workflow = read(f"jobs:\n  a:\n    steps:\n      - {text}\n        env: {{A: 1}}\n", "ci.yml")
    run = workflow.jobs[0].steps[0].run
    assert run is not None
    assert (run.text, run.place) == (script, at(line)), why


@pytest.mark.parametrize(
    ("text", "folder", "why"),
    [
        ("jobs:\n  a:\n    steps:\n      - run: a\n", None, "the root"),
        ("jobs:\n  a:\n    steps:\n      - run: a\n        working-directory: ./x/\n", "x", "the step's"),
        ("jobs:\n  a:\n    defaults: {run: {working-directory: y}}\n    steps: [{run: a}]\n", "y", "the job's"),
        ("defaults: {run: {working-directory: z}}\njobs:\n  a:\n    steps: [{run: a}]\n", "z", "the workflow's"),
        ("defaults: {run: {working-directory: z}}\njobs:\n  a:\n    steps: [{uses: a}]\n", None, "of an action none"),
    ],
)
def test_the_folder_of_a_script(text: str, folder: str | None, why: str) -> None:
    found = read(text, "ci.yml").jobs[0].steps[0].working_directory
    assert (found.text if found else None) == folder, why


@pytest.mark.parametrize(
    ("given", "build", "why"),
    [
        ("push: true", Build(at(4), Value("", at(4)), push=True), "the repository, from git"),
        ("context: .", Build(at(4), plain("", 6, ".")), "the root"),
        ("context: ./app", Build(at(4), plain("app", 6, "./app")), "a folder"),
        (
            'context: "{{defaultContext}}:app"',
            Build(at(4), plain("app", 6, "{{defaultContext}}:app", quoted=True)),
            "git's",
        ),
        ("context: https://x.y/z.git", Build(at(4), plain(None, 6, "https://x.y/z.git")), "another repository"),
        (
            "file: ./docker/Dockerfile\n          target: prod\n"
            "          build-args: |\n            A=1\n            B=${{ vars.B }}",
            Build(
                at(4),
                Value("", at(4)),
                plain("docker/Dockerfile", 6, "./docker/Dockerfile"),
                plain("prod", 7),
                {"A": plain("1", 9), "B": plain(None, 10, "${{ vars.B }}")},
            ),
            "all of it",
        ),
    ],
)
def test_a_build_of_an_image(given: str, build: Build, why: str) -> None:
    found = job(f"    steps:\n      - uses: docker/build-push-action@v6\n        with:\n          {given}\n")
    assert found.builds == (build,), why


def test_a_deploy_to_heroku() -> None:
    inputs = "heroku_app_name: mine\n          usedocker: true\n          appdir: app\n          stack: container\n"
    (found,) = job(f"    steps:\n      - uses: AkhileshNS/heroku-deploy@v3\n        with:\n          {inputs}").deploys
    assert found == Deploy(
        platform="heroku",
        place=at(4),
        app=plain("mine", 6),
        docker=True,
        processes=("web",),
        stack=plain("container", 9),
        folder=plain("app", 8),
        inputs=found.inputs,
    )
    assert list(found.inputs) == ["heroku_app_name", "usedocker", "appdir", "stack"]


def test_a_reusable_workflow_is_named() -> None:
    found = job("    uses: ./.github/workflows/b.yml\n    needs: [b, c]\n    if: github.ref == 'x'\n")
    assert (found.uses, found.needs, found.condition) == (
        plain("./.github/workflows/b.yml", 3),
        ("b", "c"),
        "github.ref == 'x'",
    )


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        (
            "name: a\n",
            Finding("workflow-refused", at(1), "the workflow has no jobs", "write jobs: with a job below it"),
        ),
        (
            "jobs:\n  a:\n    steps:\n      - run: a\n        timeout-minuets: 1\n",
            Finding(
                "unknown-key",
                at(5),
                "a step has no key timeout-minuets",
                "write timeout-minutes: instead of timeout-minuets:",
            ),
        ),
        (
            "jobs:\n  a:\n    service: {}\n    steps: [{run: a}]\n",
            Finding("unknown-key", at(3), "the job a has no key service", "write services: instead of service:"),
        ),
    ],
)
def test_what_github_refuses_is_a_finding(text: str, finding: Finding) -> None:
    assert read(text, "ci.yml").findings == (finding,)


def test_what_is_no_workflow_is_refused() -> None:
    for text in ("", "- a\n", "a: [\n", "a: 1\na: 2\n"):
        with pytest.raises(Unreadable):
            read(text, "ci.yml")
