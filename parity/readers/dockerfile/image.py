"""An image while its instructions run: what each of them changes.

https://github.com/moby/buildkit/blob/master/frontend/dockerfile/dockerfile2llb/convert.go
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Mapping

from parity.contract.dockerfile import (
    SHELL,
    CommandLine,
    Copy,
    Effective,
    Folder,
    Healthcheck,
    Heredoc,
    Instruction,
    Mention,
    Mount,
    Reference,
    Run,
    Setting,
    Step,
    remote,
)
from parity.contract.place import Place
from parity.readers.dockerfile import lines
from parity.readers.dockerfile.arguments import check, document, seconds
from parity.readers.dockerfile.expansion import Lex
from parity.readers.dockerfile.mounts import mount
from parity.readers.dockerfile.ports import exposed
from parity.readers.dockerfile.refusal import Refusal

# What the builder puts into every image without one.
PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
SIGNALS = frozenset(
    (
        *(
            "ABRT",
            "ALRM",
            "BUS",
            "CHLD",
            "CLD",
            "CONT",
            "FPE",
            "HUP",
            "ILL",
            "INT",
            "IO",
            "IOT",
            "KILL",
            "PIPE",
            "POLL",
        ),
        *(
            "PROF",
            "PWR",
            "QUIT",
            "RTMAX",
            "RTMIN",
            "SEGV",
            "STKFLT",
            "STOP",
            "SYS",
            "TERM",
            "TRAP",
            "TSTP",
            "TTIN",
            "TTOU",
        ),
        *("URG", "USR1", "USR2", "VTALRM", "WINCH", "XCPU", "XFSZ"),
    )
)
REALTIME = r"RTMIN\+(?:1[0-5]|[1-9])|RTMAX-(?:1[0-4]|[1-9])"
WHOLE = r"[+-]?[0-9]{1,9}"
# chmod's own words: u+x,go-w
SYMBOLIC = r"[ugoa]*(?:[-+=](?:[rwxXst]*|[ugo]))+(?:,[ugoa]*(?:[-+=](?:[rwxXst]*|[ugo]))+)*"
GIT = re.compile(r"(?:git|ssh)://|[A-Za-z0-9_-]+@[^:/]+:|https?://[^?#]*\.git(?:[?#]|\Z)")


class Image:
    """The state of a stage. `values` is what a variable means right now, `environment` also knows where that was said."""

    def __init__(
        self, file: str, escape: str, given: Mapping[str, str], defaults: Mapping[str, str], base: str, place: Place
    ) -> None:
        self.file, self.escape, self.given, self.globals = file, escape, given, defaults
        self.base, self.place = base, place
        self.values: dict[str, str] = {"PATH": PATH}
        self.environment: dict[str, Setting] = {}
        self.env: dict[str, Setting] = {}
        self.args: dict[str, Setting] = {}
        self.labels: dict[str, Setting] = {}
        self.exposed: dict[str, Setting] = {}
        self.volumes: dict[str, Setting] = {}
        self.workdir: Setting | None = None
        self.user: Setting | None = None
        self.stopsignal: Setting | None = None
        self.cmd: CommandLine | None = None
        self.entrypoint: CommandLine | None = None
        self.healthcheck: Healthcheck | None = None
        self.shell: tuple[str, ...] = SHELL
        self.steps: list[Step] = []
        self.onbuild: list[Instruction] = []
        self.missed: list[Mention] = []
        self.with_cmd = False
        # The environment as the last RUN saw it; None once it has changed.
        self.seen: dict[str, Setting] | None = None

    def child(self, place: Place) -> Image:
        """Where a stage begins that builds on this one."""
        child = Image(self.file, self.escape, self.given, self.globals, self.base, place)
        for name in ("values", "environment", "env", "args", "labels", "exposed", "volumes"):
            setattr(child, name, dict(getattr(self, name)))
        for name in ("workdir", "user", "stopsignal", "cmd", "entrypoint", "healthcheck", "shell", "seen"):
            setattr(child, name, getattr(self, name))
        child.steps = list(self.steps)
        return child

    @property
    def size(self) -> int:
        """What a child costs."""
        tables = (self.environment, self.env, self.args, self.labels, self.exposed, self.volumes)
        texts = sum(len(value) for value in self.values.values()) // 100
        return len(self.steps) + len(self.values) + sum(len(table) for table in tables) + texts

    def effective(self, chain: tuple[int, ...], base: Reference | None) -> Effective:
        return Effective(
            base,
            self.base,
            self.place,
            chain,
            self.env,
            self.args,
            self.labels,
            self.workdir,
            self.user,
            self.cmd,
            self.entrypoint,
            self.shell,
            tuple(self.exposed.values()),
            tuple(self.volumes.values()),
            self.stopsignal,
            self.healthcheck,
            tuple(self.steps),
            tuple(self.onbuild),
        )

    def take(self, one: Instruction) -> int:
        """Runs an instruction; what it cost. Raises Refusal."""
        # What ONBUILD held back is looked at here for the first time.
        check(one)
        taking = TAKING.get(one.keyword)
        return (taking(self, one) or 0) + 1 if taking else 1

    def expand(self, text: str, place: Place) -> str:
        lex = Lex(self.escape)
        found = lex.word(text, self.values)
        self.missed += [Mention(name, place) for name in lex.missed if name.isidentifier()]
        return found

    def set(self, name: str, value: str, place: Place) -> None:
        self.values[name] = value
        self.environment[name] = Setting(value, place)
        self.seen = None

    def take_env(self, one: Instruction) -> int:
        # Every value sees what was set before this line.
        found = [self.expand(word, one.place) for word in one.words]
        for name, value in zip(found[0::2], found[1::2], strict=True):
            self.env[name] = Setting(value, one.place)
            self.set(name, value, one.place)
        return sum(map(len, found)) // 100

    def take_label(self, one: Instruction) -> None:
        found = [self.expand(word, one.place) for word in one.words]
        for name, value in zip(found[0::2], found[1::2], strict=True):
            self.labels[name] = Setting(value, one.place)

    def take_arg(self, one: Instruction) -> int:
        for word in one.words:
            name, equals, default = word.partition("=")
            value = self.given.get(name)
            if value is None and equals:
                value = self.expand(default, one.place)
            elif value is None:
                value = self.globals.get(name)
            if value is not None:
                self.args[name] = Setting(value, one.place)
                self.set(name, value, one.place)
        return sum(map(len, one.words)) // 100

    def take_workdir(self, one: Instruction) -> None:
        path = joined(self.folder, self.expand(one.words[0], one.place))
        self.workdir = Setting(path, one.place)
        self.steps.append(Folder(path, one.place, self.owner))

    @property
    def folder(self) -> str:
        return self.workdir.value if self.workdir else "/"

    @property
    def owner(self) -> str:
        return self.user.value if self.user else ""

    def take_user(self, one: Instruction) -> None:
        self.user = Setting(self.expand(one.words[0], one.place), one.place)

    def take_cmd(self, one: Instruction) -> None:
        self.cmd = self.command(one)
        self.with_cmd = True

    def take_entrypoint(self, one: Instruction) -> None:
        """An ENTRYPOINT takes away the CMD that the stage has from below."""
        self.entrypoint = self.command(one)
        if not self.with_cmd:
            self.cmd = None

    def command(self, one: Instruction) -> CommandLine | None:
        if one.json:
            return CommandLine("exec", one.words, one.place) if one.words else None
        return CommandLine("shell", ("".join(one.words),), one.place, self.shell, one.joints)

    def take_shell(self, one: Instruction) -> None:
        self.shell = one.words

    def take_expose(self, one: Instruction) -> int:
        lex = Lex(self.escape)
        words = [found for word in sorted(one.words) for found in lex.words(word, self.values)]
        self.missed += [Mention(name, one.place) for name in lex.missed if name.isidentifier()]
        for word in words:
            self.exposed.update((port, Setting(port, one.place)) for port in exposed(word))
        return len(words)

    def take_volume(self, one: Instruction) -> None:
        for word in one.words:
            path = self.expand(word.strip(), one.place)
            if not path:
                raise Refusal("VOLUME names no path once variables are put in", "give the variable a default")
            self.volumes[path] = Setting(path, one.place)

    def take_stopsignal(self, one: Instruction) -> None:
        value = self.expand(one.words[0], one.place)
        name = value.upper().removeprefix("SIG")
        known = int(value) != 0 if re.fullmatch(WHOLE, value) else name in SIGNALS or re.fullmatch(REALTIME, name)
        if not known:
            raise Refusal(f"`{value[:40]}` is no signal", "write SIGTERM, SIGINT or another of `kill -l`")
        self.stopsignal = Setting(value, one.place)

    def take_healthcheck(self, one: Instruction) -> None:
        if one.words[0].upper() == "NONE":
            self.healthcheck = Healthcheck(None, one.place)
            return
        if one.json:
            command = CommandLine("exec", one.words[1:], one.place)
        else:
            joints = tuple(lines.shifted(list(one.joints), len(one.text) - len(one.words[1])))
            command = CommandLine("shell", one.words[1:], one.place, self.shell, joints)
        interval, timeout, period = (
            seconds(one.flag(name) or "0") or 0 for name in ("interval", "timeout", "start-period")
        )
        self.healthcheck = Healthcheck(command, one.place, interval, timeout, period, int(one.flag("retries") or 0))

    def take_onbuild(self, one: Instruction) -> None:
        if one.trigger:
            self.onbuild.append(one.trigger)

    def take_run(self, one: Instruction) -> int:
        cost = 0
        if self.seen is None:
            self.seen = dict(self.environment)
            cost = len(self.seen)
        mounts = tuple(self.mount(value or "", one.place) for name, value in one.flags if name == "mount")
        run = Run(
            self.script(one), one.place, self.folder, self.owner, self.seen, mounts, one.flag("network") or "default"
        )
        self.steps.append(run)
        return cost

    def mount(self, text: str, place: Place) -> Mount:
        found = mount(text, lambda word: self.expand(word, place))
        assert found
        if found.kind not in ("secret", "ssh") and joined(self.folder, found.target) == "/":
            raise Refusal("a mount can't stand at / itself", "write target=PATH")
        return found

    def script(self, one: Instruction) -> CommandLine:
        if one.json:
            return CommandLine("exec", one.words, one.place)
        text = "".join(one.words)
        if not one.heredocs:
            return CommandLine("shell", (text,), one.place, self.shell, one.joints)
        first = one.heredocs[0]
        if not document(text):
            return whole_script(text, one, self.shell)
        # A document alone is the script, and its first line may name another shell.
        begin = first.text.split("\n", 1)[0]
        shell = (*begin[2:].split(None, 1), "-c") if begin.startswith("#!") else self.shell
        return CommandLine("shell", (first.text,), first.place, shell, ((0, first.place.line),))

    def take_copy(self, one: Instruction) -> int:
        *sources, written = one.words
        named = [name for word in sources for name in document(word)]
        add = one.keyword == "ADD"
        plain = tuple(self.expand(word, one.place) for word in sources if not document(word))
        check_sources(plain, add=add)
        self.steps.append(
            Copy(
                plain,
                destination(self.folder, self.expand(written, one.place)),
                one.place,
                add,
                one.flag("from") or "",
                None,
                self.expand(one.flag("chown") or "", one.place),
                permissions(self.expand(one.flag("chmod") or "", one.place)),
                one.switch("link"),
                one.switch("parents"),
                tuple(value or "" for name, value in one.flags if name == "exclude"),
                tuple(self.heredoc(document) for document in one.heredocs if document.name in named),
                self.owner,
            )
        )
        check_checksum(self.expand(one.flag("checksum") or "", one.place), plain)
        if one.switch("link") and not NUMBERS.fullmatch(self.steps[-1].chown):  # type: ignore[union-attr]
            raise Refusal("--link can't look names up for --chown", "write numbers: --chown=10001:10001")
        return len(plain)

    def heredoc(self, one: Heredoc) -> Heredoc:
        if not one.expand:
            return one
        lex = Lex("\\", no_quotes=True)
        return Heredoc(one.name, lex.word(one.text, self.values), one.place, one.expand)


NUMBERS = re.compile(r"(?:[0-9]+(?::[0-9]+)?)?")


def whole_script(text: str, one: Instruction, shell: tuple[str, ...]) -> CommandLine:
    """Documents and all, as the shell is given them."""
    joints = list(one.joints)
    for heredoc in one.heredocs:
        joints.append((len(text) + 1, heredoc.place.line))
        text = f"{text}\n{heredoc.text}{heredoc.name}"
    return CommandLine("shell", (text,), one.place, shell, tuple(joints))


def joined(folder: str, path: str) -> str:
    """A path from the root of the image."""
    return "/" + posixpath.normpath(posixpath.join(folder, path)).lstrip("/")


def destination(folder: str, path: str) -> str:
    """With the slash at its end, which says that it is a folder."""
    whole = joined(folder, path)
    ends = path in ("", ".") or path.endswith(("/", "/."))
    return f"{whole}/" if ends and whole != "/" else whole


def permissions(text: str) -> str:
    """What --chmod is given."""
    octal = text.isascii() and text.isdigit() and len(text) < 20 and not set("89") & set(text)
    if text and not (int(text, 8) <= 0o7777 if octal else len(text) < 100 and re.fullmatch(SYMBOLIC, text)):
        raise Refusal(f"--chmod={text[:40]} is no mode of a file", "write it as in --chmod=755 or --chmod=u+x")
    return text


def check_sources(sources: tuple[str, ...], *, add: bool) -> None:
    for source in sources:
        if not add and (source.startswith(("http://", "https://")) or GIT.match(source)):
            raise Refusal(f"COPY can't fetch {source[:60]}", "use ADD, or curl in a RUN")


def check_checksum(checksum: str, sources: tuple[str, ...]) -> None:
    if checksum and (len(sources) != 1 or not remote(sources[0])):
        raise Refusal("--checksum is for one address that is fetched", "remove it, or part the ADD")


TAKING: dict[str, Callable[[Image, Instruction], int | None]] = {
    "ADD": Image.take_copy,
    "ARG": Image.take_arg,
    "CMD": Image.take_cmd,
    "COPY": Image.take_copy,
    "ENTRYPOINT": Image.take_entrypoint,
    "ENV": Image.take_env,
    "EXPOSE": Image.take_expose,
    "HEALTHCHECK": Image.take_healthcheck,
    "LABEL": Image.take_label,
    "ONBUILD": Image.take_onbuild,
    "RUN": Image.take_run,
    "SHELL": Image.take_shell,
    "STOPSIGNAL": Image.take_stopsignal,
    "USER": Image.take_user,
    "VOLUME": Image.take_volume,
    "WORKDIR": Image.take_workdir,
}
