"""What writes several models in one transaction."""

from dataclasses import dataclass

from django.db import IntegrityError, transaction

from wiki import markup
from wiki.models import Page, Revision, Upload, User


class PathTaken(Exception):
    """There is a page at that path already."""


@dataclass
class Conflict(Exception):
    """The page was changed since the revision that the editor began with. `page` is as it is now."""

    page: Page


def make_page(*, path: str, title: str, text: str, comment: str, author: User | None) -> Page:
    """Raises PathTaken."""
    html = markup.render(text)
    try:
        with transaction.atomic():
            page = Page.objects.create(path=path, title=title, html=html)
            page.current = page.revisions.create(number=1, text=text, author=author, comment=comment)
            page.save(update_fields=["current"])
            # A photo that was added before the page was there.
            Upload.objects.filter(key__in=markup.media_keys(text), author=author, page=None).update(page=page)
    except IntegrityError as error:
        if "page_path_unique" not in str(error):
            raise
        raise PathTaken(path) from error
    return page


def revise_page(*, page: Page, base: int, title: str, text: str, comment: str, author: User | None) -> Page:
    """Adds the revision after `base`, which must be the current one's number. Raises Conflict, and Page.DoesNotExist."""
    html = markup.render(text)
    with transaction.atomic():
        # The row's lock makes savers come one after the other: exactly one finds its base to be the current revision.
        locked = Page.objects.select_for_update(of=("self",)).select_related("current").get(pk=page.pk)
        current = locked.current
        if current is None or current.number != base:
            raise Conflict(locked)
        if (current.text, locked.title) == (text, title):
            return locked
        locked.current = Revision.objects.create(
            page=locked, number=base + 1, text=text, author=author, comment=comment
        )
        locked.title, locked.html = title, html
        locked.save(update_fields=["current", "title", "html", "changed"])
    return locked
