from urllib.parse import urlsplit

import httpx
import pytest

from tests.acceptance.visitor import SECONDS, Site, Visitor


@pytest.fixture
def home(stranger: Visitor) -> httpx.Headers:
    return stranger.get("/").headers


def policy(headers: httpx.Headers) -> dict[str, list[str]]:
    """The directives of the content security policy. https://www.w3.org/TR/CSP3/"""
    rules = [rule.split() for rule in headers["Content-Security-Policy"].split(";") if rule.strip()]
    return {name: sources for name, *sources in rules}


def test_a_page_runs_no_script_from_elsewhere(home: httpx.Headers) -> None:
    directives = policy(home)
    assert directives["default-src"] == ["'none'"]
    assert directives["script-src"] == directives["style-src"] == ["'self'"]
    assert directives["base-uri"] == ["'none'"]
    assert directives["form-action"] == ["'self'"]


def test_no_other_site_may_frame_a_page(home: httpx.Headers) -> None:
    assert home["X-Frame-Options"] == "DENY"
    assert policy(home)["frame-ancestors"] == ["'none'"]


def test_a_browser_guesses_no_content_type(home: httpx.Headers) -> None:
    assert home["X-Content-Type-Options"] == "nosniff"


def test_other_sites_are_not_told_where_a_reader_comes_from(home: httpx.Headers) -> None:
    assert home["Referrer-Policy"] == "same-origin"


def test_an_answer_has_the_number_that_its_request_came_with(stranger: Visitor) -> None:
    assert stranger.get("/", X_Request_Id="acceptance-1").headers["X-Request-Id"] == "acceptance-1"


def test_a_forged_host_is_refused(site: Site, stranger: Visitor) -> None:
    if site.uses_tls:
        pytest.skip("the router in front of this site answers for unknown hosts")
    assert stranger.get("/", Host="evil.example").status_code == 400


def test_browsers_are_kept_on_tls(site: Site, home: httpx.Headers) -> None:
    require_tls(site)
    assert "max-age=31536000" in home["Strict-Transport-Security"]


def test_plain_http_leads_to_tls(site: Site) -> None:
    require_tls(site)
    if urlsplit(site.url).port:
        pytest.skip("a port of its own speaks TLS alone")
    plain = httpx.get(site.url.replace("https://", "http://", 1) + "/", timeout=SECONDS)
    assert plain.status_code in (301, 308)
    assert plain.headers["Location"].startswith("https://")


def test_cookies_travel_over_tls_alone(site: Site, stranger: Visitor) -> None:
    require_tls(site)
    cookies = stranger.log_in(site.username, site.password).headers.get_list("Set-Cookie")
    assert cookies
    assert all("Secure" in cookie for cookie in cookies)


def require_tls(site: Site) -> None:
    if not site.uses_tls:
        pytest.skip("this site is served without TLS")
