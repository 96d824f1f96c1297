"""Files of variables that are made from an example. https://docs.docker.com/compose/how-tos/environment-variables/best-practices/"""

from __future__ import annotations

import posixpath

from parity.contract.whole import Contract

SIGNS = ("example", "sample", "template", "dist", "default")


def example(contract: Contract, path: str) -> str:
    """The example beside a file, or one folder up: .env.example for .env; "" when there is none."""
    folder, _, name = path.rpartition("/")
    stem = name.removeprefix(".").removesuffix(".env") or "env"
    names = [form for sign in SIGNS for form in forms(name, stem, sign)]
    for where in dict.fromkeys((folder, posixpath.dirname(folder), "")):
        for one in names:
            if posixpath.join(where, one) in contract.paths:
                return posixpath.join(where, one)
    return ""


def forms(name: str, stem: str, sign: str) -> tuple[str, ...]:
    return (
        f"{name}.{sign}",
        f"{name}-{sign}",
        f"{name}_{sign}",
        f".{sign}{name}",
        f"{sign}{name}",
        f"{name.removeprefix('.')}.{sign}",
        f"{sign}.{name.removeprefix('.')}",
        f".{sign}.{stem}",
        f".env.{sign}",
        f"env.{sign}",
        f"{name.removesuffix('.env')}.{sign}.env",
    )
