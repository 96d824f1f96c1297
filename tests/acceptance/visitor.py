"""A visitor of a wiki, by HTTP alone: reads pages, fills in their forms, as a browser without JavaScript does."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin

import httpx

from tests.acceptance import html

# A dyno that sleeps takes this long to wake, and Heroku's router waits no longer than 30 s for an answer.
SECONDS = 35.0


class LogInRefused(Exception):
    """The site doesn't know the account, or not with this password."""


@dataclass(frozen=True)
class Site:
    """A wiki at `url` (without a slash at its end), and an account there that may delete in /admin/."""

    url: str
    username: str
    # A failing test prints its fixtures, and what it prints may be read by many.
    password: str = field(repr=False)

    @property
    def uses_tls(self) -> bool:
        return self.url.startswith("https://")

    def visitor(self) -> "Visitor":
        return Visitor(self.url)

    def editor(self) -> "Visitor":
        """A visitor who is logged in. Raises LogInRefused."""
        visitor = self.visitor()
        if visitor.log_in(self.username, self.password).status_code != 302:
            raise LogInRefused(f"{self.username} is not let in with this password")
        return visitor


@dataclass(frozen=True)
class OpenForm:
    """A form that a visitor has before them; `page` is the address that it was loaded from."""

    page: str
    form: html.Form


class Visitor:
    """One browser with its cookies. Redirects are not followed: where they lead is a point of the suite."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.client = httpx.Client(base_url=url, timeout=SECONDS)

    def get(self, path: str, **headers: str) -> httpx.Response:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.client.get(path, headers=named)

    def form(self, path: str, *, holding: str) -> OpenForm:
        """The form with a field of that name on the page at `path`."""
        response = self.get(path)
        assert response.status_code == 200, f"{path} answers {response.status_code}"
        return self.form_of(response, holding=holding)

    def form_of(self, response: httpx.Response, *, holding: str) -> OpenForm:
        """The same on a page that is loaded already, such as one with errors."""
        forms = [form for form in html.read(response.text).forms if holding in form.names]
        assert forms, f"{response.url} has no form with {holding}"
        return OpenForm(str(response.url), forms[0])

    def send(self, opened: OpenForm, *, photo: Any = None, **changes: Any) -> httpx.Response:
        """Sends the form with `changes` filled in; `photo` is (file name, bytes, content type)."""
        return self.post(
            urljoin(opened.page, opened.form.action),
            {**opened.form.fields, **changes},
            page=opened.page,
            files={"photo": photo} if photo else None,
        )

    def post(self, path: str, fields: Mapping[str, Any], *, page: str = "", files: Any = None) -> httpx.Response:
        # Over TLS Django asks where a form came from, as all browsers say it.
        headers = {"Referer": page or self.url + "/", "Origin": self.url}
        return self.client.post(path, data=dict(fields), files=files, headers=headers)

    def log_in(self, username: str, password: str) -> httpx.Response:
        return self.send(self.form("/login", holding="password"), username=username, password=password)

    def log_out(self) -> httpx.Response:
        return self.post("/logout", {"csrfmiddlewaretoken": self.client.cookies["csrftoken"]})
