"""Frozen values that the parts of parity hand each other. Nothing here imports another part of ours."""
