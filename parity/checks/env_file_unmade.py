"""An env_file that everybody makes for themselves: https://docs.docker.com/reference/compose-file/services/#env_file"""

from __future__ import annotations

from collections.abc import Iterator

from parity.checks._examples import example
from parity.contract.finding import Finding
from parity.contract.place import Place
from parity.contract.rule import Rule
from parity.contract.whole import Contract

RULE = Rule(
    "env-file-unmade",
    "References",
    "note",
    "`docker compose up` stops in a fresh clone until somebody has made the file.",
)


def check(contract: Contract) -> Iterator[Finding]:
    """One finding for each file that isn't there and that git doesn't keep, or that has an example."""
    seen: set[str] = set()
    for number, project in enumerate(contract.composes):
        for service in project.services.values():
            for file in service.env_files:
                if not file.required or not file.missing or not file.path or file.path in seen:
                    continue
                template = example(contract, file.path)
                if template or contract.ignored(file.path):
                    seen.add(file.path)
                    beside = f": {template} is its example" if template else ", and it has no example"
                    yield Finding(
                        RULE.id,
                        file.place,
                        f"{service.name} takes its variables from {file.path}, which a fresh clone hasn't{beside}",
                        f"cp {template} {file.path}" if template else f"add {file.path}.example",
                        Place(template, 1) if template else None,
                        ("compose" if not number else f"compose:{project.file}",),
                    )
