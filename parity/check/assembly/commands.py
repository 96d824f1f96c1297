"""Commands of homes: what a text runs, through the scripts of the repository that it calls."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Sequence

from parity.contract.command import Simple
from parity.contract.dataclass import replace
from parity.contract.homes import Command, Image, Role
from parity.contract.place import Place
from parity.readers import shell

MOST_SCRIPTS = 5
# Without a path of their own they run a file that is their first argument.
INTERPRETERS = ("sh", "bash", "dash", "ash", ".", "source")

SERVERS = frozenset(
    (
        "gunicorn",
        "uvicorn",
        "daphne",
        "hypercorn",
        "waitress-serve",
        "uwsgi",
        "granian",
        "puma",
        "unicorn",
        "nginx",
        "runserver",
    )
)


class Commands:
    """Turns texts into commands. `look` gives the text of a file of the repository."""

    def __init__(self, look: Callable[[str], str | None]) -> None:
        self.look = look
        self.scripts: dict[str, tuple[Simple, ...]] = {}

    def shell(self, text: str, place: Place, origin: str, folder: str = "") -> Command:
        """A text that a shell gets in a folder of the repository."""
        commands = shell.read(text, place.file, place.line).commands
        return self.made(text, (), place, "shell", origin, commands, self.locally(folder))

    def within(self, text: str, place: Place, origin: str, image: Image | None, folder: str = "") -> Command:
        """A text that a shell gets in an image; without one in a folder of the repository."""
        commands = shell.read(text, place.file, place.line).commands
        where = self.inside(image, None) if image else self.locally(folder)
        return self.made(text, (), place, "shell", origin, commands, where)

    def argv(
        self,
        words: Sequence[str],
        place: Place,
        origin: str,
        image: Image | None,
        workdir: str | None = None,
        text: str = "",
    ) -> Command:
        """The exec form: no shell in between, so `$X` means itself."""
        plain = replace(Simple(tuple(words), place), exec=True)
        commands = tuple(replace(one, place=place) for one in shell.unwrapped([shell.replaced(plain)], 0))
        where = self.inside(image, workdir) if image else self.locally("")
        return self.made(text or " ".join(words), tuple(words), place, "exec", origin, commands, where)

    def made(
        self,
        text: str,
        words: tuple[str, ...],
        place: Place,
        form: str,
        origin: str,
        commands: tuple[Simple, ...],
        where: Callable[[str, str], str | None],
    ) -> Command:
        called: list[str] = []
        whole = self.followed(commands, where, called, 0)
        return Command(text, words, place, form, origin, tuple(whole), tuple(called))  # type: ignore[arg-type]

    def followed(
        self, commands: Sequence[Simple], where: Callable[[str, str], str | None], called: list[str], depth: int
    ) -> list[Simple]:
        """With the commands of each script that is called in its place; a call of `exec "$@"` is that of its arguments."""
        whole: list[Simple] = []
        folder = ""
        for raw in commands:
            simple = shell.program(raw)
            if simple.name == "cd" and len(simple.words) > 1:
                folder = posixpath.join(folder, simple.words[1])
            path, arguments = self.script(simple, where, folder)
            if path is None or path in called or depth >= MOST_SCRIPTS:
                whole.append(replace(simple, exec=True) if forwards(raw) else simple)
                continue
            called.append(path)
            inner = self.followed(with_arguments(self.commands(path), arguments, raw), where, called, depth + 1)
            whole.extend(
                replace(
                    one,
                    exec=(one.exec and raw.exec) or forwards(raw),
                    conditional=one.conditional or raw.conditional,
                    background=one.background or raw.background,
                )
                for one in inner
            )
        return whole

    def script(
        self, simple: Simple, where: Callable[[str, str], str | None], folder: str
    ) -> tuple[str | None, tuple[str, ...]]:
        """The shell script of the repository that a command runs, and its arguments."""
        words = simple.words
        if words and words[0] in INTERPRETERS:
            words = words[1:]
            while words and words[0].startswith("-"):
                words = words[1:]
        if not words or ("/" not in words[0] and words == simple.words) or "$" in words[0]:
            return None, ()
        path = where(words[0], folder)
        if not path or not self.commands(path):
            return None, ()
        return path, words[1:]

    def commands(self, path: str) -> tuple[Simple, ...]:
        """The commands of a shell script; none of another file."""
        if path not in self.scripts:
            text = self.look(path)
            self.scripts[path] = shell.read(text, path).commands if text and is_shell(path, text) else ()
        return self.scripts[path]

    def locally(self, folder: str) -> Callable[[str, str], str | None]:
        def find(path: str, changed: str) -> str | None:
            if path.startswith("/"):
                return None
            return posixpath.normpath(posixpath.join(folder, changed, path))

        return find

    def inside(self, image: Image, workdir: str | None) -> Callable[[str, str], str | None]:
        set_to = image.stage.effective.workdir
        base = workdir or (set_to.value if set_to else "/")

        def find(path: str, changed: str) -> str | None:
            return image.find(posixpath.normpath(posixpath.join(base, changed, path)))

        return find


def forwards(simple: Simple) -> bool:
    """Whether it hands signals to all that it has started: dumb-init does, and tini when it is told to."""
    return simple.name == "dumb-init" or (simple.name == "tini" and "-g" in simple.words)


def is_shell(path: str, text: str) -> bool:
    first = text.partition("\n")[0]
    return "sh" in first if first.startswith("#!") else path.endswith((".sh", ".bash"))


def with_arguments(commands: Sequence[Simple], arguments: Sequence[str], caller: Simple) -> list[Simple]:
    """A script's commands with its arguments for "$@"; what has none of them there is left out."""
    whole: list[Simple] = []
    for one in commands:
        words: list[str] = []
        for word in one.words:
            if word in ("$@", "$*", "${@}", "$@ "):
                words.extend(arguments)
            else:
                words.append(word)
        if words or one.assignments:
            made = replace(one, words=tuple(words))
            # What the caller handed over stands where the caller wrote it.
            whole.append(replace(made, place=caller.place) if one.words[:1] in (("$@",), ("${@}",)) else made)
    return whole


def role(name: str, command: Command | None) -> Role:
    """What a process is there for, by its name and else by what it runs."""
    plain = name.lower()
    if plain in ("web", "release"):
        return plain  # type: ignore[return-value]
    main = command.main if command else None
    words = main.words if main else ()
    if any(word in ("beat", "clock", "scheduler", "celerybeat") for word in (plain, *words)) or "beat" in plain:
        return "clock"
    if "worker" in words or any(
        part in plain for part in ("worker", "celery", "queue", "sidekiq", "rq", "huey", "dramatiq")
    ):
        return "worker"
    if plain in ("app", "django", "server", "backend", "api", "asgi", "wsgi", "frontend") or serves(words):
        return "web"
    if any(word in ("migrate", "db:migrate") for word in words) or plain in ("migrate", "migration", "migrations"):
        return "release"
    return "other"


def serves(words: Sequence[str]) -> bool:
    return any(word.rpartition("/")[2] in SERVERS for word in words[:4])
