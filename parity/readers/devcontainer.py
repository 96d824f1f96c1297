"""Reads a devcontainer.json. https://containers.dev/implementors/json_reference/"""

from __future__ import annotations

from collections.abc import Iterator

from parity.contract.devcontainer import Devcontainer, Feature, LifecycleCommand
from parity.contract.place import Place
from parity.contract.value import Value
from parity.readers import tree
from parity.readers.scalar import from_root, listed, mapped, misspelt, optional, words
from parity.readers.tree import Node

EVENTS = (
    *("initializeCommand", "onCreateCommand", "updateContentCommand", "postCreateCommand", "postStartCommand"),
    "postAttachCommand",
)
KEYS = (
    *("name", "image", "build", "dockerFile", "context", "dockerComposeFile", "service", "runServices", "containerEnv"),
    *(
        "remoteEnv",
        "forwardPorts",
        "features",
        "workspaceFolder",
        "workspaceMount",
        "remoteUser",
        "containerUser",
        "mounts",
    ),
    *(
        "customizations",
        "portsAttributes",
        "otherPortsAttributes",
        "shutdownAction",
        "overrideCommand",
        "runArgs",
        "appPort",
    ),
    *(
        "hostRequirements",
        "updateRemoteUserUID",
        "userEnvProbe",
        "waitFor",
        "init",
        "privileged",
        "capAdd",
        "securityOpt",
    ),
    *("overrideFeatureInstallOrder", "extensions", "settings", "devPort", "secrets", *EVENTS),
)


def read(text: str, file: str) -> Devcontainer:
    """Raises Unreadable for what isn't JSON, comments aside."""
    root = tree.json(text, comments=True)
    folder = file.rpartition("/")[0]

    def path(node: Node | None) -> Value | None:
        one = optional(node, file)
        return placed(one, folder) if one else None

    build = root.get("build")
    dockerfile = path((build.get("dockerfile") if build else None) or root.get("dockerFile"))
    run = root.get("runServices")
    return Devcontainer(
        file=file,
        place=Place(file, root.line),
        name=(root.get("name") or Node("", 1)).string() or "",
        image=said(root.get("image"), file),
        dockerfile=dockerfile,
        context=path((build.get("context") if build else None) or root.get("context")) or beside(dockerfile),
        target=said(build.get("target") if build else None, file),
        args=expressed(mapped(build.get("args") if build else None, file)),
        compose=tuple(placed(one, folder) for one in listed(root.get("dockerComposeFile"), file)),
        service=said(root.get("service"), file),
        run_services=listed(run, file) if run else None,
        container_env=expressed(mapped(root.get("containerEnv"), file)),
        remote_env=expressed(mapped(root.get("remoteEnv"), file)),
        ports=listed(root.get("forwardPorts"), file),
        features=tuple(features(root.get("features"), file)),
        commands=tuple(command for event in EVENTS for command in commands(event, root.get(event), file)),
        user=said(root.get("remoteUser") or root.get("containerUser"), file),
        workspace_folder=said(root.get("workspaceFolder"), file),
        findings=tuple(misspelt(root, KEYS, file, "unknown-key", "devcontainer.json")),
    )


def said(node: Node | None, file: str) -> Value | None:
    one = optional(node, file)
    return known(one) if one else None


def expressed(values: dict[str, Value]) -> dict[str, Value]:
    return {name: known(value) for name, value in values.items()}


def known(one: Value) -> Value:
    """`${localEnv:X}` and its like are of the machine, and of the container."""
    return Value(None, one.place, one.written, one.quoted) if one.text and "${" in one.text else one


def placed(one: Value, folder: str) -> Value:
    """A path from the root; None for one that leads out, or holds an expression."""
    plain = None if one.text is None or "${" in one.text else from_root(folder, one.text)
    return Value(plain, one.place, one.written, one.quoted)


def beside(dockerfile: Value | None) -> Value | None:
    """Without a context the folder of the Dockerfile is it."""
    if dockerfile is None or dockerfile.text is None:
        return None
    return Value(dockerfile.text.rpartition("/")[0], dockerfile.place)


def features(node: Node | None, file: str) -> Iterator[Feature]:
    """A text behind a feature is its version."""
    for id, options in node.entries() if node else []:
        place = Place(file, options.line)
        text = optional(options, file)
        stated = {"version": text} if text and isinstance(options.value, str) else mapped(options, file)
        yield Feature(id, place, stated)


def commands(event: str, node: Node | None, file: str) -> Iterator[LifecycleCommand]:
    if node is None:
        return
    entries = node.entries()
    for name, one in entries or [("", node)]:
        argv = words(one) if isinstance(one.value, list) else ()
        text = one.string() or " ".join(argv)
        if text:
            yield LifecycleCommand(event, Place(file, one.line), text, argv, name)
