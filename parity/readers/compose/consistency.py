"""What the parts of a project say of one another, as compose checks it once all is merged.

After https://github.com/compose-spec/compose-go/blob/main/loader/validate.go
"""

from __future__ import annotations

from parity.contract.compose import Compose, Service
from parity.contract.place import Place
from parity.readers.compose.record import Record


def check(compose: Compose, record: Record) -> None:
    for service in compose.services.values():
        named(compose, service, record)
        if service.network_mode and service.networks:
            message = f"services.{service.name} has both network_mode and networks"
            record.find("compose-refused", service.network_mode.place, message, "keep one of the two")
        alone(service, record)
    cycles(compose, record)


def alone(service: Service, record: Record) -> None:
    """Two containers can't have one name."""
    replicas, name = service.replicas, service.container_name
    if name and replicas and replicas.text.isdecimal() and replicas.text not in ("0", "1"):
        message = f"services.{service.name} has the container_name {name.text} and {replicas.text} replicas"
        record.find("compose-refused", name.place, message, "remove container_name", replicas.place)


def named(compose: Compose, service: Service, record: Record) -> None:
    """What it names must be there."""
    for dependency in service.depends_on:
        if dependency.name not in compose.services and dependency.required:
            undefined(service, dependency.through, "service", dependency.name, dependency.place, record)
    for mount in service.mounts:
        if mount.kind == "volume" and mount.source and mount.source not in compose.volumes:
            undefined(service, "volumes", "volume", mount.source, mount.place, record)
    for network in service.networks:
        if network.text != "default" and network.text not in compose.networks:
            undefined(service, "networks", "network", network.text, network.place, record)
    for key, texts, there in (
        ("secret", service.secrets, compose.secrets),
        ("config", service.configs, compose.configs),
    ):
        for text in texts:
            if text.text not in there:
                undefined(service, f"{key}s", key, text.text, text.place, record)


def undefined(service: Service, key: str, what: str, name: str, place: Place, record: Record) -> None:
    message = f"services.{service.name}.{key} names the {what} {name}, which isn't there"
    record.find("compose-refused", place, message, f"write {name} under {what}s: at the top level")


def cycles(compose: Compose, record: Record) -> None:
    """Services that wait for one another: what is left once everything that can start has started."""
    waits = {
        name: {other.name for other in service.depends_on if other.name in compose.services}
        for name, service in compose.services.items()
    }
    needed: dict[str, list[str]] = {}
    for name, others in waits.items():
        for other in others:
            needed.setdefault(other, []).append(name)
    ready = [name for name, others in waits.items() if not others]
    while ready:
        done = ready.pop()
        for name in needed.get(done, ()):
            waits[name].discard(done)
            if not waits[name]:
                ready.append(name)
    left = [name for name, others in waits.items() if others]
    around = circle(waits, left[0]) if left else []
    for name in around[:1]:
        first = next(other for other in compose.services[name].depends_on if other.name in around)
        message = f"services wait for one another: {' -> '.join([*around[:6], name])}"
        record.find("compose-refused", first.place, message, "let one of them depend on no other")


def circle(waits: dict[str, set[str]], start: str) -> list[str]:
    """The services of one circle, in order."""
    trail: dict[str, int] = {}
    name = start
    while name not in trail:
        trail[name] = len(trail)
        name = min(other for other in waits[name] if waits[other])
    return list(trail)[trail[name] :]
