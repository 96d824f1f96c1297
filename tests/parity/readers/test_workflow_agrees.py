"""What GitHub's own libraries made of the same texts, as corpus/workflow/record.mjs has recorded it."""

import json
from pathlib import Path
from typing import Any

import pytest

from parity.contract.value import Value
from parity.contract.workflow import Job
from parity.readers.expression import UNKNOWN, Result, Unknown, evaluated, spelled
from parity.readers.workflow import read

CORPUS = Path(__file__).parent / "corpus" / "workflow"
RECORDED = json.loads((CORPUS / "recorded.json").read_text())
ASKED = json.loads((CORPUS / "expressions.json").read_text())

# GitHub's library in JavaScript writes numbers as JavaScript does; the runner, which is written in C#, as .NET's G15:
# https://github.com/actions/runner/blob/main/src/Sdk/DTObjectTemplating/ObjectTemplating/Tokens/NumberToken.cs
OF_JAVASCRIPT = {("SMALL", "1.5e-7"): "1.5E-07", ("LONG", "12345678901234568"): "1.23456789012346E+16"}

# A list, which no version, image or variable is.
LISTS = {"matrix.*", "matrix.db.*"}

# Wrong too, but not as a slip of the pen: the right key stands in the same mapping.
NOT_NAMED = {"misspelt.yml (Line: 3, Col: 1): Unexpected value 'job'"}


def lookup(path: tuple[str, ...]) -> Result:
    found: Any = ASKED["context"]
    for key in path:
        if key == "*":
            return UNKNOWN
        entries = found.items() if isinstance(found, dict) else ()
        found = next((value for name, value in entries if name.lower() == key), None)
    if isinstance(found, dict):
        return UNKNOWN
    return float(found) if isinstance(found, int) and not isinstance(found, bool) else found


def ours(text: str) -> str | None:
    result = evaluated(text, lookup)
    return None if isinstance(result, Unknown) else spelled(result)


def test_expressions_come_to_the_same() -> None:
    theirs = {text: result for text, result in RECORDED["expressions"].items() if text not in LISTS}
    assert len(theirs) > 900
    assert sorted(RECORDED["expressions"]) == sorted(ASKED["texts"])
    assert {text: ours(text) for text in theirs} == {
        text: None if isinstance(result, dict) else result for text, result in theirs.items()
    }


def test_a_list_is_not_evaluated_as_said_above() -> None:
    assert {text: ours(text) for text in LISTS} == dict.fromkeys(LISTS)
    assert {RECORDED["expressions"][text] for text in LISTS} == {"Array"}


def mapping(token: Any) -> dict[str, Any]:
    return {entry["Key"]: entry["Value"] for entry in token["map"]} if token else {}


def agrees(values: dict[str, Value], token: Any) -> None:
    """The library leaves expressions as they are; each text of its own is ours."""
    theirs = mapping(token)
    assert list(values) == list(theirs)
    for name, text in theirs.items():
        if isinstance(text, str):
            assert values[name].text == OF_JAVASCRIPT.get((name, text), text), name
        else:
            assert "${{" in values[name].written


@pytest.mark.parametrize("name", sorted(RECORDED["workflows"]))
def test_workflows_say_the_same(name: str) -> None:
    theirs = RECORDED["workflows"][name]["template"]
    found = read((CORPUS / name).read_text(), name)
    agrees(dict(found.env), theirs.get("env"))
    assert sorted(found.events) == sorted(theirs["events"])
    jobs = {job["id"]: job for job in theirs["jobs"]}
    assert [job.id for job in found.jobs if job.id in jobs] == list(jobs)
    for job in found.jobs:
        if job.id in jobs and not RECORDED["workflows"][name]["errors"]:
            same_job(job, jobs[job.id])


def same_job(job: Job, theirs: dict[str, Any]) -> None:
    agrees(dict(job.env), theirs.get("env"))
    services = mapping(theirs.get("services"))
    assert [service.name for service in job.services] == list(services)
    for service in job.services:
        token = mapping(services[service.name])
        agrees(dict(service.env), token.get("env"))
        assert [port.text for port in service.ports] == token.get("ports", {"seq": []})["seq"]
        assert service.image.text == token["image"] or isinstance(token["image"], dict)
    if "ref" in theirs:
        assert job.uses is not None
        assert job.uses.text == theirs["ref"]
        return
    assert len(job.steps) == len(theirs["steps"])
    for step, token in zip(job.steps, theirs["steps"], strict=True):
        agrees(dict(step.env), token.get("env"))
        assert (step.uses.text if step.uses else None) == token.get("uses")
        if isinstance(token.get("run"), str):
            assert step.run is not None
            assert step.run.text == token["run"]


def test_what_github_refuses_is_found() -> None:
    theirs = {error for error in RECORDED["workflows"]["misspelt.yml"]["errors"] if "Unexpected" in error} - NOT_NAMED
    lines = {int(error.split("Line: ")[1].split(",")[0]) for error in theirs}
    findings = read((CORPUS / "misspelt.yml").read_text(), "misspelt.yml").findings
    unknown = {finding.place.line for finding in findings if finding.rule == "unknown-key"}
    # Of a step with both `run` and `uses`, the library takes the second for an unknown key; its place is the key's.
    assert unknown == lines - {24}
    assert {finding.place.line for finding in findings} >= unknown | {22, 23}


def test_what_is_right_has_no_finding() -> None:
    for name, recorded in RECORDED["workflows"].items():
        if not recorded["errors"]:
            findings = read((CORPUS / name).read_text(), name).findings
            assert {finding.rule for finding in findings} <= {"workflow-version-unquoted"}
