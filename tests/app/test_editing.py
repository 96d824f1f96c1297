"""Writing: what is saved, who wins, and that what was typed is never lost."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.test import Client

from wiki import services
from wiki.models import TEXT_BYTES, Page, Revision, User

EDIT = "/edit/guides/deploy"


def form(**changes: object) -> dict[str, object]:
    return {"action": "save", "title": "Deploy", "text": "Typed text.", "comment": "", "base": 1, **changes}


def test_a_new_page_gets_its_path_from_its_title(desk: Client, editor: User) -> None:
    response = desk.post("/new", form(title="How to Deploy", comment="begun"))
    assert response["Location"] == "/wiki/how-to-deploy"
    page = Page.objects.get(path="how-to-deploy")
    assert page.current is not None
    assert (page.current.number, page.current.text, page.current.author, page.current.comment) == (
        1,
        "Typed text.",
        editor,
        "begun",
    )
    assert page.html == "<p>Typed text.</p>\n"


def test_an_edit_adds_a_revision(desk: Client, page: Page) -> None:
    response = desk.post(EDIT, form(title="Deploying", text="Line\r\nline"))
    assert response["Location"] == "/wiki/guides/deploy"
    page.refresh_from_db()
    assert [revision.text for revision in page.revisions.all()] == ["Line\nline", "Push *it*."]
    assert (page.title, page.html) == ("Deploying", "<p>Line\nline</p>\n")


def test_saving_without_a_change_makes_no_revision(desk: Client, page: Page) -> None:
    assert desk.post(EDIT, form(text="Push *it*.")).status_code == 302
    assert page.revisions.count() == 1


def test_a_preview_saves_nothing(desk: Client, page: Page) -> None:
    body = desk.post(EDIT, form(action="preview", text="*new*")).content.decode()
    assert "<em>new</em>" in body
    assert ">\n*new*</textarea>" in body
    assert page.revisions.count() == 1


def test_the_second_of_two_editors_is_told_and_keeps_the_text(desk: Client, page: Page, editor: User) -> None:
    other = User.objects.create_user("grace")
    services.revise_page(page=page, base=1, title="Deploy", text="Grace's text", comment="", author=other)
    response = desk.post(EDIT, form(text="Ada's text"))
    body = response.content.decode()
    assert response.status_code == 409
    assert "grace saved revision 2 while you wrote" in body
    assert ">\nAda&#x27;s text</textarea>" in body
    assert ">\nGrace&#x27;s text</textarea>" in body
    assert 'name="base" value="2"' in body
    assert desk.post(EDIT, form(text="Both texts", base=2)).status_code == 302
    assert [revision.text for revision in page.revisions.all()] == ["Both texts", "Grace's text", "Push *it*."]


@pytest.mark.django_db(transaction=True)
def test_of_savers_at_once_exactly_one_wins_each_number(page: Page, editor: User) -> None:
    def save(text: str) -> bool:
        try:
            services.revise_page(page=page, base=base, title="Deploy", text=text, comment="", author=editor)
        except services.Conflict:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(8) as savers:
        for base in range(1, 11):
            outcomes = list(savers.map(save, [f"{base} by {saver}" for saver in range(8)]))
            assert outcomes.count(True) == 1
    assert list(page.revisions.values_list("number", flat=True)) == list(range(11, 0, -1))


@pytest.mark.django_db(transaction=True)
def test_of_makers_at_once_exactly_one_gets_the_path(editor: User) -> None:
    def make(number: int) -> bool:
        try:
            services.make_page(path="same", title="Same", text=str(number), comment="", author=editor)
        except services.PathTaken:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(8) as makers:
        assert list(makers.map(make, range(8))).count(True) == 1
    assert Revision.objects.count() == 1


REFUSED = [
    ({"path": "a/../b"}, "two dots"),
    ({"path": "a" * 300}, "300 characters"),
    ({"path": "tab\there"}, "control character"),
    ({"path": "Guides/Deploy"}, "There is a page at guides/deploy already"),
    ({"title": ""}, "This field is required"),
    ({"title": "x" * 201}, "at most 200 characters"),
    ({"title": "???"}, "Give the page a path"),
    ({"text": "Typed text." + "x" * TEXT_BYTES}, "1,048,576 (1 MB) is the most"),
    ({"text": "Typed text.\x00"}, "Null characters are not allowed"),
    ({"title": "nul\x00"}, "Null characters are not allowed"),
    ({"comment": "c" * 201}, "at most 200 characters"),
]


@pytest.mark.parametrize(("changes", "reason"), REFUSED)
def test_bad_input_is_refused_with_the_reason_and_the_text_is_kept(
    desk: Client, page: Page, changes: dict[str, object], reason: str
) -> None:
    response = desk.post("/new", form(**{"title": "Another", **changes}))
    body = response.content.decode()
    assert response.status_code == 400
    assert reason in body
    assert ">\nTyped text." in body
    assert Page.objects.count() == 1


def test_a_session_that_ends_while_writing_loses_nothing(stranger: Client, page: Page, editor: User) -> None:
    editor.set_password("correct horse battery")
    editor.save()
    told = stranger.post(EDIT, form(text="Long thought", comment="why"))
    body = told.content.decode()
    assert told.status_code == 403
    assert "You were logged out while you wrote" in body
    assert ">\nLong thought</textarea>" in body
    assert 'name="comment" value="why"' in body
    wrong = stranger.post(EDIT, form(action="login", text="Long thought", username="ada", password="wrong"))
    assert ">\nLong thought</textarea>" in wrong.content.decode()
    credentials = {"username": "ada", "password": "correct horse battery"}
    again = stranger.post(EDIT, form(action="login", text="Long thought", **credentials)).content.decode()
    assert "You are logged in again" in again
    assert ">\nLong thought</textarea>" in again
    assert stranger.post(EDIT, form(text="Long thought")).status_code == 302
    assert page.revisions.first().text == "Long thought"  # type: ignore[union-attr]


def test_a_page_deleted_while_writing_can_be_made_anew(desk: Client, page: Page) -> None:
    page.delete()
    response = desk.post(EDIT, form(text="Long thought"))
    body = response.content.decode()
    assert response.status_code == 409
    assert "somebody deleted it" in body
    assert ">\nLong thought</textarea>" in body
    assert 'value="guides/deploy"' in body
    assert 'action="/new"' in body


def test_editing_a_page_that_never_was_begins_a_new_one(desk: Client) -> None:
    assert desk.get("/edit/not/yet")["Location"] == "/new?path=not%2Fyet"
    assert 'value="not/yet"' in desk.get("/new?path=not/yet").content.decode()


def test_a_form_without_its_token_is_explained_and_the_text_is_kept(page: Page, editor: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(editor)
    response = client.post(EDIT, form(text="Long thought"))
    body = response.content.decode()
    assert response.status_code == 403
    assert "The form could not be trusted" in body
    assert ">\nLong thought</textarea>" in body
    assert page.revisions.count() == 1


def test_articles_hold_no_host_name_of_this_wiki(desk: Client, page: Page) -> None:
    text = "[a](http://testserver/wiki/a) ![b](https://TESTSERVER/media/k/b.jpg) [c](http://other.example/wiki/a)"
    desk.post(EDIT, form(text=text))
    page.refresh_from_db()
    assert page.current is not None
    assert page.current.text == "[a](/wiki/a) ![b](/media/k/b.jpg) [c](http://other.example/wiki/a)"


def test_an_unknown_host_gets_400(stranger: Client, page: Page) -> None:
    response = stranger.get("/wiki/guides/deploy", headers={"host": "evil.example"})
    assert response.status_code == 400
    assert "check the host name" in response.content.decode()


def test_logging_out_needs_a_post(desk: Client, page: Page) -> None:
    assert desk.get("/logout").status_code == 405
    assert desk.post("/logout")["Location"] == "/"
    assert desk.get(EDIT).status_code == 302
