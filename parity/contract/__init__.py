"""Frozen values that the parts of parity hand each other. Nothing here imports another part of ours."""

# The homes that `parity up` starts, and the word that leaves the choice to it.
HOMES = ("compose", "honcho", "embedded")
AUTO = "auto"
