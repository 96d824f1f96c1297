"""Reads YAML, JSON and TOML into one tree whose values know their lines.

https://yaml.org/spec/1.2.2/#103-core-schema (as go-yaml v3 takes it: https://pkg.go.dev/gopkg.in/yaml.v3)
https://www.rfc-editor.org/rfc/rfc8259
https://toml.io/en/v1.0.0
"""

from __future__ import annotations

import json as stdlib_json
import re
from bisect import bisect_right
from typing import Any

import yaml as pyyaml

from parity.contract.dataclass import dataclass, replace
from parity.readers.unreadable import Unreadable

# A few kilobytes of aliases can stand for gigabytes; no file that says how a program runs comes near these.
MOST_NODES = 100_000
MOST_DEPTH = 100

LOADER: Any = getattr(pyyaml, "CSafeLoader", pyyaml.SafeLoader)

INTEGER = re.compile(r"[-+]?(?:0b[01_]+|0o?[0-7_]+|0x[0-9a-fA-F_]+|[0-9][0-9_]*)")
FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9][0-9_]*(?:\.[0-9_]*)?)(?:[eE][-+]?[0-9]+)?")
SPECIAL = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
    **dict.fromkeys((".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF"), float("inf")),
    **dict.fromkeys(("-.inf", "-.Inf", "-.INF"), float("-inf")),
    **dict.fromkeys((".nan", ".NaN", ".NAN"), float("nan")),
}


@dataclass(frozen=True, slots=True)
class Node:
    """A value and its line: the key's for an entry of a mapping, else its own. `text` is a scalar as it is written.

    `tag` is one of an application's own, as compose's `!reset`.
    """

    value: str | int | float | bool | dict[str, Node] | list[Node] | None
    line: int
    text: str = ""
    quoted: bool = False
    tag: str = ""

    def get(self, *keys: str) -> Node | None:
        """The value behind `keys`, walked down from here; None as soon as one isn't there."""
        node: Node | None = self
        for key in keys:
            node = node.value.get(key) if node and isinstance(node.value, dict) else None
        return node

    def entries(self) -> list[tuple[str, Node]]:
        """The entries of a mapping, none of anything else."""
        return list(self.value.items()) if isinstance(self.value, dict) else []

    def items(self) -> list[Node]:
        """The items of a list, none of anything else."""
        return self.value if isinstance(self.value, list) else []

    def string(self) -> str | None:
        """A scalar as text, None for null, a mapping and a list."""
        if self.value is None or isinstance(self.value, dict | list):
            return None
        return self.value if isinstance(self.value, str) else self.text

    def plain(self) -> Any:
        """The value without its lines."""
        if isinstance(self.value, dict):
            return {key: node.plain() for key, node in self.value.items()}
        if isinstance(self.value, list):
            return [node.plain() for node in self.value]
        return self.value


def yaml(text: str) -> Node:
    """The first document. Raises Unreadable for what YAML refuses, for a key given twice, and for a bomb."""
    try:
        builder = Builder()
        for event in pyyaml.parse(text, Loader=LOADER):
            if builder.take(event):
                break
    except pyyaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise Unreadable(mark.line + 1 if mark else 1, f"not YAML: {error.problem or error.context}", MEND) from None
    except (pyyaml.YAMLError, UnicodeError, ValueError) as error:
        raise Unreadable(1, f"not YAML: {' '.join(str(error).split())}", MEND) from None
    return builder.root or Node(None, 1)


MEND = "mend that line"


class Frame:
    """A mapping or a list that is being built, and the anchor it will have."""

    def __init__(self, line: int, anchor: str | None, mapping: bool, tag: str = "") -> None:
        self.line, self.anchor, self.mapping, self.tag = line, anchor, mapping, tag
        self.nodes: list[Node] = []


class Builder:
    """Builds the tree from the parser's events, without recursion: a text of ten thousand brackets is no reason to crash."""

    def __init__(self) -> None:
        self.frames: list[Frame] = []
        self.anchors: dict[str, Node] = {}
        self.sizes: dict[str, int] = {}
        self.size = 0
        self.root: Node | None = None

    def take(self, event: Any) -> bool:
        """Takes one event, and says whether the document is whole."""
        line = event.start_mark.line + 1
        kind = type(event)
        if kind is pyyaml.ScalarEvent:
            self.add(scalar(event, line), event.anchor)
        elif kind is pyyaml.AliasEvent:
            self.add(self.alias(event.anchor, line), None)
        elif kind is pyyaml.MappingStartEvent or kind is pyyaml.SequenceStartEvent:
            self.frames.append(Frame(line, event.anchor, kind is pyyaml.MappingStartEvent, own(event.tag)))
            if len(self.frames) > MOST_DEPTH:
                raise Unreadable(line, f"more than {MOST_DEPTH} levels of nesting", "flatten it")
        elif kind is pyyaml.MappingEndEvent or kind is pyyaml.SequenceEndEvent:
            frame = self.frames.pop()
            self.add(mapping(frame) if frame.mapping else Node(frame.nodes, frame.line, tag=frame.tag), frame.anchor)
        return kind is pyyaml.DocumentEndEvent

    def add(self, node: Node, anchor: str | None) -> None:
        self.size += 1
        if self.size > MOST_NODES:
            raise Unreadable(
                node.line, f"more than {MOST_NODES} values once aliases are expanded", "write it out smaller"
            )
        if anchor:
            self.anchors[anchor] = node
            self.sizes[anchor] = weight(node)
        if self.frames:
            self.frames[-1].nodes.append(node)
        elif self.root is None:
            self.root = node

    def alias(self, anchor: str, line: int) -> Node:
        if anchor not in self.anchors:
            raise Unreadable(
                line, f"no anchor &{anchor} stands before *{anchor}", f"write &{anchor} at the value that is meant"
            )
        self.size += self.sizes[anchor]
        return replace(self.anchors[anchor], line=line)


def weight(node: Node) -> int:
    """How many values a tree holds; shared ones count as often as they are referred to."""
    count, waiting = 0, [node]
    while waiting and count <= MOST_NODES:
        value = waiting.pop().value
        count += 1
        if isinstance(value, dict):
            waiting.extend(value.values())
        elif isinstance(value, list):
            waiting.extend(value)
    return count


def scalar(event: Any, line: int) -> Node:
    text = str(event.value)
    # libyaml says '' for a plain scalar, PyYAML's own parser None.
    if event.style:
        return Node(text, line, text, quoted=True, tag=own(event.tag))
    if event.tag is not None:
        return Node(text if event.tag.endswith(":str") else resolved(text), line, text, tag=own(event.tag))
    return Node(resolved(text), line, text)


def own(tag: str | None) -> str:
    """A tag that isn't one of YAML's."""
    return tag if tag and tag.startswith("!") and len(tag) > 1 else ""


def resolved(text: str) -> str | int | float | bool | None:
    if text in SPECIAL:
        return SPECIAL[text]
    if INTEGER.fullmatch(text):
        return integer(text)
    if FLOAT.fullmatch(text) and any(char.isdigit() for char in text):
        return number(text)
    return text


def integer(text: str) -> int | float | str:
    digits = text.replace("_", "")
    if len(digits) > 100:
        return text
    try:
        if digits.lstrip("+-").startswith("0") and digits.lstrip("+-").isdigit():
            return int(digits, 8)
        return int(digits, 0)
    except ValueError:
        return number(digits)


def number(text: str) -> float | str:
    try:
        return float(text.replace("_", ""))
    except ValueError:
        return text


def mapping(frame: Frame) -> Node:
    """The entries, with those of a `<<` behind the mapping's own: https://yaml.org/type/merge.html"""
    given: dict[str, Node] = {}
    merged: dict[str, Node] = {}
    for key, value in zip(frame.nodes[::2], frame.nodes[1::2], strict=True):
        if key.text == "<<" and not key.quoted:
            merge(merged, value, key.line)
            continue
        name = key.text if not isinstance(key.value, dict | list) else ""
        if name in given:
            raise Unreadable(
                key.line, f"the key {name} stands in line {given[name].line} already", "remove one of the two"
            )
        given[name] = replace(value, line=key.line)
    return Node({**merged, **given} if merged else given, frame.line, tag=frame.tag)


def merge(merged: dict[str, Node], value: Node, line: int) -> None:
    for source in value.items() or [value]:
        if not isinstance(source.value, dict):
            raise Unreadable(line, "<< merges something that is no mapping", "let << name an anchor of a mapping")
        for key, node in source.value.items():
            merged.setdefault(key, node)


# The parts of JSON; comments and commas before an end belong to JSON with comments, as editors write it.
TOKEN = r'"(?:[^"\\\x00-\x1f]|\\.)*"|[{}\[\],:]|[^\s{}\[\],:"]+'
# What stays open goes on to its end, instead of being looked for again from every quote behind it.
STRING = r'"(?:[^"\\\n]|\\.)*"?'
COMMENT = STRING + r"|//[^\n]*|/\*[\s\S]*?(?:\*/|\Z)"


def json(text: str, *, comments: bool = False) -> Node:
    """Of a key given twice the last counts. With `comments`, they and a comma before an end are allowed. Raises Unreadable."""
    if comments:
        text = without_comments(text)
    try:
        stdlib_json.loads(text)
    except stdlib_json.JSONDecodeError as error:
        raise Unreadable(error.lineno, f"not JSON: {error.msg}", "mend that line") from None
    except (RecursionError, ValueError):
        raise Unreadable(
            1, f"not JSON that can be read: more than {MOST_DEPTH} levels, or a number too long", MEND
        ) from None
    starts = [match.end() for match in re.finditer(r"^|\n", text)]
    return JsonBuilder(starts).built(text)


def without_comments(text: str) -> str:
    blank = re.sub(COMMENT, lambda match: match[0] if match[0][0] == '"' else re.sub(r"[^\n]", " ", match[0]), text)
    return re.sub(STRING + r"|,(?=\s*[}\]])", lambda match: match[0] if match[0][0] == '"' else " ", blank)


class JsonBuilder:
    """Builds the tree of a text that json has found valid."""

    def __init__(self, starts: list[int]) -> None:
        self.starts = starts
        self.frames: list[Frame] = []
        self.root: Node | None = None

    def built(self, text: str) -> Node:
        for match in re.finditer(TOKEN, text):
            self.take(match[0], bisect_right(self.starts, match.start()))
        return self.root or Node(None, 1)

    def take(self, token: str, line: int) -> None:
        if token in "{[":
            self.frames.append(Frame(line, None, token == "{"))
            if len(self.frames) > MOST_DEPTH:
                raise Unreadable(line, f"more than {MOST_DEPTH} levels of nesting", "flatten it")
        elif token in "}]":
            frame = self.frames.pop()
            self.add(Node(entries(frame), frame.line) if frame.mapping else Node(frame.nodes, frame.line))
        elif token[0] == '"':
            value = stdlib_json.loads(token)
            self.add(Node(value, line, value, quoted=True))
        elif token not in ",:":
            self.add(Node(stdlib_json.loads(token), line, token))

    def add(self, node: Node) -> None:
        if self.frames:
            self.frames[-1].nodes.append(node)
        else:
            self.root = node


def entries(frame: Frame) -> dict[str, Node]:
    pairs = zip(frame.nodes[::2], frame.nodes[1::2], strict=True)
    return {key.text: replace(value, line=key.line) for key, value in pairs}


HEADER = r"\[\[?\s*(?P<header>[^\]]+?)\s*\]\]?"
KEY = r"(?P<key>(?:[A-Za-z0-9_-]+|\"[^\"]*\"|'[^']*')(?:\s*\.\s*(?:[A-Za-z0-9_-]+|\"[^\"]*\"|'[^']*'))*)\s*="
PART = r"[A-Za-z0-9_-]+|\"[^\"]*\"|'[^']*'"


def toml(text: str) -> Node:
    """tomllib's values, with the line that each key stands on as far as a look at the lines tells. Raises Unreadable."""
    import tomllib

    try:
        value = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        at = re.search(r"at line (\d+)", str(error))
        raise Unreadable(int(at[1]) if at else 1, f"not TOML: {error}", "mend that line") from None
    except (RecursionError, ValueError):
        raise Unreadable(
            1, f"not TOML that can be read: more than {MOST_DEPTH} levels, or a number too long", MEND
        ) from None
    lines = text.splitlines()
    return placed(value, (), toml_lines(lines), lines, 1, 0)


def toml_lines(lines: list[str]) -> dict[tuple[str | int, ...], int]:
    """The line of each path of keys; an array of tables counts its tables from 0."""
    found: dict[tuple[str | int, ...], int] = {}
    tables: dict[tuple[str | int, ...], int] = {}
    pattern = re.compile(rf"\s*(?:{HEADER}|{KEY})")
    under: tuple[str | int, ...] = ()
    for number, line in enumerate(lines, 1):
        match = pattern.match(line)
        if not match:
            continue
        keys = tuple(part.strip("\"'") for part in re.findall(PART, match["header"] or match["key"]))
        if match["key"]:
            path = (*under, *keys)
        else:
            path = under = resolve(keys, tables, array=line.lstrip().startswith("[["))
        for length in range(1, len(path) + 1):
            found.setdefault(path[:length], number)
    return found


def resolve(keys: tuple[str, ...], tables: dict[tuple[str | int, ...], int], *, array: bool) -> tuple[str | int, ...]:
    """The path of a header, through the last table of every array of tables on its way."""
    path: tuple[str | int, ...] = ()
    for place, key in enumerate(keys):
        path = (*path, key)
        if array and place == len(keys) - 1:
            tables[path] = tables.get(path, -1) + 1
        if path in tables:
            path = (*path, tables[path])
    return path


def placed(
    value: Any,
    path: tuple[str | int, ...],
    found: dict[tuple[str | int, ...], int],
    lines: list[str],
    line: int,
    depth: int,
) -> Node:
    line = found.get(path, line)
    if depth > MOST_DEPTH:
        raise Unreadable(line, f"more than {MOST_DEPTH} levels of nesting", "flatten it")
    if isinstance(value, dict):
        return Node(
            {key: placed(item, (*path, key), found, lines, line, depth + 1) for key, item in value.items()}, line
        )
    if isinstance(value, list):
        items = []
        for number, item in enumerate(value):
            line = seen(item, lines, line)
            items.append(placed(item, (*path, number), found, lines, line, depth + 1))
        return Node(items, found.get(path, items[0].line if items else line))
    if isinstance(value, str | bool | int | float):
        text = str(value).lower() if isinstance(value, bool) else str(value)
        return Node(value, line, text, quoted=isinstance(value, str))
    return Node(str(value), line, str(value))


# A line that is longer, no person wrote; to look through it for each of its items takes the square of its length.
LONGEST_LINE = 2_000


def seen(item: Any, lines: list[str], line: int) -> int:
    """The line of an item of an array: the first from `line` on, within reach, that holds it in quotes."""
    if isinstance(item, str):
        for number in range(line, min(line + 50, len(lines) + 1)):
            text = lines[number - 1][:LONGEST_LINE]
            if f'"{item}"' in text or f"'{item}'" in text:
                return number
    return line
