"""Reads EXPOSE's ports.

https://github.com/moby/buildkit/blob/master/frontend/dockerfile/dockerfile2llb/convert_expose.go
"""

from __future__ import annotations

from collections.abc import Iterator

from parity.readers.dockerfile.refusal import Refusal

# A longer range stays one.
MOST = 100


def exposed(text: str) -> Iterator[str]:
    """8000/tcp for each port that a word means: 8000, 8000-8002, 53/udp, and the forms of `docker run --publish`."""
    address, outside, inside = sides(text)
    inside, _, protocol = inside.partition("/")
    if not inside or protocol.lower() not in ("", "tcp", "udp", "sctp"):
        raise refusal(text)
    if address and not is_address(address.removeprefix("[").removesuffix("]")):
        raise refusal(text)
    first, last = span(inside, text)
    if outside:
        begin, end = span(outside, text)
        if end - begin != last - first and last != first:
            raise refusal(text)
    protocol = protocol.lower() or "tcp"
    if last - first > MOST:
        yield f"{first}-{last}/{protocol}"
    else:
        yield from (f"{port}/{protocol}" for port in range(first, last + 1))


def sides(text: str) -> tuple[str, str, str]:
    """Address, port outside and port inside."""
    rest, _, inside = text.rpartition(":")
    address, _, outside = rest.rpartition(":")
    return address, outside, inside


def span(text: str, whole: str) -> tuple[int, int]:
    first, dash, last = text.partition("-")
    numbers = [number(first, whole), number(last if dash else first, whole)]
    if numbers[0] > numbers[1]:
        raise refusal(whole)
    return numbers[0], numbers[1]


def number(text: str, whole: str) -> int:
    digits = text.removeprefix("+")
    if not (digits.isascii() and digits.isdigit() and len(digits) < 100 and int(digits) <= 65535):
        raise refusal(whole)
    return int(digits)


def is_address(text: str) -> bool:
    from ipaddress import ip_address

    try:
        ip_address(text)
    except ValueError:
        return False
    return True


def refusal(text: str) -> Refusal:
    return Refusal(f"`{text[:40]}` is no port", "write a number from 0 to 65535, as in `EXPOSE 8000`")
