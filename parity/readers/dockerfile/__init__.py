"""Reads a Dockerfile as BuildKit does. https://docs.docker.com/reference/dockerfile/

What PyPI has for this stops at words. `dockerfile` 3.4.0 (MIT, January 2025) is BuildKit's Go parser as a library of 4 MB with
wheels for x86-64 and Apple's arm64, and none for Linux on arm64, where it would ask for a Go compiler; `dockerfile-parse` 2.0.1
(BSD, July 2023) knows no here-documents. Neither knows how ARG and ENV reach later stages, or what an image carries, and that is
the whole point here. So this is our own, held against BuildKit's conversion by tests/parity/readers/test_dockerfile_agrees.py.
"""

from __future__ import annotations

from collections.abc import Mapping

from parity.contract.dockerfile import Dockerfile, Instruction
from parity.contract.finding import Finding
from parity.contract.place import Place
from parity.readers.dockerfile.arguments import instruction
from parity.readers.dockerfile.building import built
from parity.readers.dockerfile.lines import Lines, Logical
from parity.readers.dockerfile.refusal import Refusal
from parity.readers.unreadable import Unreadable

# The most that is read: an engine stacks no more than 127 layers.
MOST_INSTRUCTIONS = 5000


def read(text: str, file: str, args: Mapping[str, str] | None = None) -> Dockerfile:
    """The stages of a Dockerfile when it is built with `args`. Raises Unreadable where there is nothing to build."""
    lines = Lines(text)
    logical, findings = every(lines, file)
    if not logical:
        raise Unreadable(1, "no instruction stands in it", "begin it with `FROM IMAGE`")
    found = []
    for one in logical:
        try:
            found.append(instruction(one, file, lines.escape))
        except Refusal as refusal:
            findings.append(refused(refusal, Place(file, one.line)))
            # What follows a FROM stands in a stage of its own, whatever is wrong with the FROM.
            found += [stand_in(one, file)] if one.keyword.upper() == "FROM" else []
    if not any(one.keyword.upper() == "FROM" for one in logical):
        raise Unreadable(logical[0].line, "no FROM stands in it", "begin it with `FROM IMAGE`")
    stages, declared, more = built(tuple(found), file, lines.escape, args or {})
    findings += [refused(refusal, place) for refusal, place in more]
    findings += [hollow(one, Place(file, one.line)) for one in logical if one.hollow]
    findings += [no_json(one.text, one.place) for one in found if looks_like_json(one.keyword, one.text, one.json)]
    whole = tuple(sorted(findings, key=lambda finding: finding.place.line))
    return Dockerfile(file, stages, tuple(found), declared, lines.escape, lines.syntax, whole)


def every(lines: Lines, file: str) -> tuple[list[Logical], list[Finding]]:
    logical: list[Logical] = []
    findings = [refused(refusal, Place(file, line)) for line, refusal in lines.refusals]
    for one in lines.logical():
        if len(logical) == MOST_INSTRUCTIONS:
            raise Unreadable(
                one.line, f"more than {MOST_INSTRUCTIONS} instructions stand in it", "part it into several"
            )
        logical.append(one)
        if one.refusal:
            findings.append(refused(one.refusal, Place(file, one.line)))
    return logical, findings


def stand_in(one: Logical, file: str) -> Instruction:
    words = one.text.split()
    return Instruction(
        "FROM", Place(file, one.line), one.last, one.text, (*words[:1], *(words[1:3] if words[2:] else ()))
    )


def refused(refusal: Refusal, place: Place) -> Finding:
    return Finding("dockerfile-refused", place, refusal.message, refusal.hint)


def hollow(one: Logical, place: Place) -> Finding:
    return Finding(
        "dockerfile-continuation",
        place,
        f"an empty line stands within this {one.keyword.upper()}, which goes on behind it all the same",
        "remove the empty line, or the \\ before it",
    )


def looks_like_json(keyword: str, text: str, json: bool) -> bool:
    """Whether somebody meant the exec form. `[ -f x ] && y` is a shell's test."""
    return (
        keyword in ("CMD", "ENTRYPOINT", "RUN", "HEALTHCHECK")
        and not json
        and text.removeprefix("CMD ").lstrip().startswith(("['", '["', "[“", "[ '", '[ "'))
        and text.rstrip().endswith("]")
    )


def no_json(text: str, place: Place) -> Finding:
    why = "its strings have single quotes" if "'" in text and '"' not in text else "it is no valid JSON"
    return Finding(
        "dockerfile-json",
        place,
        f"this is meant as the exec form, but {why}, so a shell gets it as text",
        'write it as a JSON array of strings: ["program", "argument"]',
    )
