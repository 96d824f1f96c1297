"""A compose project: its file, the override, and what they include and extend.

https://github.com/compose-spec/compose-spec/blob/main/spec.md
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from parity.contract.compose import Compose, Resource
from parity.contract.dataclass import replace
from parity.contract.place import Place
from parity.readers.compose import service
from parity.readers.compose.branch import Branch
from parity.readers.compose.consistency import check
from parity.readers.compose.expected import mapped, refuse, truth
from parity.readers.compose.files import Files
from parity.readers.compose.interpolation import interpolated
from parity.readers.compose.merge import pruned
from parity.readers.compose.paths import folder, within
from parity.readers.compose.record import Record
from parity.readers.unreadable import Unreadable

# What compose looks for beside its file, in its order.
OVERRIDES = (
    "compose.override.yml",
    "compose.override.yaml",
    "docker-compose.override.yml",
    "docker-compose.override.yaml",
)
NAME = re.compile(r"[a-zA-Z0-9._-]+")
FILES = ("compose.yaml", "compose.yml", "docker-compose.yml", "docker-compose.yaml")


def read(
    file: str,
    look: Callable[[str], str | None],
    *,
    env: Mapping[str, str] | None = None,
    extra: Sequence[str] | None = None,
) -> Compose:
    """`file`, as `docker compose config` reads it in an empty shell.

    `env`: what the .env beside it says, for interpolation. `extra`: the files of further `-f`; None asks for the override
    that compose takes by itself, () for none. Raises Unreadable for a file that is not there, or not to be read.
    """
    record = Record(look)
    main = record.look(file)
    if main is None:
        raise Unreadable(1, f"{file} can't be read", "name a compose file that is in the repository")
    overrides = override(file, look) if extra is None else tuple(extra)
    variables = {"COMPOSE_PROJECT_NAME": project_name(file, env or {}, record), **(env or {})}
    files = Files(record)
    whole = files.loaded([file, *overrides], folder(file), variables, main=True)
    return composed(file, pruned(whole) if record.resets else whole, files, variables, record)


def project_name(file: str, env: Mapping[str, str], record: Record) -> str:
    """What compose sets for a file to mention: its `name`, else that of its folder, which nobody knows of the root."""
    node = record.node(file, Place(file, 1))
    name = node.get("name") if node else None
    text = interpolated(name.string() or "", env).text if name else folder(file).rpartition("/")[2]
    return re.sub(r"[^a-z0-9_-]", "", text.lower()).lstrip("_-")


def override(file: str, look: Callable[[str], str | None]) -> tuple[str, ...]:
    """The override beside a file that compose finds by itself."""
    if file.rpartition("/")[2] not in FILES:
        return ()
    paths = (within(folder(file), name) for name in OVERRIDES)
    return next(((path,) for path in paths if path and look(path) is not None), ())


def composed(file: str, whole: Branch, files: Files, env: Mapping[str, str], record: Record) -> Compose:
    services = {
        name: service.read(name, branch, env, record)
        for name, branch in named(whole.get("services"), "services", record).items()
    }
    name = whole.get("name")
    compose = Compose(
        file,
        tuple(record.files),
        name.shown() if name else None,
        services,
        resources(whole.get("volumes"), "volumes", record),
        resources(whole.get("networks"), "networks", record),
        resources(whole.get("secrets"), "secrets", record),
        resources(whole.get("configs"), "configs", record),
        includes=tuple(files.includes),
        extensions={key: branch.place for key, branch in whole.entries() if key.startswith("x-")},
        mentions=tuple(record.mentions),
    )
    check(compose, record)
    return replace(compose, findings=tuple(record.findings))


def named(branch: Branch | None, part: str, record: Record) -> dict[str, Branch]:
    entries = mapped(branch, part, record)
    for name, entry in entries.items():
        if not NAME.fullmatch(name):
            refuse(entry, f"{part}.{name}", "is no name", "use only letters, digits and . _ -", record)
    return entries


def resources(branch: Branch | None, part: str, record: Record) -> dict[str, Resource]:
    if branch is None or branch.value is None:
        return {}
    entries = named(branch, part, record).items()
    return {name: resource(name, entry, f"{part}.{name}", record) for name, entry in entries}


def resource(name: str, branch: Branch, label: str, record: Record) -> Resource:
    if branch.value is not None:
        mapped(branch, label, record)
    outside, driver = branch.get("external"), branch.get("driver")
    file, variable = branch.get("file"), branch.get("environment")
    external = outside is not None and (isinstance(outside.value, dict) or truth(outside, label, record) is True)
    path = within(file.source.folder, file.text) if file and file.text else None
    text = variable.text if variable else None
    return Resource(name, branch.place, external, (driver.text if driver else None) or "", path, text or "")
