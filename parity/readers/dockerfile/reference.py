"""Reads an image's name. https://github.com/distribution/reference/blob/main/normalize.go"""

from __future__ import annotations

import re

from parity.contract.dockerfile import Reference

COMPONENT = r"[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*"
HOST = r"(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])"
WHOLE = re.compile(
    rf"(?:(?P<registry>(?:{HOST}(?:\.{HOST})*|\[[a-fA-F0-9:]+\])(?::[0-9]+)?)/)?"
    rf"(?P<path>{COMPONENT}(?:/{COMPONENT})*)"
    r"(?::(?P<tag>\w[\w.-]{0,127}))?"
    r"(?:@(?P<digest>[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}))?",
    re.ASCII,
)
IDENTIFIER = re.compile(r"[a-f0-9]{64}")
# The digests whose length is known.
DIGITS = {"sha256": 64, "sha384": 96, "sha512": 128}


def reference(text: str) -> Reference | None:
    """The image that a text names; None when no image could have that name."""
    # A longer one is refused; the pattern needn't see it.
    if len(text) > 4096 or IDENTIFIER.fullmatch(text):
        return None
    registry, slash, rest = text.partition("/")
    if not slash or (not set(".:") & set(registry) and registry != "localhost" and registry.lower() == registry):
        registry, rest = "docker.io", text
    if registry == "index.docker.io":
        registry = "docker.io"
    if registry == "docker.io" and "/" not in rest:
        rest = f"library/{rest}"
    match = WHOLE.fullmatch(f"{registry}/{rest}")
    if match is None or len(match["path"]) > 255 or not sound(match["digest"] or ""):
        return None
    name = match["path"] if registry == "docker.io" else f"{registry}/{match['path']}"
    if registry == "docker.io" and name.count("/") == 1:
        name = name.removeprefix("library/")
    return Reference(name, match["tag"] or "", match["digest"] or "", registry)


def sound(digest: str) -> bool:
    algorithm, _, digits = digest.partition(":")
    if not digest:
        return True
    return DIGITS.get(algorithm) == len(digits) and digits.lower() == digits
