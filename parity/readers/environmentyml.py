"""Reads conda's environment.yml: https://docs.conda.io/projects/conda/en/latest/user-guide/tasks/manage-environments.html"""

from __future__ import annotations

import re

from parity.contract.finding import Finding
from parity.contract.packages import MAIN, Packages, Requirement, normalised
from parity.contract.place import Place
from parity.contract.version import Kind, Stated
from parity.readers import requirement, tree
from parity.readers.requirement import Refused, shown
from parity.readers.tree import Node

ENTRY = re.compile(r"(?:[\w./-]+::)?(?P<name>[A-Za-z0-9_.-]+)\s*(?P<version>.*)", re.ASCII)


def read(text: str, file: str) -> Packages:
    """conda's own packages, and below `pip:` those of pip. Raises Unreadable for what isn't YAML."""
    found: list[Requirement] = []
    stated: list[Stated] = []
    findings: list[Finding] = []
    dependencies = tree.yaml(text).get("dependencies")
    for entry in dependencies.items() if dependencies else []:
        if below := entry.get("pip"):
            for line in below.items():
                ask(line, file, found, findings)
        elif isinstance(entry.value, str) and (match := ENTRY.fullmatch(entry.value.strip())):
            take(match, Place(file, entry.line), found, stated)
    return Packages(file, "environment.yml", tuple(found), tuple(stated), findings=tuple(findings), groups=(MAIN,))


def take(match: re.Match[str], place: Place, found: list[Requirement], stated: list[Stated]) -> None:
    spec, kind = range_of(match["version"])
    if match["name"] in ("python", "nodejs", "postgresql", "redis") and spec:
        what = {"nodejs": "node", "postgresql": "postgres"}.get(match["name"], match["name"])
        stated.append(Stated(what, spec, place, kind))
    name = match["name"]
    found.append(Requirement(normalised(name), place, specifier=spec, dialect=kind, written=name))


def range_of(text: str) -> tuple[str, Kind]:
    """conda's `=3.11` is every 3.11, `=3.11.*` too, and a build may stand behind: numpy=1.26=py311."""
    text = text.strip()
    if text.startswith("=") and not text.startswith("=="):
        return text[1:].partition("=")[0].removesuffix(".*").removesuffix("*").strip(), "version"
    return text.partition(" ")[0] if text.startswith("==") else text, "pep440"


def ask(line: Node, file: str, found: list[Requirement], findings: list[Finding]) -> None:
    text = line.string() or ""
    if not text or text.startswith("-"):
        return
    try:
        found.append(requirement.read(text, Place(file, line.line), (MAIN,)))
    except Refused as refused:
        message = f"pip refuses `{shown(text)}`: {refused}"
        hint = "write it as pip does: name[extra]==1.2.3"
        findings.append(Finding("requirement-refused", Place(file, line.line), message, hint))
