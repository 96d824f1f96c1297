"""A command that runs a file that the image doesn't hold: https://docs.docker.com/build/concepts/context/#dockerignore-files"""

from __future__ import annotations

from collections.abc import Iterator

from parity.checks._files import Used, copies, find, in_scope, used
from parity.contract.finding import Finding
from parity.contract.homes import Image
from parity.contract.place import Place
from parity.contract.rule import Rule
from parity.contract.whole import Contract

RULE = Rule(
    "not-in-image",
    "References",
    "error",
    "The file is in the repository and works on a laptop; the container that lacks it ends as soon as it starts.",
)


def check(contract: Contract) -> Iterator[Finding]:
    """One finding for each file and image, with the homes that run it there."""
    found: dict[tuple[str, str], list[Used]] = {}
    for one in used(contract):
        where = find(contract, one)
        if where.state == "absent" and one.process.image:
            found.setdefault((where.path, one.process.image), []).append(one)
    for (path, key), uses in found.items():
        image, first = contract.images[key], uses[0]
        homes = tuple(dict.fromkeys(one.home.name for one in uses))
        reason, hint = why(image, path, contract)
        yield Finding(
            RULE.id,
            first.simple.place,
            f"{first.process.name} runs {path} in {', '.join(homes)}, and {in_scope(image)} hasn't it: {reason}",
            hint,
            Place(image.file, image.stage.place.line),
            homes,
        )


def why(image: Image, path: str, contract: Contract) -> tuple[str, str]:
    front = f"{image.context}/" if image.context else ""
    if not path.startswith(front):
        return f"its build context is {image.context}/", "build with a context that holds it, or move it there"
    inside = path.removeprefix(front)
    taking = any(covers(source, inside) for copy in copies(image) for source in copy.local)
    if taking and not image.holds(path):
        name = f"{image.file}.dockerignore"
        file = name if name in contract.paths else f"{front}.dockerignore"
        return f"{file} leaves it out", f"write !{inside} at the end of {file}"
    if taking:
        return "only another stage has it, or it lies elsewhere there", f"copy {inside} into the last stage"
    return "no COPY brings it", f"COPY {inside} in {image.file}"


def covers(source: str, path: str) -> bool:
    plain = source.strip("/").removeprefix("./") or "."
    return plain == "." or path == plain or path.startswith(plain + "/")
