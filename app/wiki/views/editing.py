"""Writing: new pages, edits with preview and photos. Whatever happens, what was typed is shown again."""

from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode

from wiki import markup, paths, photos, services
from wiki.forms import EditForm, NewForm, PhotoForm, RevisionForm
from wiki.models import Page, Upload, User
from wiki.upload_handlers import TOO_BIG_FIELDS


@dataclass
class Desk:
    """What an editor has in hand: the request, the kind of form, and the page, unless it is a new one."""

    request: HttpRequest
    form_class: type[RevisionForm]
    page: Page | None = None

    @property
    def author(self) -> User:
        assert isinstance(self.request.user, User), "only people with an account come this far"
        return self.request.user

    @property
    def has_photo(self) -> bool:
        return "photo" in self.request.FILES or "photo" in self.request.META.get(TOO_BIG_FIELDS, ())

    def tell_of_photo(self) -> None:
        """A browser sends a chosen file once, so one that could not be stored has to be chosen anew."""
        if self.has_photo:
            messages.warning(self.request, "The photo that you chose was not stored. Choose it again.")

    def typed(self, **changes: Any) -> dict[str, Any]:
        return {**self.request.POST.dict(), **changes}

    def unsaved(self, **changes: Any) -> RevisionForm:
        """The form as it was typed, without the errors that belong to saving."""
        return self.form_class(initial=self.typed(**changes))

    def show(self, form: RevisionForm, status: int = HTTPStatus.OK, **context: Any) -> HttpResponse:
        context = {"form": form, "page": self.page, "photo_form": PhotoForm(), **context}
        return render(self.request, "wiki/edit.html", context, status=status)


Save = Callable[[Desk, RevisionForm], HttpResponseBase]


def new(request: HttpRequest) -> HttpResponseBase:
    desk = Desk(request, NewForm)
    if request.method == "POST":
        return answer(desk, save_new)
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    return desk.show(NewForm(initial={name: request.GET.get(name, "") for name in ("title", "path")}))


def edit(request: HttpRequest, path: str) -> HttpResponseBase:
    page = find(path)
    if page is None or page.current is None:
        return edit_missing(request, path)
    desk = Desk(request, EditForm, page)
    if request.method == "POST":
        return answer(desk, save_edit)
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    text, base = page.current.text, page.current.number
    return desk.show(EditForm(initial={"title": page.title, "text": text, "base": base}))


def find(path: str) -> Page | None:
    if not paths.is_valid(paths.normalize(path)):
        return None
    return Page.objects.select_related("current").filter(path__iexact=paths.normalize(path)).first()


def edit_missing(request: HttpRequest, path: str, text: str | None = None) -> HttpResponseBase:
    """There is no such page, or no more: what was typed for it goes on as a new one.

    `text` is the typed one with a photo's line, when the photo was stored before the page was found to be gone.
    """
    if request.method != "POST":
        return redirect(f"{reverse('new')}?{urlencode({'path': path})}")
    desk = Desk(request, NewForm)
    if not request.user.is_authenticated:
        return log_in_and_go_on(desk)
    messages.warning(request, "The page is gone: somebody deleted it. Your text is kept; saving makes the page anew.")
    if text is None:
        desk.tell_of_photo()
        text = request.POST.get("text", "")
    return desk.show(desk.unsaved(path=path, text=text), HTTPStatus.CONFLICT, target=reverse("new"))


def answer(desk: Desk, save: Save) -> HttpResponseBase:
    """What the pressed button asks for: save, preview, photo; or the account's log-in, when the session has ended."""
    if not desk.request.user.is_authenticated:
        return log_in_and_go_on(desk)
    action = desk.request.POST.get("action", "save")
    data = desk.typed()
    if action == "photo" or desk.has_photo:
        # A photo that was chosen goes with the text, whichever button was pressed.
        photo_form = PhotoForm.of(desk.request)
        added = store_photo(photo_form, desk.author, desk.page)
        if added is None:
            return desk.show(desk.unsaved(), HTTPStatus.BAD_REQUEST, photo_form=photo_form)
        data["text"] = with_photo(data.get("text", ""), added)
    if action == "photo":
        messages.success(desk.request, "The photo is at the end of the text. Save the page to keep it there.")
        return desk.show(desk.unsaved(text=data["text"]))
    form = desk.form_class(data)
    if action == "preview":
        return preview(desk, form)
    if not form.is_valid():
        return desk.show(form, HTTPStatus.BAD_REQUEST)
    form.cleaned_data["text"] = markup.relative(form.cleaned_data["text"], desk.request.get_host())
    return save(desk, form)


def save_new(desk: Desk, form: RevisionForm) -> HttpResponseBase:
    fields = {name: form.cleaned_data[name] for name in ("path", "title", "text", "comment")}
    try:
        return redirect(services.make_page(**fields, author=desk.author))
    except services.PathTaken:
        form.add_error("path", "Somebody made a page at this path just now. Choose another path.")
        return desk.show(form, HTTPStatus.CONFLICT)


def save_edit(desk: Desk, form: RevisionForm) -> HttpResponseBase:
    assert desk.page is not None, "an edit has a page"
    fields = {name: form.cleaned_data[name] for name in ("base", "title", "text", "comment")}
    try:
        return redirect(services.revise_page(page=desk.page, **fields, author=desk.author))
    except services.Conflict as conflict:
        return show_conflict(desk, conflict.page, form.cleaned_data["text"])
    except Page.DoesNotExist:
        return edit_missing(desk.request, desk.page.path, form.cleaned_data["text"])


def show_conflict(desk: Desk, page: Page, text: str) -> HttpResponse:
    """The other editor's text beside one's own. The form now goes on from the other's revision."""
    current = page.current
    assert current is not None, "a saved page has a revision"
    return desk.show(desk.unsaved(base=current.number, text=text), HTTPStatus.CONFLICT, theirs=current)


def preview(desk: Desk, form: RevisionForm) -> HttpResponse:
    if not form.is_valid() and "text" in form.errors:
        return desk.show(form, HTTPStatus.BAD_REQUEST)
    text = form.cleaned_data["text"]
    return desk.show(desk.unsaved(text=text), preview=markup.render(text))


def with_photo(text: str, upload: Upload) -> str:
    return f"{text.rstrip()}\n\n{upload.markdown}\n".lstrip()


def store_photo(form: PhotoForm, author: User, page: Page | None) -> Upload | None:
    """The stored photo; or None, and the form has the reason."""
    if not form.is_valid():
        return None
    file = form.cleaned_data["photo"]
    try:
        return photos.store(file=file, name=file.name, author=author, page=page)
    except ValidationError as error:
        form.add_error("photo", error)
    except photos.BucketGone:
        form.add_error("photo", photos.BUCKET_GONE)
    return None


def upload(request: HttpRequest) -> HttpResponseBase:
    """A photo by itself: shows the line that puts it into an article."""
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    desk = Desk(request, RevisionForm)
    if request.method != "POST":
        return render(request, "wiki/upload.html", {"photo_form": PhotoForm()})
    form = PhotoForm.of(request)
    stored = store_photo(form, desk.author, page=None)
    status = HTTPStatus.CREATED if stored else HTTPStatus.BAD_REQUEST
    return render(request, "wiki/upload.html", {"photo_form": form, "upload": stored}, status=status)


def log_in_and_go_on(desk: Desk) -> HttpResponse:
    """The session ended while somebody wrote: the log-in form carries what was typed."""
    asked = desk.request.POST.get("action") == "login"
    form = AuthenticationForm(desk.request, desk.request.POST if asked else None)
    if asked and form.is_valid():
        login(desk.request, form.get_user())
        messages.success(desk.request, "You are logged in again. Your text is here, and not saved yet.")
        return desk.show(desk.unsaved())
    carried = {name: value for name, value in desk.typed().items() if name in desk.form_class.base_fields}
    desk.tell_of_photo()
    context = {"form": form, "carried": carried, "page": desk.page}
    return render(desk.request, "wiki/log_in_again.html", context, status=HTTPStatus.FORBIDDEN)
