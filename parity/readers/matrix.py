"""Expands the matrix of a job of GitHub Actions.

https://docs.github.com/en/actions/how-tos/write-workflows/choose-what-workflows-do/run-job-variations
"""

from __future__ import annotations

from itertools import product
from math import prod

from parity.readers.tree import Node

# GitHub's own bound; before `exclude` takes some out there may be more.
MOST_JOBS = 256
MOST_BEFORE_EXCLUDE = 10_000
MOST_COMPARISONS = 100_000

Combination = dict[str, Node]


def combinations(matrix: Node | None) -> list[Combination] | None:
    """One for each job; None when an expression makes them, or they are too many."""
    if matrix is None:
        return [{}]
    if not isinstance(matrix.value, dict):
        return None
    vectors = {key: node for key, node in matrix.entries() if key.lower() not in ("include", "exclude")}
    include, exclude = (matrix.get(key) or Node([], 1) for key in ("include", "exclude"))
    if not all(isinstance(node.value, list) for node in (*vectors.values(), include, exclude)):
        return None
    if prod(len(node.items()) for node in vectors.values()) > MOST_BEFORE_EXCLUDE:
        return None
    crossed = [
        dict(zip(vectors, nodes, strict=True)) for nodes in product(*(node.items() for node in vectors.values()))
    ]
    refused = [dict(entry.entries()) for entry in exclude.items()]
    if len(crossed) * len(refused) > MOST_COMPARISONS:
        return None
    kept = [one for one in crossed if not any(fits(one, entry) for entry in refused if entry)] if vectors else []
    if len(kept) > MOST_JOBS:
        return None
    return included(kept, set(vectors), include.items()[:MOST_JOBS]) or [{}]


def included(kept: list[Combination], vectors: set[str], entries: list[Node]) -> list[Combination]:
    """Each entry widens the combinations whose own values it doesn't change, or becomes one of its own."""
    widened = [dict(one) for one in kept]
    own: list[Combination] = []
    for node in entries:
        entry = dict(node.entries())
        if not entry:
            continue
        shared = {key: value for key, value in entry.items() if key in vectors}
        fitting = [wide for one, wide in zip(kept, widened, strict=True) if fits(one, shared)]
        for wide in fitting:
            wide.update(entry)
        if not fitting:
            own.append(entry)
    return [*widened, *own][:MOST_JOBS]


def fits(combination: Combination, entry: Combination) -> bool:
    """Whether a combination has all the values of an entry."""
    return all(key in combination and same(combination[key], value) for key, value in entry.items())


def same(one: Node, other: Node) -> bool:
    """Of a mapping, what the other has is enough."""
    if isinstance(one.value, dict) and isinstance(other.value, dict):
        return all(key in one.value and same(one.value[key], value) for key, value in other.value.items())
    if isinstance(one.value, dict | list) or isinstance(other.value, dict | list):
        return bool(one.plain() == other.plain())
    return one.text == other.text
