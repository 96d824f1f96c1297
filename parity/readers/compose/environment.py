"""Variables of a service: https://docs.docker.com/compose/how-tos/environment-variables/set-environment-variables/"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal

from parity.contract.compose import EnvFile, Text, Variable
from parity.contract.place import Place
from parity.readers.compose.branch import Branch
from parity.readers.compose.expected import known, pairs, refuse, string, truth
from parity.readers.compose.paths import within
from parity.readers.compose.record import Record
from parity.readers.dotenv.compose import read as dotenv


def variables(
    branch: Branch | None, label: str, source: Literal["environment", "args"], record: Record
) -> dict[str, Variable]:
    """The last of each name. One without a value gets that of the .env."""
    found = {}
    for name, value, written, at in pairs(branch, label, record):
        given = at.source.environment.get(name) if written is None else value
        found[name] = Variable(name, given, at.place, source, written, at.mentions)
    return found


def env_files(
    branch: Branch | None, label: str, environment: Mapping[str, str], given: Mapping[str, Variable], record: Record
) -> tuple[EnvFile, ...]:
    """Each with its variables; `given` are those of `environment`, which a file may use."""
    if branch is None:
        return ()
    if not isinstance(branch.value, str | list):
        refuse(branch, label, "must be a string or a list", "write a path", record)
    seen = {variable.name: variable.value for variable in given.values() if variable.value is not None}
    found = {file.text.text: file for item in branch.scalars() if (file := named(item, label, record))}
    files = []
    for file in found.values():
        files.append(loaded(file, {**seen, **environment}, record))
        seen = {**{name.name: name.value for name in files[-1].variables if name.value is not None}, **seen}
    return tuple(files)


def named(item: Branch, label: str, record: Record) -> EnvFile | None:
    """The file that an entry names, unread."""
    entries = dict(item.entries())
    known(entries, "env_file", label, record)
    if isinstance(item.value, dict) and "path" not in entries:
        refuse(item, label, "has no path", "write path:", record)
        return None
    text = string(entries.get("path", item), label, record)
    if text is None:
        return None
    form = string(entries.get("format"), f"{label}.format", record)
    required = truth(entries.get("required"), f"{label}.required", record)
    return EnvFile(text, within(item.source.folder, text.text), required is not False, form.text if form else "")


def loaded(file: EnvFile, environment: Mapping[str, str], record: Record) -> EnvFile:
    text = None if file.path is None else record.look(file.path)
    if file.path is None or text is None:
        if file.required:
            missing(file.text, file.path, record)
        return EnvFile(file.text, file.path, file.required, file.format, missing=True)
    found = raw(text, file.path) if file.format == "raw" else tuple(lines(text, file.path, environment, record))
    # To read a line takes as long as several values of YAML do.
    record.spend(5 * len(found))
    return EnvFile(file.text, file.path, file.required, file.format, variables=found)


def missing(text: Text, path: str | None, record: Record) -> None:
    if path is None:
        record.find(
            "include-elsewhere", text.place, f"{text.text} leads out of the repository", "keep it in the repository"
        )
        return
    hint = f"add {path}, or write `path: {text.text}` and `required: false`"
    record.find("compose-env-file-missing", text.place, f"the file of variables {path} isn't there", hint)


def lines(text: str, file: str, environment: Mapping[str, str], record: Record) -> Iterable[Variable]:
    reading = dotenv(text, environment)
    for line, message in reading.refused:
        record.find("compose-refused", Place(file, line), f"compose stops here: {message}", "mend that line")
    for binding in reading.bindings:
        value = binding.meaning if isinstance(binding.meaning, str) else None
        # The line is as its own dialect reads it; a name alone passes on what the shell has.
        yield Variable(binding.name, value, Place(file, binding.line), "env_file", value)


def raw(text: str, file: str) -> tuple[Variable, ...]:
    """Lines as they are, as `docker run --env-file` takes them."""
    found = []
    for number, line in enumerate(text.split("\n"), 1):
        name, sign, value = line.rstrip("\r").lstrip().partition("=")
        if name and not name.startswith("#"):
            found.append(
                Variable(name, value if sign else None, Place(file, number), "env_file", value if sign else None)
            )
    return tuple(found)


def dotenv_values(text: str, environment: Mapping[str, str]) -> dict[str, str]:
    """A .env as interpolation takes it."""
    return {b.name: b.meaning for b in dotenv(text, environment).bindings if isinstance(b.meaning, str)}
