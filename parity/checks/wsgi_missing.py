"""A server or worker that is told to import what isn't there: https://docs.gunicorn.org/en/stable/run.html"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from parity.checks._files import KINDS, TEMPLATE, located
from parity.checks._modules import DOTTED, folders_with, importable, installed, tops
from parity.checks._servers import server, value_of
from parity.contract.command import Simple
from parity.contract.dataclass import dataclass
from parity.contract.finding import Finding
from parity.contract.homes import Home, Process
from parity.contract.rule import Rule
from parity.contract.whole import Contract

RULE = Rule(
    "wsgi-missing",
    "References",
    "error",
    "The server or worker ends with ModuleNotFoundError as soon as it starts.",
)

# Options of servers that stand alone, so that what follows them isn't their value.
ALONE = frozenset(
    (
        *("--preload", "--reload", "--daemon", "-D", "--check-config", "--print-config", "--capture-output"),
        *(
            "--proxy-headers",
            "--no-proxy-headers",
            "--access-log",
            "--no-access-log",
            "--no-server-header",
            "--factory",
        ),
        *("--no-sendfile", "--reuse-port", "--enable-stdio-inheritance", "--use-colors", "--no-use-colors", "--http2"),
        *(
            "--proxy-protocol",
            "-R",
            "--spew",
            "--debug",
            "--server-header",
            "--no-date-header",
            "--strip-header-spaces",
        ),
    )
)
SERVERS = ("gunicorn", "uvicorn", "daphne", "hypercorn", "waitress-serve", "granian")


@dataclass(frozen=True, slots=True)
class Named:
    module: str
    folders: tuple[str, ...]


def check(contract: Contract) -> Iterator[Finding]:
    """One finding for each place and module."""
    found: dict[object, tuple[Finding, list[str]]] = {}
    for home in contract.of_kind(*KINDS):
        for process in home.processes:
            for simple, folders in located(process):
                named = app(simple, folders) if folders is not None else None
                if named is None or not DOTTED.match(named.module):
                    continue
                said = wrong(contract, home, process, named)
                if said:
                    _, homes = found.setdefault(
                        (simple.place, named.module), (finding(contract, process, simple, named, said), [])
                    )
                    homes.append(home.name)
    for one, homes in found.values():
        yield Finding(one.rule, one.place, one.message, one.hint, one.other, tuple(dict.fromkeys(homes)))


def finding(contract: Contract, process: Process, simple: Simple, named: Named, said: str) -> Finding:
    there = folders_with(contract, named.module)
    last = named.module.rpartition(".")[2]
    others = sorted(path for path in contract.paths if path.endswith(f"/{last}.py") and "test" not in path)
    hint = "correct its name"
    if there and there[0]:
        hint = f"run it in {there[0]}/: --chdir {there[0]}, or PYTHONPATH={there[0]}"
    elif len(others) == 1 and last in ("wsgi", "asgi", "celery"):
        hint = f"write the name of {others[0]}"
    return Finding(
        RULE.id, simple.place, f"{process.name} starts {server(simple)} with {named.module}, and {said}", hint
    )


def wrong(contract: Contract, home: Home, process: Process, named: Named) -> str:
    """What is wrong with a module; "" when it is there, or somebody else's may be it."""
    module = named.module
    if not tops(contract, module):
        known = module.rpartition(".")[2] in ("wsgi", "asgi")
        if not known or not contract.packages or installed(contract, module):
            return ""
        # A template of projects has another name for it.
        if any("{{" in path for path in contract.paths) or (process.image and not copied(contract, process)):
            return ""
        return f"the repository has no {module.partition('.')[0]}"
    parent = module.rpartition(".")[0]
    there = folders_with(contract, module)
    if not there and not (parent and attribute(contract, parent)):
        return "" if installed(contract, module) else f"the repository has no {module.replace('.', '/')}.py"
    if there and not importable(contract, home, process, module, named.folders):
        return f"{there[0] or '.'}/ isn't where it looks for modules"
    return ""


def copied(contract: Contract, process: Process) -> bool:
    image = contract.images.get(process.image or "")
    return image is not None and any(True for copy in image.stage.effective.copies if copy.local)


def attribute(contract: Contract, parent: str) -> bool:
    """Whether the name before the last dot is a module, whose attribute the last may be."""
    base = parent.replace(".", "/")
    return any(
        posixpath.join(folder, name) in contract.paths
        for folder in tops(contract, parent)
        for name in (f"{base}.py", f"{base}/__init__.py")
        if "." in parent
    )


def app(simple: Simple, folders: tuple[str, ...]) -> Named | None:
    """The module that a server or a worker is told to import, and the folders that it looks in besides."""
    name = server(simple)
    words = simple.words
    if name in SERVERS:
        word = positional(words[words.index("-m") + 2 :] if "-m" in words[:2] else words[1:])
        if word is None or TEMPLATE.intersection(word.partition("(")[0]):
            return None
        more = value_of(words, "--chdir", "--pythonpath", "--app-dir")
    elif name == "celery":
        word = value_of(words, "-A", "--app")
        more = value_of(words, "--workdir")
    else:
        return None
    if not word or TEMPLATE.intersection((more or "") + word.partition("(")[0]):
        return None
    also = tuple(posixpath.join(folder, part) for folder in folders for part in (more or "").split(","))
    return Named(word.partition(":")[0].partition("(")[0], (*folders, *also) if more else folders)


def positional(words: tuple[str, ...]) -> str | None:
    """The first word that is neither an option nor an option's value."""
    waiting = iter(words)
    for word in waiting:
        if word.startswith("-"):
            if "=" not in word and word not in ALONE and not (len(word) > 2 and word[1] != "-"):
                next(waiting, None)
            continue
        if "." in word or ":" in word:
            return word
        return None
    return None
