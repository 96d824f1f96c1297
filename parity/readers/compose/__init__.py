"""Reads compose files: https://github.com/compose-spec/compose-spec/blob/main/spec.md"""

from parity.readers.compose.project import OVERRIDES, read

__all__ = ["OVERRIDES", "read"]
