"""An instruction by itself: its words, its flags, and what the builder refuses about them.

https://github.com/moby/buildkit/blob/master/frontend/dockerfile/instructions/parse.go
"""

from __future__ import annotations

import re
from collections.abc import Callable

from parity.contract.dockerfile import Heredoc, Instruction
from parity.contract.place import Place
from parity.readers.dockerfile import lines, words
from parity.readers.dockerfile.mounts import mount
from parity.readers.dockerfile.refusal import Refusal

# Flags by what may stand behind them: a value, several values, or true and false.
ONE, MANY, SWITCH = "one", "many", "switch"
FLAGS: dict[str, dict[str, str]] = {
    "ADD": {
        "chown": ONE,
        "chmod": ONE,
        "link": SWITCH,
        "keep-git-dir": SWITCH,
        "checksum": ONE,
        "unpack": SWITCH,
        "exclude": MANY,
    },
    "COPY": {"chown": ONE, "from": ONE, "chmod": ONE, "link": SWITCH, "exclude": MANY, "parents": SWITCH},
    "FROM": {"platform": ONE},
    "HEALTHCHECK": {"interval": ONE, "timeout": ONE, "start-period": ONE, "start-interval": ONE, "retries": ONE},
    "RUN": {"mount": MANY, "network": ONE, "security": ONE, "device": MANY},
}
# Nobody looks at what flags these have.
UNCHECKED = ("ARG", "STOPSIGNAL")
KEYWORDS = (
    *("ADD", "ARG", "CMD", "COPY", "ENTRYPOINT", "ENV", "EXPOSE", "FROM", "HEALTHCHECK", "LABEL", "MAINTAINER"),
    *("ONBUILD", "RUN", "SHELL", "STOPSIGNAL", "USER", "VOLUME", "WORKDIR"),
)
# Those that stand behind exactly one argument, and behind at least one.
EXACTLY_ONE = ("MAINTAINER", "WORKDIR", "USER", "STOPSIGNAL")
AT_LEAST_ONE = ("ENV", "LABEL", "ARG", "EXPOSE", "VOLUME", "ONBUILD", "HEALTHCHECK", "SHELL")
STAGE = re.compile(r"[a-z][a-z0-9-_.]*")
# Few files need this one, so it is compiled by who does.
DURATION = r"[+-]?(?:0|(?:(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:ns|us|µs|μs|ms|s|m|h))+)"
DURATIONS = r"([0-9]+\.?[0-9]*|\.[0-9]+)([a-zµμ]+)"
RETRIES = r"-0+|\+?[0-9]{1,99}"
SECONDS = {"ns": 1e-9, "us": 1e-6, "µs": 1e-6, "μs": 1e-6, "ms": 1e-3, "s": 1.0, "m": 60.0, "h": 3600.0}
# Go's longest time.
LONGEST = 2**63 / 1e9


def instruction(one: lines.Logical, file: str, escape: str) -> Instruction:
    """The instruction; raises Refusal where no builder takes it."""
    keyword = one.keyword.upper()
    found, json = parted(keyword, one.text, escape)
    whole = Instruction(
        keyword,
        Place(file, one.line),
        one.last,
        one.text,
        tuple(found),
        tuple(flag(text) for text in one.flags),
        json,
        tuple(heredoc(document, file) for document in one.documents),
        one.joints,
        trigger(one, file, escape) if keyword == "ONBUILD" and one.text else None,
    )
    check(whole)
    return whole


def parted(keyword: str, text: str, escape: str) -> tuple[list[str], bool]:
    if keyword in ("ADD", "COPY", "VOLUME"):
        return words.array_or_blanks(text)
    if keyword in ("CMD", "ENTRYPOINT", "RUN", "SHELL"):
        return words.array_or_whole(text)
    if keyword in ("ENV", "LABEL"):
        return words.pairs(text, keyword, escape), False
    if keyword in ("EXPOSE", "FROM"):
        return words.blanks(text), False
    if keyword == "HEALTHCHECK":
        return words.health(text)
    if keyword == "ARG":
        return words.quoted(text, escape), False
    return [text] if text else [], False


def flag(text: str) -> tuple[str, str | None]:
    name, equals, value = text.partition("=")
    return name.removeprefix("--"), value if equals else None


def heredoc(document: lines.Document, file: str) -> Heredoc:
    text = re.sub(r"(?m)^\t+", "", document.text) if document.chomp else document.text
    return Heredoc(document.name, text, Place(file, document.line), document.expand)


def trigger(one: lines.Logical, file: str, escape: str) -> Instruction:
    """What ONBUILD holds back. It is looked at more closely where a stage builds on this one."""
    keyword, flags, text = lines.parts(one.text, escape)
    found, json = parted(keyword.upper(), text, escape)
    return Instruction(
        keyword.upper(),
        Place(file, one.line),
        one.last,
        text,
        tuple(found),
        tuple(flag(text) for text in flags),
        json,
        tuple(heredoc(document, file) for document in one.documents),
        tuple(lines.shifted(list(one.joints), len(one.text) - len(text))),
    )


def check(one: Instruction) -> None:
    if one.keyword not in KEYWORDS:
        raise unknown(one.keyword)
    if one.keyword in EXACTLY_ONE and len(one.words) != 1:
        raise Refusal(f"{one.keyword} has no argument", f"write what {one.keyword} sets, or remove the line")
    if one.keyword in AT_LEAST_ONE and not one.words:
        raise Refusal(f"{one.keyword} has no argument", f"write what {one.keyword} sets, or remove the line")
    if one.keyword not in UNCHECKED and not (one.keyword == "HEALTHCHECK" and one.words[0].upper() == "NONE"):
        check_flags(one)
    closer = CLOSER.get(one.keyword)
    if closer:
        closer(one)


def unknown(keyword: str) -> Refusal:
    from difflib import get_close_matches

    near = get_close_matches(keyword[:20], KEYWORDS, 1)
    hint = (
        f"write {near[0]}"
        if near
        else "put a \\ at the end of the line before, if it goes on here; else remove the line"
    )
    return Refusal(f"`{words.shortened(keyword)}` is no instruction", hint)


def check_flags(one: Instruction) -> None:
    known = FLAGS.get(one.keyword, {})
    seen: set[str] = set()
    for name, value in one.flags:
        kind = known.get(name)
        if kind is None:
            raise Refusal(f"{one.keyword} knows no --{words.shortened(name)}", f"remove it{of(known)}")
        if name in seen and kind != MANY:
            raise Refusal(f"--{name} stands here twice", "remove one of the two")
        seen.add(name)
        if kind == SWITCH and value is not None and value.lower() not in ("true", "false"):
            raise Refusal(f"--{name} is true or false, and not `{words.shortened(value)}`", f"write `--{name}`")
        if kind != SWITCH and value is None:
            raise Refusal(f"--{name} has no value", f"write `--{name}=VALUE`, without a blank")


def of(known: dict[str, str]) -> str:
    return f", or take one of {', '.join('--' + name for name in known)}" if known else ""


def check_values(one: Instruction) -> None:
    if "" in one.words[0::2]:
        raise Refusal(f"{one.keyword} names a variable without a name", "write NAME=VALUE")


def check_copy(one: Instruction) -> None:
    if len(one.words) < 2:
        raise Refusal(f"{one.keyword} has no destination", f"write `{one.keyword} SOURCE DESTINATION`")
    if document(one.words[-1]):
        raise Refusal(f"{one.keyword} has a here-document as its destination", "write the path of a file behind it")


def document(word: str) -> tuple[str, ...]:
    """The name of the here-document that a word asks for, if it does."""
    try:
        found = lines.heredoc(word)
    except Refusal:
        return ()
    return found[:1] if found else ()


def check_from(one: Instruction) -> None:
    if len(one.words) == 3 and one.words[1].lower() == "as":
        if not STAGE.fullmatch(one.words[2].lower()):
            message = f"`{words.shortened(one.words[2])}` can't be the name of a stage"
            raise Refusal(message, "begin it with a letter, and use letters, digits, -, _ and . only")
    elif len(one.words) != 1:
        raise Refusal("FROM has another form", "write `FROM IMAGE` or `FROM IMAGE AS NAME`, and nothing behind it")


def check_onbuild(one: Instruction) -> None:
    inner = one.trigger.keyword if one.trigger else ""
    if inner in ("ONBUILD", "MAINTAINER", "FROM"):
        raise Refusal(f"{inner} can't stand behind ONBUILD", "remove it")


def check_run(one: Instruction) -> None:
    for name, given in one.flags:
        value = given or ""
        if name == "mount":
            mount(value, None)
        elif name == "network" and value not in ("default", "none", "host"):
            raise Refusal(f"--network={words.shortened(value)} isn't there", "take default, none or host")
        elif name == "security" and value not in ("insecure", "sandbox"):
            raise Refusal(f"--security={words.shortened(value)} isn't there", "take sandbox or insecure")


def check_health(one: Instruction) -> None:
    kind = one.words[0].upper()
    if kind == "NONE":
        if len(one.words) > 1:
            raise Refusal("HEALTHCHECK NONE has an argument", "remove what stands behind NONE")
        return
    if kind != "CMD":
        raise Refusal("HEALTHCHECK has no CMD", "write `HEALTHCHECK [OPTIONS] CMD command`")
    if len(one.words) == 1:
        raise Refusal("HEALTHCHECK CMD has no command", "write the command behind CMD")
    for name, given in one.flags:
        value = given or ""
        if name == "retries":
            if value and not (re.fullmatch(RETRIES, value) and int(value) < 2**31):
                raise Refusal(f"--retries={words.shortened(value)} is no count", "write a number: --retries=3")
        elif value and seconds(value) is None:
            raise Refusal(f"--{name}={words.shortened(value)} is no time", f"write it with a unit: --{name}=30s")


def seconds(text: str) -> float | None:
    """A time as Go writes it, and 0 or at least a millisecond; None for another text."""
    if len(text) > 64 or not re.fullmatch(DURATION, text):
        return None
    whole = sum(float(number) * SECONDS[unit] for number, unit in re.findall(DURATIONS, text))
    whole = -whole if text.startswith("-") else whole
    return whole if whole == 0 or 0.001 <= whole < LONGEST else None


def check_volume(one: Instruction) -> None:
    if any(not word.strip() for word in one.words):
        raise Refusal("VOLUME names no path", "write the path of a folder, or remove the empty one")


def check_shell(one: Instruction) -> None:
    if not one.json:
        raise Refusal("SHELL has no JSON array", 'write it so: SHELL ["/bin/bash", "-c"]')


def check_arg(one: Instruction) -> None:
    if any(word.startswith("=") for word in one.words):
        raise Refusal("ARG names a variable without a name", "write `ARG NAME` or `ARG NAME=DEFAULT`")


CLOSER: dict[str, Callable[[Instruction], None]] = {
    "ENV": check_values,
    "LABEL": check_values,
    "ADD": check_copy,
    "COPY": check_copy,
    "FROM": check_from,
    "ONBUILD": check_onbuild,
    "RUN": check_run,
    "HEALTHCHECK": check_health,
    "VOLUME": check_volume,
    "SHELL": check_shell,
    "ARG": check_arg,
}
