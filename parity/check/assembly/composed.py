"""A compose project as a home: services that run this repository's code are processes, the others stand behind it."""

from __future__ import annotations

from collections.abc import Iterator

from parity.check.assembly.commands import Commands, role
from parity.check.assembly.images import Images
from parity.check.assembly.services import backing
from parity.contract.compose import Compose, Service
from parity.contract.dataclass import dataclass
from parity.contract.homes import After, Command, Home, Image, Mount, Port, Process, Variable
from parity.contract.homes import Service as Backing
from parity.contract.place import Place

# Seconds, where the file says nothing. https://docs.docker.com/reference/compose-file/services/#stop_grace_period
GRACE = 10.0


@dataclass(frozen=True)
class Composed:
    """What compose files are turned into homes with."""

    commands: Commands
    images: Images

    def homes(self, projects: tuple[Compose, ...]) -> Iterator[Home]:
        for number, project in enumerate(projects):
            name = "compose" if not number else f"compose:{project.file}"
            yield self.home(name, project)

    def home(self, name: str, project: Compose) -> Home:
        own = set(ours(project))
        processes = [self.process(name, one, project) for one in project.services.values() if one.name in own]
        others = [self.backing(one) for one in project.services.values() if one.name not in own]
        return Home(
            name=name,
            kind="compose",
            place=Place(project.file, 1),
            processes=tuple(processes),
            services=tuple(others),
            # What a file that isn't in the repository sets isn't known.
            closed=not any(file.missing for one in project.services.values() for file in one.env_files),
        )

    def process(self, home: str, service: Service, project: Compose) -> Process:
        image = self.image(home, service, project)
        command = self.command(service, image)
        variables = {**(self.images.environment(image) if image else {}), **given(service)}
        return Process(
            name=service.name,
            place=service.place,
            role=role(service.name, command),
            command=command,
            image=image.key if image else None,
            variables=variables,
            ports=tuple(Port(port.target, port.published or None, port.place, port.ip) for port in service.ports),
            mounts=mounts(service),
            after=tuple(After(one.name, one.condition, one.place) for one in service.depends_on),
            grace=service.grace,
            user=service.user.text if service.user else None,
            working_dir=service.working_dir.text if service.working_dir else None,
            healthcheck=checked(service) or bool(image and image.stage.effective.healthcheck),
            optional=bool(service.profiles),
        )

    def image(self, home: str, service: Service, project: Compose) -> Image | None:
        """The image that it builds, or that the service of the same image name builds."""
        built = service
        if service.build is None and service.image:
            same = (
                one
                for one in project.services.values()
                if one.build and one.image and one.image.text == service.image.text
            )
            built = next(same, service)
        build = built.build
        if build is None or build.file is None or build.folder is None:
            return None
        args = {name: one.value or "" for name, one in build.args.items() if one.value is not None}
        target = build.target.text if build.target and build.target.text else None
        return self.images.built(build.file, build.folder, target, args, home, (build.dockerfile or build).place)

    def command(self, service: Service, image: Image | None) -> Command | None:
        entrypoint = service.entrypoint.words if service.entrypoint else None
        words = service.command.words if service.command else None
        place = (service.command or service.entrypoint or service).place
        if image:
            workdir = service.working_dir.text if service.working_dir else None
            return self.images.started(image, entrypoint, words, place, workdir)
        whole = (*(entrypoint or ()), *(words or ()))
        return self.commands.argv(whole, place, "compose", None) if whole else None

    def backing(self, service: Service) -> Backing:
        return backing(
            service.name,
            (service.image or service).place,
            service.image.text if service.image else "",
            healthcheck=checked(service),
            optional=bool(service.profiles),
            variables=given(service),
            mounts=mounts(service),
            ports=tuple(Port(port.target, port.published or None, port.place, port.ip) for port in service.ports),
        )


def ours(project: Compose) -> Iterator[str]:
    """Services that are built from this repository's own Dockerfiles, or run an image that one of those builds.

    A build in a folder beside what stands behind the app (docker/postgres) is told by the service that its name says.
    """
    built = {one.image.text for one in project.services.values() if one.build and one.image and not stands_behind(one)}
    for one in project.services.values():
        if (one.build and not stands_behind(one)) or (not one.build and one.image and one.image.text in built):
            yield one.name


def stands_behind(service: Service) -> bool:
    """Whether a service with a `build` is a database or the like all the same: by its image's name, or by its own."""
    named = [service.image.text] if service.image else []
    folder = (service.build.folder or "").rpartition("/")[2] if service.build else ""
    if any(backing("", service.place, name).category for name in named):
        return True
    return bool(service.build and service.build.folder and backing("", service.place, folder or service.name).category)


def given(service: Service) -> dict[str, Variable]:
    return {
        one.name: Variable(
            one.name, one.value, one.place, one.source, any(mention.required for mention in one.mentions)
        )
        for one in service.variables.values()
    }


def mounts(service: Service) -> tuple[Mount, ...]:
    """A bind of a folder of the repository has its path from the root as source."""
    return tuple(
        Mount(one.target, one.path if one.path is not None else one.source, one.kind, one.place, one.read_only)
        for one in service.mounts
    )


def checked(service: Service) -> bool:
    check = service.healthcheck
    return bool(check and not check.disabled and check.test and check.test[0] != "NONE")
