"""Backing services: what an image, an add-on or a platform's own database is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from parity.contract.addon import Addon
from parity.contract.homes import Service, Variable
from parity.contract.place import Place
from parity.tables import addons, services


def backing(
    name: str, place: Place, image: str, *, variables: Mapping[str, Variable] | None = None, **more: Any
) -> Service:
    """A service that runs from an image of somebody else's."""
    repository, tag = parted(image)
    category = services.category_of_image(repository) or ""
    return Service(category, name, place, image, tag, variables=variables or {}, **more)


def parted(image: str) -> tuple[str, str]:
    """The repository and the tag of a reference; no tag where there is none, or a digest alone."""
    plain, _, _ = image.partition("@")
    repository, colon, tag = plain.rpartition(":")
    return (repository, tag) if colon and "/" not in tag else (plain, "")


def addon(one: Addon) -> Service:
    known = addons.addon(one.plan)
    category = known.category if known else ""
    # As on the command line, which app.json takes behind the plan.
    version = one.option("version") or one.plan.partition("--version=")[2].strip()
    return Service(category, one.service, one.place, one.plan, version, healthcheck=True)


def variables_of(one: Addon) -> tuple[str, ...]:
    """The config vars that an add-on sets."""
    known = addons.addon(one.plan)
    return known.config_vars(one.attachment) if known else ()


def database(category: str, name: str, place: Place, version: str) -> Service:
    """One that a platform has of its own."""
    return Service(category, name, place, name, version, healthcheck=True)
