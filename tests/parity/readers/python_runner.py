"""Runs texts of Python for real and tells what they asked their environment for; a line of JSON in, a line out."""

import ast
import json
import os
import sys
from collections.abc import Iterator, MutableMapping
from typing import Any


class Recorder(MutableMapping[str, str]):
    """An os.environ that remembers each question, and the last one that had no answer."""

    def __init__(self) -> None:
        self.values: dict[str, str] = {}
        self.asked: set[str] = set()
        self.missed = ""
        self.encodekey = self.decodekey = str

    def __getitem__(self, name: str) -> str:
        self.note(name)
        return self.values[name]

    def __contains__(self, name: object) -> bool:
        self.note(str(name))
        return name in self.values

    def note(self, name: str) -> None:
        self.asked.add(name)
        if name not in self.values:
            self.missed = name

    def __setitem__(self, name: str, value: str) -> None:
        self.values[name] = value

    def __delitem__(self, name: str) -> None:
        self.values.pop(name, None)

    def __iter__(self) -> Iterator[str]:
        return iter(list(self.values))

    def __len__(self) -> int:
        return len(self.values)

    def items(self) -> Any:
        # pydantic goes through all of them.
        return list(self.values.items())

    def setdefault(self, name: str, default: str = "") -> str:
        return self.values.setdefault(name, default)

    def copy(self) -> dict[str, str]:
        return dict(self.values)


def run(text: str, values: dict[str, str], recorder: Recorder) -> dict[str, Any]:
    recorder.values, recorder.asked, recorder.missed = dict(values), set(), ""
    names: dict[str, Any] = {"__name__": "settings", "__file__": "/nowhere/app/settings.py"}
    failed = ""
    try:
        exec(compile(text, "/nowhere/app/settings.py", "exec"), names)
    except (Exception, SystemExit) as error:
        failed = f"{type(error).__name__}: {error}"
    shown = {name: literal(value) for name, value in names.items() if name.isupper()}
    return {"failed": failed, "missed": recorder.missed, "asked": sorted(recorder.asked), "values": shown}


def literal(value: Any) -> str:
    """A literal as Python writes it; "" for anything else."""
    try:
        text = repr(value)
        return text if ast.literal_eval(text) == value else ""
    except (ValueError, SyntaxError, MemoryError):
        return ""


def main() -> None:
    recorder = Recorder()
    path = os.environ.get("PATH", "")
    # The libraries get what is in its place when they are imported.
    os.environ = recorder  # type: ignore[assignment]  # noqa: B003
    recorder.values["PATH"] = path
    # What importing the libraries asks for isn't asked for by the text.
    import decouple  # noqa: F401
    import dj_database_url  # noqa: F401
    import environ  # noqa: F401
    import environs  # noqa: F401
    import envparse  # noqa: F401
    import goodconf  # noqa: F401
    import pydantic_settings
    import starlette.config

    # Starlette keeps a copy of its own.
    starlette.config.environ = recorder  # type: ignore[assignment]
    starlette.config.Config.__init__.__defaults__ = (None, recorder, "", "utf-8")
    assert pydantic_settings
    for line in sys.stdin:
        request = json.loads(line)
        print(json.dumps(run(request["text"], request["values"], recorder)), flush=True)


if __name__ == "__main__":
    main()
