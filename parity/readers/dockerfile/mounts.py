"""Reads RUN's --mount.

https://github.com/moby/buildkit/blob/master/frontend/dockerfile/instructions/commands_runmount.go
"""

from __future__ import annotations

import re
from collections.abc import Callable

from parity.contract.dockerfile import Mount
from parity.readers.dockerfile.refusal import Refusal

FIELD = r'"((?:[^"]|"")*)"(?=,|\Z)|([^",]*)(?=,|\Z)'
KINDS = ("bind", "cache", "tmpfs", "secret", "ssh")
SWITCHES = {"readonly": True, "ro": True, "readwrite": False, "rw": False}
TRUE, FALSE = ("1", "t", "T", "TRUE", "true", "True"), ("0", "f", "F", "FALSE", "false", "False")
NAMES = {"source": "source", "src": "source", "target": "target", "dst": "target", "destination": "target"}
SIZE = r"[0-9]+(?:\.[0-9]+)? ?(?:[kKmMgGtTpP]?[iI]?[bB]?)"
SHARING = ("shared", "private", "locked")
NUMBERS = {"uid": r"[0-9]{1,99}", "gid": r"[0-9]{1,99}", "mode": r"[0-7]{1,99}"}


def mount(text: str, expand: Callable[[str], str] | None) -> Mount | None:
    """The mount; without `expand` only what the builder looks at before variables are put in, and None."""
    found = Parsed()
    for one in fields(text):
        key, equals, value = one.partition("=")
        key = key.lower()
        if expand:
            found.take(key, expand(value) if equals else None, one)
        elif key == "from" and equals and "$" in value[:-1]:
            hint = "name a stage for it: `FROM $IMAGE AS name`, and from=name"
            raise Refusal("from= of a mount takes no variables", hint)
    return found.whole() if expand else None


def fields(text: str) -> list[str]:
    """The values of a line of CSV."""
    found: list[str] = []
    at = 0
    while True:
        match = re.compile(FIELD).match(text, at)
        if match is None:
            raise Refusal("the quotes of a --mount don't match", "remove them, or close them before a comma")
        found.append(match[2] if match[1] is None else match[1].replace('""', '"'))
        at = match.end() + 1
        if at > len(text):
            return found


class Parsed:
    """What the fields said so far."""

    def __init__(self) -> None:
        self.kind = "bind"
        self.texts = {"source": "", "target": "", "from": "", "id": "", "sharing": ""}
        self.read_only: bool | None = None
        self.owned = ""

    def take(self, key: str, value: str | None, written: str) -> None:
        if key in SWITCHES:
            self.read_only = SWITCHES[key] is (True if value is None else boolean(key, value))
        elif key == "required":
            if self.kind not in ("secret", "ssh"):
                raise Refusal(f"a {self.kind} mount knows no required", "remove it, or write type=secret before it")
            boolean(key, "true" if value is None else value)
        elif value is None:
            raise Refusal(f"`{written[:40]}` of a --mount has no value", "write it as key=value")
        else:
            self.valued(key, value)

    def valued(self, key: str, value: str) -> None:
        if key == "type":
            self.kind = value.lower()
            if self.kind not in KINDS:
                raise Refusal(f"a mount of type {value[:40]} isn't there", f"take one of {', '.join(KINDS)}")
        elif key in NAMES:
            self.texts[NAMES[key]] = value
        elif key in ("from", "id"):
            self.texts[key] = value
        elif key == "sharing":
            self.texts[key] = value.lower()
            if value.lower() not in SHARING:
                raise Refusal(f"sharing={value[:40]} isn't there", f"take one of {', '.join(SHARING)}")
        elif key == "size":
            if self.kind != "tmpfs" or not re.fullmatch(SIZE, value):
                raise Refusal("size of a mount is for type=tmpfs, as in size=64m", "remove it, or write it so")
        elif key in NUMBERS:
            if not re.fullmatch(NUMBERS[key], value) or int(value, 8 if key == "mode" else 10) >= 2**32:
                raise Refusal(f"{key}={value[:40]} of a mount is no number", f"write {key} as digits")
            self.owned = key
        elif key != "env":
            raise Refusal(f"a mount knows no {key[:40]}", "remove it; type, source, target, from, id are known")

    def whole(self) -> Mount:
        kind, texts = self.kind, self.texts
        if self.owned and kind not in ("secret", "ssh", "cache"):
            raise Refusal(f"a {kind} mount takes no {self.owned}", f"remove {self.owned}")
        if texts["sharing"] and kind != "cache":
            raise Refusal(f"a {kind} mount takes no sharing", "remove it, or write type=cache")
        if kind == "secret":
            self.check_secret()
        if kind == "ssh" and texts["source"]:
            raise Refusal("an ssh mount takes no source", "name the agent by id=NAME")
        read_only = kind not in ("cache", "tmpfs") if self.read_only is None else self.read_only
        return Mount(kind, texts["target"], texts["source"], texts["from"], texts["id"], read_only)

    def check_secret(self) -> None:
        texts = self.texts
        if texts["from"]:
            raise Refusal("a secret mount takes no from", "remove it")
        if not (texts["source"] or texts["target"] or texts["id"]):
            raise Refusal("a secret mount names no secret", "write id=NAME")
        if texts["source"] and texts["id"]:
            raise Refusal("a secret mount has both source and id", "remove one of the two")


def boolean(key: str, value: str) -> bool:
    if value not in TRUE + FALSE:
        raise Refusal(f"{key}={value[:40]} of a mount is neither true nor false", f"write `{key}`")
    return value in TRUE
