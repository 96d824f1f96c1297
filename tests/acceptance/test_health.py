from tests.acceptance.visitor import Visitor


def test_healthz_says_that_the_process_lives(stranger: Visitor) -> None:
    response = stranger.get("/healthz")
    assert (response.status_code, response.text) == (200, "ok\n")


def test_readyz_says_that_database_migrations_and_bucket_are_ready(stranger: Visitor) -> None:
    response = stranger.get("/readyz")
    checks = {"database": "ok", "migrations": "ok", "bucket": "ok"}
    assert (response.status_code, response.json()) == (200, {"status": "ok", "checks": checks})


def test_home_answers(stranger: Visitor) -> None:
    response = stranger.get("/")
    assert response.status_code == 200
    assert "<h1>" in response.text


def test_an_unknown_address_gets_a_page_that_says_so(stranger: Visitor) -> None:
    response = stranger.get("/there/is/nothing")
    assert response.status_code == 404
    assert "There is nothing at this address." in response.text


def test_an_article_that_is_missing_can_be_written(stranger: Visitor) -> None:
    response = stranger.get("/wiki/acceptance/never-written")
    assert response.status_code == 404
    assert "/new?path=acceptance/never-written" in response.text
