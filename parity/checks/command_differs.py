"""A process type that runs another command in one home: https://12factor.net/dev-prod-parity"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from parity.checks._servers import development, server, serving, split
from parity.contract.command import Simple, spelled
from parity.contract.dataclass import replace
from parity.contract.finding import Finding
from parity.contract.homes import Home, Process
from parity.contract.rule import Rule
from parity.contract.whole import Contract

RULE = Rule(
    "command-differs",
    "Processes",
    "warning",
    "What is tried on a laptop is not what runs in production, so what only one of the two commands does is found by users.",
)

# Where a server listens is the home's own; whether that fits is for other rules to say.
LISTENING = ("--bind", "-b", "--port", "-p", "--host", "--listen", "--http", "--http-socket", "--socket")


def check(contract: Contract) -> Iterator[Finding]:
    """Each process against production's of its name, else of its role; of several that run one line one finding."""
    reference = next(
        (home for kind in ("heroku", "fly", "render", "procfile") for home in contract.of_kind(kind)), None
    )
    told = list(differences(contract, reference)) if reference else []
    yield from together(told)


def together(told: list[Finding]) -> list[Finding]:
    """Of several homes that run one line, where production alone runs another, one finding, at production's."""
    alone = {finding.other for finding in told if sum(one.other == finding.other for one in told) > 1}
    found: dict[object, Finding] = {}
    for finding in told:
        if (
            finding.other in alone
            and finding.other
            and len({one.message.partition(" in ")[0] for one in told if one.other == finding.other}) == 1
        ):
            homes = tuple(dict.fromkeys(home for one in told if one.other == finding.other for home in one.homes))
            found.setdefault(finding.other, replace(finding, place=finding.other, other=finding.place, homes=homes))
        else:
            found[finding.place, finding.message] = finding
    return list(found.values())


def differences(contract: Contract, reference: Home) -> Iterator[Finding]:
    seen: set[tuple[object, str]] = set()
    for home in contract.of_kind("procfile", "compose", "image", "fly", "render"):
        for process in home.processes:
            other = counterpart(process, home, reference)
            if other is None or (home.kind == "image" and used(contract, process)):
                continue
            finding = compared(contract, home, process, reference, other)
            if finding and (finding.place, finding.message) not in seen:
                seen.add((finding.place, finding.message))
                yield finding


def counterpart(process: Process, home: Home, reference: Home) -> Process | None:
    if home is reference or process.role == "other":
        return None
    named = reference.process(process.name)
    if named:
        return named
    same = list(reference.by_role(process.role))
    ours = list(home.by_role(process.role))
    return same[0] if len(same) == 1 and len(ours) == 1 else None


def used(contract: Contract, process: Process) -> bool:
    """Whether another home runs the image, so that its own command is seen there, or never runs."""
    image = contract.images.get(process.image or "")
    return bool(image and set(image.homes) - {"image"})


def compared(contract: Contract, home: Home, process: Process, reference: Home, other: Process) -> Finding | None:
    ours, theirs = main(process), main(other)
    if ours is None or theirs is None or process.command is None or other.command is None:
        return None
    # A server for development is a finding of its own.
    if development(ours) or development(theirs):
        return None
    if words(ours, process, contract) == words(theirs, other, contract):
        return None
    if ours.place == theirs.place or not comparable(ours, theirs, process.role):
        return None
    return Finding(
        RULE.id,
        ours.place,
        f"{process.name} runs `{shown(ours)}` in {home.name} and `{shown(theirs)}` in {reference.name}",
        f"let both run one line, such as `{shown(theirs)}`",
        theirs.place,
        (home.name, reference.name),
    )


def main(process: Process) -> Simple | None:
    """What stays, or what does the release's work; None where a script's end can't be followed."""
    if process.command is None or not process.command.commands:
        return None
    if process.role == "web" and (found := serving(process)):
        return found
    last = process.command.commands[-1]
    return None if not last.words or last.words[0].startswith(("$", "-")) or last.conditional else last


def comparable(ours: Simple, theirs: Simple, role: str) -> bool:
    """Two releases may do more than one thing each; that one migrates and the other doesn't is told by another rule."""
    return role != "release" or ours.name == theirs.name or server(ours) == server(theirs)


def words(simple: Simple, process: Process, contract: Contract) -> list[str]:
    """The argv without what says where to listen, with `$X` and `${X}` in one spelling, and files by their repository's path."""
    found: list[str] = []
    rest = list(simple.words)
    while rest:
        word = rest.pop(0)
        name, equals, value = word.partition("=")
        if name in LISTENING and word.startswith("-"):
            rest = rest if equals else rest[1:]
        elif word[:2] in ("-b", "-p") and len(word) > 2 and any(split(word[2:])):
            continue
        elif equals and word.startswith("--"):
            found.extend((name, spelled(value)))
        else:
            found.append(spelled(word))
    return [simple.name, *(path(word, process, contract) for word in found[1:])] if found else found


def path(word: str, process: Process, contract: Contract) -> str:
    """A file of the repository as the repository calls it, wherever the home has put it."""
    if "/" not in word or "$" in word or "://" in word:
        return word
    image = contract.images.get(process.image or "")
    if image and word.startswith("/"):
        return image.find(word) or word
    plain = posixpath.normpath(word)
    if image and image.stage.effective.workdir and plain not in contract.paths:
        return image.find(posixpath.join(image.stage.effective.workdir.value, plain)) or plain
    return plain


def shown(simple: Simple) -> str:
    return " ".join(simple.words)
