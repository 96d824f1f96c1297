"""A home that builds another image than production: https://12factor.net/dev-prod-parity"""

from __future__ import annotations

from collections.abc import Iterator

from parity.contract.finding import Finding
from parity.contract.homes import Image
from parity.contract.rule import Rule
from parity.contract.whole import Contract

RULE = Rule(
    "image-differs",
    "Image",
    "warning",
    "What is tried out at home isn't what users get: another base, other packages, another user, another server.",
)


def check(contract: Contract) -> Iterator[Finding]:
    """One finding for each image of compose's web process that isn't production's."""
    seen: set[tuple[str, str]] = set()
    for home in contract.production():
        wanted = [image for process in home.by_role("web") if (image := contract.images.get(process.image or ""))]
        for other in contract.of_kind("compose") if len(wanted) == 1 else ():
            theirs = [
                image
                for process in other.by_role("web")
                if not process.optional and (image := contract.images.get(process.image or ""))
            ]
            if not theirs or any(difference(one, wanted[0]) == "" for one in theirs):
                continue
            one = theirs[0]
            if (one.key, wanted[0].key) not in seen:
                seen.add((one.key, wanted[0].key))
                yield Finding(
                    RULE.id,
                    one.place,
                    f"{other.name} builds {difference(one, wanted[0])}",
                    "build one image in both, and let variables and the command make the difference",
                    wanted[0].place,
                    (other.name, home.name),
                )


def difference(one: Image, production: Image) -> str:
    """How an image differs from production's; "" when it doesn't."""
    kind = " and ".join(home for home in production.homes if home != "image")
    if one.file != production.file:
        return f"{one.file}, and {kind} builds {production.file}"
    if one.stage.number != production.stage.number:
        return f"stage {one.stage.label} of {one.file}, and {kind} builds stage {production.stage.label}"
    declared = {arg.name: arg.default for arg in one.dockerfile.args}
    for name in sorted(declared):
        mine, its = one.args.get(name, declared[name]), production.args.get(name, declared[name])
        if mine != its and "$" not in f"{mine}{its}":
            return f"{one.file} with {name}={mine or ''}, and {kind} with {name}={its or ''}"
    return ""
