"""Every version that a file states, of Python, Node and the services, with the homes that go by it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping, Sequence

from parity.check.assembly.services import parted
from parity.contract.appjson import AppJson
from parity.contract.circleci import CircleCI
from parity.contract.command import expand
from parity.contract.devcontainer import Devcontainer
from parity.contract.dockerfile import Run
from parity.contract.homes import Home, Image, Statement
from parity.contract.packages import Language, Packages
from parity.contract.place import Place
from parity.contract.value import Value
from parity.contract.version import Kind, Stated, in_tag, parse
from parity.contract.workflow import Job, Workflow
from parity.tables import services


def of_images(images: Sequence[Image]) -> Iterator[Statement]:
    """Of the image that each stage which is built begins from at last, and of those that it takes something from."""
    for image in images:
        made = image.stage.effective
        yield from of_reference(made.base_text, made.base_place, "FROM", image.homes)
        for stage in image.dockerfile.needed(image.stage):
            other = stage.effective
            if other.base_place != made.base_place:
                yield from of_reference(other.base_text, other.base_place, "stage", image.homes)
        for run in made.runs:
            yield from of_installed(run, image.homes)


# Images that hold Python beside something else say so in their tags: uv:python3.13-trixie, pyjs:py3.10-node16.
BESIDE = r"(?:^|-)(?:python-?|py)(?=[23]\.)"


def of_reference(reference: str, place: Place, source: str, homes: tuple[str, ...]) -> Iterator[Statement]:
    repository, tag = parted(reference)
    if not tag or "$" in tag:
        return
    product = services.product_of_image(repository)
    beside = re.search(BESIDE, tag)
    if beside:
        yield Statement(Stated("python", tag[beside.end() :], place, "tag"), source, homes)
    if product and not (product == "python" and (beside or not python(tag))):
        yield Statement(Stated(product, tag, place, "tag"), source, homes)


def python(tag: str) -> bool:
    """Whether the version in a tag is Python's: that of playwright/python:v1.47.0 isn't."""
    version = in_tag(tag, "python")
    return version is None or version.major in (2, 3)


# Debian's and Alpine's names of packages that hold a server's client of one version.
CLIENT = r"\b(?:postgresql-client-(\d+)|postgresql(\d+)-client)\b"


def of_installed(run: Run, homes: tuple[str, ...]) -> Iterator[Statement]:
    """Clients of Postgres that an image installs by their version."""
    text = run.command.text
    if "postgresql" in text:
        given = {name: one.value for name, one in run.environment.items()}
        for match in re.finditer(CLIENT, expand(text, given)):
            yield Statement(Stated("postgres", match[1] or match[2], run.place), "client", homes)


def of_services(homes: Sequence[Home]) -> Iterator[Statement]:
    for home in homes:
        for service in home.services:
            if service.version and "$" not in service.version:
                kind: Kind = "tag" if ":" in service.what else "version"
                what = services.product_of_image(parted(service.what)[0]) or service.category
                source = "add-on" if home.kind == "heroku" else "service"
                yield Statement(Stated(what, service.version, service.place, kind), source, (home.name,))


def of_files(packages: Sequence[Packages], languages: Sequence[Language], buildpack: bool) -> Iterator[Statement]:
    """Heroku's buildpack goes by runtime.txt and .python-version; the image doesn't."""
    for language in languages:
        readers = ("heroku",) if buildpack and language.format != ".tool-versions" and "/" not in language.file else ()
        for stated in language.stated:
            yield Statement(stated, language.format, readers)
    for package in packages:
        for stated in package.stated:
            yield Statement(stated, source_of(package), ())


def source_of(package: Packages) -> str:
    return "lock" if package.lock else "requires-python" if package.format == "pyproject.toml" else package.format


def of_workflows(workflows: Sequence[Workflow]) -> Iterator[Statement]:
    for flow in workflows:
        for job in flow.jobs:
            homes = (f"ci:{job.id}",)
            yield from of_setups(job, homes)
            if job.container:
                yield from of_values((job.container.image,), homes)
            for runner in job.runs_on:
                for one in runner.each:
                    if one.text and one.text.startswith("ubuntu-2"):
                        yield Statement(Stated("ubuntu", one.text.removeprefix("ubuntu-"), one.place), "runner", homes)


def of_setups(job: Job, homes: tuple[str, ...]) -> Iterator[Statement]:
    for setup in job.setups:
        for version in setup.versions:
            for one in version.each:
                if one.text:
                    # Both actions take ranges too, as npm does: 3.x, 22.x, >=18.
                    spec = one.text.removesuffix("-dev")
                    kind: Kind = "npm" if parse(spec) is None or setup.what == "node" else "version"
                    yield Statement(Stated(setup.what, spec, one.place, kind), "ci", homes)


def of_values(images: Sequence[Value], homes: tuple[str, ...]) -> Iterator[Statement]:
    for image in images:
        for one in image.each:
            if one.text:
                yield from of_reference(one.text, one.place, "ci", homes)


def of_circle(config: CircleCI | None) -> Iterator[Statement]:
    for job in config.jobs if config else ():
        if job.executor:
            yield from of_values((job.executor.image,), (f"ci:{job.name}",))


def of_devcontainers(containers: Sequence[Devcontainer]) -> Iterator[Statement]:
    for one in containers:
        if one.image and one.image.text:
            yield from of_reference(one.image.text, one.image.place, "devcontainer", ("devcontainer",))
        for feature in one.features:
            version = feature.options.get("version")
            if feature.name in ("python", "node") and version and version.text:
                yield Statement(
                    Stated(feature.name, version.text, version.place, "version"), "devcontainer", ("devcontainer",)
                )


def of_stack(manifest: AppJson | None) -> Iterator[Statement]:
    """heroku-24; `container` is none."""
    place = manifest.section("stack") if manifest else None
    if manifest and place and manifest.stack.startswith("heroku-"):
        yield Statement(Stated("heroku", manifest.stack.removeprefix("heroku-"), place), "stack", ("heroku",))


# PostgresContainer("postgres:17"), DockerContainer(image="redis:8"), and a constant that holds the name.
CONTAINER = r"""\b[A-Za-z]*Container\(\s*(?:image\s*=\s*)?(?:["']([^"'\s]+)["']|([A-Z][A-Z0-9_]*))"""


def calls(text: str) -> frozenset[int]:
    """The lines that calls begin on: a container within a text is a test's data, and starts nothing."""
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return frozenset()
    return frozenset(node.lineno for node in ast.walk(tree) if isinstance(node, ast.Call))


def of_tests(texts: Mapping[str, str]) -> Iterator[Statement]:
    """Images that tests start by testcontainers: https://testcontainers-python.readthedocs.io"""
    for file, text in texts.items():
        found = list(re.finditer(CONTAINER, text))
        lines = calls(text) if found else frozenset()
        for match in found:
            if text.count("\n", 0, match.start()) + 1 not in lines:
                continue
            at = match.start(1) if match[1] else match.start(2)
            constant = None if match[1] else re.search(rf"""^{match[2]}\s*=\s*["']([^"'\s]+)["']""", text, re.MULTILINE)
            image = match[1] or (constant[1] if constant else "")
            if constant:
                at = constant.start(1)
            yield from of_reference(image, Place(file, text.count("\n", 0, at) + 1), "test", ())
