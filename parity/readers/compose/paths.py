"""Paths of a compose file, relative to the root of the repository."""

from __future__ import annotations

REMOTE = ("https://", "http://", "git://", "ssh://", "git@", "github.com/", "oci://")


def within(folder: str | None, path: str) -> str | None:
    """`path` as seen from `folder`, "" for the root itself; None for what leads out of the root, as every absolute path."""
    if folder is None or path.startswith(("/", "~", "\\")) or path[1:3] in (":\\", ":/"):
        return None
    parts: list[str] = folder.split("/") if folder else []
    for part in path.split("/"):
        if part == "..":
            if not parts:
                return None
            parts.pop()
        elif part not in ("", "."):
            parts.append(part)
    return "/".join(parts)


def folder(path: str) -> str:
    return path.rpartition("/")[0]


def remote(path: str) -> bool:
    """An address that compose and the builder fetch from."""
    return path.startswith(REMOTE) or "://" in path


def clean(path: str) -> str:
    """As https://pkg.go.dev/path#Clean, for a target in a container."""
    parts: list[str] = []
    for part in path.split("/"):
        if part == ".." and (parts and parts[-1] != ".."):
            parts.pop()
        elif part == ".." and path.startswith("/"):
            continue
        elif part not in ("", "."):
            parts.append(part)
    return ("/" if path.startswith("/") else "") + "/".join(parts) or "."
