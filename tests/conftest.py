"""What all tests share: the markers that ask for a part of the machine, and Postgres and S3, started when first asked for."""

import logging
import os
from collections.abc import Iterator

import django
import pytest
from django.conf import settings

from dynowiki import env
from parity.contract.order import Bucket, Database
from tests import homes, machine, services
from tests.stack import clones

PORTS = {"postgres": services.free_port(), "bucket": services.free_port()}

left_out: dict[str, int] = {}


def promised() -> tuple[Database, Bucket]:
    """What the settings are told, before the servers run."""
    return (
        Database("127.0.0.1", PORTS["postgres"], "dynowiki", "dynowiki", "dynowiki"),
        Bucket("127.0.0.1", PORTS["bucket"], "test-key-of-the-bucket", "test-secret-of-the-bucket", "dynowiki"),
    )


def configure_django() -> None:
    """The settings of every home, told of servers that start when a test first asks for them."""
    for name in env.BY_NAME:
        os.environ.pop(name, None)
    os.environ.update(services.config(*promised()))
    django.setup()
    refuse_other_servers()


def refuse_other_servers() -> None:
    """The tests empty their database and bucket, so they end at once when the settings hold anybody else's.

    pytest-django reads the settings before this file when the shell names DJANGO_SETTINGS_MODULE.
    """
    database, bucket = settings.DATABASES["default"], settings.STORAGES["default"]["OPTIONS"]
    ours = services.config(*promised())
    if (database["PORT"], bucket["endpoint_url"]) != (PORTS["postgres"], ours["AWS_ENDPOINT_URL_S3"]):
        pytest.exit("the settings were read before the tests: unset DJANGO_SETTINGS_MODULE, then `make test`", 2)


# It says each request that it makes, which buries a failure's own lines.
logging.getLogger("httpx").setLevel(logging.WARNING)

# At import, because the conftests of the folders below import the app's models.
configure_django()


def pytest_configure(config: pytest.Config) -> None:
    for part in machine.required() - machine.PARTS.keys():
        raise pytest.UsageError(f"{machine.REQUIRE} names {part}; it may name {', '.join(machine.PARTS)}")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        for part in machine.PARTS.values():
            if (
                item.get_closest_marker(part.name)
                and part.name not in machine.required()
                and not machine.has(part.name)
            ):
                left_out[part.name] = left_out.get(part.name, 0) + 1
                item.add_marker(pytest.mark.skip(reason=part.missing))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    for name, count in left_out.items():
        part = machine.PARTS[name]
        terminalreporter.section(f"left out: {count} tests that need {name}")
        terminalreporter.write_line(f"{part.missing}. To run them: {part.enable}")


def pytest_runtest_setup(item: pytest.Item) -> None:
    for part in machine.PARTS.values():
        if item.get_closest_marker(part.name) and not machine.has(part.name):
            pytest.fail(f"{machine.REQUIRE} names {part.name}, and {part.missing}. {part.enable}", pytrace=False)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Database]:
    with services.postgres(PORTS["postgres"]) as database:
        yield database


@pytest.fixture(scope="session")
def bucket() -> Iterator[Bucket]:
    with services.bucket(PORTS["bucket"]) as store:
        yield store


@pytest.fixture(scope="session")
def django_db_modify_db_settings(postgres: Database) -> None:
    """pytest-django asks for this before it makes the test database."""


@pytest.fixture(scope="session")
def wiki() -> Iterator[homes.Home]:
    """A wiki to visit from outside."""
    if machine.docker_answers():
        homes.build()
    with homes.image_home() if machine.docker_answers() else clones.embedded_home() as home:
        yield home
