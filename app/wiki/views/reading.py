"""What a reader sees: articles, their history, and single revisions."""

from collections.abc import Callable
from http import HTTPStatus

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import get_conditional_response, patch_cache_control
from django.views.decorators.http import require_safe

from wiki import markup, paths
from wiki.fingerprint import fingerprint
from wiki.models import HOME_PATH, Page, Revision

REVISIONS_A_PAGE = 50


@require_safe
def home(request: HttpRequest) -> HttpResponseBase:
    article = articles().filter(path__iexact=HOME_PATH).first()
    if article is None:
        return render(request, "wiki/empty.html")
    return show(request, article)


@require_safe
def page(request: HttpRequest, path: str) -> HttpResponseBase:
    normal = paths.normalize(path)
    if not paths.is_valid(normal):
        raise Http404
    if normal != path:
        return redirect("page", normal, permanent=True)
    article = articles().filter(path__iexact=path).first()
    if article is None:
        return render(request, "wiki/missing.html", {"path": path}, status=HTTPStatus.NOT_FOUND)
    return show(request, article)


def articles() -> QuerySet[Page]:
    return Page.objects.select_related("current").defer("current__text")


def show(request: HttpRequest, article: Page) -> HttpResponseBase:
    what = f"{article.pk}-{article.current_id}"
    return with_etag(request, what, lambda: render(request, "wiki/page.html", {"page": article}))


def with_etag(request: HttpRequest, what: str, rendered: Callable[[], HttpResponse]) -> HttpResponseBase:
    """A reader without an account gets an ETag for `what`; an editor's page holds a token, which no cache may keep."""
    if request.user.is_authenticated:
        response: HttpResponseBase = rendered()
        patch_cache_control(response, private=True, no_store=True)
        return response
    etag = f'"{what}-{fingerprint()}"'
    response = get_conditional_response(request, etag=etag) or rendered()
    response.headers["ETag"] = etag
    patch_cache_control(response, no_cache=True)
    return response


@require_safe
def history(request: HttpRequest, path: str) -> HttpResponse:
    article = find(path)
    revisions = article.revisions.select_related("author").defer("text")
    listed = Paginator(revisions, REVISIONS_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "wiki/history.html", {"page": article, "revisions": listed})


@require_safe
def revision(request: HttpRequest, number: int, path: str) -> HttpResponseBase:
    article = find(path)
    shown = get_object_or_404(Revision.objects.select_related("author"), page=article, number=number)

    def rendered() -> HttpResponse:
        context = {"page": article, "revision": shown, "html": markup.render(shown.text)}
        return render(request, "wiki/revision.html", context)

    return with_etag(request, f"{article.current_id}-{shown.pk}", rendered)


def find(path: str) -> Page:
    """The page at `path`, for the views beside the article. Raises Http404."""
    normal = paths.normalize(path)
    if not paths.is_valid(normal):
        raise Http404
    return get_object_or_404(articles(), path__iexact=normal)
