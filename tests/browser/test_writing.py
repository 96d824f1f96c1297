"""From the log-in to an illustrated article, as a person does it; with and without JavaScript."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.acceptance.belongings import Belongings
from tests.acceptance.visitor import Site
from tests.browser import photo
from tests.browser.conftest import Opened
from tests.browser.places import Scene

pytestmark = pytest.mark.browser


def write_illustrated(scene: Scene, title: str) -> None:
    """Ends at the saved article."""
    tab = scene.tab
    scene.log_in()
    tab.get_by_role("link", name="New page").click()
    tab.get_by_label("Title").fill(title)
    tab.get_by_label("Path").fill(scene.path)
    tab.get_by_label("Text", exact=True).fill("Written *by hand*.")
    scene.choose("red and blue.jpg")
    scene.press("Add to the text")
    expect(tab.get_by_role("status")).to_contain_text("The photo is at the end of the text")
    expect(tab.get_by_label("Text", exact=True)).to_have_value(re.compile(r"^Written \*by hand\*\.\n\n!\["))
    scene.press("Save")
    expect(tab.get_by_role("heading", level=1)).to_have_text(title)


@pytest.mark.parametrize("scripts", [True, False], ids=["with_javascript", "without_javascript"])
def test_an_article_is_written_illustrated_and_read(
    open_tab: Opened, site: Site, belongings: Belongings, scripts: bool
) -> None:
    with open_tab(java_script_enabled=scripts) as tab:
        path = belongings.path(f"by-hand-{scripts}".lower())
        write_illustrated(Scene(tab, site, belongings, path), "By hand")
        expect(tab.locator(".prose em")).to_have_text("by hand")
    read(open_tab, f"/wiki/{path}")


def read(open_tab: Opened, address: str) -> None:
    """Somebody without an account sees the photo's pixels."""
    with open_tab() as tab:
        tab.goto(address)
        shown = tab.locator(".prose img")
        assert photo.natural_size(shown) == photo.SIZE
        assert photo.colours(shown) == ("red", "blue")


def test_an_edit_opens_from_the_article_and_leads_back_to_it(tab: Page, site: Site, belongings: Belongings) -> None:
    scene = Scene(tab, site, belongings, belongings.path("edited-by-hand"))
    write_illustrated(scene, "Edited by hand")
    tab.get_by_role("link", name="Edit", exact=True).click()
    tab.get_by_label("Text", exact=True).fill("Another text.")
    tab.get_by_label("What did you change?").fill("All of it")
    scene.press("Preview")
    expect(tab.get_by_label("Preview").locator(".prose")).to_have_text("Another text.")
    scene.press("Save")
    expect(tab.locator(".prose")).to_have_text("Another text.")
    tab.get_by_role("link", name="History").click()
    expect(tab.get_by_role("listitem")).to_have_count(2)
    expect(tab.get_by_role("listitem").first).to_contain_text("All of it")


def test_logging_out_leads_home(tab: Page, site: Site, belongings: Belongings) -> None:
    scene = Scene(tab, site, belongings, "")
    scene.log_in()
    scene.press("Log out")
    expect(tab.get_by_role("link", name="Log in")).to_be_visible()
