"""Every kind of page, in the light and in the dark, on a desk and in a hand."""

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.acceptance.belongings import Belongings
from tests.acceptance.visitor import Site
from tests.browser.conftest import Opened
from tests.browser.places import PLACES, Scene, make_article

pytestmark = pytest.mark.browser

SHOTS = Path(__file__).parent / "shots"
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
WIDTHS = (1280, 390)
NARROW = (390, 320)
HEIGHT = 900

# Off by default in axe, and what a thumb needs: https://www.w3.org/TR/WCAG22/#target-size-minimum
AXE_OPTIONS = {"resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}}


@pytest.fixture(scope="module")
def article(site: Site, belongings: Belongings) -> str:
    return make_article(site.editor(), belongings)


@pytest.fixture(scope="module", params=PLACES, ids=lambda place: place.__name__)
def place(
    request: pytest.FixtureRequest, open_tab: Opened, site: Site, belongings: Belongings, article: str
) -> Iterator[Page]:
    """A tab at that place. It fails at its end when the console told of an error on the way."""
    with open_tab(reduced_motion="reduce") as tab:
        request.param(Scene(tab, site, belongings, article))
        expect(tab.get_by_role("main")).to_contain_text(PLACES[request.param])
        wait_for_photos(tab)
        yield tab


@pytest.fixture
def name(request: pytest.FixtureRequest) -> str:
    return str(request.node.callspec.id)


def wait_for_photos(tab: Page) -> None:
    for image in tab.locator("img").all():
        image.evaluate("image => { image.loading = 'eager'; return image.decode() }")


def look(tab: Page, scheme: Literal["light", "dark"], width: int) -> None:
    tab.emulate_media(color_scheme=scheme)
    tab.set_viewport_size({"width": width, "height": HEIGHT})


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("width", WIDTHS)
def test_axe_finds_nothing(place: Page, scheme: Literal["light", "dark"], width: int) -> None:
    look(place, scheme, width)
    assert violations(place) == []


def violations(tab: Page) -> list[str]:
    """Each as the rule and what it found. axe runs from outside the page, whose policy would let it in nowhere else."""
    found = Axe().run(tab, options=AXE_OPTIONS).response["violations"]
    return [f"{rule['id']}: {node['html']} {node['failureSummary']}" for rule in found for node in rule["nodes"]]


@pytest.mark.parametrize("width", NARROW)
def test_nothing_sticks_out_to_the_side(place: Page, width: int) -> None:
    look(place, "light", width)
    assert place.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("width", WIDTHS)
def test_a_screenshot_is_kept_to_look_at(place: Page, scheme: Literal["light", "dark"], width: int, name: str) -> None:
    look(place, scheme, width)
    SHOTS.mkdir(exist_ok=True)
    place.screenshot(path=SHOTS / f"{name}.png", full_page=True)
