"""What BuildKit refuses of a Dockerfile and its .dockerignore: https://docs.docker.com/reference/dockerfile/"""

from parity.checks._reading import by_reader
from parity.contract.rule import Rule

RULE = Rule(
    "dockerfile-refused",
    "Reading",
    "error",
    "No image is built from it.",
)

check = by_reader(RULE)
