"""The wiki by keyboard alone."""

import pytest
from playwright.sync_api import Page, expect

from tests.acceptance.belongings import Belongings
from tests.acceptance.visitor import Site
from tests.browser.places import Scene, new

pytestmark = pytest.mark.browser

OUTLINE = """() => {
    const style = getComputedStyle(document.activeElement)
    return style.outlineStyle === 'none' ? 0 : parseFloat(style.outlineWidth)
}"""
FOCUSED = "document.activeElement === document.body ? '' : document.activeElement.outerHTML.slice(0, 120)"

# More than any page has to stop at.
STOPS_AT_MOST = 60


def test_the_first_stop_is_a_link_past_the_header(tab: Page) -> None:
    tab.goto("/")
    skip = tab.get_by_role("link", name="To the text")
    expect(skip).not_to_be_in_viewport()
    tab.keyboard.press("Tab")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    tab.keyboard.press("Enter")
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.querySelector('main').contains(document.activeElement)")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_stop_is_seen(tab: Page, site: Site, belongings: Belongings, scheme: str) -> None:
    new(Scene(tab, site, belongings, ""))
    tab.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    stops = walk(tab)
    assert len(stops) > 8, "the header, four fields and three buttons"
    assert [stop for stop, outline in stops if outline < 2] == []


def walk(tab: Page) -> list[tuple[str, float]]:
    """Each stop of the Tab key, once: the element's markup, and how wide its outline is in pixels."""
    stops: list[tuple[str, float]] = []
    for _ in range(STOPS_AT_MOST):
        tab.keyboard.press("Tab")
        stop = tab.evaluate(FOCUSED)
        if not stop or stop in dict(stops):
            return stops
        stops.append((stop, tab.evaluate(OUTLINE)))
    raise AssertionError(f"Tab went on after {STOPS_AT_MOST} stops")


def test_an_article_is_written_by_keyboard_alone(tab: Page, site: Site, belongings: Belongings) -> None:
    path = belongings.path("by-keyboard")
    new(Scene(tab, site, belongings, path))
    tab.get_by_label("Title").focus()
    for text in ("By keyboard", path, "Typed."):
        tab.keyboard.type(text)
        tab.keyboard.press("Tab")
    tab.get_by_label("Title").focus()
    tab.keyboard.press("Enter")
    expect(tab.get_by_role("heading", level=1)).to_have_text("By keyboard")
    expect(tab.locator(".prose")).to_have_text("Typed.")
