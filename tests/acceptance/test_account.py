from tests.acceptance.visitor import Site, Visitor


def test_the_right_password_logs_in(site: Site, stranger: Visitor) -> None:
    response = stranger.log_in(site.username, site.password)
    assert response.status_code == 302
    assert "Log out" in stranger.get("/").text


def test_a_wrong_password_is_refused_with_a_reason(site: Site, stranger: Visitor) -> None:
    response = stranger.log_in(site.username, site.password + "?")
    assert response.status_code == 200
    assert "Please enter a correct username and password" in response.text
    assert "sessionid" not in stranger.client.cookies


def test_the_session_cookie_is_out_of_reach_of_scripts_and_other_sites(site: Site, stranger: Visitor) -> None:
    response = stranger.log_in(site.username, site.password)
    (cookie,) = (line for line in response.headers.get_list("Set-Cookie") if line.startswith("sessionid="))
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


def test_logging_out_ends_the_session(colleague: Visitor) -> None:
    session = colleague.client.cookies["sessionid"]
    assert colleague.log_out().status_code == 302
    assert "Log out" not in colleague.get("/").text
    # The server has forgotten it too, so a stolen cookie is worth nothing.
    colleague.client.cookies.set("sessionid", session)
    assert "Log out" not in colleague.get("/").text


def test_writing_asks_a_stranger_to_log_in(stranger: Visitor) -> None:
    for path in ("/new", "/upload"):
        response = stranger.get(path)
        assert (response.status_code, response.headers["Location"]) == (302, f"/login?next={path}")


def test_a_form_without_its_token_is_refused_with_an_explanation(editor: Visitor) -> None:
    response = editor.post(
        "/new", {"title": "Forged", "text": "What somebody typed for a long time.", "action": "save"}
    )
    assert response.status_code == 403
    assert "The form could not be trusted" in response.text
    assert "What somebody typed for a long time." in response.text, "the text that was typed is given back"
