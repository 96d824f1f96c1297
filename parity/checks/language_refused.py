"""Versions of Python that Heroku's buildpack builds: https://devcenter.heroku.com/articles/python-support#supported-python-versions"""

from __future__ import annotations

from collections.abc import Iterator

from parity.checks._versions import buildpack
from parity.contract.finding import Finding
from parity.contract.homes import Statement
from parity.contract.rule import Rule
from parity.contract.version import parse
from parity.contract.whole import Contract
from parity.tables.lifetimes import HEROKU_PYTHON, HEROKU_PYTHON_DEFAULT, HEROKU_PYTHON_REFUSED

RULE = Rule(
    "language-refused",
    "Versions",
    "error",
    "Heroku's buildpack stops the build at it, so nothing that is pushed goes out until it is mended.",
)

# The first that is there counts, and the others aren't read.
FILES = ("runtime.txt", ".python-version")
# By these at the root Heroku tells that an app is Python's: https://devcenter.heroku.com/articles/python-support
DETECTED = (
    "requirements.txt",
    "Pipfile",
    "Pipfile.lock",
    "poetry.lock",
    "uv.lock",
    "pyproject.toml",
    "setup.py",
    "manage.py",
)


def check(contract: Contract) -> Iterator[Finding]:
    if not buildpack(contract) or not any(map(contract.exists, DETECTED)):
        return
    file = next((name for name in FILES if contract.exists(name)), None)
    refused = [one for one in contract.findings if one.rule == RULE.id and one.place.file == file]
    yield from refused
    stated = next((one for one in contract.statements if one.source == file), None)
    if stated and not refused:
        yield from unsupported(stated, contract.today.isoformat())


def unsupported(statement: Statement, today: str) -> Iterator[Finding]:
    """A version that is newer than the table isn't refused by it: Heroku takes one up on the day that it is out."""
    version = parse(statement.stated.spec)
    if version is None or len(version.release) < 2:
        return
    line = version.release[:2]
    oldest = min(parsed(one) for one in HEROKU_PYTHON if today < HEROKU_PYTHON_REFUSED.get(one, "9999"))
    if line < oldest:
        message = f"Heroku's buildpack refuses Python {version.text}: it builds {'.'.join(map(str, oldest))} and newer"
        hint = f"write {'python-' if statement.source == 'runtime.txt' else ''}{HEROKU_PYTHON_DEFAULT}"
        yield Finding(RULE.id, statement.stated.place, message, hint, homes=("heroku",))


def parsed(line: str) -> tuple[int, ...]:
    version = parse(line)
    return version.release if version else ()
