"""The built image, and a home of it that a test may break: Postgres, MinIO and web in containers of their own."""

from collections.abc import Iterator

import pytest

from tests import homes

# The tables that tests want printed when all is done.
TABLES = pytest.StashKey[list[str]]()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    for table in config.stash.get(TABLES, []):
        terminalreporter.section("acceptance: homes across, points down")
        terminalreporter.write_line(table)


@pytest.fixture(scope="session")
def image() -> str:
    """The image's name, built by the classic builder, as Heroku does."""
    homes.build()
    return homes.IMAGE


@pytest.fixture(scope="module")
def home(image: str) -> Iterator[homes.ImageHome]:
    with homes.image_home() as made:
        yield made
