"""Reads fly.toml. https://fly.io/docs/reference/configuration/"""

from __future__ import annotations

import re

from parity.contract.finding import Finding
from parity.contract.fly import Endpoint, Fly, Machine, Mount
from parity.contract.place import Place
from parity.contract.value import Value
from parity.readers import tree
from parity.readers.scalar import from_root, mapped, misspelt, optional, words
from parity.readers.tree import Node

KEYS = (
    *(
        "app",
        "primary_region",
        "build",
        "env",
        "processes",
        "deploy",
        "http_service",
        "services",
        "mounts",
        "vm",
        "checks",
    ),
    *("kill_signal", "kill_timeout", "statics", "metrics", "experimental", "swap_size_mb", "console_command", "files"),
    *("restart", "host_dedication_id", "machine_checks", "machine_config", "container"),
    # The name that mounts had before.
    "mount",
)
DEPLOY = (
    *(
        "strategy",
        "max_unavailable",
        "wait_timeout",
        "release_command",
        "release_command_timeout",
        "release_command_vm",
    ),
    "seed_command",
)
SERVICE = (
    *("internal_port", "processes", "ports", "checks", "http_checks", "tcp_checks", "machine_checks", "concurrency"),
    *("protocol", "force_https", "auto_stop_machines", "auto_start_machines", "min_machines_running", "tls_options"),
    *("http_options", "script_checks"),
)
UNITS = {"ms": 0.001, "s": 1.0, "m": 60.0, "h": 3600.0}


def read(text: str, file: str) -> Fly:
    """Raises Unreadable for what isn't TOML."""
    root = tree.toml(text)
    build, deploy = root.get("build"), root.get("deploy")
    folder = file.rpartition("/")[0]
    timeout = root.get("kill_timeout")
    return Fly(
        file=file,
        app=optional(root.get("app"), file),
        dockerfile=path(at(build, "dockerfile"), file, folder),
        image=optional(at(build, "image"), file),
        builder=optional(at(build, "builder"), file),
        target=optional(at(build, "build-target"), file),
        args=mapped(at(build, "args"), file),
        env=mapped(root.get("env"), file),
        processes=mapped(root.get("processes"), file),
        release_command=optional(at(deploy, "release_command"), file),
        strategy=optional(at(deploy, "strategy"), file),
        endpoints=tuple(
            endpoint for node in several(root, "http_service", "services") for endpoint in endpoints(node, file)
        ),
        mounts=tuple(mount for node in several(root, "mounts", "mount") for mount in mounted(node, file)),
        machines=tuple(machine(node, file) for node in several(root, "vm")),
        kill_signal=optional(root.get("kill_signal"), file),
        kill_timeout=seconds(timeout),
        kill_timeout_place=Place(file, timeout.line) if timeout else None,
        statics=tuple(static for node in several(root, "statics") for static in stated(node, file)),
        findings=tuple(findings(root, file)),
    )


def at(node: Node | None, key: str) -> Node | None:
    return node.get(key) if node else None


def several(root: Node, *keys: str) -> list[Node]:
    """The tables of those names, single or of an array."""
    found = [node for key in keys if (node := root.get(key))]
    return [one for node in found for one in (node.items() if isinstance(node.value, list) else [node])]


def path(node: Node | None, file: str, folder: str) -> Value | None:
    one = optional(node, file)
    return Value(from_root(folder, one.text or ""), one.place, one.written, one.quoted) if one else None


def endpoints(node: Node, file: str) -> list[Endpoint]:
    port = optional(node.get("internal_port"), file)
    if port is None:
        return []
    checks = [
        found
        for key in ("checks", "http_checks")
        for check in several(node, key)
        if (found := optional(check.get("path"), file))
    ]
    least = at(node, "min_machines_running")
    ports = [found for one in several(node, "ports") if (found := optional(one.get("port"), file))]
    return [
        Endpoint(
            place=Place(file, node.line),
            internal_port=port,
            processes=words(node.get("processes")),
            ports=tuple(ports),
            force_https=bool(at(node, "force_https") and node.get("force_https").value),  # type: ignore[union-attr]
            checks=tuple(checks),
            auto_stop=str(getattr(at(node, "auto_stop_machines"), "value", False)).lower()
            in ("true", "stop", "suspend"),
            min_machines=least.value if least and isinstance(least.value, int) else None,
        )
    ]


def mounted(node: Node, file: str) -> list[Mount]:
    destination = optional(node.get("destination"), file)
    if destination is None:
        return []
    source = optional(node.get("source"), file)
    return [Mount(Place(file, node.line), source, destination, words(node.get("processes")))]


def machine(node: Node, file: str) -> Machine:
    cpus, size = node.get("cpus"), node.get("size")
    return Machine(
        Place(file, node.line),
        memory(node),
        cpus.value if cpus and isinstance(cpus.value, int) else None,
        (size.string() if size else None) or "",
        words(node.get("processes")),
    )


def memory(node: Node) -> int | None:
    """In MB, of memory_mb = 512, memory = "512mb" or "1gb"."""
    plain = node.get("memory_mb") or node.get("memory")
    if plain is None:
        return None
    match = re.fullmatch(r"(\d{1,9})\s*(mb|gb|m|g)?", plain.text.strip().lower())
    return int(match[1]) * (1024 if (match[2] or "").startswith("g") else 1) if match else None


def seconds(node: Node | None) -> float | None:
    """Of 30, "30s", "5m", "1m30s"."""
    if node is None or node.string() is None:
        return None
    text = node.text.strip()
    if re.fullmatch(r"\d{1,9}(\.\d{1,9})?", text):
        return float(text)
    parts = re.findall(r"(\d{1,9}(?:\.\d{1,9})?)(ms|s|m|h)", text[:100])
    return sum(float(number) * UNITS[unit] for number, unit in parts) if parts else None


def stated(node: Node, file: str) -> list[tuple[Value, Value]]:
    guest, prefix = optional(node.get("guest_path"), file), optional(node.get("url_prefix"), file)
    return [(guest, prefix)] if guest and prefix else []


def findings(root: Node, file: str) -> list[Finding]:
    found = misspelt(root, KEYS, file, "unknown-key", "fly.toml")
    for node in several(root, "http_service", "services"):
        found += misspelt(node, SERVICE, file, "unknown-key", "a service of fly.toml")
    return found + misspelt(root.get("deploy"), DEPLOY, file, "unknown-key", "[deploy]")
