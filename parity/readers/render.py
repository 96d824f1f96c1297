"""Reads render.yaml. https://render.com/docs/blueprint-spec"""

from __future__ import annotations

from collections.abc import Iterator

from parity.contract.finding import Finding
from parity.contract.place import Place
from parity.contract.render import Database, Disk, Group, Render, Service, Variable
from parity.contract.value import Value
from parity.readers import tree
from parity.readers.scalar import from_root, misspelt, optional
from parity.readers.tree import Node

SERVICE = (
    *(
        "type",
        "name",
        "runtime",
        "env",
        "region",
        "plan",
        "repo",
        "branch",
        "rootDir",
        "dockerfilePath",
        "dockerContext",
    ),
    *(
        "dockerCommand",
        "buildCommand",
        "startCommand",
        "preDeployCommand",
        "initialDeployHook",
        "schedule",
        "envVars",
        "disk",
    ),
    *(
        "healthCheckPath",
        "numInstances",
        "scaling",
        "domain",
        "domains",
        "autoDeploy",
        "autoDeployTrigger",
        "image",
        "headers",
    ),
    *(
        "maxShutdownDelaySeconds",
        "ipAllowList",
        "buildFilter",
        "staticPublishPath",
        "publishPath",
        "routes",
        "previews",
    ),
    *("maxmemoryPolicy", "pullRequestPreviewsEnabled", "previewPlan", "registryCredential", "renderSubdomainPolicy"),
)
# `redis` is the name that Render gave keyvalue before.
TYPES = {"redis": "keyvalue"}


def read(text: str, file: str) -> Render:
    """Raises Unreadable for what isn't YAML."""
    root = tree.yaml(text)
    levels = list(stated(root))
    services = [node for level in levels for node in many(level, "services")]
    return Render(
        file=file,
        services=tuple(service(node, file) for node in services),
        databases=tuple(database(node, file) for level in levels for node in many(level, "databases")),
        groups=tuple(
            Group(said(node, "name"), Place(file, node.line), tuple(variables(node, file)))
            for level in levels
            for node in many(level, "envVarGroups")
        ),
        findings=tuple(finding for node in services for finding in findings(node, file)),
    )


def stated(root: Node) -> Iterator[Node]:
    """What holds services: the top, what no project has, and the environments of each project."""
    yield root
    ungrouped = root.get("ungrouped")
    if ungrouped:
        yield ungrouped
    for project in many(root, "projects"):
        yield from many(project, "environments")


def many(node: Node, key: str) -> list[Node]:
    found = node.get(key)
    return [item for item in found.items() if isinstance(item.value, dict)] if found else []


def said(node: Node, key: str) -> str:
    found = node.get(key)
    return (found.string() if found else None) or ""


def service(node: Node, file: str) -> Service:
    root = said(node, "rootDir")
    kind = said(node, "type")
    runtime = said(node, "runtime") or said(node, "env")
    delay = node.get("maxShutdownDelaySeconds")

    def scalar(key: str) -> Value | None:
        return optional(node.get(key), file)

    def path(key: str) -> Value | None:
        one = scalar(key)
        return Value(from_root(root, one.text or ""), one.place, one.written, one.quoted) if one else None

    disk = node.get("disk")
    mount = optional(disk.get("mountPath"), file) if disk else None
    return Service(
        type=TYPES.get(kind, kind),
        name=said(node, "name"),
        place=Place(file, node.line),
        runtime=runtime,
        image=optional(node.get("image", "url"), file),
        dockerfile=path("dockerfilePath"),
        context=path("dockerContext"),
        docker_command=scalar("dockerCommand"),
        root=scalar("rootDir"),
        build=scalar("buildCommand"),
        start=scalar("startCommand"),
        pre_deploy=scalar("preDeployCommand"),
        initial_deploy=scalar("initialDeployHook"),
        schedule=scalar("schedule"),
        health_path=scalar("healthCheckPath"),
        variables=tuple(variables(node, file)),
        groups=tuple(found for one in many(node, "envVars") if (found := optional(one.get("fromGroup"), file))),
        disk=Disk(Place(file, disk.line), mount, said(disk, "name"), said(disk, "sizeGB")) if disk and mount else None,
        plan=scalar("plan"),
        instances=scalar("numInstances"),
        shutdown_delay=float(delay.value) if delay and isinstance(delay.value, int | float) else None,
    )


def variables(node: Node, file: str) -> Iterator[Variable]:
    """Those with a name; a group's are told by `groups`."""
    for one in many(node, "envVars"):
        name = said(one, "key")
        if name:
            yield variable(name, one, file)


def variable(name: str, node: Node, file: str) -> Variable:
    place = Place(file, node.line)
    stated = optional(node.get("value"), file)
    if stated:
        return Variable(name, stated, "value")
    unknown = Value(None, place)
    for source in ("fromDatabase", "fromService"):
        origin = node.get(source)
        if origin:
            taken = said(origin, "property") or said(origin, "envVarKey")
            return Variable(name, unknown, source, said(origin, "name"), taken)
    if node.get("generateValue"):
        return Variable(name, unknown, "generateValue")
    return Variable(name, unknown, "sync")


def database(node: Node, file: str) -> Database:
    def scalar(key: str) -> Value | None:
        return optional(node.get(key), file)

    return Database(
        said(node, "name"),
        Place(file, node.line),
        scalar("postgresMajorVersion"),
        scalar("databaseName"),
        scalar("user"),
        scalar("plan"),
    )


def findings(node: Node, file: str) -> list[Finding]:
    return misspelt(node, SERVICE, file, "unknown-key", "a service of render.yaml")
