"""Every version that a file states, of Python, Node and the services, with the homes that go by it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from parity.check.assembly.services import parted
from parity.contract.devcontainer import Devcontainer
from parity.contract.homes import Home, Image, Statement
from parity.contract.packages import Language, Packages
from parity.contract.place import Place
from parity.contract.version import Kind, Stated
from parity.contract.workflow import Workflow
from parity.tables import services


def of_images(images: Sequence[Image]) -> Iterator[Statement]:
    """Of the image that each stage which is built begins from at last."""
    for image in images:
        made = image.stage.effective
        yield from of_reference(made.base_text, made.base_place, "FROM", image.homes)


def of_reference(reference: str, place: Place, source: str, homes: tuple[str, ...]) -> Iterator[Statement]:
    repository, tag = parted(reference)
    product = services.product_of_image(repository)
    if product and tag and "$" not in tag:
        yield Statement(Stated(product, tag, place, "tag"), source, homes)


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
            for setup in job.setups:
                for version in setup.versions:
                    for one in version.each:
                        if one.text:
                            kind: Kind = "npm" if setup.what == "node" else "version"
                            yield Statement(Stated(setup.what, one.text, one.place, kind), "ci", (f"ci:{job.id}",))
            for image in job.container.image.each if job.container else ():
                if image.text:
                    yield from of_reference(image.text, image.place, "ci", (f"ci:{job.id}",))


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
