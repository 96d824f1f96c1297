"""Variables that examples tell people to set: .env.example and its kin, app.json, fly and render files."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from parity.contract.appjson import AppJson
from parity.contract.dotenv import Dotenv, PassThrough
from parity.contract.homes import Declared
from parity.contract.place import Place

EXAMPLES = (
    ".env.example",
    ".env.sample",
    ".env.template",
    ".env.dist",
    ".env.default",
    ".env.defaults",
    "env.example",
    "env.sample",
    "example.env",
    "sample.env",
    ".env-example",
    ".env-sample",
    "dotenv.example",
    "dotenv-sample",
    "dotenv-example",
    ".env_example",
    ".env_sample",
    "env_example",
    "env_sample",
    "env-example",
    "env-sample",
    "env.template",
    "env.default",
    "env.dist",
    "*.env.template",
    "*.env.dist",
    ".env.*.example",
    ".env.example.*",
    "*.env.example",
    "*.env.sample",
)
REAL = (
    ".env",
    ".env.local",
    ".env.dev",
    ".env.development",
    ".env.docker",
    ".env.prod",
    ".env.production",
    ".env.test",
)


def is_example(file: str) -> bool:
    name = file.rpartition("/")[2].lower()
    return any(word in name for word in ("example", "sample", "template", "dist", "default"))


# A variable that an example shows and leaves out: `# DEBUG=false`.
SHOWN = re.compile(r"^[ \t]*#[ \t]*(?:export[ \t]+)?(?P<name>[A-Z_][A-Z0-9_]*)=(?P<value>.*)$", re.MULTILINE)


def shown(file: str, text: str) -> Iterator[Declared]:
    for match in SHOWN.finditer(text):
        line = text.count("\n", 0, match.start("name")) + 1
        yield Declared(match["name"], match["value"], Place(file, line), "comment")


def declared(
    dotenvs: Mapping[str, Dotenv], appjson: AppJson | None, look: Callable[[str], str | None]
) -> Iterator[Declared]:
    for file, dotenv in dotenvs.items():
        if is_example(file):
            yield from shown(file, look(file) or "")
        for line in dotenv.lines if is_example(file) else ():
            value = line.values["docker"]
            text = "" if value is None or isinstance(value, PassThrough) else value
            yield Declared(line.name, text, line.place, "example")
    for var in appjson.env if appjson else ():
        yield Declared(var.name, var.value or "", var.place, "app.json", var.required)
