"""Keys that no schema has: of app.json, workflows, devcontainer.json, fly.toml and render.yaml."""

from parity.checks._reading import by_reader
from parity.contract.rule import Rule

RULE = Rule(
    "unknown-key",
    "Reading",
    "warning",
    "Its tool passes over it or stops, and what it was to say holds nowhere.",
)

check = by_reader(RULE)
