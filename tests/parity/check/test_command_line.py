"""`parity check`, `explain` and `contract` as a person types them."""

import json
import os
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

ROOT = Path(__file__).resolve().parents[3]
SARIF = Path(__file__).parents[1] / "schemas/sarif-2.1.0.json"

WEB = "web: gunicorn shop.wsgi --bind 0.0.0.0:8000\n"
FINDING = """\
Procfile:1: error: gunicorn of web in heroku listens on the fixed port 8000, and Heroku gives it another in $PORT [port-not-bound]
  hint: write $PORT in its place; with a default where no home sets it: ${PORT:-8000}
"""


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    (tmp_path / "Procfile").write_text(WEB)
    (tmp_path / "requirements.txt").write_text("gunicorn==23.0.0\n")
    (tmp_path / "shop").mkdir()
    (tmp_path / "shop/wsgi.py").write_text("application = None\n")
    (tmp_path / "shop/__init__.py").write_text("")
    return tmp_path


def parity(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    argv = [sys.executable, "-m", "parity", *arguments]
    return subprocess.run(
        argv,
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_a_finding_says_the_line_what_is_wrong_and_the_edit_and_ends_with_1(repository: Path) -> None:
    done = parity(repository, "check")
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout == f"{FINDING}\n1 error; `parity explain ID` says why one matters\n"


def test_another_folder_can_be_named(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    assert parity(elsewhere, "check", str(repository)).stdout.startswith(FINDING)


def test_without_drift_it_says_so_and_ends_with_0(repository: Path) -> None:
    (repository / "Procfile").write_text("web: gunicorn shop.wsgi --bind 0.0.0.0:$PORT\n")
    done = parity(repository, "check")
    assert (done.returncode, done.stdout, done.stderr) == (0, "no drift found\n", "")


@pytest.mark.parametrize(
    ("arguments", "code", "shown"),
    [
        (["--only", "port-not-bound"], 1, True),
        (["--only", "python-differs"], 0, False),
        (["--home", "heroku"], 1, True),
        (["--home", "procfile"], 0, False),
        (["--severity", "error"], 1, True),
    ],
)
def test_findings_can_be_chosen(repository: Path, arguments: list[str], code: int, shown: bool) -> None:
    done = parity(repository, "check", *arguments)
    assert (done.returncode, FINDING in done.stdout) == (code, shown)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (
            ["check", "nowhere"],
            "parity: nowhere is no folder [no-folder]\nhint: name the root of a repository: parity check PATH\n",
        ),
        (
            ["check", "--only", "port-not-bond"],
            "parity: parity has no rule port-not-bond [unknown-rule]\n"
            "hint: did you mean port-not-bound? `parity explain` lists them all\n",
        ),
        (
            ["check", "--home", "moon"],
            "parity: there is no home moon here [unknown-home]\nhint: the homes here are heroku, procfile\n",
        ),
        (
            ["explain", "zzz"],
            "parity: parity has no rule zzz [unknown-rule]\nhint: `parity explain` lists them all\n",
        ),
    ],
)
def test_wrong_usage_ends_with_2_and_says_what_to_type(repository: Path, arguments: list[str], said: str) -> None:
    done = parity(repository, *arguments)
    assert (done.returncode, done.stdout, done.stderr) == (2, "", said)


def test_json_is_as_its_schema_says(repository: Path) -> None:
    done = parity(repository, "check", "--format", "json")
    whole = json.loads(done.stdout)
    jsonschema.validate(whole, json.loads((ROOT / "parity/schema/check-1.json").read_text()))
    assert [(one["rule"], one["file"], one["line"]) for one in whole["findings"]] == [("port-not-bound", "Procfile", 1)]


def test_sarif_is_as_its_standard_says(repository: Path) -> None:
    done = parity(repository, "check", "--format", "sarif")
    whole = json.loads(done.stdout)
    jsonschema.validate(whole, json.loads(SARIF.read_text()))
    result = whole["runs"][0]["results"][0]
    assert (result["ruleId"], result["level"]) == ("port-not-bound", "error")
    assert result["locations"][0]["physicalLocation"] == {
        "artifactLocation": {"uri": "Procfile"},
        "region": {"startLine": 1},
    }


def test_github_gets_a_command_for_each_line(repository: Path) -> None:
    done = parity(repository, "check", "--format", "github")
    assert done.stdout.splitlines()[0] == (
        "::error file=Procfile,line=1,title=parity port-not-bound::gunicorn of web in heroku listens on the fixed port 8000, "
        "and Heroku gives it another in $PORT; "
        "hint: write $PORT in its place; with a default where no home sets it: ${PORT:-8000}"
    )


def test_an_intended_difference_is_noted_with_its_reason_and_found_no_more(repository: Path) -> None:
    (repository / "parity.toml").write_text('[up]\nname = "Shop"\n')
    done = parity(repository, "check", "--accept", "port-not-bound", "--reason", 'a proxy on "8000" binds $PORT')
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.endswith("parity.toml: 1 intended difference added\n")
    assert (repository / "parity.toml").read_text() == (
        '[up]\nname = "Shop"\n\n[[accept]]\nrule = "port-not-bound"\nwhere = "Procfile"\n'
        'reason = "a proxy on \\"8000\\" binds $PORT"\n'
    )
    again = parity(repository, "check")
    assert (again.returncode, again.stdout) == (0, "no drift found; 1 intended by parity.toml\n")
    accepted = json.loads(parity(repository, "check", "--format", "json").stdout)["findings"][0]["accepted"]
    assert accepted == 'a proxy on "8000" binds $PORT'
    suppressed = json.loads(parity(repository, "check", "--format", "sarif").stdout)["runs"][0]["results"][0]
    assert suppressed["suppressions"] == [{"kind": "external", "justification": 'a proxy on "8000" binds $PORT'}]


def test_without_a_terminal_a_reason_must_be_given(repository: Path) -> None:
    done = parity(repository, "check", "--accept", "port-not-bound")
    assert done.returncode == 1
    assert done.stderr == 'parity: an intended difference needs a reason [no-reason]\nhint: give it: --reason "…"\n'
    assert not (repository / "parity.toml").exists()


def test_what_is_not_found_cannot_be_accepted(repository: Path) -> None:
    done = parity(repository, "check", "--accept", "python-differs", "--reason", "so")
    assert (done.returncode, done.stderr) == (
        1,
        "parity: nothing is found of python-differs, so there is nothing to accept [nothing-to-accept]\n"
        "hint: `parity check` shows what is\n",
    )


def test_explain_prints_the_page_and_lists_the_rules(repository: Path) -> None:
    page = parity(repository, "explain", "port-not-bound")
    assert page.stdout == (ROOT / "parity/pages/port-not-bound.md").read_text()
    listed = parity(repository, "explain").stdout
    assert "Processes\n" in listed
    assert "  port-not-bound" in listed


def test_contract_shows_the_homes_and_their_processes(repository: Path) -> None:
    lines = parity(repository, "contract").stdout.splitlines()
    assert lines[0] == "homes"
    assert "  heroku (buildpack)  Procfile:1  -      -" in lines
    assert any(line.split() == ["web", "heroku", *WEB.split()[1:], "Procfile:1"] for line in lines)


def test_a_folder_without_a_home_says_what_was_looked_for(tmp_path: Path) -> None:
    done = parity(tmp_path, "contract")
    assert done.stdout.startswith("no home was found: there is no Procfile, heroku.yml")
    assert parity(tmp_path, "check").stdout == "no drift found\n"


def test_nothing_is_written(repository: Path) -> None:
    before = sorted((str(path), path.stat().st_mtime_ns) for path in repository.rglob("*"))
    for command in (["check"], ["contract"], ["check", "--format", "sarif"]):
        parity(repository, *command)
    assert sorted((str(path), path.stat().st_mtime_ns) for path in repository.rglob("*")) == before
