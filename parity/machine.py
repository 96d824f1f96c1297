"""What the machine must give before anything starts: free ports and free space."""

import errno
import shutil
import socket
from pathlib import Path

from parity.errors import UserError, disk_full

MB = 1024 * 1024

# An empty Postgres takes 46 MB, and up to 1 GB of write-ahead log before it reuses any.
SPACE = 1024 * MB


def has_space(folder: Path, needed: int = SPACE) -> None:
    """Raises UserError when the disk of `folder` has less than `needed` bytes free."""
    free = shutil.disk_usage(folder).free
    if free < needed:
        raise disk_full(f"{folder}: {free // MB} MB free, and a home takes up to {needed // MB} MB")


def port_is_free(host: str, port: int, what: str, hint: str) -> None:
    """Raises UserError when `port` is taken or may not be bound; `what` needs it, `hint` says how to change it."""
    problem = port_problem(host, port)
    if problem:
        raise UserError(f"port {port} {problem}, and {what} needs it", hint, "port-in-use")


def port_problem(host: str, port: int) -> str | None:
    """What keeps a server from binding `port`, None when nothing does."""
    family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    # macOS lets a second server bind one address beside a server of all addresses, so a connection is tried too.
    with socket.socket(family, kind, protocol) as client:
        client.settimeout(1)
        if client.connect_ex(address) == 0:
            return "is in use"
    with socket.socket(family, kind, protocol) as server:
        # A port that was let go a moment ago can be bound again, as the servers themselves do.
        server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            server.bind(address)
        except OSError as error:
            taken = error.errno == errno.EADDRINUSE
            return "is in use" if taken else f"cannot be bound ({error.strerror})"
    return None
