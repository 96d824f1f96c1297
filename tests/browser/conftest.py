"""A Chromium, an editor and a reader in it, and a wiki: the one at WIKI_URL, else the one that the other tests start."""

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests import machine
from tests.acceptance.belongings import Belongings
from tests.acceptance.visitor import Site
from tests.browser.console import Console

# Chromium refuses its sandbox to root, and containers have no graphics card. The rest keeps it off the network.
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

Opened = Callable[..., AbstractContextManager[Page]]


@pytest.fixture(scope="package")
def site(request: pytest.FixtureRequest) -> Site:
    url, username, password = (os.environ.get(f"WIKI_{name}", "") for name in ("URL", "USERNAME", "PASSWORD"))
    if url:
        assert all((username, password)), "WIKI_URL goes with WIKI_USERNAME and WIKI_PASSWORD"
        return Site(url.rstrip("/"), username, password)
    wiki = request.getfixturevalue("wiki")
    return Site(wiki.url.rstrip("/"), wiki.username, wiki.password)


@pytest.fixture(scope="package")
def belongings(site: Site) -> Iterator[Belongings]:
    """Where a test puts what it makes; removed at the end."""
    own = Belongings(site)
    yield own
    own.remove()


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Ended with this folder's tests: Playwright leaves an event loop in the thread, and Django refuses to work in one."""
    with (
        sync_playwright() as playwright,
        playwright.chromium.launch(executable_path=machine.chromium(), args=FLAGS) as chromium,
    ):
        yield chromium


@pytest.fixture(scope="package")
def open_tab(site: Site, browser: Browser) -> Opened:
    """`with open_tab() as tab:` is a new browser's first tab; it fails at its end when the console told of an error."""

    @contextmanager
    def opened(**options: object) -> Iterator[Page]:
        context: BrowserContext = browser.new_context(base_url=site.url, **options)  # type: ignore[arg-type]
        context.set_default_timeout(20_000)
        try:
            tab = context.new_page()
            console = Console(tab)
            yield tab
            assert console.errors == []
        finally:
            context.close()

    return opened


@pytest.fixture
def tab(open_tab: Opened) -> Iterator[Page]:
    with open_tab() as opened:
        yield opened
