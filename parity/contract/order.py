"""The values that homes are built from when they are started. Nothing of ours is imported here."""

from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class Database:
    """The database that DATABASE_URL promises."""

    host: str
    port: int
    user: str
    password: str = field(repr=False)
    name: str


@dataclass(frozen=True)
class Bucket:
    """The bucket that Bucketeer's variables and AWS_ENDPOINT_URL_S3 promise."""

    host: str
    port: int
    key: str
    secret: str = field(repr=False)
    name: str


@dataclass(frozen=True)
class Login:
    """The first account, which the release phase makes."""

    user: str
    password: str = field(repr=False)


@dataclass(frozen=True)
class Front:
    """What a person is shown of the app once it answers; paths begin with a slash."""

    name: str = "The app"
    ready: str = "/readyz"
    login: str | None = None
    next: tuple[str, ...] = ()


@dataclass(frozen=True)
class Engine:
    """What a Docker engine said; `problem` is None when it answers and has compose."""

    version: str = ""
    problem: str | None = None


@dataclass(frozen=True)
class Choice:
    """The home that was chosen, in which words, and whether the user forced it."""

    home: str
    why: str
    forced: bool


@dataclass(frozen=True)
class Order:
    """What one home is to be: the port of the page, and what .env promises the app behind it."""

    home: str
    root: Path
    port: int
    detach: bool
    database: Database | None
    bucket: Bucket | None
    login: Login | None
    front: Front

    @property
    def address(self) -> str:
        # `localhost` may be ::1, where another program can listen on the same port.
        return f"http://127.0.0.1:{self.port}"


@dataclass(frozen=True)
class Running:
    """A home that runs: its name, its address, the process that watches over it, and whether that has a terminal."""

    home: str
    address: str
    pid: int
    detach: bool


@dataclass(frozen=True)
class Account:
    """A user of this machine that a process is run as."""

    name: str
    uid: int
    gid: int
