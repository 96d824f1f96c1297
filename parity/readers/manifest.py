"""Walks a manifest against its documented schema, and gathers what doesn't fit: heroku.yml's and app.json's."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from parity.contract.finding import Finding
from parity.contract.place import Place
from parity.readers.tree import Node

NOTHING: Mapping[str, str] = {}


class Manifest:
    """`refused` is the rule for what its tool stops at, `unknown` that for a key that it doesn't know."""

    def __init__(self, file: str, refused: str, unknown: str) -> None:
        self.file, self.refused, self.unknown = file, refused, unknown
        self.findings: list[Finding] = []

    def place(self, node: Node) -> Place:
        return Place(self.file, node.line)

    def find(self, rule: str, node: Node, message: str, hint: str, other: Place | None = None) -> None:
        self.findings.append(Finding(rule, self.place(node), message, hint, other))

    def mapping(self, node: Node | None, where: str, example: str) -> list[tuple[str, Node]]:
        """The entries; none, and a finding, for anything but a mapping."""
        if node is None or self.is_a(node, isinstance(node.value, dict), where, "a mapping", example):
            return [] if node is None else node.entries()
        return []

    def items(self, node: Node | None, where: str, example: str) -> list[Node]:
        """The items of a list. Anything else is a finding, and a single text is taken for a list of one all the same."""
        if node is None or self.is_a(node, isinstance(node.value, list), where, "a list", example):
            return [] if node is None else node.items()
        return [] if node.string() is None else [node]

    def text(self, node: Node | None, where: str, example: str) -> str:
        """A text, or a number as text; "" and a finding for anything else."""
        if node is None:
            return ""
        self.is_a(node, node.string() is not None, where, "a text", example)
        return node.string() or ""

    def texts(self, node: Node | None, where: str, example: str) -> tuple[str, ...]:
        return tuple(self.text(item, f"an item of {where}", example) for item in self.items(node, where, example))

    def is_a(self, node: Node, fits: bool, where: str, kind: str, example: str) -> bool:
        if not fits:
            self.find(self.refused, node, f"{where} is {described(node)}, and {kind} is wanted", f"write {example}")
        return fits

    def known(
        self,
        node: Node | None,
        keys: Iterable[str],
        where: str,
        elsewhere: Mapping[str, str] = NOTHING,
        others: tuple[str, ...] = (),
    ) -> None:
        """Names each key that isn't one of `keys`; `elsewhere` says where some belong, `others` are let pass."""
        known = list(keys)
        for key, value in node.entries() if node else []:
            if key not in known and key not in others:
                self.find(self.unknown, value, f"{where} has no key `{shown(key)}`", suggestion(key, known, elsewhere))


def described(node: Node) -> str:
    if node.value is None:
        return "empty"
    if isinstance(node.value, dict):
        return "a mapping"
    if isinstance(node.value, list):
        return "a list"
    if isinstance(node.value, str):
        return "a text"
    return f"`{shown(node.text)}`"


def suggestion(key: str, known: list[str], elsewhere: Mapping[str, str]) -> str:
    from difflib import get_close_matches

    if key in elsewhere:
        return f"move it {elsewhere[key]}"
    close = get_close_matches(key[:60].lower(), [*known, *elsewhere], 1)
    if not close:
        return f"remove it: the keys are {', '.join(known)}"
    return f"write `{close[0]}`" + (f", and move it {elsewhere[close[0]]}" if close[0] not in known else "")


def shown(text: str) -> str:
    text = "".join(char if char.isprintable() else " " for char in text)
    return text if len(text) <= 40 else f"{text[:39]}…"
