"""A whole wiki for tests that come from outside: the built image beside Postgres and MinIO, or the embedded home."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from dynowiki import env
from parity.contract.order import Bucket
from tests import services
from tests.services import POSTGRES_IMAGE, free_port, until

ROOT = Path(__file__).resolve().parents[1]

IMAGE = "dynowiki"

# A UID that no image has heard of, as on Heroku.
SOME_UID = "31337:31337"

ACCOUNT = {"DJANGO_SUPERUSER_USERNAME": "editor", "DJANGO_SUPERUSER_PASSWORD": "password-of-the-editor"}


@dataclass
class Home:
    """A running wiki, and how to log in to it."""

    url: str
    username: str = ACCOUNT["DJANGO_SUPERUSER_USERNAME"]
    password: str = ACCOUNT["DJANGO_SUPERUSER_PASSWORD"]

    def is_ready(self) -> bool:
        try:
            return httpx.get(f"{self.url}/readyz", timeout=5).status_code == 200
        except httpx.TransportError:
            return False


@dataclass
class ImageHome(Home):
    """The image in containers of its own: `db` and `minio` can be stopped and started, `web` be killed and made anew."""

    db: Any = None
    minio: Any = None
    environment: dict[str, str] = field(default_factory=dict)
    network: str = ""
    port: int = 0
    web: Any = None

    def start_web(self, **rules: Any) -> None:
        """`rules` override those of `run`."""
        ports = {"8000/tcp": ("127.0.0.1", self.port)}
        self.web = run(self.environment, network=self.network, ports=ports, detach=True, **rules)
        until(self.is_ready, 30, "web is ready")

    def remove_web(self) -> None:
        if self.web is not None:
            self.web.remove(force=True)

    def run(self, *command: str) -> str:
        """What a one-off process prints, such as the release."""
        return str(run(self.environment, network=self.network, command=list(command), remove=True).decode())


def run(environment: dict[str, str], **options: Any) -> Any:
    """The image under a dyno's rules, and stricter: any UID, 512 MB, and a root that can't be written."""
    rules = {"user": SOME_UID, "mem_limit": "512m", "memswap_limit": "512m", "read_only": True, "tmpfs": {"/tmp": ""}}
    return engine().containers.run(IMAGE, environment=environment, **{**rules, **options})


def engine() -> Any:
    import docker

    return docker.from_env()


def build(*options: str, tag: str = IMAGE, buildkit: bool = False, context: Path = ROOT) -> str:
    """Builds the image as Heroku does, by the classic builder, or with BuildKit; the builder's output."""
    argv = ["docker", "build", "--tag", tag, *options, str(context)]
    environment = {**os.environ, "DOCKER_BUILDKIT": "1" if buildkit else "0"}
    done = subprocess.run(
        argv, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    )
    assert done.returncode == 0, done.stdout
    return done.stdout


def size_above_base(tag: str = IMAGE) -> int:
    """Bytes that the image adds to the one that it is FROM."""
    dockerfile = (ROOT / "Dockerfile").read_text()
    base = next(line.split()[1] for line in dockerfile.splitlines() if line.startswith("FROM python"))
    return int(engine().images.get(tag).attrs["Size"]) - int(engine().images.get(base).attrs["Size"])


def memory_in_use(container: Any) -> int:
    """Bytes, as `docker stats` counts them."""
    memory = container.stats(stream=False)["memory_stats"]
    # The first is cgroup v1's name, the second v2's.
    files = memory["stats"].get("total_inactive_file", memory["stats"].get("inactive_file", 0))
    return int(memory["usage"]) - int(files)


@contextmanager
def image_home(config: dict[str, str] | None = None) -> Iterator[ImageHome]:
    """The wiki of the image, with Postgres and MinIO in containers that it knows by name; `config` adds config vars."""
    from testcontainers.community.postgres import PostgresContainer
    from testcontainers.core.network import Network

    store = Bucket("127.0.0.1", free_port(), "key-of-this-home", "secret-of-this-home", "dynowiki")
    with ExitStack() as parts:
        network = parts.enter_context(Network())
        db = PostgresContainer(POSTGRES_IMAGE, username="dynowiki", password="dynowiki", dbname="dynowiki")
        parts.enter_context(db.with_network(network).with_network_aliases("db"))
        minio = parts.enter_context(services.minio(store, network=network))
        port = free_port()
        home = ImageHome(f"http://127.0.0.1:{port}", db=db, minio=minio, network=network.name, port=port)
        home.environment = {**container_config(store), **(config or {})}
        home.run("python3", "app/manage.py", "migrate", "--welcome")
        parts.callback(home.remove_web)
        home.start_web()
        yield home


def container_config(store: Bucket) -> dict[str, str]:
    """As docker-compose.yml has them: the servers' names inside, and the bucket's address for browsers outside."""
    return {
        "SECRET_KEY": "a-key-for-tests-on-loopback",
        "ALLOWED_HOSTS": "localhost,127.0.0.1",
        "DATABASE_URL": "postgres://dynowiki:dynowiki@db:5432/dynowiki",
        "DATABASE_SSLMODE": "disable",
        "HTTPS_ONLY": "false",
        "BUCKETEER_AWS_ACCESS_KEY_ID": store.key,
        "BUCKETEER_AWS_SECRET_ACCESS_KEY": store.secret,
        "BUCKETEER_BUCKET_NAME": store.name,
        "AWS_ENDPOINT_URL_S3": "http://minio:9000",
        "MEDIA_ENDPOINT_URL": f"http://127.0.0.1:{store.port}",
        **ACCOUNT,
    }


@contextmanager
def clone() -> Iterator[Path]:
    """The repository's files, tracked or not yet, in a folder of their own, as a new user has them."""
    with tempfile.TemporaryDirectory(prefix="dynowiki-") as folder:
        listed = subprocess.run(
            ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
            cwd=ROOT,
            capture_output=True,
            check=True,
        )
        for name in listed.stdout.decode().split("\0"):
            if name and (ROOT / name).is_file():
                target = Path(folder, name)
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(ROOT / name, target)
        yield Path(folder)


def without_config() -> dict[str, str]:
    """This process's environment without the config vars in it, which tests/conftest.py has set for the app."""
    return {name: value for name, value in os.environ.items() if name not in env.BY_NAME}
