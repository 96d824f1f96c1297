"""Lays one file or service over another: https://docs.docker.com/reference/compose-file/merge/

After https://github.com/compose-spec/compose-go/tree/main/override; lists of which one entry replaces another
(`ports`, `volumes`, `environment`) are joined here, and their reader keeps the last of each.
"""

from __future__ import annotations

from parity.readers.compose.branch import Branch
from parity.readers.compose.keys import named
from parity.readers.compose.record import Record

# Keys of a service whose forms become one list before they are joined.
SEQUENCES = named(
    """
    annotations build.args build.additional_contexts build.extra_hosts build.labels deploy.labels dns dns_opt dns_search
    env_file label_file environment extra_hosts labels sysctls tmpfs
    """
)
# Those whose list names the keys of a mapping.
NAMES = frozenset(("depends_on", "networks", "models"))
REPLACED = frozenset(("command", "entrypoint", "healthcheck.test"))

Path = tuple[str, ...]


def merged(base: Branch, over: Branch, path: Path, record: Record) -> Branch:
    """`base` with `over` on it; neither is changed. `path` is that of both in the project."""
    key = ".".join(path[2:]) if path[:1] == ("services",) and len(path) > 2 else ""
    if key in REPLACED or over.tag == "!override":
        return over
    if key in SEQUENCES:
        return joined(base, over, record)
    if key == "build":
        base, over = long_build(base), long_build(over)
    if key in NAMES:
        base, over = by_name(base, key), by_name(over, key)
    if over.value is None:
        return base
    if isinstance(base.value, dict | list):
        if type(base.value) is not type(over.value):
            return refused(base, over, path, record)
        return mappings(base, over, path, record) if isinstance(base.value, dict) else lists(base, over, record)
    return over


def mappings(base: Branch, over: Branch, path: Path, record: Record) -> Branch:
    found = dict(base.entries())
    record.spend(len(found))
    for key, value in over.entries():
        # What is reset stays here as a mark, for the file that this one may itself be laid over.
        if value.tag != "!reset" and key in found and found[key].tag != "!reset":
            found[key] = merged(found[key], value, (*path, key), record)
        else:
            found[key] = value
    return over.with_value(found)


def lists(base: Branch, over: Branch, record: Record) -> Branch:
    record.spend(len(base.items()) + len(over.items()))
    return over.with_value([*base.items(), *over.items()])


def joined(base: Branch, over: Branch, record: Record) -> Branch:
    """One list of both, in which an entry of a mapping is a mapping of itself."""
    if isinstance(base.value, dict):
        away = {key for key, value in over.entries() if value.tag == "!reset"}
        base = base.with_value({key: value for key, value in base.entries() if key not in away})
    items = [*sequence(base), *sequence(over)]
    record.spend(len(items))
    return over.with_value(items) if over.value is not None else base.with_value(items)


def sequence(branch: Branch) -> list[Branch]:
    if isinstance(branch.value, dict):
        return [
            Branch({key: value}, value.source, value.line) for key, value in branch.entries() if value.tag != "!reset"
        ]
    if isinstance(branch.value, list):
        return branch.value
    return [] if branch.value is None else [branch]


def long_build(build: Branch) -> Branch:
    return build.with_value({"context": build}) if isinstance(build.value, str) else build


def by_name(branch: Branch, key: str) -> Branch:
    if not isinstance(branch.value, list):
        return branch
    return branch.with_value({item.text: entry(item, key) for item in branch.value if item.text is not None})


def entry(item: Branch, key: str) -> Branch:
    """What a name alone stands for."""
    if key != "depends_on":
        return Branch(None, item.source, item.line)
    return item.with_value({"condition": Branch("service_started", item.source, item.line)})


def refused(base: Branch, over: Branch, path: Path, record: Record) -> Branch:
    kind = "a mapping" if isinstance(base.value, dict) else "a list"
    message = f"{'.'.join(path)} is not {kind}, as it is where this is laid over it"
    record.find("compose-refused", over.place, message, f"write {kind}", base.place)
    return base


def pruned(branch: Branch) -> Branch:
    """Without what is marked as reset."""
    if isinstance(branch.value, dict):
        return branch.with_value({key: pruned(value) for key, value in branch.value.items() if value.tag != "!reset"})
    if isinstance(branch.value, list):
        return branch.with_value([pruned(value) for value in branch.value])
    return branch
