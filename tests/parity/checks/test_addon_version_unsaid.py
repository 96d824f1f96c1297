"""A Postgres add-on without a version."""

from tests.parity.checks.tools import assert_clean, assert_finding

RULE = "addon-version-unsaid"

HEROKU = {"app.json": '{"addons": ["heroku-postgresql"]}', "Procfile": "web: gunicorn app.wsgi\n"}


def compose(image: str) -> dict[str, str]:
    return {"compose.yaml": f"services:\n  db:\n    image: {image}\n"}


def test_the_default_of_heroku_is_not_what_compose_has() -> None:
    message = "app.json:1: heroku-postgresql says no version, which is Postgres 18 by default, and compose has 16"
    assert_finding({**HEROKU, **compose("postgres:16")}, RULE, message)


def test_compose_has_the_default_of_heroku() -> None:
    assert_clean({**HEROKU, **compose("postgres:18.1-alpine")}, RULE)


def test_compose_says_no_version_either() -> None:
    assert_clean({**HEROKU, **compose("postgres")}, RULE)


def test_the_version_is_said_in_an_option() -> None:
    said = '{"addons": [{"plan": "heroku-postgresql", "options": {"version": "16"}}]}'
    assert_clean({**HEROKU, "app.json": said, **compose("postgres:16")}, RULE)


def test_the_version_is_said_as_on_the_command_line() -> None:
    said = '{"addons": ["heroku-postgresql:basic --version=16"]}'
    assert_clean({**HEROKU, "app.json": said, **compose("postgres:16")}, RULE)


def test_an_add_on_of_somebody_else() -> None:
    assert_clean({**HEROKU, "app.json": '{"addons": ["crunchybridge"]}', **compose("postgres:16")}, RULE)
