"""Reads .env and .env.example, and writes the one from the other. No specification exists: each reader has its dialect.

`read` says what each makes of every line; `entries`, `variables` and `filled` serve `parity up`, which wants one plain reading.
"""

from parity.readers.dotenv.entries import SAFE, WRITTEN, Entry, entries, filled, variables
from parity.readers.dotenv.lines import read

__all__ = ["SAFE", "WRITTEN", "Entry", "entries", "filled", "read", "variables"]
