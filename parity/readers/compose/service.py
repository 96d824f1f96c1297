"""A service: https://docs.docker.com/reference/compose-file/services/"""

from __future__ import annotations

from collections.abc import Mapping

from parity.contract.compose import Command, Dependency, Extends, Memory, Service, Text
from parity.contract.place import Place
from parity.readers.compose import environment, health, image, mounts, ports
from parity.readers.compose.branch import Branch
from parity.readers.compose.expected import (
    known,
    listed,
    mapped,
    pairs,
    refuse,
    scalar,
    string,
    strings,
    truth,
    unknown,
)
from parity.readers.compose.keys import SERVICE
from parity.readers.compose.paths import remote, within
from parity.readers.compose.quantities import size
from parity.readers.compose.record import Record
from parity.readers.compose.words import Unsplit, words

CONDITIONS = ("service_started", "service_healthy", "service_completed_successfully")
# Without a value these are what they are without their key.
NULLABLE = ("command", "entrypoint", "deploy", "develop", "extends")


def read(name: str, branch: Branch, variables: Mapping[str, str], record: Record) -> Service:
    """`variables`: those of the project's .env."""
    label = f"services.{name}"
    entries = mapped(branch, label, record)
    check_keys(entries, label, record)

    def texts(key: str, *, alone: bool = False) -> tuple[Text, ...]:
        return unique(strings(entries.get(key), f"{label}.{key}", record, alone=alone))

    def text(key: str) -> Text | None:
        return string(entries.get(key), f"{label}.{key}", record)

    given = environment.variables(entries.get("environment"), f"{label}.environment", "environment", record)
    service = Service(
        name,
        branch.place,
        {key: value.place for key, value in entries.items()},
        image=text("image"),
        build=image.read(entries.get("build"), f"{label}.build", record),
        command=command(entries.get("command"), f"{label}.command", record),
        entrypoint=command(entries.get("entrypoint"), f"{label}.entrypoint", record),
        environment=given,
        env_files=environment.env_files(entries.get("env_file"), f"{label}.env_file", variables, given, record),
        ports=ports.read(entries.get("ports"), f"{label}.ports", record),
        expose=exposed(entries.get("expose"), f"{label}.expose", record),
        mounts=mounts.read(entries.get("volumes"), f"{label}.volumes", record),
        tmpfs=texts("tmpfs", alone=True),
        depends_on=depends_on(entries, label, record),
        healthcheck=health.read(entries.get("healthcheck"), f"{label}.healthcheck", record),
        profiles=texts("profiles"),
        user=text("user"),
        working_dir=text("working_dir"),
        grace=health.duration(entries.get("stop_grace_period"), f"{label}.stop_grace_period", record),
        stop_signal=text("stop_signal"),
        init=truth(entries.get("init"), f"{label}.init", record),
        read_only=truth(entries.get("read_only"), f"{label}.read_only", record),
        memory=memory(branch, label, record),
        cpus=limit(branch, "cpus", label, record),
        replicas=scalar(entries.get("scale") or branch.get("deploy", "replicas"), f"{label}.scale", record),
        networks=names(entries.get("networks"), f"{label}.networks", record),
        network_mode=text("network_mode"),
        links=texts("links"),
        restart=text("restart"),
        platform=text("platform"),
        container_name=text("container_name"),
        hostname=text("hostname"),
        secrets=sources(entries.get("secrets"), f"{label}.secrets", record),
        configs=sources(entries.get("configs"), f"{label}.configs", record),
        labels=labels(entries.get("labels"), f"{label}.labels", record),
        extends=extends(entries.get("extends")),
        watch=watched.place if (watched := branch.get("develop", "watch")) else None,
    )
    if not service.image and not service.build and "provider" not in entries:
        refuse(branch, label, "has neither an image nor a build", "write image: or build:", record)
    return service


def check_keys(entries: dict[str, Branch], label: str, record: Record) -> None:
    for key, branch in list(entries.items()):
        if key.startswith("x-"):
            continue
        if key not in SERVICE:
            unknown(branch, key, label, record)
        elif branch.value is None and key not in NULLABLE:
            refuse(branch, f"{label}.{key}", "has no value", f"write one, or remove {key}", record)
            del entries[key]


def unique(texts: tuple[Text, ...]) -> tuple[Text, ...]:
    """The last of those that start with the same name."""
    return tuple({text.text.partition("=")[0]: text for text in texts}.values())


def command(branch: Branch | None, label: str, record: Record) -> Command | None:
    if branch is None or branch.value is None:
        return None
    if isinstance(branch.value, list):
        texts = strings(branch, label, record)
        mentions = tuple(mention for text in texts for mention in text.mentions)
        return Command(tuple(text.text for text in texts), branch.place, mentions=mentions)
    text = string(branch, label, record)
    return None if text is None else split(text, branch, label, record)


def split(text: Text, branch: Branch, label: str, record: Record) -> Command:
    try:
        found, dropped = words(text.text)
    except Unsplit as error:
        refuse(branch, label, f"can't be split: {error}", "write it as a list of words", record)
        return Command(tuple(text.text.split()), text.place, text.text, "string", text.mentions)
    if dropped:
        shown = " ".join(dropped.split())
        message = f"compose runs no shell, and drops what stands from `{shown[:40]}` on without a word"
        record.find(
            "compose-command-cut", text.place, f"{label}: {message}", "write [sh, -c, …], with all of it in quotes"
        )
    return Command(found, text.place, text.text, "string", text.mentions)


def exposed(branch: Branch | None, label: str, record: Record) -> tuple[Text, ...]:
    found = (scalar(item, label, record) for item in listed(branch, label, record))
    return unique(tuple(text for text in found if text))


def depends_on(entries: dict[str, Branch], label: str, record: Record) -> tuple[Dependency, ...]:
    """Those that it names, and those that follow from other keys."""
    branch = entries.get("depends_on")
    found = {}
    if branch is not None and isinstance(branch.value, dict):
        for name, entry in branch.entries():
            found[name] = dependency(name, entry, f"{label}.depends_on.{name}", record)
    else:
        for text in once(branch, f"{label}.depends_on", record):
            found[text.text] = Dependency(text.text, text.place)
    for name, place, key in implied(entries):
        found.setdefault(name, Dependency(name, place, restart=key != "volumes_from", through=key))
    return tuple(found.values())


def dependency(name: str, entry: Branch, label: str, record: Record) -> Dependency:
    entries = mapped(entry, label, record)
    known(entries, "depends_on", label, record)
    condition = string(entries.get("condition"), f"{label}.condition", record)
    if isinstance(entry.value, dict) and "condition" not in entries:
        refuse(entry, label, "has no condition", "write condition: service_started", record)
    elif condition and condition.text not in CONDITIONS:
        refuse(entry, label, f"has the condition {condition.text}", f"write one of {', '.join(CONDITIONS)}", record)
    required = truth(entries.get("required"), f"{label}.required", record)
    restart = truth(entries.get("restart"), f"{label}.restart", record)
    start = condition.text if condition else CONDITIONS[0]
    return Dependency(name, entry.place, start, required is not False, bool(restart))


def implied(entries: dict[str, Branch]) -> list[tuple[str, Place, str]]:
    """The services that other keys name, with the key."""
    found = []
    for item in entries["links"].items() if "links" in entries else []:
        found.append(((item.text or "").partition(":")[0], item.place, "links"))
    for key in ("network_mode", "ipc", "pid", "uts", "cgroup"):
        text = entries[key].text if key in entries else None
        if text and text.startswith("service:"):
            found.append((text.removeprefix("service:"), entries[key].place, key))
    for item in entries["volumes_from"].items() if "volumes_from" in entries else []:
        if item.text and not item.text.startswith("container:"):
            found.append((item.text.partition(":")[0], item.place, "volumes_from"))
    return [(name, place, key) for name, place, key in found if name]


def memory(branch: Branch, label: str, record: Record) -> Memory | None:
    for keys in (("mem_limit",), ("deploy", "resources", "limits", "memory")):
        found = branch.get(*keys)
        text = scalar(found, f"{label}.{'.'.join(keys)}", record)
        if found and text:
            number = size(text.text)
            if number is not None:
                return Memory(number, text, ".".join(keys))
            hint = "write a number with its unit: 512m"
            refuse(found, f"{label}.{'.'.join(keys)}", f"can't be `{text.text}`: it is no size", hint, record)
    return None


def limit(branch: Branch, key: str, label: str, record: Record) -> Text | None:
    found = branch.get(key) or branch.get("deploy", "resources", "limits", key)
    return scalar(found, f"{label}.{key}", record)


def names(branch: Branch | None, label: str, record: Record) -> tuple[Text, ...]:
    """The keys of a mapping, or a list."""
    if branch is not None and isinstance(branch.value, dict):
        return tuple(Text(name, entry.place, name) for name, entry in branch.entries())
    return unique(once(branch, label, record))


def once(branch: Branch | None, label: str, record: Record) -> tuple[Text, ...]:
    """A list in which nothing may stand twice."""
    texts = strings(branch, label, record)
    if branch is not None and len({text.text for text in texts}) < len(texts):
        refuse(branch, label, "names one twice", "remove one of the two", record)
    return texts


def sources(branch: Branch | None, label: str, record: Record) -> tuple[Text, ...]:
    """The secrets or configs that a list names, in either form."""
    found = (string(item.get("source") or item, label, record) for item in listed(branch, label, record))
    return tuple(text for text in found if text)


def labels(branch: Branch | None, label: str, record: Record) -> dict[str, Text]:
    return {
        name: Text(value or "", at.place, written or "", at.mentions)
        for name, value, written, at in pairs(branch, label, record)
    }


def extends(branch: Branch | None) -> Extends | None:
    if branch is None:
        return None
    name, file = branch.get("service") or branch, branch.get("file")
    if name.text is None:
        return None
    if file is None or file.text is None:
        return Extends(name.text, branch.source.file, branch.place)
    return Extends(name.text, None if remote(file.text) else within(branch.source.folder, file.text), branch.place)
