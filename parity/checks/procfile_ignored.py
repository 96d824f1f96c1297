"""A Procfile that nobody runs: https://devcenter.heroku.com/articles/build-docker-images-heroku-yml#run-defining-the-processes-to-run"""

from __future__ import annotations

import re
from collections.abc import Iterator

from parity.contract.finding import Finding
from parity.contract.place import Place
from parity.contract.rule import Rule
from parity.contract.whole import Contract

RULE = Rule(
    "procfile-ignored",
    "Processes",
    "warning",
    "Heroku goes by heroku.yml alone once there is one, so whoever edits the Procfile changes nothing and isn't told.",
)

RUNNERS = re.compile(r"\b(?:honcho|foreman|goreman|overmind|hivemind|forego|heroku local|parity up|make up)\b")
# Where people are told to run it, or it is run.
TOLD = (
    "README.md",
    "README.rst",
    "README.txt",
    "README",
    "Makefile",
    "package.json",
    "CONTRIBUTING.md",
    "docs/README.md",
)


def check(contract: Contract) -> Iterator[Finding]:
    """Where neither a file that homes are made of nor the README names a runner of Procfiles."""
    if contract.herokuyml is None or contract.procfile is None or not contract.procfile.process_types:
        return
    home = contract.home("heroku")
    if (home and home.stack == "buildpack") or runs(contract):
        return
    manifest = contract.herokuyml
    yield Finding(
        RULE.id,
        Place(contract.procfile.file, contract.procfile.process_types[0].place.line),
        f"the Procfile is read by nobody: {manifest.file} tells Heroku what to run, and nothing here runs honcho or foreman",
        f"remove the Procfile, or remove {manifest.file} and deploy with buildpacks, or say in the README how it is run locally",
        manifest.section("run") or manifest.section("build") or Place(manifest.file, 1),
        ("heroku", "procfile"),
    )


def runs(contract: Contract) -> bool:
    if any(one.name in ("honcho",) for package in contract.packages for one in package.requirements):
        return True
    texts = (contract.look(path) for path in TOLD if path in contract.paths)
    scripts = (
        contract.look(path)
        for path in contract.paths
        if path.endswith((".sh", ".bash")) or path.startswith(("bin/", "scripts/"))
    )
    commands = (
        simple.text for _, process in contract.processes() if process.command for simple in process.command.commands
    )
    return any(RUNNERS.search(text) for source in (texts, scripts, commands) for text in source if text)
