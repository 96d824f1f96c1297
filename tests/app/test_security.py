"""TLS ends at the router: what the app demands of it, and what it sends."""

import os
import subprocess
import sys
from typing import Any

import pytest
from django.test import Client

from tests.homes import ROOT
from wiki.models import Page

ROUTER = {"X-Forwarded-Proto": "https"}


WHITENOISE = {"WHITENOISE_AUTOREFRESH", "WHITENOISE_USE_FINDERS"}


@pytest.fixture
def production(settings: Any) -> Client:
    """A stranger's browser, before a wiki with HTTPS_ONLY."""
    settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_HSTS_SECONDS = 3600
    settings.SESSION_COOKIE_SECURE = True
    settings.CSRF_COOKIE_SECURE = True
    return Client(raise_request_exception=False)


def test_plain_http_is_sent_to_tls(production: Client, page: Page) -> None:
    response = production.get("/wiki/guides/deploy")
    assert (response.status_code, response["Location"]) == (301, "https://testserver/wiki/guides/deploy")


def test_behind_the_router_it_answers_with_hsts_and_secure_cookies(production: Client, page: Page) -> None:
    response = production.get("/wiki/guides/deploy", headers=ROUTER)
    assert response.status_code == 200
    assert response["Strict-Transport-Security"].startswith("max-age=3600")
    production.get("/login", headers=ROUTER)
    assert production.cookies["csrftoken"]["secure"]


@pytest.mark.parametrize("probe", ["/healthz", "/readyz"])
def test_probes_from_inside_need_no_tls(production: Client, db: None, probe: str) -> None:
    assert production.get(probe).status_code in (200, 503)


def test_every_page_carries_the_policy(stranger: Client, page: Page) -> None:
    response = stranger.get("/wiki/guides/deploy")
    policy = response["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["X-Frame-Options"] == "DENY"
    assert response["Referrer-Policy"] == "same-origin"


def test_local_is_heroku_with_conveniences_and_the_same_parts() -> None:
    argv = [sys.executable, "app/manage.py", "diffsettings", "--default", "dynowiki.settings.heroku"]
    env = {**os.environ, "DJANGO_SETTINGS_MODULE": "dynowiki.settings.local", "ALLOWED_HOSTS": "localhost"}
    done = subprocess.run(argv, cwd=ROOT, env=env, capture_output=True, text=True, check=True)
    changed = {line.split(" = ", 1)[0] for line in done.stdout.splitlines()}
    assert changed <= {"AUTH_PASSWORD_VALIDATORS", "DEBUG", "SETTINGS_MODULE", "TEMPLATES", *WHITENOISE}
    assert "DEBUG" in changed
