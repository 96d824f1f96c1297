import re

import httpx

from tests.acceptance.belongings import Belongings
from tests.acceptance.visitor import Visitor


def write(
    editor: Visitor, path: str, text: str = "It *runs* here.", title: str = "Tried from outside"
) -> httpx.Response:
    opened = editor.form("/new", holding="title")
    return editor.send(opened, action="save", title=title, path=path, text=text, comment="")


def revise(editor: Visitor, path: str, **changes: str) -> httpx.Response:
    return editor.send(editor.form(f"/edit/{path}", holding="base"), action="save", **changes)


def test_a_new_page_is_there_for_all_to_read(editor: Visitor, stranger: Visitor, belongings: Belongings) -> None:
    path = belongings.path("new")
    response = write(editor, path, "## A heading\n\nIt *runs* here, ünd “there” too: 東京.")
    assert (response.status_code, response.headers["Location"]) == (302, f"/wiki/{path}")
    shown = stranger.get(f"/wiki/{path}")
    assert shown.status_code == 200
    assert "<h1>Tried from outside</h1>" in shown.text
    assert "<h2>A heading</h2>" in shown.text
    assert "It <em>runs</em> here, ünd “there” too: 東京." in shown.text


def test_scripts_in_a_text_never_reach_a_reader(editor: Visitor, stranger: Visitor, belongings: Belongings) -> None:
    path = belongings.path("clean")
    write(editor, path, '<script>alert(1)</script>\n\n<b onclick="alert(2)">*kept*</b> [x](javascript:alert(3))')
    shown = stranger.get(f"/wiki/{path}").text
    # As text they may be shown; as a tag, an attribute of one or an address they would run.
    assert not re.search(r"<script|<[^>]*\sonclick=|href=.javascript", shown)
    assert "<em>kept</em>" in shown


def test_an_edit_shows_at_once_and_opens_with_the_text_as_it_was(
    editor: Visitor, stranger: Visitor, belongings: Belongings
) -> None:
    path = belongings.path("edited")
    write(editor, path, "The first text.\n\n    indented & <kept>\n")
    opened = editor.form(f"/edit/{path}", holding="base")
    assert opened.form.fields["text"] == "The first text.\n\n    indented & <kept>\n"
    assert editor.send(opened, action="save", text="The second text.").status_code == 302
    shown = stranger.get(f"/wiki/{path}").text
    assert "The second text." in shown
    assert "The first text." not in shown


def test_the_history_lists_every_revision_and_each_can_be_read(
    editor: Visitor, stranger: Visitor, belongings: Belongings
) -> None:
    path = belongings.path("history")
    write(editor, path, "The first text.")
    revise(editor, path, text="The second text.", comment="Said it better")
    listed = stranger.get(f"/history/{path}")
    assert listed.status_code == 200
    assert "Said it better" in listed.text
    for number, text in ((1, "The first text."), (2, "The second text.")):
        assert f"/revision/{number}/{path}" in listed.text
        assert text in stranger.get(f"/revision/{number}/{path}").text
    assert stranger.get(f"/revision/3/{path}").status_code == 404


def test_of_two_editors_of_one_revision_one_wins_and_the_other_keeps_the_text(
    editor: Visitor, colleague: Visitor, stranger: Visitor, belongings: Belongings
) -> None:
    path = belongings.path("conflict")
    write(editor, path)
    mine, theirs = (visitor.form(f"/edit/{path}", holding="base") for visitor in (editor, colleague))
    assert colleague.send(theirs, action="save", text="Theirs was first.").status_code == 302
    refused = editor.send(mine, action="save", text="Mine came second.")
    assert refused.status_code == 409
    assert "Theirs was first." in refused.text
    again = editor.form_of(refused, holding="base")
    assert again.form.fields["text"] == "Mine came second."
    assert "Theirs was first." in stranger.get(f"/wiki/{path}").text
    assert editor.send(again, action="save").status_code == 302, "told of the other text, the editor may go on"
    assert "Mine came second." in stranger.get(f"/wiki/{path}").text


def test_a_preview_shows_the_page_and_saves_nothing(editor: Visitor, stranger: Visitor, belongings: Belongings) -> None:
    path = belongings.path("preview")
    write(editor, path, "The saved text.")
    opened = editor.form(f"/edit/{path}", holding="base")
    shown = editor.send(opened, action="preview", text="A **bold** idea.")
    assert shown.status_code == 200
    assert "A <strong>bold</strong> idea." in shown.text
    assert editor.form_of(shown, holding="base").form.fields["text"] == "A **bold** idea."
    assert "The saved text." in stranger.get(f"/wiki/{path}").text


def test_a_path_that_is_taken_is_refused_whatever_its_case(editor: Visitor, belongings: Belongings) -> None:
    path = belongings.path("taken")
    write(editor, path)
    refused = write(editor, path.upper(), "Typed for a long time.")
    assert refused.status_code == 400
    assert "There is a page at" in refused.text
    assert editor.form_of(refused, holding="title").form.fields["text"] == "Typed for a long time."


def test_an_article_costs_its_readers_no_cookie(editor: Visitor, stranger: Visitor, belongings: Belongings) -> None:
    path = belongings.path("cookies")
    write(editor, path)
    assert "Set-Cookie" not in stranger.get(f"/wiki/{path}").headers


def test_an_article_that_a_reader_has_is_not_sent_again_until_it_changes(
    editor: Visitor, stranger: Visitor, belongings: Belongings
) -> None:
    path = belongings.path("etag")
    write(editor, path)
    etag = stranger.get(f"/wiki/{path}").headers["ETag"]
    unchanged = stranger.get(f"/wiki/{path}", If_None_Match=etag)
    assert (unchanged.status_code, unchanged.content) == (304, b"")
    revise(editor, path, text="Another text.")
    changed = stranger.get(f"/wiki/{path}", If_None_Match=etag)
    assert changed.status_code == 200
    assert changed.headers["ETag"] != etag
