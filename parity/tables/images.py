"""Images that moved, vanished, or get no more updates: https://hub.docker.com

Each entry has its own source; they were looked up on LOOKED_UP, in copies of September 2026 and before.
"""

from __future__ import annotations

from typing import Literal

from parity.contract.dataclass import dataclass

LOOKED_UP = "2026-11-24"


@dataclass(frozen=True, slots=True)
class Change:
    """What became of a repository of images.

    `name` is without a registry for Docker Hub's, and ends in /* for all of an account's. gone: no tag can be pulled;
    closed: it pulls, and won't start without an account; frozen: it pulls, without updates; unmaintained: nobody works on it.
    """

    name: str
    state: Literal["gone", "closed", "frozen", "unmaintained"]
    since: str
    # What to write instead, in a clause behind "write".
    instead: str
    source: str
    # Tags that it is true of, or beginnings of them that end in a dot; all of them without any.
    tags: tuple[str, ...] = ()


CHANGES = (
    Change(
        "minio/minio",
        "gone",
        "2026-09-11",
        "quay.io/minio/minio:RELEASE.2025-09-07T16-13-09Z, which is frozen, or build it from source",
        "https://github.com/testcontainers/testcontainers-node/pull/1463",
    ),
    Change(
        "minio/mc",
        "gone",
        "2026-09-11",
        "quay.io/minio/mc with the same tag, which is frozen, or make the bucket with an S3 library",
        "https://github.com/readest/readest/issues/6195",
    ),
    Change(
        "quay.io/minio/minio",
        "frozen",
        "2025-10-23",
        "a build from source, or another S3 server; the last release lacks the fix of CVE-2025-62506",
        "https://github.com/shellhub-io/shellhub/issues/7117",
    ),
    Change(
        "quay.io/minio/mc",
        "frozen",
        "2025-10-23",
        "a one-shot service that makes the bucket with an S3 library",
        "https://github.com/shellhub-io/shellhub/issues/7117",
    ),
    Change(
        "bitnami/*",
        "gone",
        "2025-09-29",
        "the program's own image (postgres, redis, ...), or bitnamilegacy/ with the same tag, which is frozen",
        "https://github.com/bitnami/containers/issues/83267",
    ),
    Change(
        "bitnamilegacy/*",
        "frozen",
        "2025-08-28",
        "the program's own image (postgres, redis, ...)",
        "https://github.com/bitnami/containers/issues/83267",
    ),
    Change(
        "localstack/localstack",
        "closed",
        "2026-03-23",
        "localstack/localstack:4.14.0, the last that starts without LOCALSTACK_AUTH_TOKEN",
        "https://github.com/testcontainers/testcontainers-python/issues/985",
        ("latest", "stable", "2026."),
    ),
    Change(
        "openjdk",
        "unmaintained",
        "2022-07-01",
        "eclipse-temurin with the same version",
        "https://github.com/docker-library/docs/blob/master/openjdk/deprecated.md",
    ),
    Change(
        "adoptopenjdk",
        "unmaintained",
        "2021-08-01",
        "eclipse-temurin with the same version",
        "https://github.com/docker-library/docs/pull/2008",
    ),
    Change(
        "circleci/*",
        "unmaintained",
        "2021-12-31",
        "cimg/ with the same name and version",
        "https://discuss.circleci.com/t/legacy-convenience-image-deprecation/41034",
    ),
    Change(
        "mailhog/mailhog",
        "unmaintained",
        "2022-08-01",
        "axllent/mailpit, with the same ports",
        "https://github.com/mailhog/MailHog/issues/442",
    ),
    Change(
        "mongo-express",
        "unmaintained",
        "2024-04-30",
        "another browser for MongoDB, or none",
        "https://github.com/docker-library/docs/blob/master/mongo-express/deprecated.md",
    ),
    Change(
        "unit",
        "unmaintained",
        "2025-10-01",
        "nginx before gunicorn, or gunicorn alone",
        "https://github.com/docker-library/docs/blob/master/unit/deprecated.md",
    ),
    Change(
        "heroku/heroku",
        "unmaintained",
        "2025-04-30",
        "heroku/heroku:24, or heroku/heroku:26",
        "https://github.com/heroku/base-images",
        ("18", "18-build", "18-cnb", "18-cnb-build", "20", "20-build", "20-cnb", "20-cnb-build"),
    ),
)


def change(repository: str, tag: str = "latest") -> Change | None:
    """What became of an image, named without its tag: minio/minio, docker.io/bitnami/redis, quay.io/minio/minio."""
    name = plain(repository)
    for one in CHANGES:
        if name == one.name or (one.name.endswith("/*") and name.startswith(one.name[:-1])):
            return one if not one.tags or tagged(tag or "latest", one.tags) else None
    return None


def plain(repository: str) -> str:
    """A repository as Docker Hub's own are written: without the registry, and without library/."""
    for prefix in ("docker.io/", "index.docker.io/", "registry-1.docker.io/", "registry.hub.docker.com/"):
        repository = repository.removeprefix(prefix)
    return repository.removeprefix("library/")


def tagged(tag: str, wanted: tuple[str, ...]) -> bool:
    return any(tag == one or (one.endswith(".") and tag.startswith(one)) for one in wanted)
