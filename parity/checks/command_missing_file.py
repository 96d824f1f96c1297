"""A command that runs a file that isn't there: https://devcenter.heroku.com/articles/procfile"""

from __future__ import annotations

from collections.abc import Iterator

from parity.checks._files import find, used
from parity.contract.finding import Finding
from parity.contract.place import Place
from parity.contract.rule import Rule
from parity.contract.whole import Contract

RULE = Rule(
    "command-missing-file",
    "References",
    "error",
    "The process ends with `No such file or directory` as soon as it starts, on every dyno and in every container.",
)


def check(contract: Contract) -> Iterator[Finding]:
    """One finding for each place that names a file, with the homes that it bites."""
    found: dict[tuple[Place, str], list[str]] = {}
    written: dict[tuple[Place, str], tuple[str, str]] = {}
    for one in used(contract):
        where = find(contract, one)
        if where.state == "missing":
            key = (one.simple.place, where.path)
            found.setdefault(key, []).append(one.home.name)
            written.setdefault(key, (one.path, one.process.name))
    for key, homes in found.items():
        place, path = key
        said, process = written[key]
        names = tuple(dict.fromkeys(homes))
        yield Finding(
            RULE.id,
            place,
            f"{process} runs {said} in {', '.join(names)}, and the repository has no {path}",
            alike(contract, path),
            homes=names,
        )


def alike(contract: Contract, path: str) -> str:
    """The edit: the file of that name, when one folder alone has it."""
    name = path.rpartition("/")[2]
    others = [one for one in contract.paths if one.rpartition("/")[2] == name]
    return f"write {others[0]}, which is there" if len(others) == 1 else f"add {path}, or correct the command"
