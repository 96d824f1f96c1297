"""Lock files that hold another thing than is asked for beside them.

https://python-poetry.org/docs/cli/#lock https://docs.astral.sh/uv/concepts/projects/sync/ https://pipenv.pypa.io/en/latest/locking.html
"""

from __future__ import annotations

from collections.abc import Iterator

from parity.contract.finding import Finding
from parity.contract.packages import Packages, Requirement
from parity.contract.place import Place
from parity.contract.rule import Rule
from parity.contract.version import Stated, allows, parse, ranges, within
from parity.contract.whole import Contract

RULE = Rule(
    "lock-outdated",
    "Versions",
    "warning",
    "A home that installs from the lock file stops or goes without what another one, which resolves anew, has.",
)

DECLARATIONS = {"poetry.lock": "pyproject.toml", "uv.lock": "pyproject.toml", "Pipfile.lock": "Pipfile"}
COMMANDS = {"poetry.lock": "poetry lock", "uv.lock": "uv lock", "Pipfile.lock": "pipenv lock"}


def check(contract: Contract) -> Iterator[Finding]:
    by_file = {one.file: one for one in contract.packages}
    for lock in contract.packages:
        if lock.lock and lock.requirements:
            folder = lock.file.rpartition("/")[0]
            name = DECLARATIONS[lock.format]
            declared = by_file.get(f"{folder}/{name}" if folder else name)
            if declared and declared.requirements:
                yield from compared(declared, lock, contract)


def compared(declared: Packages, lock: Packages, contract: Contract) -> Iterator[Finding]:
    """One finding for all: writing the lock file anew mends them together."""
    wrong = [*problems(declared, lock, contract.look(declared.file) or "")]
    if wrong:
        place, message, other = wrong[0]
        more = f", and {len(wrong) - 1} more" if len(wrong) > 1 else ""
        hint = f"run `{COMMANDS[lock.format]}`, and commit {lock.file}"
        yield Finding(RULE.id, place, f"{message}{more}", hint, other)


Problem = tuple[Place, str, Place]


def problems(declared: Packages, lock: Packages, text: str) -> Iterator[Problem]:
    locked: dict[str, list[Requirement]] = {}
    for one in lock.requirements:
        locked.setdefault(one.name, []).append(one)
    # What is overridden is locked outside of what is asked for, on purpose.
    overridden = "override-dependencies" in text
    for one in declared.requirements:
        # What is for some machines or Pythons alone may be for none that the lock file is made for.
        if one.constraint or one.url or one.marker or one.name in (declared.name, lock.name):
            continue
        there = locked.get(one.name)
        if there is None:
            message = f"{declared.file} asks for {one.written or one.name}, which {lock.file} doesn't hold"
            yield one.place, message, Place(lock.file, 1)
        elif not overridden and not any(suits(one, other) for other in there):
            version = there[0].pinned
            message = f"{declared.file} asks for {one.name}{one.specifier}, and {lock.file} holds {version}"
            yield one.place, message, there[0].place
    yield from python(declared, lock, text)


def suits(wanted: Requirement, locked: Requirement) -> bool:
    """Whether a locked version is one that is asked for, as far as that can be told."""
    version = parse(locked.pinned) if locked.pinned else None
    allowed = ranges(wanted.specifier, wanted.dialect) if wanted.specifier and wanted.specifier != "*" else None
    return version is None or allowed is None or bool(locked.url) or allows(allowed, version)


def python(declared: Packages, lock: Packages, text: str) -> Iterator[Problem]:
    """uv's workspaces lock what suits every member, which no single declaration says."""
    wanted = [one for one in declared.stated if one.what == "python"]
    held = [one for one in lock.stated if one.what == "python"]
    if len(wanted) != 1 or len(held) != 1 or "[tool.uv.workspace]" in text:
        return
    if not equal(wanted[0], held[0]):
        message = f"{declared.file} asks for Python {wanted[0].spec}, and {lock.file} is made for {held[0].spec}"
        yield wanted[0].place, message, held[0].place


def equal(one: Stated, other: Stated) -> bool:
    return within(one, other) is not False and within(other, one) is not False
