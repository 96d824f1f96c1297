"""The home in containers of a clone: `docker compose` as a person types it there, with no .env.

The ports and the names of the project and of its image are its own, so that a developer's containers and image stay
as they are, even where `docker compose watch` builds the image from an edited clone.
"""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from tests.homes import IMAGE, Home, clone, engine, without_config
from tests.services import free_port

OVERRIDE = "services:\n  web: {{image: {image}}}\n  release: {{image: {image}}}\n"


@dataclass
class ComposeHome(Home):
    """A folder, the name that its containers and image share, and the ports of web, db and minio on loopback."""

    folder: Path = Path()
    project: str = ""
    ports: dict[str, int] = field(default_factory=dict)

    @property
    def environment(self) -> dict[str, str]:
        own = {"COMPOSE_PROJECT_NAME": self.project, **{name: str(port) for name, port in self.ports.items()}}
        others = {
            name: value for name, value in without_config().items() if not name.startswith(("COMPOSE_", "MINIO_"))
        }
        return others | own

    def compose(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """`docker compose`, whatever its exit code; `environment` is added to the home's own."""
        return subprocess.run(
            ["docker", "compose", *arguments],
            cwd=self.folder,
            env={**self.environment, **environment},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )

    def up(self) -> httpx.Response:
        """The front page, asked for once: that it answers is what `--wait` promises."""
        done = self.compose("up", "--detach", "--wait")
        assert done.returncode == 0, done.stderr + self.compose("logs", "--tail", "30").stdout
        return httpx.get(self.url)

    def container(self, service: str) -> Any:
        """The service's one container, whether it runs or not."""
        return next(found for found in self.containers() if found.labels["com.docker.compose.service"] == service)

    def containers(self) -> list[Any]:
        label = f"com.docker.compose.project={self.project}"
        return list(engine().containers.list(all=True, filters={"label": label}))

    def page(self, path: str = "/") -> str:
        """What a page says; "" while nobody answers."""
        try:
            return httpx.get(self.url + path, timeout=10).text
        except httpx.TransportError:
            return ""

    @contextmanager
    def watching(self, log: Path) -> Iterator[None]:
        """With `docker compose watch` at work, which writes into `log`."""
        with log.open("w") as out:
            argv = ["docker", "compose", "watch", "--no-up"]
            watch = subprocess.Popen(argv, cwd=self.folder, env=self.environment, stdout=out, stderr=out)
            try:
                yield
            finally:
                watch.terminate()
                watch.wait(timeout=30)


@contextmanager
def compose_home() -> Iterator[ComposeHome]:
    """A clone that is not up yet. Nothing of it is left afterwards: container, volume, network or image."""
    with clone() as folder:
        ports = {name: free_port() for name in ("WEB_PORT", "DB_PORT", "S3_PORT")}
        project = f"dynowiki-{os.getpid()}-{ports['WEB_PORT']}"
        home = ComposeHome(f"http://127.0.0.1:{ports['WEB_PORT']}", folder=folder, project=project, ports=ports)
        (folder / "docker-compose.override.yml").write_text(OVERRIDE.format(image=project))
        engine().images.get(IMAGE).tag(project)
        try:
            yield home
        finally:
            home.compose("down", "--volumes", "--remove-orphans", "--timeout", "2")
            engine().images.remove(project, force=True)
            # Those that `watch` has built and then put a newer one in the place of.
            engine().images.prune({"dangling": True, "label": f"com.docker.compose.project={project}"})
