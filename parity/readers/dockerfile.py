"""Reads a Dockerfile. https://docs.docker.com/reference/dockerfile/"""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from parity.contract.dockerfile import Copy, Dockerfile, Instruction, Stage
from parity.contract.place import Place
from parity.readers.unreadable import Unreadable

KEYWORDS = frozenset(
    ["ADD", "ARG", "CMD", "COPY", "ENTRYPOINT", "ENV", "EXPOSE", "FROM", "HEALTHCHECK", "LABEL", "MAINTAINER", "ONBUILD", "RUN", "SHELL", "STOPSIGNAL", "USER", "VOLUME", "WORKDIR"]
)
FLAGS = {
    "ADD": {"chown", "chmod", "link", "keep-git-dir", "checksum", "exclude", "unpack"},
    "COPY": {"from", "chown", "chmod", "link", "parents", "exclude"},
    "FROM": {"platform"},
    "HEALTHCHECK": {"interval", "timeout", "start-period", "start-interval", "retries"},
    "RUN": {"mount", "network", "security", "device"},
}
# Those whose words may be a JSON list.
LISTS = frozenset(("ADD", "CMD", "COPY", "ENTRYPOINT", "RUN", "SHELL", "VOLUME", "HEALTHCHECK"))
DIRECTIVE = re.compile(r"#\s*([A-Za-z][A-Za-z0-9]*)\s*=\s*(.+?)\s*")
HEREDOC = re.compile(r"(?<!<)<<(-?)\s*([\"']?)([A-Za-z_][A-Za-z0-9_.]*)\2")
FLAG = re.compile(r"--([a-z-]+)(?:=(\S*))?\s*")
# A text longer than this in one instruction is no Dockerfile of a person.
LONGEST = 1_000_000


def read(text: str, file: str, args: Mapping[str, str] | None = None) -> Dockerfile:
    """The stages as a build with `args` would make them. Raises Unreadable where docker refuses the file."""
    lines = text.removeprefix("\ufeff").splitlines()
    directives = leading(lines)
    escape = directives.get("escape", "\\")
    if escape not in ("\\", "`"):
        raise Unreadable(1, f"the escape directive takes \\ or `, not {escape}", "write # escape=`, or remove the line")
    found = tuple(instructions(lines, file, escape))
    if not found:
        raise Unreadable(1, "no instruction", "begin with FROM and the image that this one is made from")
    builder = Builder(file, dict(args or {}), escape)
    for instruction in found:
        builder.take(instruction)
    if not builder.stages:
        raise Unreadable(found[0].place.line, "no FROM", "begin with FROM and the image that this one is made from")
    stages = tuple(stage.done() for stage in builder.stages)
    return Dockerfile(file, found, stages, builder.globals, escape, directives.get("syntax", ""))


def leading(lines: list[str]) -> dict[str, str]:
    """The parser directives: comments `# key=value` before anything else."""
    found: dict[str, str] = {}
    for line in lines:
        match = DIRECTIVE.fullmatch(line.strip())
        key = match[1].lower() if match else ""
        if match is None or key not in ("escape", "syntax", "check") or key in found:
            break
        found[key] = match[2]
    return found


def instructions(lines: list[str], file: str, escape: str) -> list[Instruction]:
    found: list[Instruction] = []
    number = 0
    while number < len(lines):
        if not lines[number].strip() or lines[number].lstrip().startswith("#"):
            number += 1
            continue
        begin = number
        text, number = joined(lines, number, escape)
        keyword = text.split(None, 1)[0].upper() if text.strip() else ""
        bodies: list[str] = []
        if keyword in ("RUN", "COPY", "ADD"):
            for dash, _, delimiter in HEREDOC.findall(text):
                body, number = document(lines, number, delimiter, dash == "-", begin)
                bodies.append(body)
        if text.strip():
            found.append(instruction(text, Place(file, begin + 1), escape, tuple(bodies)))
    return found


def joined(lines: list[str], number: int, escape: str) -> tuple[str, int]:
    """An instruction with its continued lines; comments and blank lines among those are left out."""
    parts: list[str] = []
    while number < len(lines):
        line = lines[number]
        number += 1
        if parts and (not line.strip() or line.lstrip().startswith("#")):
            continue
        stripped = line.rstrip()
        if not stripped.endswith(escape):
            parts.append(line if parts else line.lstrip())
            break
        parts.append(stripped[: -len(escape)] if len(parts) else stripped[: -len(escape)].lstrip())
    return "".join(parts).rstrip(), number


def document(lines: list[str], number: int, delimiter: str, tabs: bool, begin: int) -> tuple[str, int]:
    rows: list[str] = []
    while number < len(lines):
        row = lines[number].lstrip("\t") if tabs else lines[number]
        number += 1
        if row == delimiter:
            return "\n".join([*rows, ""]), number
        rows.append(row)
    raise Unreadable(begin + 1, f"the here-document {delimiter} has no end", f"write {delimiter} on a line of its own")


def instruction(text: str, place: Place, escape: str, bodies: tuple[str, ...]) -> Instruction:
    keyword, _, rest = text.partition(" ") if " " in text.split("\t")[0] else text.partition("\t")
    keyword, rest = keyword.upper(), rest.strip()
    if keyword not in KEYWORDS:
        hint = "write one of Docker's instructions, such as RUN or COPY"
        raise Unreadable(place.line, f"unknown instruction {keyword[:40]}", hint)
    flags, rest = flagged(keyword, rest, place)
    if not rest and keyword not in ("CMD", "ENTRYPOINT", "RUN", "VOLUME", "SHELL"):
        raise Unreadable(place.line, f"{keyword} has no argument", "give it one, or remove the line")
    if keyword == "ONBUILD":
        inner = instruction(rest, place, escape, bodies)
        if inner.keyword in ("ONBUILD", "FROM", "MAINTAINER"):
            raise Unreadable(place.line, f"ONBUILD {inner.keyword} isn't allowed", "remove the line")
    argv = listed(rest) if keyword in LISTS else None
    if keyword == "HEALTHCHECK" and rest.upper().startswith("CMD"):
        argv = listed(rest[3:].strip())
        argv = ("CMD", *argv) if argv is not None else None
    words = argv if argv is not None else tuple(parted(rest, escape))
    made = Instruction(keyword, rest, words, "shell" if argv is None else "exec", place, flags, bodies)
    refuse(made)
    return made


def flagged(keyword: str, rest: str, place: Place) -> tuple[dict[str, str], str]:
    flags: dict[str, str] = {}
    known = FLAGS.get(keyword)
    while known and (match := FLAG.match(rest)):
        if match[1] not in known:
            raise Unreadable(
                place.line, f"{keyword} has no flag --{match[1]}", f"its flags are {', '.join(sorted(known))}"
            )
        earlier = f"{flags[match[1]]} " if match[1] in flags else ""
        flags[match[1]] = earlier + (match[2] if match[2] is not None else "true")
        rest = rest[match.end() :]
    return flags, rest.strip()


def refuse(made: Instruction) -> None:
    """Raises Unreadable for a number of arguments that docker doesn't take."""
    count, line = len(made.words), made.place.line
    if made.keyword in ("COPY", "ADD") and count < 2:
        raise Unreadable(line, f"{made.keyword} needs a source and a destination", "name both")
    if made.keyword == "FROM" and not (count == 1 or (count == 3 and made.words[1].upper() == "AS")):
        raise Unreadable(
            line, f"FROM {made.text[:60]}: not an image, or an image AS a name", "write FROM IMAGE AS NAME"
        )
    if made.keyword == "ENV" and "=" not in made.words[0] and count < 2:
        raise Unreadable(line, f"ENV {made.words[0]} has no value", f"write ENV {made.words[0]}=value")
    if made.keyword == "SHELL" and made.form != "exec":
        raise Unreadable(line, "SHELL takes a JSON list", 'write SHELL ["/bin/bash", "-c"]')


def listed(text: str) -> tuple[str, ...] | None:
    """The words of a JSON list of strings; None for anything else, which docker then takes for a shell's."""
    if not text.startswith("[") or len(text) > LONGEST:
        return None
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return tuple(value) if isinstance(value, list) and all(isinstance(item, str) for item in value) else None


def parted(text: str, escape: str) -> list[str]:
    """The words between blanks; quotes keep blanks together, and stay."""
    words: list[str] = []
    word: list[str] = []
    quote = ""
    number = 0
    while number < len(text):
        char = text[number]
        if char == escape and number + 1 < len(text) and quote != "'":
            word.append(text[number : number + 2])
            number += 2
            continue
        if quote:
            quote = "" if char == quote else quote
            word.append(char)
        elif char in " \t":
            if word:
                words.append("".join(word))
                word = []
        else:
            quote = char if char in "\"'" else ""
            word.append(char)
        number += 1
    return [*words, "".join(word)] if word else words


@dataclass
class Building:
    """A stage while it is built."""

    stage: Stage
    env: dict[str, tuple[str, Place]] = field(default_factory=dict)
    args: dict[str, tuple[str | None, Place]] = field(default_factory=dict)
    copies: list[Copy] = field(default_factory=list)
    runs: list[Instruction] = field(default_factory=list)
    exposed: list[tuple[str, Place]] = field(default_factory=list)
    volumes: list[tuple[str, Place]] = field(default_factory=list)
    instructions: list[Instruction] = field(default_factory=list)

    def done(self) -> Stage:
        return replace(
            self.stage,
            env=self.env,
            args=self.args,
            copies=tuple(self.copies),
            runs=tuple(self.runs),
            exposed=tuple(self.exposed),
            volumes=tuple(self.volumes),
            instructions=tuple(self.instructions),
        )


class Builder:
    """Follows a build from instruction to instruction."""

    def __init__(self, file: str, given: dict[str, str], escape: str) -> None:
        self.file, self.given, self.escape = file, given, escape
        self.globals: dict[str, tuple[str | None, Place]] = {}
        self.stages: list[Building] = []

    def take(self, one: Instruction) -> None:
        if one.keyword == "FROM":
            self.stages.append(self.begun(one))
        elif self.stages:
            current = self.stages[-1]
            current.instructions.append(one)
            method = getattr(self, one.keyword.lower(), None)
            if method:
                method(one, current)
        elif one.keyword == "ARG":
            self.declare(one, self.globals, {})
        else:
            raise Unreadable(
                one.place.line, f"{one.keyword} stands before FROM", "put FROM before it; only ARG may come first"
            )

    def begun(self, one: Instruction) -> Building:
        number = len(self.stages)
        values = {name: value for name, (value, _) in self.globals.items() if value is not None}
        base = self.expanded(one.words[0], values)
        name = one.words[2] if len(one.words) == 3 else ""
        earlier = next(
            (stage for stage in reversed(self.stages) if stage.stage.name.lower() == base.lower() and base), None
        )
        platform = self.expanded(one.flags.get("platform", ""), values)
        stage = Stage(name, number, base, one.words[0], one.place, platform, image=base, image_place=one.place)
        if earlier is None:
            return Building(stage)
        mother = earlier.stage
        stage = replace(
            mother,
            name=name,
            number=number,
            base=base,
            written=one.words[0],
            place=one.place,
            platform=platform,
            parent=mother.number,
        )
        return Building(
            stage,
            dict(earlier.env),
            dict(earlier.args),
            list(earlier.copies),
            list(earlier.runs),
            list(earlier.exposed),
            list(earlier.volumes),
        )

    def values(self, current: Building) -> dict[str, str]:
        """An ENV hides the ARG of its name."""
        args = {name: value for name, (value, _) in current.args.items() if value is not None}
        return {**args, **{name: value for name, (value, _) in current.env.items()}}

    def put(self, text: str, current: Building) -> str:
        return self.expanded(text, self.values(current))

    def expanded(self, text: str, values: Mapping[str, str]) -> str:
        return expand(unquoted_around(text), values, self.escape)

    def declare(self, one: Instruction, into: dict[str, tuple[str | None, Place]], env: Mapping[str, str]) -> None:
        for word in one.words:
            name, sign, default = word.partition("=")
            values = {**{known: value for known, (value, _) in into.items() if value is not None}, **env}
            value: str | None = self.expanded(default, values) if sign else None
            if not sign and into is not self.globals and name in self.globals:
                value = self.globals[name][0]
            into[name] = (self.given.get(name, value), one.place)

    def arg(self, one: Instruction, current: Building) -> None:
        env = {name: value for name, (value, _) in current.env.items()}
        self.declare(one, current.args, env)

    def env(self, one: Instruction, current: Building) -> None:
        if "=" not in one.words[0]:
            name, _, value = one.text.partition(" ")
            current.env[name] = (self.put(value.strip(), current), one.place)
            return
        # All values of one instruction are put in with what was before it.
        values = self.values(current)
        for word in one.words:
            name, _, value = word.partition("=")
            current.env[name] = (self.expanded(value, values), one.place)

    def workdir(self, one: Instruction, current: Building) -> None:
        current.stage = replace(current.stage, workdir=self.absolute(self.put(one.text, current), current))

    def absolute(self, path: str, current: Building) -> str:
        return posixpath.normpath(posixpath.join(current.stage.workdir or "/", path))

    def user(self, one: Instruction, current: Building) -> None:
        current.stage = replace(current.stage, user=(self.put(one.text, current), one.place))

    def cmd(self, one: Instruction, current: Building) -> None:
        current.stage = replace(current.stage, cmd=one)

    def entrypoint(self, one: Instruction, current: Building) -> None:
        # A CMD of an image below is reset, one of this stage stays.
        own = current.stage.cmd if current.stage.cmd in current.instructions else None
        current.stage = replace(current.stage, entrypoint=one if one.text else None, cmd=own)

    def shell(self, one: Instruction, current: Building) -> None:
        current.stage = replace(current.stage, shell=one.words)

    def stopsignal(self, one: Instruction, current: Building) -> None:
        current.stage = replace(current.stage, stopsignal=self.put(one.text, current))

    def healthcheck(self, one: Instruction, current: Building) -> None:
        current.stage = replace(current.stage, healthcheck=None if one.text.upper() == "NONE" else one)

    def expose(self, one: Instruction, current: Building) -> None:
        current.exposed.extend((self.put(word, current), one.place) for word in one.words)

    def volume(self, one: Instruction, current: Building) -> None:
        current.volumes.extend((self.put(word, current), one.place) for word in one.words)

    def run(self, one: Instruction, current: Building) -> None:
        current.runs.append(one)

    def copy(self, one: Instruction, current: Building) -> None:
        *sources, destination = (self.put(word, current) for word in one.words)
        whole = self.absolute(destination, current)
        if whole != "/" and destination.endswith(("/", "/.", ".")) and destination.rpartition("/")[2] in ("", "."):
            whole += "/"
        current.copies.append(
            Copy(
                sources=tuple(source for source in sources if not source.startswith("<<")),
                destination=whole,
                place=one.place,
                origin=self.put(one.flags.get("from", ""), current),
                chown=one.flags.get("chown", ""),
                chmod=one.flags.get("chmod", ""),
                add=one.keyword == "ADD",
                stage=current.stage.number,
            )
        )

    add = copy


def unquoted_around(text: str) -> str:
    """Without the quotes of a word; single quotes keep what is in them as it is."""
    if len(text) >= 2 and text[0] == text[-1] == '"':
        return text[1:-1]
    if len(text) >= 2 and text[0] == text[-1] == "'":
        return text[1:-1].replace("$", "\\$")
    return text


VARIABLE = re.compile(
    r"(?P<escaped>[\\`].)|\$(?:(?P<bare>[A-Za-z_][A-Za-z0-9_]*)|\{(?P<name>[A-Za-z_][A-Za-z0-9_]*)(?:(?P<sign>:?[-+?])(?P<word>[^{}]*))?\})",
    re.DOTALL,
)


def expand(text: str, values: Mapping[str, str], escape: str) -> str:
    """`text` with variables put in; one that isn't set is empty, as in docker."""

    def put(match: re.Match[str]) -> str:
        if match["escaped"]:
            return match[0][1:] if match[0][0] == escape else match[0]
        value = values.get(match["bare"] or match["name"])
        sign, word = match["sign"] or "", match["word"] or ""
        given = value is not None and (bool(value) or not sign.startswith(":"))
        if sign.endswith("+"):
            return word if given else ""
        return str(value) if given else word if sign.endswith("-") else ""

    return VARIABLE.sub(put, text)
