"""Images as homes build them: a Dockerfile with its context, target and args, and what gets into it."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from fnmatch import fnmatchcase

from parity.check.assembly.commands import Commands
from parity.check.assembly.sources import Sources
from parity.contract.dataclass import replace
from parity.contract.dockerfile import CommandLine, Copy, Dockerfile, Stage
from parity.contract.homes import Command, Home, Image, Port, Process, Variable
from parity.contract.place import Place
from parity.readers import dockerfile
from parity.readers.dockerignore import Ignore
from parity.readers.unreadable import Unreadable


class Images:
    """Every image that a home builds, each once."""

    def __init__(self, sources: Sources, commands: Commands) -> None:
        self.sources, self.commands_of = sources, commands
        self.images: dict[str, Image] = {}
        self.files: dict[str, Dockerfile] = {}
        # Dockerfiles that a home names and that aren't there: the path, who names it, and its home.
        self.missing: list[tuple[str, Place, str]] = []

    def built(
        self, path: str, context: str, target: str | None, args: Mapping[str, str], home: str, place: Place
    ) -> Image | None:
        path = posixpath.normpath(path)
        text = self.sources.tree.text(path)
        if text is None:
            self.missing.append((path, place, home))
            return None
        try:
            whole = dockerfile.read(text, path, args)
        except Unreadable as error:
            self.sources.refuse(path, error)
            return None
        self.files.setdefault(path, whole)
        stage = whole.stage(target)
        if stage is None:
            self.missing.append((f"{path}:{target}", place, home))
            return None
        return self.kept(path, context, target, args, home, place, whole, stage)

    def kept(
        self,
        path: str,
        context: str,
        target: str | None,
        args: Mapping[str, str],
        home: str,
        place: Place,
        whole: Dockerfile,
        stage: Stage,
    ) -> Image:
        context = "" if context in (".", "./") else posixpath.normpath(context) if context else ""
        key = ":".join([path, *([target] if target else [])])
        # The same file with other args or another context is another image.
        while key in self.images and (self.images[key].args, self.images[key].context) != (dict(args), context):
            key += "'"
        if key in self.images:
            known = self.images[key]
            self.images[key] = replace(known, homes=tuple(dict.fromkeys((*known.homes, home))))
            return self.images[key]
        contents = Contents(self.sources, path, context, whole, stage)
        self.images[key] = Image(
            key, path, context, target, dict(args), (home,), place, whole, stage, contents.find, contents.holds
        )
        return self.images[key]

    def environment(self, image: Image) -> dict[str, Variable]:
        env = image.stage.effective.env
        return {name: Variable(name, one.value, one.place, "ENV") for name, one in env.items()}

    def command(self, image: Image) -> Command | None:
        """What a container of it runs by itself: the ENTRYPOINT with the CMD behind it."""
        return self.started(image, None, None)

    def started(
        self,
        image: Image,
        entrypoint: tuple[str, ...] | None,
        words: tuple[str, ...] | None,
        place: Place | None = None,
        workdir: str | None = None,
    ) -> Command | None:
        """With another entrypoint or command than its own; None leaves its own, except that an entrypoint resets CMD."""
        stage = image.stage
        entry, cmd = stage.effective.entrypoint, stage.effective.cmd
        if entrypoint is None and words is None and entry is None:
            if cmd is None:
                return None
            if cmd.form == "shell":
                return self.commands_of.within(cmd.text, cmd.place, "cmd", image)
            return self.commands_of.argv(cmd.words, cmd.place, "cmd", image, workdir, cmd.text)
        front = entrypoint if entrypoint is not None else argv_of(entry)
        own = argv_of(cmd) if entrypoint is None and not (entry and entry.form == "shell") else ()
        behind = words if words is not None else own
        where = place or (cmd or entry or stage).place
        origin = "entrypoint" if entry and words is None else "compose"
        whole = (*front, *behind)
        return self.commands_of.argv(whole, where, origin, image, workdir) if whole else None

    def home(self) -> Home | None:
        """The image by itself: the root's Dockerfile as `docker run` starts it."""
        path = self.sources.ledger.dockerfile or self.sources.first("Dockerfile")
        # Where homes name the stages that they build, the last one is nobody's.
        if path is None or any(image.file == path and image.target for image in self.images.values()):
            return None
        image = self.built(path, path.rpartition("/")[0], None, {}, "image", Place(path, 1))
        if image is None:
            return None
        stage = image.stage.effective
        ports = tuple(Port(one.value.partition("/")[0], None, one.place) for one in stage.exposed)
        command = self.command(image)
        web = Process(
            "image",
            (stage.cmd or stage.entrypoint or image.stage).place,
            "web",
            command,
            image.key,
            self.environment(image),
            ports,
            user=stage.user.value if stage.user else None,
            working_dir=stage.workdir.value if stage.workdir else None,
            healthcheck=bool(stage.healthcheck and stage.healthcheck.command),
        )
        return Home("image", "image", Place(path, 1), (web,), variables=self.environment(image))


def argv_of(command: CommandLine | None) -> tuple[str, ...]:
    return command.argv if command else ()


class Contents:
    """Which files of the repository a stage holds, and where."""

    def __init__(self, sources: Sources, path: str, context: str, whole: Dockerfile, stage: Stage) -> None:
        self.tree, self.context, self.whole, self.stage = sources.tree, context, whole, stage
        own = f"{path}.dockerignore"
        name = own if sources.tree.exists(own) else posixpath.join(context, ".dockerignore")
        self.ignore = Ignore(sources.tree.text(name) or "")
        self.found: dict[str, str | None] = {}

    def find(self, path: str) -> str | None:
        """The path in the repository of an absolute path in the image; "" when another image or a RUN may have made it."""
        if path not in self.found:
            self.found[path] = self.sought(posixpath.normpath(path), self.stage, 0)
        return self.found[path]

    def sought(self, path: str, stage: Stage, depth: int) -> str | None:
        for copy in reversed(stage.effective.copies):
            for source in copy.sources:
                inner = self.under(path, source, copy)
                if inner is None:
                    continue
                if not copy.origin:
                    found = self.of_context(inner)
                    if found is not None:
                        return found
                    continue
                if copy.stage is None or depth > len(self.whole.stages):
                    return ""
                other = self.whole.stages[copy.stage]
                found = self.sought(posixpath.normpath(posixpath.join("/", inner)), other, depth + 1)
                return "" if found is None else found
        return None

    def under(self, path: str, source: str, copy: Copy) -> str | None:
        """The path at the source of what a COPY puts at `path`, None when it puts nothing there."""
        destination = copy.destination.rstrip("/") or "/"
        source = source.rstrip("/") if source != "/" else source
        is_folder = self.is_folder(source, copy)
        base = posixpath.basename(source)
        several = len(copy.sources) > 1 or copy.destination.endswith("/") or destination == "/"
        if is_folder:
            if path == destination:
                return source
            front = destination.rstrip("/") + "/"
            return posixpath.join(source, path.removeprefix(front)) if path.startswith(front) else None
        if any(char in base for char in "*?["):
            inside = posixpath.relpath(path, destination) if path.startswith(destination.rstrip("/") + "/") else ""
            first = inside.partition("/")[0]
            return posixpath.join(posixpath.dirname(source), inside) if first and fnmatchcase(first, base) else None
        if several and path == posixpath.join(destination, base):
            return source
        return source if path == destination and not several else None

    def is_folder(self, source: str, copy: Copy) -> bool:
        if copy.origin:
            # Of another stage it isn't known: a name with a dot is taken for a file.
            return "." not in posixpath.basename(source)
        return self.tree.is_folder(self.at(source))

    def at(self, source: str) -> str:
        whole = posixpath.normpath(posixpath.join(self.context, source.lstrip("/")))
        return "" if whole == "." else whole

    def of_context(self, inner: str) -> str | None:
        inside = posixpath.normpath(inner.lstrip("/")) if inner.strip("/") else "."
        path = self.at(inside)
        if inside != "." and self.ignore.ignores(inside) and not self.tree.is_folder(path):
            return None
        return (path or ".") if self.tree.exists(path) else None

    def holds(self, path: str) -> bool:
        """Whether a file of the repository gets into the stage by a COPY from the context."""
        front = f"{self.context}/" if self.context else ""
        if not path.startswith(front) or self.ignore.ignores(path.removeprefix(front)):
            return False
        inside = path.removeprefix(front)
        return any(taken(inside, source) for copy in self.reaching(self.stage, 0) for source in copy.sources)

    def reaching(self, stage: Stage, depth: int) -> Iterator[Copy]:
        for copy in stage.effective.copies:
            if not copy.origin:
                yield copy
            elif depth <= len(self.whole.stages) and copy.stage is not None:
                yield from self.reaching(self.whole.stages[copy.stage], depth + 1)


def taken(path: str, source: str) -> bool:
    plain = posixpath.normpath(source.lstrip("/") or ".")
    return plain == "." or path == plain or path.startswith(plain + "/") or fnmatchcase(path, plain)
