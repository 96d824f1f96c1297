"""What Heroku's builder, the classic one, doesn't know: https://docs.docker.com/build/buildkit/

https://devcenter.heroku.com/articles/container-registry-and-runtime#dockerfile-commands-and-runtime
"""

from __future__ import annotations

from collections.abc import Iterator

from parity.contract.dockerfile import Instruction
from parity.contract.finding import Finding
from parity.contract.rule import Rule
from parity.contract.whole import Contract

RULE = Rule(
    "classic-builder",
    "Image",
    "error",
    "Heroku builds by heroku.yml with Docker's classic builder, which stops at what only BuildKit knows, so no push goes out.",
)

FLAGS = {
    "RUN": ("mount", "network", "security"),
    "COPY": ("chmod", "link", "parents", "exclude"),
    "ADD": ("chmod", "link", "exclude", "checksum", "keep-git-dir", "unpack"),
}


def check(contract: Contract) -> Iterator[Finding]:
    """One finding for each Dockerfile that heroku.yml builds, at the first line that the builder stops at."""
    seen: set[str] = set()
    for image in contract.images.values():
        if "heroku" not in image.homes or image.file in seen:
            continue
        # The classic builder builds every stage up to the one that is asked for, used or not.
        stages = image.dockerfile.stages[: image.stage.number + 1]
        refused = [(one, what) for stage in stages for one in stage.instructions for what in modern(one)]
        if refused:
            seen.add(image.file)
            first = refused[0][0]
            kinds = dict.fromkeys(what for _, what in refused)
            lines = dict.fromkeys(str(one.place.line) for one, _ in refused)
            more = f" (lines {', '.join(lines)})" if len(lines) > 1 else ""
            yield Finding(
                RULE.id,
                first.place,
                f"{image.file}, which heroku.yml builds, has {', '.join(kinds)}{more}, which its classic builder doesn't know",
                "write it without: caches and secrets have no stand-in there, and RUN chmod does what --chmod does",
                image.place,
                ("heroku",),
            )


def modern(one: Instruction) -> Iterator[str]:
    for flag in FLAGS.get(one.keyword, ()):
        if one.flag(flag) is not None:
            yield f"{one.keyword} --{flag}"
    if one.heredocs:
        yield f"{one.keyword} <<"
