"""A Makefile, as far as it can be read without running make."""

from __future__ import annotations

from collections.abc import Mapping

from parity.contract.dataclass import dataclass, field
from parity.contract.finding import Finding
from parity.contract.place import Place


@dataclass(frozen=True, slots=True)
class Line:
    """One command line of a recipe, as its shell gets it: variables put in, `$$` as `$`, without the prefixes `@-+`."""

    text: str
    place: Place
    silent: bool = False
    ignore_errors: bool = False
    # It runs even under `make -n`.
    always: bool = False
    # False: something in it could not be expanded (a function, a variable of nowhere), and stands there as written.
    expanded: bool = True


@dataclass(frozen=True, slots=True)
class Target:
    name: str
    place: Place
    prerequisites: tuple[str, ...] = ()
    order_only: tuple[str, ...] = ()
    recipe: tuple[Line, ...] = ()
    phony: bool = False


@dataclass(frozen=True, slots=True)
class Variable:
    """A variable with what it comes to; None when make would have to run a shell or a function for it."""

    name: str
    value: str | None
    place: Place
    # Recipes get it as a variable of their environment.
    exported: bool = False


@dataclass(frozen=True, slots=True)
class Include:
    """A Makefile or .env that is included, as written; not followed."""

    path: str
    place: Place
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Makefile:
    file: str
    # By name; patterns (%) are left out.
    targets: Mapping[str, Target] = field(default_factory=dict)
    variables: Mapping[str, Variable] = field(default_factory=dict)
    includes: tuple[Include, ...] = ()
    # What `make` alone makes.
    default: str | None = None
    # `export` by itself: every variable.
    exports_all: bool = False
    findings: tuple[Finding, ...] = ()
