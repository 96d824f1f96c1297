"""Pages for bad days. None asks the database, and each gives back the text that was typed."""

import sys
from http import HTTPStatus
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from dynowiki.log import request_id

# Heroku's maintenance of an Essential database takes longer; most faults are over in less.
RETRY_SECONDS = 30


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    problem = (
        "What you sent is larger than 10 MB. Go back: your browser still has the text."
        if isinstance(exception, RequestDataTooBig)
        else "The wiki can't make sense of this request. If you typed the address, check the host name in it."
    )
    return show("Bad request", problem, HTTPStatus.BAD_REQUEST)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return show("Not allowed", "Your account may not do this.", HTTPStatus.FORBIDDEN, typed(request))


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    problem = (
        "The form was too old, or it came from another site, so nothing was done. This happens after logging in or out "
        "in another tab, and when cookies are blocked. Go back, load the page anew, and try again."
    )
    return show("The form could not be trusted", problem, HTTPStatus.FORBIDDEN, typed(request))


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return show("Not found", "There is nothing at this address.", HTTPStatus.NOT_FOUND)


def failed(request: HttpRequest) -> HttpResponse:
    """A 503 while the database is gone, and a 500 for a fault of ours."""
    if isinstance(sys.exc_info()[1], (OperationalError, InterfaceError)):
        problem = "The database does not answer just now. Try again in half a minute."
        response = show("Back in a moment", problem, HTTPStatus.SERVICE_UNAVAILABLE, typed(request))
        response["Retry-After"] = str(RETRY_SECONDS)
        return response
    problem = "Something went wrong here, and it has been logged with the number below."
    return show("A fault of ours", problem, HTTPStatus.INTERNAL_SERVER_ERROR, typed(request))


def typed(request: HttpRequest) -> str:
    """The article's text in a form that could not be served."""
    try:
        return request.POST.get("text", "")
    except Exception:
        # The body may be what failed; this page must not fail too.
        return ""


def show(title: str, problem: str, status: HTTPStatus, text: str = "") -> HttpResponse:
    # The number finds the line in the log, which only a fault of ours has.
    number = request_id.get() if status == HTTPStatus.INTERNAL_SERVER_ERROR else ""
    context: dict[str, Any] = {"title": title, "problem": problem, "text": text, "request_id": number}
    return HttpResponse(render_to_string("wiki/error.html", context), status=status)
