"""Images that homes pull, each with the line that names it. https://docs.docker.com/reference/dockerfile/#from"""

from __future__ import annotations

from collections.abc import Iterator

from parity.contract.dataclass import dataclass
from parity.contract.place import Place
from parity.contract.whole import Contract


@dataclass(frozen=True, slots=True)
class Pulled:
    """`name` is without tag and digest."""

    name: str
    tag: str
    digest: str
    place: Place
    homes: tuple[str, ...]
    # Its home can build it as well.
    built: bool = False

    @property
    def text(self) -> str:
        return f"{self.name}:{self.tag}" if self.tag else self.name


def pulled(contract: Contract) -> Iterator[Pulled]:
    """Each image once for each line that names it: of stages that are built, of compose's services, of CI's."""
    seen: set[tuple[Place, str]] = set()
    for one in (*of_dockerfiles(contract), *of_services(contract)):
        key = (one.place, one.name)
        if key not in seen and one.name and "$" not in one.name + one.tag and "{" not in one.name + one.tag:
            seen.add(key)
            yield one


def grouped(contract: Contract) -> Iterator[tuple[Pulled, ...]]:
    """The same, those of one name and tag together."""
    found: dict[str, list[Pulled]] = {}
    for one in pulled(contract):
        found.setdefault(f"{one.text}@{one.digest}", []).append(one)
    return (tuple(ones) for ones in found.values())


def homes(ones: tuple[Pulled, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(home for one in ones for home in one.homes))


def also(ones: tuple[Pulled, ...]) -> str:
    """The other places, for the end of a message."""
    places = [str(one.place) for one in ones[1:4]]
    more = f" and {len(ones) - 4} more" if len(ones) > 4 else ""
    return f"; also in {', '.join(places)}{more}" if places else ""


def of_dockerfiles(contract: Contract) -> Iterator[Pulled]:
    for image in contract.images.values():
        for stage in image.dockerfile.needed(image.stage):
            if stage.reference and stage.parent is None:
                reference = stage.reference
                yield Pulled(reference.name, reference.tag, reference.digest, stage.place, image.homes)
            for copy in stage.effective.copies:
                if copy.origin and copy.stage is None and ("/" in copy.origin or ":" in copy.origin):
                    yield Pulled(*parted(copy.origin), copy.place, image.homes)


def of_services(contract: Contract) -> Iterator[Pulled]:
    for home in contract.homes:
        if home.kind == "compose":
            continue
        for service in home.services:
            if home.kind in ("ci", "devcontainer"):
                yield Pulled(*parted(service.what), service.place, (home.name,))
    for number, project in enumerate(contract.composes):
        home_name = "compose" if not number else f"compose:{project.file}"
        own = {one.image.text for one in project.services.values() if one.build and one.image}
        for one in project.services.values():
            if one.image and one.image.text:
                built = one.image.text in own or said_by_make(contract, one.image.text)
                yield Pulled(*parted(one.image.text), one.image.place, (home_name,), built)


def said_by_make(contract: Contract, name: str) -> bool:
    """Whether the Makefile, which may build it, names an image."""
    return bool(contract.makefile) and name in (contract.look("Makefile") or "")


def parted(text: str) -> tuple[str, str, str]:
    """Name, tag and digest."""
    front, _, digest = text.partition("@")
    name, colon, tag = front.rpartition(":")
    if not colon or "/" in tag:
        return front, "", digest
    return name, tag, digest
