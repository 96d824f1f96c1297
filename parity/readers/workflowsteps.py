"""What steps of GitHub Actions do by the actions that they use, and what they leave to the steps behind them.

https://github.com/actions/setup-python https://github.com/docker/build-push-action https://github.com/akhileshns/heroku-deploy
https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands#setting-an-environment-variable
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from parity.contract.dataclass import replace
from parity.contract.place import Place
from parity.contract.value import Value
from parity.contract.workflow import Build, Deploy, SetUp, Step
from parity.readers.scalar import from_root

# The action, the language, its inputs for the version and for the file that says it.
SETUPS = {
    "actions/setup-python": ("python", "python-version", "python-version-file"),
    "actions/setup-node": ("node", "node-version", "node-version-file"),
    "actions/setup-go": ("go", "go-version", "go-version-file"),
    "actions/setup-java": ("java", "java-version", "java-version-file"),
    "ruby/setup-ruby": ("ruby", "ruby-version", ""),
    "astral-sh/setup-uv": ("uv", "version", "version-file"),
    "yezz123/setup-uv": ("uv", "uv-version", ""),
    "pdm-project/setup-pdm": ("python", "python-version", "python-version-file"),
    "conda-incubator/setup-miniconda": ("python", "python-version", ""),
    "mamba-org/setup-micromamba": ("python", "", ""),
    "gabrielfalcao/pyenv-action": ("python", "default", ""),
}


def action(step: Step) -> str:
    """OWNER/NAME of what a step uses."""
    return (step.uses.text or "").partition("@")[0].lower() if step.uses else ""


def setups(step: Step) -> Iterator[SetUp]:
    name = action(step)
    if name not in SETUPS:
        return
    what, version, file = SETUPS[name]
    yield SetUp(what, step.place, versions(step.inputs.get(version)), path(step.inputs.get(file)))
    # It makes uv take this Python, as UV_PYTHON does.
    if what == "uv" and "python-version" in step.inputs:
        yield SetUp("python", step.place, versions(step.inputs["python-version"]))


def versions(given: Value | None) -> tuple[Value, ...]:
    """Each of the values that a matrix gives; setup-python takes several, a line each, too."""
    return tuple(line for value in (given.each if given else ()) for line in lines(value) if line.text != "")


def lines(value: Value) -> list[Value]:
    if not value.text or "\n" not in value.text:
        return [value]
    rows = enumerate(value.text.split("\n"), 1)
    return [
        Value(row.strip(), Place(value.place.file, value.place.line + number), row.strip(), True)
        for number, row in rows
        if row.strip()
    ]


def path(given: Value | None) -> Value | None:
    if given is None or given.text == "":
        return None
    return given if given.text is None else replace(given, text=from_root("", given.text))


def builds(step: Step) -> Iterator[Build]:
    if action(step) != "docker/build-push-action":
        return
    inputs = step.inputs
    yield Build(
        place=step.place,
        context=context(inputs.get("context"), step.place),
        file=path(inputs.get("file")),
        target=inputs.get("target"),
        args=arguments(inputs.get("build-args")),
        push=flag(inputs.get("push")),
    )


def context(given: Value | None, place: Place) -> Value:
    """Without one, the action takes the repository itself, from git."""
    if given is None or given.text == "":
        return Value("", place)
    written = given.written.replace(" ", "")
    if written.startswith("{{defaultContext}}"):
        return replace(given, text=from_root("", written.removeprefix("{{defaultContext}}").lstrip(":") or "."))
    if given.text is None or re.match(r"[a-z+]+://|git@", given.text):
        return replace(given, text=None)
    return replace(given, text=from_root("", given.text))


def arguments(given: Value | None) -> dict[str, Value]:
    """NAME=value, a line each. One that an expression makes makes only itself unknown."""
    found: dict[str, Value] = {}
    if given is None:
        return found
    rows = (given.text if given.text is not None else given.written).split("\n")
    for number, row in enumerate(rows):
        name, sign, value = row.strip().partition("=")
        if name and sign:
            place = Place(given.place.file, given.place.line + number + (len(rows) > 1))
            found[name] = Value(None if given.text is None and "${{" in value else value, place, value)
    return found


def flag(given: Value | None) -> bool:
    return given is not None and given.text in ("true", "True", "TRUE")


def deploys(step: Step) -> Iterator[Deploy]:
    name, inputs = action(step), step.inputs
    if name == "akhileshns/heroku-deploy":
        yield Deploy(
            platform="heroku",
            place=step.place,
            app=inputs.get("heroku_app_name"),
            docker=flag(inputs.get("usedocker")),
            processes=process_types(step) if flag(inputs.get("usedocker")) else (),
            stack=inputs.get("stack"),
            folder=path(inputs.get("appdir")),
            inputs=inputs,
        )
    elif name.startswith("superfly/flyctl-actions") and "deploy" in (text(inputs.get("args")) or ""):
        yield Deploy("fly", step.place, inputs=inputs)
    elif name in ("johnbeynon/render-deploy-action", "bounceapp/render-action", "sws2apps/render-deployment"):
        yield Deploy("render", step.place, inputs=inputs)


def text(value: Value | None) -> str | None:
    return value.text if value else None


def process_types(step: Step) -> tuple[str, ...]:
    several = text(step.inputs.get("docker_heroku_process_types"))
    if several:
        try:
            names = json.loads(several)
        except (ValueError, RecursionError):
            return ()
        return tuple(name for name in names if isinstance(name, str)) if isinstance(names, list) else ()
    return (text(step.inputs.get("docker_heroku_process_type")) or "web",)


TARGET = r">>\s*(?:\"\$\{?GITHUB_ENV\}?\"|\$\{?GITHUB_ENV\}?)"
WRITES = re.compile(
    rf"""^[ \t]*echo[ ]+(?:"(?P<double>[^"\n]*)"|'(?P<single>[^'\n]*)'|(?P<bare>[^\s'"|&;<>]*))[ ]*{TARGET}[ \t\r]*$""",
)


def exported(script: Value) -> tuple[dict[str, Value], bool]:
    """The variables that `echo NAME=value >> $GITHUB_ENV` gives the steps behind, and whether others are given."""
    found: dict[str, Value] = {}
    if "GITHUB_ENV" not in script.written:
        return found, False
    more = False
    for number, row in enumerate((script.text or script.written).split("\n")):
        match = WRITES.match(row) if "GITHUB_ENV" in row else None
        written = (
            next((part for part in match.group("double", "single", "bare") if part is not None), "") if match else ""
        )
        name, sign, value = written.partition("=")
        if match and sign and re.fullmatch(r"[A-Za-z_]\w*", name):
            shell = match["single"] is None and re.search(r"[$`\\]", value)
            place = Place(script.place.file, script.place.line + number)
            found[name] = Value(None if shell or "${{" in value else value, place, value)
        else:
            more |= "GITHUB_ENV" in row
    return found, more
