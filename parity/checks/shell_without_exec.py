"""A shell that stands between the engine and the server: https://docs.docker.com/reference/dockerfile/#shell-form-entrypoint-example"""

from __future__ import annotations

from collections.abc import Iterator

from parity.contract.finding import Finding
from parity.contract.homes import Process
from parity.contract.rule import Rule
from parity.contract.whole import Contract

RULE = Rule(
    "shell-without-exec",
    "Processes",
    "warning",
    "docker stop signals the first process alone: a shell there doesn't pass SIGTERM on, and requests are cut off by SIGKILL.",
)


def check(contract: Contract) -> Iterator[Finding]:
    """In homes that run containers; Heroku signals every process of a dyno, and honcho a whole group."""
    seen: set[object] = set()
    for home in contract.of_kind("compose", "image", "fly", "render"):
        for process in home.processes:
            if process.image is None or process.role not in ("web", "worker", "clock"):
                continue
            finding = judged(contract, home.name, process)
            if finding and finding.place not in seen:
                seen.add(finding.place)
                yield finding


def judged(contract: Contract, home: str, process: Process) -> Finding | None:
    command = process.command
    main = command.main if command else None
    if (
        command is None
        or main is None
        or main.exec
        or not main.words
        or main.words[0].startswith("$")
        or main.name == "exec"
    ):
        return None
    if home.startswith("image") and len(contract.images[process.image or ""].homes) > 1:
        # Another home runs the image, and tells whether its command counts there.
        return None
    if command.scripts and main.place.file == command.scripts[-1]:
        message = (
            f"{main.place.file} starts `{main.text}` as a child of its shell, which keeps SIGTERM from it in {home}"
        )
    else:
        message = f"{process.name} in {home} runs `{main.text}` as a child of a shell, which keeps SIGTERM from it"
    return Finding(
        RULE.id,
        main.place,
        message,
        f"put exec in front of it: exec {main.name} …; the scripts and shells before it need exec too",
        command.place if command.place != main.place else None,
        (home,),
    )
