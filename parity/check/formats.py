"""How findings are shown: to a person, to a program, to code scanning, on a pull request.

https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands#setting-an-error-message
"""

import json
from collections.abc import Callable, Mapping
from typing import Any

from parity.check.judging import Judged
from parity.contract.place import Place
from parity.contract.rule import SEVERITIES, Rule

SCHEMA = "https://raw.githubusercontent.com/dynowiki/dynowiki/main/parity/schema/check-1.json"
SARIF = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json"


def table(judged: list[Judged], rules: Mapping[str, Rule]) -> str:
    """Each finding with the other side and the edit that mends it, the graver first; then the counts."""
    open_ones = [item for item in judged if not item.accepted]
    blocks = ["\n".join(lines(item)) for severity in SEVERITIES for item in open_ones if item.rule.severity == severity]
    return "\n\n".join([*blocks, summary(judged)]) + "\n"


def lines(judged: Judged) -> list[str]:
    finding = judged.finding
    shown = [f"{finding.place}: {judged.rule.severity}: {finding.message} [{finding.rule}]"]
    if finding.other and finding.other != finding.place:
        shown.append(f"  other side: {finding.other}")
    return [*shown, f"  hint: {finding.hint}"]


def summary(judged: list[Judged]) -> str:
    accepted = sum(1 for item in judged if item.accepted)
    behind = f"; {accepted} intended by parity.toml" if accepted else ""
    counts = [
        (sum(1 for item in judged if item.rule.severity == severity and not item.accepted), severity)
        for severity in SEVERITIES
    ]
    told = ", ".join(f"{count} {severity}{'' if count == 1 else 's'}" for count, severity in counts if count)
    if not told:
        return f"no drift found{behind}"
    return f"{told}{behind}; `parity explain ID` says why one matters"


def as_json(judged: list[Judged], rules: Mapping[str, Rule]) -> str:
    """The schema is published: parity/schema/check-1.json."""
    findings = [
        {
            "rule": item.rule.id,
            "severity": item.rule.severity,
            "file": item.finding.place.file,
            "line": item.finding.place.line,
            "message": item.finding.message,
            "hint": item.finding.hint,
            "other": {"file": item.finding.other.file, "line": item.finding.other.line} if item.finding.other else None,
            "homes": list(item.finding.homes),
            "accepted": item.accepted.reason if item.accepted else None,
        }
        for item in judged
    ]
    return json.dumps({"$schema": SCHEMA, "version": 1, "findings": findings}, indent=2) + "\n"


def sarif(judged: list[Judged], rules: Mapping[str, Rule]) -> str:
    """SARIF 2.1.0; what the ledger intends is there as suppressed."""
    used = sorted({item.rule.id for item in judged})
    driver = {
        "name": "parity",
        "informationUri": "https://github.com/dynowiki/dynowiki",
        "rules": [described(rules[id]) for id in used],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [result(item, used) for item in judged],
    }
    return json.dumps({"$schema": SARIF, "version": "2.1.0", "runs": [run]}, indent=2) + "\n"


def described(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.id,
        "shortDescription": {"text": rule.why},
        "helpUri": f"https://github.com/dynowiki/dynowiki/blob/main/parity/pages/{rule.id}.md",
        "defaultConfiguration": {"level": rule.severity},
        "properties": {"tags": [rule.family]},
    }


def result(judged: Judged, used: list[str]) -> dict[str, Any]:
    finding = judged.finding
    whole: dict[str, Any] = {
        "ruleId": finding.rule,
        "ruleIndex": used.index(finding.rule),
        "level": judged.rule.severity,
        "message": {"text": f"{finding.message}. Hint: {finding.hint}."},
        "locations": [located(finding.place)],
    }
    if finding.other:
        whole["relatedLocations"] = [{**located(finding.other), "id": 1, "message": {"text": "the other side"}}]
    if judged.accepted:
        whole["suppressions"] = [{"kind": "external", "justification": judged.accepted.reason}]
    return whole


def located(place: Place) -> dict[str, Any]:
    region = {"startLine": max(place.line, 1)}
    # A path may hold what a URI may not.
    from urllib.parse import quote

    return {"physicalLocation": {"artifactLocation": {"uri": quote(place.file)}, "region": region}}


LEVELS = {"error": "error", "warning": "warning", "note": "notice"}


def github(judged: list[Judged], rules: Mapping[str, Rule]) -> str:
    """Workflow commands, which GitHub shows at the line of a pull request."""
    commands = [command(item) for item in judged if not item.accepted]
    return "\n".join([*commands, summary(judged)]) + "\n"


def command(judged: Judged) -> str:
    finding = judged.finding
    place = f"file={attribute(finding.place.file)},line={max(finding.place.line, 1)},title={attribute('parity ' + finding.rule)}"
    other = f" (other side: {finding.other})" if finding.other else ""
    return f"::{LEVELS[judged.rule.severity]} {place}::{data(f'{finding.message}{other}; hint: {finding.hint}')}"


def data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def attribute(text: str) -> str:
    return data(text).replace(":", "%3A").replace(",", "%2C")


FORMATS: dict[str, Callable[[list[Judged], Mapping[str, Rule]], str]] = {
    "table": table,
    "json": as_json,
    "sarif": sarif,
    "github": github,
}
