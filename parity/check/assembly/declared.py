"""Variables that examples tell people to set: .env.example and its kin, app.json, fly and render files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from parity.contract.appjson import AppJson
from parity.contract.dotenv import Dotenv, PassThrough
from parity.contract.homes import Declared

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


def declared(dotenvs: Mapping[str, Dotenv], appjson: AppJson | None) -> Iterator[Declared]:
    for file, dotenv in dotenvs.items():
        for line in dotenv.lines if is_example(file) else ():
            value = line.values["docker"]
            text = "" if value is None or isinstance(value, PassThrough) else value
            yield Declared(line.name, text, line.place, "example")
    for var in appjson.env if appjson else ():
        yield Declared(var.name, var.value or "", var.place, "app.json", var.required)
