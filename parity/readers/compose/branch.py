"""The tree of a compose file whose variables are filled in; each value knows where it comes from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from parity.contract.compose import Mention, Text
from parity.contract.dataclass import dataclass
from parity.contract.place import Place
from parity.readers.compose.interpolation import Interpolated, interpolated
from parity.readers.compose.record import Record
from parity.readers.compose.scalars import printed
from parity.readers.tree import MOST_DEPTH, Node
from parity.readers.unreadable import Unreadable


@dataclass(frozen=True, slots=True, eq=False)
class Source:
    """A file, the folder that its paths start from (None: outside of the root), and what its variables come from."""

    file: str
    folder: str | None
    environment: Mapping[str, str]


class Branch:
    """A value. `text` is a scalar's, interpolated; `written` is it as the file spells it."""

    __slots__ = ("line", "mentions", "quoted", "source", "tag", "value", "written")

    def __init__(
        self,
        value: str | int | float | bool | dict[str, Branch] | list[Branch] | None,
        source: Source,
        line: int,
        written: str = "",
        mentions: tuple[Mention, ...] = (),
        tag: str = "",
        quoted: bool = False,
    ) -> None:
        self.value, self.source, self.line, self.written = value, source, line, written
        self.mentions, self.tag, self.quoted = mentions, tag, quoted

    @property
    def place(self) -> Place:
        return Place(self.source.file, self.line)

    @property
    def text(self) -> str | None:
        """A scalar as compose would print it; None for null, a mapping and a list."""
        if self.value is None or isinstance(self.value, dict | list):
            return None
        return printed(self.value, self.quoted)

    def shown(self) -> Text | None:
        text = self.text
        return None if text is None else Text(text, self.place, self.written, self.mentions)

    def get(self, *keys: str) -> Branch | None:
        branch: Branch | None = self
        for key in keys:
            branch = branch.value.get(key) if branch and isinstance(branch.value, dict) else None
        return branch

    def entries(self) -> list[tuple[str, Branch]]:
        return list(self.value.items()) if isinstance(self.value, dict) else []

    def items(self) -> list[Branch]:
        return self.value if isinstance(self.value, list) else []

    def with_value(self, value: dict[str, Branch] | list[Branch]) -> Branch:
        """Another value at the same place."""
        return Branch(value, self.source, self.line)

    def scalars(self) -> Iterator[Branch]:
        """Itself if it is a scalar, else those of a list."""
        yield from self.items() if isinstance(self.value, list) else [self]


def grown(node: Node, source: Source, record: Record, depth: int = 0) -> Branch:
    """The tree with its variables filled in. Raises Unreadable for one that aliases make too deep."""
    if depth > MOST_DEPTH:
        raise Unreadable(node.line, f"more than {MOST_DEPTH} levels of nesting once aliases are expanded", "flatten it")
    record.resets |= node.tag == "!reset"
    value = node.value
    if isinstance(value, dict):
        record.spend(len(value))
        entries = {key: grown(child, source, record, depth + 1) for key, child in value.items()}
        return Branch(entries, source, node.line, tag=node.tag)
    if isinstance(value, list):
        record.spend(len(value))
        items = [grown(child, source, record, depth + 1) for child in value if child.tag != "!reset"]
        return Branch(items, source, node.line, tag=node.tag)
    if isinstance(value, str) and "$" in value:
        return filled(node, value, source, record)
    return Branch(value, source, node.line, node.text, (), node.tag, node.quoted)


def filled(node: Node, value: str, source: Source, record: Record) -> Branch:
    seen = interpolated(value, source.environment)
    place = Place(source.file, node.line)
    record.spend(1 + len(seen.text) // 100)
    # That the forms are among a Mention's is what their pattern says.
    mentions = tuple(Mention(name, place, form, word) for name, form, word in seen.mentions)  # type: ignore[arg-type]
    record.mention(mentions)
    report(seen, place, record)
    # What was put together is text, whatever it looks like.
    return Branch(seen.text, source, node.line, node.text, mentions, node.tag, True)


def report(seen: Interpolated, place: Place, record: Record) -> None:
    for name in seen.unset:
        message = f"{name} is not set and has no default, so compose puts a blank in its place"
        record.find("compose-variable-unset", place, message, f"write ${{{name}:-a default}}, or ${{{name}:?}}")
    for name, reason in seen.required.items():
        message = f"{name} is not set, and compose stops without it" + (f": {reason}" if reason else "")
        record.find("compose-variable-required", place, " ".join(message.split()), f"set {name} in .env")
    if seen.invalid:
        message = f"`{seen.invalid}` is no expansion of a variable, and compose stops at it"
        record.find("compose-refused", place, message, "write $$ for a $ that means itself")
