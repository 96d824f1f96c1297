"""The home in containers. Compose itself keeps them, so nothing of ours stays behind to watch."""

import time
from contextlib import ExitStack
from pathlib import Path

from parity import machine, processes, readiness
from parity.contract.order import Order
from parity.errors import UserError
from parity.rehearsal import compose
from parity.report import Report, banner, typed


class NoImagesError(UserError):
    """An image could be neither pulled nor built."""


def run(order: Order, report: Report) -> None:
    """Returns once the page answers; in the foreground it then follows the logs until Ctrl-C, and stops the containers.

    Raises NoImagesError, having left nothing, when this machine can't have the images.
    """
    began = time.monotonic()
    refuse_when_up(order.root)
    ports_are_free(order, (compose.WEB, *compose.BEHIND))
    with ExitStack() as home:
        home.callback(processes.captured, compose.down(), seconds=90, env=compose.ports(order))
        start(order, report)
        report.ready(banner(order, time.monotonic() - began))
        if order.detach:
            home.pop_all()
        else:
            processes.shown(compose.logs(lines=10, follow=True))


def start(order: Order, report: Report) -> None:
    ports = compose.ports(order)
    report.say("images: building the app, pulling or building what else is missing (the first time takes minutes)")
    # Compose itself builds only what is missing, and would go on running the code of the first start.
    if processes.shown(compose.build(compose.WEB), env=ports):
        report.say("images: the app's could not be built anew; one that is there already will do")
    if processes.shown(compose.create(), env=ports):
        raise NoImagesError("the images could be neither pulled nor built", "the lines above say why", "no-images")
    report.say("containers: starting")
    if processes.shown(compose.up(), env=ports):
        raise unhealthy()
    readiness.wait(order.address + order.front.ready, lambda: None, report.say, seconds=30)


def unhealthy() -> UserError:
    """The error that names the services that failed, after the end of their logs."""
    services = compose.failed(processes.captured(compose.ps(), seconds=30).output)
    processes.shown(compose.logs(*services, lines=20, follow=False))
    names = ", ".join(services) or "a container"
    return UserError(f"{names} failed, so the containers were removed", "the log above says why", "containers-failed")


def running() -> dict[str, compose.Container]:
    """The services of this compose project that run."""
    return compose.running(processes.captured(compose.ps(), seconds=30).output)


def runs_here(root: Path) -> bool:
    """Whether containers run that were started in `root`, and not in another clone."""
    return any(is_of(root, container) for container in running().values())


def is_of(root: Path, container: compose.Container) -> bool:
    # Compose says the folder as the shell did, links and all.
    return not container.folder or Path(container.folder).resolve() == root.resolve()


def refuse_when_up(root: Path) -> None:
    """Raises UserError when this project's page is served from containers already, be it another clone's."""
    web = running().get(compose.WEB)
    if web is None:
        return
    where = f" at http://127.0.0.1:{web.ports[0]}" if web.ports else ""
    hint = f"`{typed('logs')}` shows what it says, `{typed('down')}` stops it"
    if not is_of(root, web):
        where += f", started in {web.folder}"
        hint = f"`{typed('down')}` there stops it; COMPOSE_PROJECT_NAME=another keeps this one apart, with ports of its own"
    raise UserError(f"the compose home runs already{where}", hint, "already-runs")


def ports_are_free(order: Order, services: tuple[str, ...]) -> None:
    """Raises UserError for a port that another program has; what runs already may keep its own."""
    up = running()
    for service in services:
        if service not in up and (needed := port(order, service)):
            number, variable = needed
            hint = f"stop what uses it, or choose another: {variable}"
            machine.port_is_free("127.0.0.1", number, f"the container {service}", hint)


def port(order: Order, service: str) -> tuple[int, str] | None:
    """The port of a service on this machine, and how to choose another."""
    if service == compose.DATABASE and order.database:
        return order.database.port, "change the port in DATABASE_URL, in .env"
    if service == compose.BUCKET and order.bucket:
        return order.bucket.port, "change the port in AWS_ENDPOINT_URL_S3 and MEDIA_ENDPOINT_URL, in .env"
    return (order.port, typed("up", port=order.port + 1)) if service == compose.WEB else None
