"""A config var that people are told to set, and that nothing reads."""

from __future__ import annotations

from collections.abc import Iterator

from parity.checks._variables import SYSTEM, listed, names_read, patterns, used_by_others
from parity.checks.variable_misspelt import pairs
from parity.contract.finding import Finding
from parity.contract.place import Place
from parity.contract.rule import Rule
from parity.contract.whole import Contract
from parity.tables import services

RULE = Rule(
    "variable-unread",
    "Config vars",
    "note",
    "People set it in every home and believe in it; what it was to change hasn't been changed for as long as nobody reads it.",
)

# Texts other than Python that may read a variable: scripts, other languages, configurations of servers.
TEXTS = (
    ".sh",
    ".bash",
    ".js",
    ".ts",
    ".mjs",
    ".cjs",
    ".jsx",
    ".tsx",
    ".vue",
    ".rb",
    ".go",
    ".php",
    ".ini",
    ".conf",
    ".cfg",
    ".toml",
    ".template",
    ".j2",
)
LARGEST = 200_000


def check(contract: Contract) -> Iterator[Finding]:
    """One finding for each file that declares such variables."""
    if contract.code.dynamic and any(not place.file.startswith("tests/") for place in contract.code.dynamic):
        return
    found = dict(candidates(contract))
    unread = {name for name in found if not mentioned(contract, name)} if found else set()
    files: dict[str, list[tuple[str, Place]]] = {}
    for name, place in found.items():
        if name in unread:
            files.setdefault(place.file, []).append((name, place))
    for rows in files.values():
        names = [name for name, _ in rows]
        are, them = ("are", "them") if len(names) > 1 else ("is", "it")
        message = f"{listed(names)} {are} declared here, and nothing in the repository reads {them}"
        yield Finding(RULE.id, rows[0][1], message, f"remove {them}, or read {them} in the settings")


def candidates(contract: Contract) -> Iterator[tuple[str, Place]]:
    reads = names_read(contract) | used_by_others(contract)
    shapes = patterns(contract.code)
    misspelt = {name for _, (name, _) in pairs(contract)}
    passed = {name for home in contract.homes for service in home.services for name in service.variables}
    addons = {
        variable.name
        for home in contract.homes
        for variable in home.variables.values()
        if variable.source in ("add-on", "platform")
    }
    seen: set[str] = set()
    for name, place in declarations(contract):
        if name in seen or name in reads or name in misspelt or name in passed | addons:
            continue
        seen.add(name)
        if (
            SYSTEM.fullmatch(name)
            or services.category_of_config_var(name)
            or any(shape.fullmatch(name) for shape in shapes)
        ):
            continue
        yield name, place


def declarations(contract: Contract) -> Iterator[tuple[str, Place]]:
    for one in contract.declared:
        if one.source != "comment":
            yield one.name, one.place
    for home in contract.of_kind("heroku", "compose", "fly", "render"):
        for variables in (home.variables, *(process.variables for process in home.processes)):
            for variable in variables.values():
                if variable.source in ("environment", "env_file", "setup.config", "fly", "render", "ENV"):
                    yield variable.name, variable.place


def mentioned(contract: Contract, name: str) -> bool:
    """Whether a text that isn't the declaration's own speaks of it."""
    for path in contract.paths:
        if path.endswith((*TEXTS, ".py")) or path.startswith(("bin/", "scripts/")):
            text = contract.look(path)
            if text and len(text) < LARGEST and name in text:
                return True
    return False
