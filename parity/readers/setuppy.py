"""Reads what setup.py says by literals: https://setuptools.pypa.io/en/latest/references/keywords.html"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from parity.contract.finding import Finding
from parity.contract.packages import MAIN, Packages, Script, normalised
from parity.contract.place import Place
from parity.contract.version import Stated
from parity.readers import requirement
from parity.readers.requirement import Refused, shown
from parity.readers.unreadable import Unreadable

# A literal of the source: its text, and its line.
Literal = tuple[str, int]


def read(text: str, file: str) -> Packages:
    """Raises Unreadable for what isn't Python."""
    module = parsed(text)
    names = assigned(module)
    keywords = {
        keyword.arg: resolved(keyword.value, names)
        for call in ast.walk(module)
        if isinstance(call, ast.Call) and called(call) == "setup"
        for keyword in call.keywords
        if keyword.arg
    }
    asked = list(asked_for(keywords, names))
    found, findings = [], []
    for (entry, line), group in asked:
        try:
            found.append(requirement.read(entry, Place(file, line), (group,)))
        except Refused as refused:
            message = f"setuptools refuses `{shown(entry)}`: {refused}"
            findings.append(
                Finding("requirement-refused", Place(file, line), message, "write it as name[extra]>=1.2,<2")
            )
    versions = strings(keywords.get("python_requires"))
    return Packages(
        file=file,
        format="setup.py",
        requirements=tuple(found),
        stated=tuple(Stated("python", spec, Place(file, line), "pep440") for spec, line in versions),
        scripts=tuple(programs(keywords.get("entry_points"), names, file)),
        findings=tuple(findings),
        name=next((normalised(name) for name, _ in strings(keywords.get("name"))), ""),
        groups=tuple(dict.fromkeys(group for _, group in asked)),
    )


def parsed(text: str) -> ast.Module:
    try:
        return ast.parse(text)
    except SyntaxError as error:
        raise Unreadable(error.lineno or 1, f"not Python: {error.msg}", "mend that line") from None
    except (ValueError, RecursionError, MemoryError):
        raise Unreadable(1, "not Python that can be read", "write it plainer") from None


def assigned(module: ast.Module) -> dict[str, ast.expr]:
    """The values of names that the module gives a value once, at its top."""
    found: dict[str, ast.expr] = {}
    twice: set[str] = set()
    for statement in module.body:
        if (
            isinstance(statement, ast.Assign)
            and len(statement.targets) == 1
            and isinstance(statement.targets[0], ast.Name)
        ):
            name = statement.targets[0].id
            if name in found:
                twice.add(name)
            found[name] = statement.value
    return {name: value for name, value in found.items() if name not in twice}


def called(call: ast.Call) -> str:
    return (
        call.func.id
        if isinstance(call.func, ast.Name)
        else call.func.attr
        if isinstance(call.func, ast.Attribute)
        else ""
    )


def resolved(value: ast.expr | None, names: dict[str, ast.expr]) -> ast.expr | None:
    return names.get(value.id) if isinstance(value, ast.Name) else value


def strings(value: ast.expr | None) -> Iterator[Literal]:
    """A literal string, or those of a literal list."""
    entries = value.elts if isinstance(value, ast.List | ast.Tuple | ast.Set) else [value] if value else []
    for entry in entries:
        if isinstance(entry, ast.Constant) and isinstance(entry.value, str):
            yield entry.value, entry.lineno


def lines(value: ast.expr | None) -> Iterator[Literal]:
    """The dependencies of a list, or those of a string of several lines."""
    for text, line in strings(value):
        for behind, entry in enumerate(text.splitlines()):
            if entry.strip() and not entry.strip().startswith("#"):
                yield entry.strip(), line + behind


def entries(value: ast.expr | None, names: dict[str, ast.expr]) -> Iterator[tuple[str, ast.expr | None]]:
    if isinstance(value, ast.Dict):
        for key, entry in zip(value.keys, value.values, strict=True):
            if isinstance(key, ast.Constant) and isinstance(key.value, str):
                yield key.value, resolved(entry, names)


def asked_for(keywords: dict[str, ast.expr | None], names: dict[str, ast.expr]) -> Iterator[tuple[Literal, str]]:
    for entry in lines(keywords.get("install_requires")):
        yield entry, MAIN
    for extra, value in entries(keywords.get("extras_require"), names):
        for entry in lines(value):
            yield entry, f"extra:{normalised(extra)}"


def programs(value: ast.expr | None, names: dict[str, ast.expr], file: str) -> Iterator[Script]:
    for section, listed in entries(value, names):
        if section in ("console_scripts", "gui_scripts"):
            for text, line in lines(listed):
                name, _, target = text.partition("=")
                yield Script(name.strip(), target.strip(), Place(file, line))
