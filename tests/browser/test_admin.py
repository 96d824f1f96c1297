"""Django's administration under this wiki's content security policy, which it knows nothing of."""

import pytest
from playwright.sync_api import Page, expect

from tests.acceptance.belongings import Belongings
from tests.acceptance.visitor import Site
from tests.browser.places import Scene, make_article

pytestmark = pytest.mark.browser

LISTS = ["/admin/", "/admin/wiki/page/", "/admin/wiki/revision/", "/admin/wiki/upload/", "/admin/wiki/user/"]


@pytest.mark.parametrize("address", [*LISTS, "/admin/wiki/user/add/"])
def test_the_administration_works_under_the_policy(tab: Page, site: Site, belongings: Belongings, address: str) -> None:
    Scene(tab, site, belongings, "").log_in()
    tab.goto(address)
    expect(tab.get_by_role("link", name="Dynowiki administration")).to_be_visible()


def test_a_page_is_deleted_by_hand(tab: Page, site: Site, belongings: Belongings) -> None:
    path = make_article(site.editor(), belongings, "deleted-by-hand")
    scene = Scene(tab, site, belongings, path)
    scene.log_in()
    tab.goto(f"/admin/wiki/page/?q={path}")
    tab.get_by_role("link", name=path).click()
    tab.get_by_role("link", name="Delete").click()
    scene.press("Yes, I’m sure")
    expect(tab.get_by_text("was deleted successfully")).to_be_visible()
    tab.goto(f"/wiki/{path}")
    expect(tab.get_by_role("heading", level=1)).to_have_text("No such page")
