"""Puts the dialects' readings of a .env next to each other, line by line."""

from __future__ import annotations

from collections.abc import Mapping

from parity.contract.dotenv import DIALECTS, Dialect, Dotenv, Ignored, Line, Meaning, Refusal
from parity.contract.place import Place
from parity.readers.dotenv import compose, djangoenviron, docker, honcho, pythondotenv
from parity.readers.dotenv.binding import Reading

NOTHING: Mapping[str, str] = {}


def read(text: str, file: str, environment: Mapping[str, str] = NOTHING) -> Dotenv:
    """`environment` is that of whoever starts the program: a name alone and ${NAME} stand for its variables."""
    readings = readings_of(text, environment)
    return Dotenv(
        file,
        tuple(lines(readings, file)),
        tuple(
            Refusal(dialect, Place(file, line), message)
            for dialect, reading in readings.items()
            for line, message in reading.refused
        ),
        tuple(Ignored(dialect, Place(file, line)) for dialect, reading in readings.items() for line in reading.ignored),
    )


def readings_of(text: str, environment: Mapping[str, str]) -> dict[Dialect, Reading]:
    return {
        "compose": compose.read(text, environment),
        "honcho": honcho.read(text),
        "django-environ": djangoenviron.read(text, environment),
        "docker": docker.read(text, environment),
        "python-dotenv": pythondotenv.read(text, environment),
    }


def lines(readings: dict[Dialect, Reading], file: str) -> list[Line]:
    found: dict[tuple[int, str], dict[Dialect, Meaning]] = {}
    for dialect, reading in readings.items():
        for binding in reading.bindings:
            values = found.setdefault((binding.line, binding.name), dict.fromkeys(readings))
            values[dialect] = binding.meaning
    ordered = sorted(found.items(), key=lambda item: item[0][0])
    return [Line(name, values, Place(file, line), alike(values)) for (line, name), values in ordered]


def alike(values: dict[Dialect, Meaning]) -> bool:
    return all(values[dialect] == values[DIALECTS[0]] for dialect in DIALECTS)
