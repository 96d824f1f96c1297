"""Fly.io and Render as homes. https://fly.io/docs/reference/configuration/ https://render.com/docs/blueprint-spec"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from parity.check.assembly.commands import Commands, role
from parity.check.assembly.images import Images
from parity.check.assembly.services import database
from parity.check.assembly.values import of_values, platform
from parity.contract.fly import Fly
from parity.contract.homes import Command, Home, Image, Mount, Port, Process, Variable
from parity.contract.place import Place
from parity.contract.render import Render, Service
from parity.contract.value import Value

FLY = {
    "FLY_APP_NAME": None,
    "FLY_REGION": None,
    "FLY_MACHINE_ID": None,
    "PRIMARY_REGION": None,
    "HOME": None,
    "PATH": None,
}
RENDER = {
    "PORT": None,
    "RENDER": "true",
    "RENDER_EXTERNAL_HOSTNAME": None,
    "RENDER_EXTERNAL_URL": None,
    "HOME": None,
    "PATH": None,
}
# Seconds, where their files say nothing.
FLY_GRACE, RENDER_GRACE = 5.0, 30.0


def fly(file: Fly | None, commands: Commands, images: Images) -> Home | None:
    if file is None:
        return None
    place = Place(file.file, 1)
    variables = {**platform(FLY, place), **of_values(file.env, "fly")}
    image = fly_image(file, images)
    environment = {**(images.environment(image) if image else {}), **variables}
    groups: Mapping[str, Value | None] = file.processes or {"app": None}
    processes = [
        Process(
            name=name,
            place=value.place if value else place,
            role="web" if serves(file, name) else role(name, command),
            command=command,
            image=image.key if image else None,
            variables=environment,
            ports=tuple(
                Port(end.internal_port.text or "", None, end.place)
                for end in file.endpoints
                if not end.processes or name in end.processes
            ),
            mounts=tuple(
                Mount(one.destination.text or "", (one.source.text if one.source else "") or "", "volume", one.place)
                for one in file.mounts
                if not one.processes or name in one.processes
            ),
            grace=file.kill_timeout or FLY_GRACE,
        )
        for name, value in groups.items()
        for command in [
            commands.within(value.text, value.place, "fly", image)
            if value and value.text
            else (images.command(image) if image else None)
        ]
    ]
    released = file.release_command
    if released and released.text:
        command = commands.within(released.text, released.place, "fly", image)
        processes.append(
            Process("release", released.place, "release", command, image.key if image else None, environment)
        )
    return Home("fly", "fly", place, tuple(processes), variables=variables)


def serves(file: Fly, group: str) -> bool:
    return any(not end.processes or group in end.processes for end in file.endpoints)


def fly_image(file: Fly, images: Images) -> Image | None:
    if file.image or (file.builder and not file.dockerfile):
        return None
    path = (file.dockerfile.text if file.dockerfile else None) or "Dockerfile"
    place = file.dockerfile.place if file.dockerfile else Place(file.file, 1)
    args = {name: value.text or "" for name, value in file.args.items()}
    folder = file.file.rpartition("/")[0]
    return images.built(path, folder, file.target.text if file.target else None, args, "fly", place)


def render(file: Render | None, commands: Commands, images: Images) -> Home | None:
    """Static sites and its own key-value stores aren't processes of ours."""
    if file is None:
        return None
    place = Place(file.file, 1)
    ours = [one for one in file.services if one.type in ("web", "pserv", "worker", "cron") and one.runtime != "static"]
    backing = [
        *(
            database("postgres", one.name, one.place, (one.version.text if one.version else "") or "")
            for one in file.databases
        ),
        *(database("redis", one.name, one.place, "") for one in file.services if one.type == "keyvalue"),
    ]
    processes = tuple(process for one in ours for process in rendered(file, one, commands, images))
    return Home(
        "render", "render", place, processes, tuple(backing), closed=bool(ours) and all(one.variables for one in ours)
    )


def rendered(file: Render, service: Service, commands: Commands, images: Images) -> Iterator[Process]:
    image = render_image(service, images)
    variables = {
        **(images.environment(image) if image else {}),
        **platform(RENDER, service.place),
        **{
            name: Variable(name, one.value.text, one.value.place, "render") for name, one in file.given(service).items()
        },
    }
    key = image.key if image else None
    folder = (service.root.text if service.root else "") or ""
    told = service.docker_command if image else service.start
    command: Command | None = images.command(image) if image else None
    if told and told.text:
        command = commands.within(told.text, told.place, "render", image, folder)
    kind = "web" if service.type in ("web", "pserv") else role(service.name, command)
    mounts = (
        (Mount(service.disk.mount_path.text or "", service.disk.name, "volume", service.disk.place),)
        if service.disk
        else ()
    )
    yield Process(
        service.name,
        service.place,
        kind,
        command,
        key,
        variables,
        mounts=mounts,
        grace=service.shutdown_delay or RENDER_GRACE,
    )
    before = service.pre_deploy
    if before and before.text:
        released = commands.within(before.text, before.place, "render", image, folder)
        yield Process(f"{service.name} release", before.place, "release", released, key, variables)


def render_image(service: Service, images: Images) -> Image | None:
    if service.runtime != "docker":
        return None
    path = (service.dockerfile.text if service.dockerfile else None) or "Dockerfile"
    context = (service.context.text if service.context else "") or ""
    place = service.dockerfile.place if service.dockerfile else service.place
    return images.built(path, context, None, {}, "render", place)
