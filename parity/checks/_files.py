"""Files that commands of homes run, and where a home has them. https://docs.docker.com/reference/dockerfile/#workdir"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from typing import Literal

from parity.contract.command import Simple
from parity.contract.dataclass import dataclass
from parity.contract.dockerfile import Copy
from parity.contract.homes import Home, Image, Mount, Process
from parity.contract.whole import Contract

# A CI job makes files as it goes, and a devcontainer is made on top of others' features.
KINDS = ("heroku", "procfile", "compose", "image", "fly", "render")
# Images that bring a language or a system, and no app. Of another one it isn't known what it holds.
PLAIN = frozenset(
    (
        *("python", "node", "debian", "ubuntu", "alpine", "ruby", "golang", "pypy", "buildpack-deps", "fedora"),
        *("heroku/heroku", "cimg/python", "cimg/node", "cimg/base", "ghcr.io/astral-sh/uv", "nikolaik/python-nodejs"),
        *("amazonlinux", "rockylinux", "almalinux", "bitnami/python", "chainguard/python", "continuumio/miniconda3"),
        *("mambaorg/micromamba", "amancevice/pandas", "public.ecr.aws/docker/library/python", "circleci/python"),
    )
)
SHELLS = frozenset(("sh", "bash", "dash", "ash", "zsh", ".", "source"))
# Made by a build or an install, and so in no repository.
MADE = ("node_modules", ".venv", "venv", "vendor", ".heroku", ".apt", ".local", "dist", "build", "target", ".profile.d")
# What buildpacks put into bin/: nginx, pgbouncer, stunnel, QuotaGuard's, Fixie's.
BUILDPACKS = ("bin/start-", "bin/qg", "bin/fixie", "bin/proxy", "bin/cloud_sql", "bin/nginx", "bin/with_jemalloc")
# How the text of a RUN makes files whose names it doesn't say.
MAKING = ("git clone", "startproject", "unzip ", "cookiecutter ", "django-admin")
TEMPLATE = frozenset("$*?[{}<>%`~|\\")


@dataclass(frozen=True, slots=True)
class Used:
    """A file that a process runs or is configured by: the path as its command says it."""

    home: Home
    process: Process
    simple: Simple
    path: str
    how: Literal["run", "read"]
    # Folders of `cd` before it, and of --chdir.
    folders: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """there: `path` is the repository's; absent: it is in the repository, not in the image; missing; unknown."""

    state: Literal["there", "absent", "missing", "unknown"]
    path: str = ""


def used(contract: Contract) -> Iterator[Used]:
    """Every file that a command of a home surely needs."""
    for home in contract.of_kind(*KINDS):
        for process in home.processes:
            for simple, folders in located(process):
                if folders is not None:
                    for path, how in paths(simple):
                        if not TEMPLATE.intersection(path):
                            yield Used(home, process, simple, path, how, folders)


def located(process: Process) -> Iterator[tuple[Simple, tuple[str, ...] | None]]:
    """The commands of a process that always run, with the folders that a `cd` before may have led to; None: not known."""
    folders: tuple[str, ...] | None = ("",)
    for simple in process.command.commands if process.command else ():
        if simple.name in ("cd", "pushd"):
            where = simple.words[1] if len(simple.words) > 1 else "~"
            if folders is not None:
                known = not TEMPLATE.intersection(where) and where != "-"
                folders = (*folders, *(posixpath.join(one, where) for one in folders)) if known else None
        elif not simple.conditional:
            yield simple, folders


def paths(simple: Simple) -> Iterator[tuple[str, Literal["run", "read"]]]:
    words = simple.words
    if not words:
        return
    if "/" in words[0] and not words[0].endswith("/"):
        yield words[0], "run"
    name = simple.name
    if name in SHELLS or name.startswith("python"):
        script = argument(words[1:], name.startswith("python"))
        if script and ("/" in script or script.endswith((".py", ".sh"))):
            yield script, "read"
    for option in options(name):
        path = value(words, option)
        if path and (option != "-c" or name != "uwsgi"):
            yield path.removeprefix("file:"), "read"
    if name == "uwsgi":
        yield from ((word, "read") for word in words[1:2] if word.endswith((".ini", ".yaml", ".yml")))


def options(name: str) -> tuple[str, ...]:
    if name == "gunicorn":
        return ("-c", "--config")
    if name == "uwsgi":
        return ("--ini", "--yaml")
    return {"supervisord": ("-c", "--configuration"), "honcho": ("-f", "--procfile")}.get(name, ())


def value(words: tuple[str, ...], option: str) -> str | None:
    for number, word in enumerate(words):
        if word == option and number + 1 < len(words):
            return plain_value(words[number + 1])
        if option.startswith("--") and word.startswith(option + "="):
            return plain_value(word.partition("=")[2])
    return None


def plain_value(text: str) -> str | None:
    """gunicorn takes `python:module` in the place of a path."""
    return None if text.startswith("python:") or not text else text


def argument(words: tuple[str, ...], python: bool) -> str | None:
    """The script that an interpreter is given; None where it gets a text, a module or its standard input."""
    waiting = iter(words)
    for word in waiting:
        if not word.startswith("-"):
            return word
        if word in ("-c", "-m", "-s", "-") or (not python and "c" in word and not word.startswith("--")):
            return None
        if word in (("-W", "-X") if python else ("-o", "-O", "--rcfile", "--init-file")):
            next(waiting, None)
    return None


def find(contract: Contract, one: Used) -> Found:
    return located_at(contract, one.process, one.path, one.folders)


def located_at(contract: Contract, process: Process, path: str, folders: tuple[str, ...] = ("",)) -> Found:
    """Where a home has a path that one of its commands says."""
    image = contract.images.get(process.image or "")
    if image is None and not (process.image is None and process.command and process.command.origin == "procfile"):
        return Found("unknown")
    if image is None and elsewhere(contract, path):
        return Found("unknown")
    found = [in_image(contract, process, image, f, path) if image else in_root(contract, f, path) for f in folders]
    order = ("there", "unknown", "absent", "missing")
    return min(found, key=lambda one: order.index(one.state))


def elsewhere(contract: Contract, path: str) -> bool:
    """Whether the root's own image has a path where it works: Dokku runs a Procfile in that image."""
    if contract.exists(path):
        return False
    own = (image for image in contract.images.values() if "image" in image.homes)
    return any(image.find(posixpath.normpath(posixpath.join("/", workdir(image), path))) is not None for image in own)


def in_root(contract: Contract, folder: str, path: str) -> Found:
    """Buildpacks put the repository at /app, and honcho starts in it."""
    whole = posixpath.normpath(posixpath.join("/app", folder, path))
    if not whole.startswith("/app/"):
        return Found("unknown")
    inside = whole.removeprefix("/app/")
    return of_repository(contract, inside)


def of_repository(contract: Contract, inside: str) -> Found:
    if contract.exists(inside):
        return Found("there", inside)
    made = any(part in MADE for part in inside.split("/")) or inside.startswith((*BUILDPACKS, ".."))
    if made or contract.ignored(inside):
        return Found("unknown")
    return Found("missing", inside)


def in_image(contract: Contract, process: Process, image: Image, folder: str, path: str) -> Found:
    base = process.working_dir or workdir(image)
    if TEMPLATE.intersection(base) or TEMPLATE.intersection(workdir(image)):
        return Found("unknown")
    whole = posixpath.normpath(posixpath.join("/", base, folder, path))
    mount = covering(process, whole)
    if mount:
        return mounted(contract, mount, whole)
    found = image.find(whole)
    if found is not None:
        return Found("there", found) if found else Found("unknown")
    if not simple_enough(image) or said_by_run(image, whole):
        return Found("unknown")
    return guessed(contract, image, whole)


def guessed(contract: Contract, image: Image, whole: str) -> Found:
    """What isn't in the image may be in the repository, where the image's folder stands for the context."""
    front = workdir(image).rstrip("/") + "/"
    if not whole.startswith(front) or not any(True for _ in copies(image)):
        return Found("unknown")
    inside = posixpath.normpath(posixpath.join(image.context, whole.removeprefix(front)))
    for candidate in dict.fromkeys((inside, whole.removeprefix(front), *copied(image, whole))):
        if candidate in contract.paths:
            return Found("absent", candidate)
    return of_repository(contract, inside) if front != "/" else Found("unknown")


def copied(image: Image, whole: str) -> Iterator[str]:
    """What a COPY of a folder would have brought to a path."""
    for copy in copies(image):
        front = copy.destination.rstrip("/") + "/"
        if whole.startswith(front):
            for source in copy.sources:
                yield posixpath.normpath(posixpath.join(image.context, source.lstrip("/"), whole.removeprefix(front)))


def workdir(image: Image) -> str:
    set_to = image.stage.effective.workdir
    return set_to.value if set_to else "/"


def covering(process: Process, whole: str) -> Mount | None:
    """The innermost mount over a path."""
    over = [one for one in process.mounts if whole == one.target or whole.startswith(one.target.rstrip("/") + "/")]
    return max(over, key=lambda one: len(one.target), default=None)


def mounted(contract: Contract, mount: Mount, whole: str) -> Found:
    if mount.kind != "bind" or mount.source.startswith(("/", "..", "~", "$")):
        return Found("unknown")
    inside = posixpath.normpath(posixpath.join(mount.source, posixpath.relpath(whole, mount.target)))
    return of_repository(contract, inside)


def simple_enough(image: Image) -> bool:
    """Whether its Dockerfile tells all that it holds: it starts from a plain image and copies from the repository."""
    reference = image.stage.effective.base
    return reference is not None and plain(reference.name)


def plain(name: str) -> bool:
    return name.removeprefix("docker.io/").removeprefix("library/") in PLAIN


def copies(image: Image) -> Iterator[Copy]:
    """What the image, and the stages that it is made with, copy from the context."""
    for stage in image.dockerfile.needed(image.stage):
        for copy in stage.effective.copies:
            if copy.local:
                yield copy


def said_by_run(image: Image, whole: str) -> bool:
    """Whether a RUN may make the file: by its name, or by a program that makes many."""
    name = whole.rpartition("/")[2]
    for stage in image.dockerfile.needed(image.stage):
        for copy in stage.effective.copies:
            if copy.heredocs or (copy.origin and copy.stage is None and whole.startswith(copy.destination)):
                return True
        for run in stage.effective.runs:
            text = run.command.text
            if name in text or any(word in text for word in MAKING):
                return True
    return False


def in_scope(image: Image) -> str:
    """How a message calls an image."""
    return image.key.rstrip("'")
