"""Files and folders that a compose file names: https://docs.docker.com/reference/compose-file/services/

What a compose file names of itself (a volume, a network, a service) is the business of compose-refused.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from parity.checks._contexts import elsewhere
from parity.checks._examples import example
from parity.contract.compose import Compose, Service
from parity.contract.finding import Finding
from parity.contract.place import Place
from parity.contract.rule import Rule
from parity.contract.whole import Contract

RULE = Rule(
    "compose-reference-missing",
    "References",
    "error",
    "`docker compose up` stops at it, or, for a file that is mounted, puts an empty folder in its place.",
)


def check(contract: Contract) -> Iterator[Finding]:
    """One finding for each place and path."""
    found: dict[tuple[Place, str], Finding] = {}
    for number, project in enumerate(contract.composes):
        home = "compose" if not number else f"compose:{project.file}"
        for place, path, what in missing(contract, project):
            message = f"{what}, and the repository has no {path}"
            found.setdefault(
                (place, path),
                Finding(RULE.id, place, message, f"add {path}, or correct what names it", homes=(home,)),
            )
    for path, place, home in contract.missing:
        if home.startswith("compose"):
            file, colon, target = path.partition(":")
            if not colon and not under_build(contract, path):
                continue
            message = f"the build asks for stage {target} of {file}, and it has none of that name"
            if not colon:
                message = f"the build's Dockerfile is {path}, and the repository has no {path}"
            hint = f"name a stage of {file}" if colon else f"add {path}, or correct the path"
            found.setdefault((place, path), Finding(RULE.id, place, message, hint, homes=(home,)))
    yield from found.values()


def under_build(contract: Contract, path: str) -> bool:
    """Whether the folder that a Dockerfile is sought in is there; else that is what is missing."""
    return not elsewhere(contract, path) and contract.exists(posixpath.dirname(path))


def missing(contract: Contract, project: Compose) -> Iterator[tuple[Place, str, str]]:
    for service in project.services.values():
        yield from of_service(contract, service)
    for kind, resources in (("secret", project.secrets), ("config", project.configs)):
        for resource in resources.values():
            if resource.file and gone(contract, resource.file):
                yield resource.place, resource.file, f"the {kind} {resource.name} is a file"


def of_service(contract: Contract, service: Service) -> Iterator[tuple[Place, str, str]]:
    for file in service.env_files:
        unmade = file.missing and file.required and file.path
        if unmade and file.path and not example(contract, file.path) and gone(contract, file.path):
            yield file.place, file.path, f"{service.name} takes its variables from {file.path}"
    build = service.build
    if build and build.folder and not contract.exists(build.folder) and gone(contract, build.folder):
        yield build.context.place, build.folder, f"{service.name} is built from {build.folder}"
    for mount in service.mounts:
        # A folder that isn't there is made; so is one in the place of a file.
        both = mount.kind == "bind" and mount.path and is_file(mount.path) and is_file(mount.target)
        if both and mount.path and gone(contract, mount.path):
            yield mount.place, mount.path, f"{service.name} mounts the file {mount.path}"


def is_file(path: str) -> bool:
    """Whether a path looks like a file's: with an extension."""
    name = path.rstrip("/").rpartition("/")[2]
    return "." in name.lstrip(".") and not path.endswith((".d", "/", ".sock"))


def gone(contract: Contract, path: str) -> bool:
    return (
        not path.startswith("..")
        and not contract.exists(path)
        and "$" not in path
        and contract.look(path) is None
        and not elsewhere(contract, path)
    )
