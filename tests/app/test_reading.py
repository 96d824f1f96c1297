"""What a reader gets, and what it costs."""

from typing import Any

import pytest
from django.test import Client

from wiki import services
from wiki.models import Page, User

ARTICLE = "/wiki/guides/deploy"


def test_an_article_is_one_query_without_a_cookie(stranger: Client, page: Page, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        response = stranger.get(ARTICLE)
    assert response.status_code == 200
    assert "<p>Push <em>it</em>.</p>" in response.content.decode()
    assert not response.cookies


def test_an_unchanged_article_is_a_304_of_one_query(
    stranger: Client, page: Page, django_assert_num_queries: Any
) -> None:
    etag = stranger.get(ARTICLE)["ETag"]
    with django_assert_num_queries(1):
        response = stranger.get(ARTICLE, headers={"If-None-Match": etag})
    assert (response.status_code, response.content) == (304, b"")
    assert response["ETag"] == etag
    assert response["Cache-Control"] == "no-cache"
    assert response["Vary"] == "Cookie"


def test_an_edit_changes_the_etag(stranger: Client, page: Page, editor: User) -> None:
    etag = stranger.get(ARTICLE)["ETag"]
    services.revise_page(page=page, base=1, title="Deploy", text="Push *now*.", comment="", author=editor)
    response = stranger.get(ARTICLE, headers={"If-None-Match": etag})
    assert response.status_code == 200
    assert "<em>now</em>" in response.content.decode()


def test_an_editors_page_is_three_queries_and_kept_by_no_cache(
    desk: Client, page: Page, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(3):
        response = desk.get(ARTICLE)
    assert "ETag" not in response
    assert response["Cache-Control"] == "private, no-store"


def test_another_case_of_the_path_leads_to_the_page(stranger: Client, page: Page) -> None:
    response = stranger.get("/wiki/Guides/Deploy/")
    assert (response.status_code, response["Location"]) == (301, ARTICLE)


@pytest.mark.parametrize("path", ["nothing/here", "guides"])
def test_a_page_that_is_not_there_can_be_written(stranger: Client, db: None, path: str) -> None:
    response = stranger.get(f"/wiki/{path}")
    assert response.status_code == 404
    assert "Write it" in response.content.decode()


@pytest.mark.parametrize("path", ["a%00b", "a/%2e%2e/b", "a" * 300, "%F0%28", "a%0Ab"])
@pytest.mark.parametrize("door", ["wiki", "history", "revision/1", "media"])
def test_an_impossible_path_is_not_found_behind_any_door(stranger: Client, db: None, door: str, path: str) -> None:
    assert stranger.get(f"/{door}/{path}").status_code == 404


@pytest.mark.parametrize("path", ["a%00b", "a/%2e%2e/b", "a" * 300, "%F0%28"])
def test_editing_an_impossible_path_shows_it_in_a_new_page(desk: Client, path: str) -> None:
    response = desk.get(f"/edit/{path}", follow=True)
    assert (response.status_code, response.redirect_chain[0][1]) == (200, 302)  # type: ignore[attr-defined]
    assert "<h1>New page</h1>" in response.content.decode()


def test_the_front_page_is_the_welcome_article(stranger: Client, editor: User) -> None:
    assert "This wiki is empty" in stranger.get("/").content.decode()
    services.make_page(path="welcome", title="Hello there", text="x", comment="", author=editor)
    assert "Hello there" in stranger.get("/").content.decode()


def test_history_lists_revisions_in_five_queries_for_an_editor(
    desk: Client, page: Page, editor: User, django_assert_num_queries: Any
) -> None:
    for number in range(1, 60):
        services.revise_page(
            page=page, base=number, title="Deploy", text=str(number), comment=f"c{number}", author=editor
        )
    with django_assert_num_queries(5):
        body = desk.get("/history/guides/deploy").content.decode()
    assert body.count("<li value=") == 50
    assert "1 of 2" in body
    assert "<q>c59</q>" in body
    assert "<q>c1</q>" in desk.get("/history/guides/deploy?page=2").content.decode()


def test_an_old_revision_is_shown_as_such(stranger: Client, page: Page, editor: User) -> None:
    services.revise_page(page=page, base=1, title="Deploy", text="Newer", comment="", author=editor)
    body = stranger.get("/revision/1/guides/deploy").content.decode()
    assert "Revision 1 of 2" in body
    assert "<em>it</em>" in body
    assert stranger.get("/revision/3/guides/deploy").status_code == 404


@pytest.mark.parametrize("door", ["/new", "/edit/guides/deploy", "/upload"])
def test_a_stranger_is_asked_to_log_in(stranger: Client, page: Page, door: str) -> None:
    response = stranger.get(door)
    assert (response.status_code, response["Location"]) == (302, f"/login?next={door}")


def test_a_new_wiki_tells_how_to_make_an_account(stranger: Client, db: None) -> None:
    assert "createsuperuser" in stranger.get("/login").content.decode()
    User.objects.create_user("ada")
    assert "createsuperuser" not in stranger.get("/login").content.decode()
