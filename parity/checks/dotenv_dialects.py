"""A line of a .env that its readers take differently; no specification of the format exists."""

from __future__ import annotations

from collections.abc import Iterator

from parity.contract.dotenv import Dialect, Line, PassThrough
from parity.contract.finding import Finding
from parity.contract.rule import Rule
from parity.contract.whole import Contract

RULE = Rule(
    "dotenv-dialects",
    "Config vars",
    "warning",
    "One file gives two homes two values: a password with a # or a $ in it works under compose and fails under honcho.",
)


def check(contract: Contract) -> Iterator[Finding]:
    """Lines of .env and of the example that it is made from, judged by the readers that homes here use."""
    for path, file in contract.dotenvs.items():
        readers = used(contract, path)
        if len(readers) < 2:
            continue
        for line in file.lines:
            # A blank in an example is there to be filled in.
            if not line.agree(readers) and not (is_example(path) and not any(line.values.values())):
                yield told(line, readers)


def used(contract: Contract, path: str) -> list[Dialect]:
    """compose where it names the file or takes .env, honcho beside a Procfile, django-environ where code reads a .env."""
    root = "/" not in path
    found: list[Dialect] = []
    named = any(
        file.path is not None and related(file.path, path)
        for compose in contract.composes
        for service in compose.services.values()
        for file in service.env_files
    )
    if named or (root and related(".env", path) and any(compose.mentions for compose in contract.composes)):
        found.append("compose")
    if root and related(".env", path) and contract.procfile and contract.home("procfile"):
        found.append("honcho")
    vias = {one.via for one in contract.code.env_files if not one.test}
    if root and related(".env", path) and any("environ" in via for via in vias):
        found.append("django-environ")
    if root and related(".env", path) and any("dotenv" in via for via in vias):
        found.append("python-dotenv")
    return found


def is_example(path: str) -> bool:
    return any(word in path.lower() for word in ("example", "sample", "template", "dist"))


def related(real: str, path: str) -> bool:
    """Whether `path` is that file or an example of it."""
    folder, _, name = path.rpartition("/")
    for word in (".example", ".sample", ".template", ".dist", "-example", "-sample", "example", "sample"):
        name = name.replace(word, "")
    plain = f"{folder}/{name}" if folder else name
    return plain in (real, real.removeprefix(".")) or f".{name}" == real or (not name and real == ".env")


def told(line: Line, readers: list[Dialect]) -> Finding:
    said = "; ".join(f"{reader} {shown(line.values[reader])}" for reader in readers)
    return Finding(
        RULE.id,
        line.place,
        f"{line.name} is not read alike: {said}",
        "use only letters, digits and . / : @ , ? & = + % _ - in the value, without quotes, blanks or a comment behind it",
    )


def shown(value: object) -> str:
    if value is None:
        return "doesn't set it"
    if isinstance(value, PassThrough):
        return "takes the shell's"
    return f"reads {value!r}" if len(str(value)) < 60 else f"reads {str(value)[:50]!r}…"
