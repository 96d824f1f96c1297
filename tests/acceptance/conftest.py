"""One suite for any wiki, by its address: --url or WIKI_URL, with WIKI_USERNAME and WIKI_PASSWORD in the environment."""

import os
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.acceptance import points
from tests.acceptance.belongings import Belongings
from tests.acceptance.visitor import LogInRefused, Site, Visitor

HOW = "WIKI_USERNAME=… WIKI_PASSWORD=… make accept URL=https://…"

RUN = pytest.StashKey[points.Points]()


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("acceptance")
    group.addoption("--url", help="the wiki to try, such as https://wiki.example.com (default: $WIKI_URL)")
    group.addoption("--points", metavar="FILE", help="write the outcome of each point to FILE, as JSON")


def url_of(config: pytest.Config) -> str:
    # When pytest starts above this folder it reads this file too late to know the options.
    given = config.getoption("url", default=None) or os.environ.get("WIKI_URL", "")
    return str(given).rstrip("/")


def account() -> tuple[str, str]:
    return os.environ.get("WIKI_USERNAME", ""), os.environ.get("WIKI_PASSWORD", "")


def tries_a_site(item: pytest.Item) -> bool:
    return "site" in getattr(item, "fixturenames", ()) and Path(__file__).parent in item.path.parents


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    chosen = [item for item in items if tries_a_site(item)]
    if not chosen:
        return
    if not url_of(config):
        config.hook.pytest_deselected(items=chosen)
        items[:] = [item for item in items if item not in chosen]
        return
    require_usable(config)
    config.stash[RUN] = points.Points(url_of(config))
    # What looks for traces comes after everything that leaves some.
    items.sort(key=lambda item: item in chosen and "afterwards" in item.fixturenames)  # type: ignore[attr-defined]


def require_usable(config: pytest.Config) -> None:
    if not url_of(config).startswith(("http://", "https://")):
        raise pytest.UsageError(f"{url_of(config)} is no address of a wiki. {HOW}")
    if not all(account()):
        raise pytest.UsageError(f"WIKI_USERNAME and WIKI_PASSWORD name no account to write with. {HOW}")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    if not url_of(config):
        terminalreporter.write_line(f"The acceptance suite needs a wiki to try. To run it: {HOW}")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    report = yield
    if tries_a_site(item):
        item.config.stash[RUN].add(item, report)
    return report


def pytest_sessionfinish(session: pytest.Session) -> None:
    path = session.config.getoption("points", default=None)
    if path and RUN in session.config.stash:
        session.config.stash[RUN].write(Path(path))


@pytest.fixture(scope="session")
def site(request: pytest.FixtureRequest) -> Site:
    """The wiki. The run ends here with one line when it doesn't answer, or when the account couldn't clean up."""
    wiki = Site(url_of(request.config), *account())
    try:
        removable = Belongings(wiki).may_be_removed()
    except (httpx.HTTPError, LogInRefused) as error:
        pytest.exit(f"{wiki.url} can't be tried: {error}", returncode=1)
    if not removable:
        pytest.exit(f"{wiki.username} may not delete pages and uploads in /admin/, so nothing is written", returncode=1)
    return wiki


@pytest.fixture(scope="session")
def belongings(site: Site) -> Iterator[Belongings]:
    """Where a test puts what it makes. All of it is removed at the end, whatever happened in between."""
    own = Belongings(site)
    yield own
    own.remove()


@pytest.fixture(scope="session")
def afterwards(belongings: Belongings) -> Belongings:
    """For a test that comes last, after all others have left what they leave."""
    return belongings


@pytest.fixture(scope="session")
def editor(site: Site, belongings: Belongings) -> Visitor:
    """Somebody logged in, for the whole run: a log-in takes a quarter of a second of the site's processor."""
    return site.editor()


@pytest.fixture
def colleague(site: Site, belongings: Belongings) -> Visitor:
    """The same account in another browser."""
    return site.editor()


@pytest.fixture
def stranger(site: Site) -> Visitor:
    return site.visitor()
