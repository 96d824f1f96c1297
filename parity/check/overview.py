"""What was understood of a repository, as a table across its homes: the first thing that a newcomer wants to see."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from parity.contract.homes import Home, Process
from parity.contract.whole import Contract

WIDEST = 60


def table(contract: Contract) -> str:
    """A section each for processes, services, versions and config vars."""
    if not contract.homes:
        named = "Procfile, heroku.yml, compose file, Dockerfile, workflow, devcontainer, fly.toml or render.yaml"
        return f"no home was found: there is no {named}\n"
    sections = [
        ("homes", [["home", "says so", "image", "settings"], *(home_row(home, contract) for home in contract.homes)]),
        ("processes", [["process type", "home", "command", "says so"], *process_rows(contract)]),
        ("services", [["service", "home", "what", "says so"], *service_rows(contract)]),
        ("versions", [["of", "version", "by", "says so"], *version_rows(contract)]),
        ("config vars", variable_rows(contract)),
    ]
    return "\n".join(f"{title}\n{aligned(rows)}" for title, rows in sections if len(rows) > 1)


def home_row(home: Home, contract: Contract) -> list[str]:
    images = dict.fromkeys(process.image for process in home.processes if process.image)
    modules = dict.fromkeys(
        contract.chosen[home.name, process.name].name
        for process in home.processes
        if (home.name, process.name) in contract.chosen
    )
    stack = f" ({home.stack})" if home.stack else ""
    return [home.name + stack, str(home.place), ", ".join(images) or "-", ", ".join(modules) or "-"]


def process_rows(contract: Contract) -> Iterator[list[str]]:
    """Those of CI are its steps, of which there are too many to be shown."""
    found = [(process, home) for home, process in contract.processes() if home.kind not in ("ci", "devcontainer")]
    for process, home in sorted(found, key=lambda pair: pair[0].role):
        name = process.name if process.name == process.role else f"{process.name} ({process.role})"
        yield [name, home.name, said(process), str(process.command.place if process.command else process.place)]


def said(process: Process) -> str:
    text = " ".join((process.command.text if process.command else "?").split())
    return text if len(text) <= WIDEST else text[: WIDEST - 1] + "…"


def service_rows(contract: Contract) -> Iterator[list[str]]:
    for home in contract.homes:
        for service in home.services:
            yield [service.category or service.name, home.name, service.what, str(service.place)]


def version_rows(contract: Contract) -> Iterator[list[str]]:
    found = [(one.stated.what, one.stated.spec, one.source, str(one.stated.place)) for one in contract.statements]
    for row in sorted(dict.fromkeys(found)):
        yield list(row)


def variable_rows(contract: Contract) -> list[list[str]]:
    """A row each, a column for a home: = has a value here, * is set elsewhere, . isn't set."""
    columns = [home for home in contract.homes if home.kind not in ("ci", "image", "devcontainer")]
    reads = {read.name: read for read in contract.code.reads if not read.test and not read.pattern}
    declared = {one.name for one in contract.declared}
    names = sorted({*reads, *declared})
    rows = [["config var", "read", "example", *(home.name for home in columns)]]
    for name in names:
        read = reads.get(name)
        asked = "-" if read is None else "required" if read.required else "optional"
        rows.append([name, asked, "yes" if name in declared else "-", *(mark(home, name) for home in columns)])
    return rows


def mark(home: Home, name: str) -> str:
    found = [
        given[name] for given in (home.variables, *(process.variables for process in home.processes)) if name in given
    ]
    if not found:
        return "."
    return "*" if all(variable.value is None for variable in found) else "="


def aligned(rows: Sequence[Sequence[str]]) -> str:
    widths = [max(len(cell) for cell in column) for column in zip(*rows, strict=True)]
    lines = [
        "  " + "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows
    ]
    return "\n".join(lines) + "\n"
