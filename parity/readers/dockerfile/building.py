"""What the stages of a Dockerfile make, one after the other.

https://github.com/moby/buildkit/blob/master/frontend/dockerfile/dockerfile2llb/convert.go
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from parity.contract.dataclass import dataclass, replace
from parity.contract.dockerfile import Arg, Instruction, Mention, Stage
from parity.contract.place import Place
from parity.readers.dockerfile.arguments import STAGE
from parity.readers.dockerfile.expansion import Lex
from parity.readers.dockerfile.image import Image
from parity.readers.dockerfile.reference import reference
from parity.readers.dockerfile.refusal import Refusal
from parity.readers.unreadable import Unreadable

# What a builder for Heroku's dynos, and for most laptops, says of itself.
# https://docs.docker.com/reference/dockerfile/#automatic-platform-args-in-the-global-scope
PLATFORM = {
    "BUILDPLATFORM": "linux/amd64",
    "BUILDOS": "linux",
    "BUILDOSVERSION": "",
    "BUILDARCH": "amd64",
    "BUILDVARIANT": "",
    "TARGETPLATFORM": "linux/amd64",
    "TARGETOS": "linux",
    "TARGETOSVERSION": "",
    "TARGETARCH": "amd64",
    "TARGETVARIANT": "",
}
SYSTEM = r"[A-Za-z0-9_-]+(?:\([A-Za-z0-9_.%+-]*\))?"
PART = r"[A-Za-z0-9_.-]+"
# One word alone must be one of these.
SYSTEMS = (
    *("aix", "android", "darwin", "dragonfly", "freebsd", "hurd", "illumos", "ios", "js", "linux", "nacl", "netbsd"),
    *("openbsd", "plan9", "solaris", "windows", "zos", "macos"),
    *("386", "amd64", "amd64p32", "arm", "armbe", "arm64", "arm64be", "ppc64", "ppc64le", "loong64", "mips", "mipsle"),
    *("mips64", "mips64le", "mips64p32", "mips64p32le", "ppc", "riscv", "riscv64", "s390", "s390x", "sparc", "sparc64"),
    *("wasm", "i386", "x86_64", "x86-64", "aarch64", "armhf", "armel"),
)
# What stages may hand on to each other; a Dockerfile that people write has some hundreds.
MOST_WORK = 100_000

Refusals = list[tuple[Refusal, Place]]


def built(
    found: tuple[Instruction, ...], file: str, escape: str, given: Mapping[str, str]
) -> tuple[tuple[Stage, ...], tuple[Arg, ...], Refusals]:
    """The stages, every ARG, and what is refused on the way."""
    building = Building(file, escape, given)
    head, bodies = parted(found)
    building.head(head)
    for body in bodies:
        building.stage(body)
    building.check_sources()
    return tuple(building.stages), tuple(declared(head, bodies)), building.refusals


def parted(found: Iterable[Instruction]) -> tuple[list[Instruction], list[list[Instruction]]]:
    """What stands before the first FROM, and each stage."""
    head: list[Instruction] = []
    bodies: list[list[Instruction]] = []
    for one in found:
        if one.keyword == "FROM":
            bodies.append([one])
        else:
            (bodies[-1] if bodies else head).append(one)
    return head, bodies


def declared(head: list[Instruction], bodies: list[list[Instruction]]) -> Iterator[Arg]:
    for number, body in enumerate([head, *bodies], -1):
        for one in body:
            for word in one.words if one.keyword == "ARG" else ():
                name, equals, default = word.partition("=")
                yield Arg(name, unquoted(default) if equals else None, one.place, None if number < 0 else number)


def unquoted(text: str) -> str:
    """A default for people to see: without the quotes round it."""
    return text[1:-1] if len(text) > 1 and text[0] == text[-1] and text[0] in "'\"" else text


@dataclass(frozen=True, slots=True)
class Origin:
    """A stage or an image that a stage takes something from, and where it says so."""

    text: str
    stage: int
    place: Place
    # COPY knows a stage by its number too.
    numbers: bool


class Building:
    """All stages so far."""

    def __init__(self, file: str, escape: str, given: Mapping[str, str]) -> None:
        self.file, self.escape, self.given = file, escape, given
        self.globals = {name: given.get(name, value) for name, value in PLATFORM.items()}
        self.stages: list[Stage] = []
        self.images: list[Image] = []
        # By name, each time the latest.
        self.names: dict[str, int] = {}
        self.origins: list[Origin] = []
        self.refusals: Refusals = []
        self.work = 0

    def head(self, found: list[Instruction]) -> None:
        """ARG before the first FROM."""
        for one in found:
            if one.keyword != "ARG":
                self.refusals.append(
                    (Refusal(f"{one.keyword} stands before the first FROM", "move it behind a FROM"), one.place)
                )
                return
            for word in one.words:
                name, equals, value = word.partition("=")
                try:
                    if name in self.given:
                        self.globals[name] = self.given[name]
                    elif equals:
                        self.globals[name] = Lex(self.escape).word(value, self.globals)
                except Refusal as refusal:
                    self.refusals.append((refusal, one.place))

    def stage(self, body: list[Instruction]) -> None:
        first, number = body[0], len(self.stages)
        name = named(first)
        written = first.words[0] if first.words else ""
        lex = Lex(self.escape)
        base, platform = self.put_in(lex, written, first.place), self.platform(lex, first)
        missed = [Mention(name, first.place) for name in lex.missed]
        parent = self.names.get(base)
        known = None if parent is not None or base in ("", "scratch") else reference(base)
        if parent is None and known is None and base != "scratch" and written:
            self.refusals.append((no_image(written, base), first.place))
        image = self.begin(base, parent, first.place)
        triggers = self.triggers(parent)
        for one in [*triggers, *body[1:]]:
            self.run(image, one, number)
        effective = image.effective(self.chain(parent, number), known if parent is None else None)
        if parent is not None:
            below = self.stages[parent].effective
            effective = replace(effective, base=below.base, base_text=below.base_text, base_place=below.base_place)
        self.images.append(image)
        undeclared = (*missed, *image.missed)
        self.stages.append(
            Stage(number, name, first.place, written, base, known, parent, platform, tuple(body), effective, undeclared)
        )
        if name:
            self.names[name] = number

    def put_in(self, lex: Lex, text: str, place: Place) -> str:
        try:
            return lex.word(text, self.globals)
        except Refusal as refusal:
            self.refusals.append((refusal, place))
            return ""

    def platform(self, lex: Lex, first: Instruction) -> str:
        written = first.flag("platform")
        if written is None or written == "":
            return ""
        platform = self.put_in(lex, written, first.place)
        if not is_platform(platform):
            message = f"--platform={written[:40]} means `{platform[:40]}`, which is no platform"
            self.refusals.append((Refusal(message, "write it as in linux/amd64"), first.place))
        return platform

    def begin(self, base: str, parent: int | None, place: Place) -> Image:
        if parent is None:
            return Image(self.file, self.escape, self.given, self.globals, base, place)
        below = self.images[parent]
        self.spend(below.size, place)
        return below.child(place)

    def chain(self, parent: int | None, number: int) -> tuple[int, ...]:
        return (*(self.stages[parent].effective.chain if parent is not None else ()), number)

    def triggers(self, parent: int | None) -> list[Instruction]:
        if parent is None:
            return []
        return [one.trigger for one in self.stages[parent].instructions if one.keyword == "ONBUILD" and one.trigger]

    def run(self, image: Image, one: Instruction, number: int) -> None:
        try:
            self.spend(image.take(one), one.place)
        except Refusal as refusal:
            self.refusals.append((refusal, one.place))
        self.origins += [
            Origin(text, number, one.place, numbers) for text, numbers in origins(one) if text and text != "scratch"
        ]

    def spend(self, work: int, place: Place) -> None:
        self.work += work
        if self.work > MOST_WORK:
            raise Unreadable(
                place.line, "the stages hand on more than this reader takes", "part the Dockerfile into several"
            )

    def check_sources(self) -> None:
        """What COPY and mounts take from: an earlier stage, or what can be an image."""
        for one in self.origins:
            try:
                self.check_source(one)
            except Refusal as refusal:
                self.refusals.append((refusal, one.place))
        self.stages = [resolved(stage, self.numbers(stage)) for stage in self.stages]

    def check_source(self, one: Origin) -> None:
        if one.numbers and Lex(self.escape).word(one.text, {}) != one.text:
            raise Refusal("--from takes no variables", "name a stage for it: `FROM $IMAGE AS name`, and --from=name")
        number = self.found(one.text, one.numbers)
        if number is None:
            if reference(one.text) is None:
                raise Refusal(f"no stage and no image can be called {one.text[:60]}", "write the name of a stage above")
        elif number >= len(self.stages) or number < 0:
            raise Refusal(
                f"there is no stage {one.text}", f"the stages are 0 to {len(self.stages) - 1}; better use a name"
            )
        elif number >= one.stage:
            which = "itself" if number == one.stage else f"{one.text}, which comes later"
            raise Refusal(f"this stage takes something from {which}", "move that stage above this one")

    def found(self, text: str, numbers: bool) -> int | None:
        """The stage that a text means; of two with one name the later."""
        if numbers and NUMBER.fullmatch(text):
            return int(text)
        return self.names.get(text.lower())

    def numbers(self, stage: Stage) -> dict[str, int]:
        return {
            step.origin: number
            for step in stage.effective.copies
            if step.origin and (number := self.found(step.origin, True)) is not None and 0 <= number < len(self.stages)
        }


NUMBER = re.compile(r"[+-]?[0-9]{1,18}", re.ASCII)


def resolved(stage: Stage, numbers: Mapping[str, int]) -> Stage:
    """With the number of the stage at each COPY that has one."""
    if not numbers:
        return stage
    from parity.contract.dockerfile import Copy

    steps = tuple(
        replace(step, stage=numbers[step.origin]) if isinstance(step, Copy) and step.origin in numbers else step
        for step in stage.effective.steps
    )
    return replace(stage, effective=replace(stage.effective, steps=steps))


def named(first: Instruction) -> str:
    name = first.words[2].lower() if len(first.words) == 3 else ""
    return name if STAGE.fullmatch(name) else ""


def no_image(written: str, base: str) -> Refusal:
    message = f"`{written[:60]}` is nothing once variables are put in"
    if base:
        message = f"no image can be called `{base[:60]}`"
    hint = (
        "give the ARG a default before the first FROM"
        if "$" in written
        else "write the name of an image, in lower case"
    )
    return Refusal(message, hint)


def is_platform(text: str) -> bool:
    first, *more = text.split("/")
    if len(more) > 2 or not re.fullmatch(SYSTEM, first) or not all(re.fullmatch(PART, part) for part in more):
        return False
    return bool(more) or first.partition("(")[0].lower() in SYSTEMS


def origins(one: Instruction) -> Iterator[tuple[str, bool]]:
    """What COPY --from and RUN --mount=from= name, and whether it may be a stage's number."""
    if one.keyword == "COPY":
        yield one.flag("from") or "", True
    elif one.keyword == "RUN":
        from parity.readers.dockerfile.mounts import fields

        for name, value in one.flags:
            for field in fields(value or "") if name == "mount" else ():
                key, _, text = field.partition("=")
                if key.lower() == "from":
                    yield text, False
