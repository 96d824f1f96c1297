"""Ports of a service: https://docs.docker.com/reference/compose-file/services/#ports

The short form after https://github.com/docker/go-connections/blob/main/nat/nat.go
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from parity.contract.compose import Port
from parity.readers.compose.branch import Branch
from parity.readers.compose.expected import known, listed, refuse, scalar, string
from parity.readers.compose.record import Record

IPV4 = re.compile(r"(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?!$)|$)){4}", re.ASCII)
IPV6 = re.compile(r"(?=.*:)[0-9A-Fa-f:.]{2,45}(?:%\w+)?", re.ASCII)

WRITE = "write it as [IP:]HOST:CONTAINER[/PROTOCOL]"


class Wrong(Exception):
    """What compose refuses in the short form."""


def read(branch: Branch | None, label: str, record: Record) -> tuple[Port, ...]:
    """The last of those with the same address, port and protocol on both sides."""
    found = {}
    for item in listed(branch, label, record):
        for port in long(item, label, record) if isinstance(item.value, dict) else short(item, label, record):
            found[(port.ip or "0.0.0.0", port.published, port.target, port.protocol)] = port
    return tuple(found.values())


def long(item: Branch, label: str, record: Record) -> Iterator[Port]:
    entries = dict(item.entries())
    known(entries, "ports", label, record)
    said = {key: scalar(value, f"{label}.{key}", record) for key, value in entries.items() if key in TEXTS}
    text = {key: value.text if value else "" for key, value in said.items()}
    if "target" not in text:
        refuse(item, label, "has no target", "write target: and the container's port", record)
    elif not text["target"].isdecimal():
        refuse(entries["target"], f"{label}.target", "must be a whole number", "write one port", record)
    yield Port(
        text.get("target", ""),
        item.place,
        text.get("published", ""),
        text.get("host_ip", ""),
        text.get("protocol", "tcp"),
        text.get("mode", "ingress"),
    )


TEXTS = ("target", "published", "host_ip", "protocol", "mode")


def short(item: Branch, label: str, record: Record) -> Iterator[Port]:
    if isinstance(item.value, bool | float) or item.text is None:
        string(item, label, record)
        return
    try:
        for target, published, ip, protocol in parsed(item.text):
            record.spend(1)
            yield Port(target, item.place, published, ip, protocol, written=item.written)
    except Wrong as error:
        refuse(item, label, f"can't be `{item.text}`: {error}", WRITE, record)


def parsed(text: str) -> Iterator[tuple[str, str, str, str]]:
    """Target, published, address and protocol of each port. Raises Wrong."""
    *before, container = text.split(":")
    address, host = ":".join(before[:-1]), before[-1] if before else ""
    container, _, protocol = container.partition("/")
    protocol = protocol.partition("/")[0].lower() or "tcp"
    ip = checked(address)
    if not container:
        raise Wrong("no port of the container")
    begin, end = ports(container)
    if begin == 0:
        raise Wrong("0 is no port of a container")
    host_begin, host_end = ports(host) if host else (0, 0)
    if host and end - begin != host_end - host_begin and begin != end:
        raise Wrong("the two ranges differ in length")
    if protocol not in ("tcp", "udp", "sctp"):
        raise Wrong(f"no protocol is called {protocol}")
    for number in range(end - begin + 1):
        published = str(host_begin + number) if host else ""
        if begin == end and host_begin != host_end:
            published = f"{published}-{host_end}"
        yield str(begin + number), published, ip, protocol


def checked(address: str) -> str:
    ip = address[1:-1] if address.startswith("[") and address.endswith("]") else address
    if ip == address and ":" in ip:
        raise Wrong(f"the address {address} needs [ and ] around it")
    if ip and not IPV4.fullmatch(ip) and not (":" in ip and IPV6.fullmatch(ip)):
        raise Wrong(f"{ip} is no IP address")
    return ip


def ports(text: str) -> tuple[int, int]:
    """Compose looks at the first two parts of a range only."""
    parts = text.split("-")
    first, last = number(parts[0]), number(parts[1] if len(parts) > 1 else parts[0])
    if last < first:
        raise Wrong(f"the range {text} ends before it begins")
    return first, last


def number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 20 and int(text) < 65536):
        raise Wrong(f"{text or 'nothing'} is no port")
    return int(text)
