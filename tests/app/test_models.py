"""The invariants that the database carries, whoever writes."""

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, transaction

from wiki import paths
from wiki.models import Page, Revision, Upload, User

pytestmark = pytest.mark.django_db


def test_a_revision_is_never_updated(page: Page) -> None:
    with pytest.raises(DatabaseError, match="a revision is never updated"), transaction.atomic():
        Revision.objects.filter(page=page).update(text="rewritten")
    assert page.revisions.get().text == "Push *it*."


def test_a_page_has_one_revision_of_each_number(page: Page) -> None:
    with pytest.raises(IntegrityError, match="revision_number_unique"), transaction.atomic():
        page.revisions.create(number=1, text="another first")


def test_paths_are_unique_without_regard_to_case(page: Page) -> None:
    with pytest.raises(IntegrityError, match="page_path_unique"), transaction.atomic():
        Page.objects.create(path="Guides/DEPLOY", title="Deploy again")


@pytest.mark.parametrize("field", ["path", "title"])
def test_a_page_has_a_path_and_a_title(field: str) -> None:
    values = {"path": "a", "title": "A", field: ""}
    with pytest.raises(IntegrityError, match=f"page_{field}_not_blank"), transaction.atomic():
        Page.objects.create(**values)


def test_keys_of_uploads_are_unique() -> None:
    row = {"key": "k/p.jpg", "name": "p.jpg", "bytes": 1, "width": 1, "height": 1}
    Upload.objects.create(**row)
    with pytest.raises(IntegrityError, match="key"), transaction.atomic():
        Upload.objects.create(**row)


def test_an_author_of_revisions_cant_be_deleted(page: Page, editor: User) -> None:
    with pytest.raises(IntegrityError):
        editor.delete()


def test_deleting_a_page_deletes_its_revisions(page: Page) -> None:
    page.delete()
    assert not Revision.objects.exists()


REFUSED = [
    ("", "Give the page a path"),
    ("a" * 300, "300 characters; 200 is the most"),
    ("../etc", "two dots"),
    ("a/../b", "two dots"),
    ("a//b", "two slashes"),
    ("a\x00b", "control character"),
    ("a\x1bb", "control character"),
    ("a\u202eb", "control character"),
    (".hidden", "can't be part of a path"),
    ("a b", "can't be part of a path"),
    ("a?b", "can't be part of a path"),
    ("-a", "can't be part of a path"),
]


@pytest.mark.parametrize(("path", "reason"), REFUSED)
def test_a_bad_path_is_refused_with_the_reason(path: str, reason: str) -> None:
    with pytest.raises(ValidationError, match=reason):
        paths.validate(path)


@pytest.mark.parametrize(
    "path", ["a", "guides/deploy", "größe/ñandú", "v1.2/notes_2", "2026-11-23", "日本語/概要", "हिन्दी"]
)
def test_a_good_path_is_taken(path: str) -> None:
    paths.validate(path)


@pytest.mark.parametrize(
    ("title", "path"),
    [
        ("How to Deploy?", "how-to-deploy"),
        ("Größe & Maß", "größe-maß"),
        ("???", ""),
        ("  A  ", "a"),
        ("हिन्दी में", "हिन्दी-में"),
        ("Ma\u0308rz", "m\u00e4rz"),
    ],
)
def test_a_title_becomes_a_path(title: str, path: str) -> None:
    assert paths.from_title(title) == path
