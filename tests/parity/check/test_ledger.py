"""The ledger of intended differences."""

import pytest

from parity.errors import UserError
from parity.readers import paritytoml
from tests.parity.checks.tools import assert_clean, assert_finding, judged

WEB = "web: gunicorn shop.wsgi --bind 0.0.0.0:8000\n"


def entry(**keys: str) -> str:
    return "[[accept]]\n" + "".join(f'{key} = "{value}"\n' for key, value in keys.items())


def with_entry(**keys: str) -> dict[str, str]:
    return {"Procfile": WEB, "parity.toml": entry(**keys)}


@pytest.mark.parametrize(
    "where",
    ["", "Procfile", "Proc*", "Procfile:fixed port 8000", ":listens on"],
    ids=["anywhere", "a file", "a pattern", "a file and words", "words alone"],
)
def test_an_entry_takes_a_finding_out(where: str) -> None:
    items = judged(with_entry(rule="port-not-bound", where=where, reason="a proxy binds it"))
    assert [item.accepted.reason for item in items if item.accepted] == ["a proxy binds it"]
    assert not any(item.fails for item in items if item.rule.id == "port-not-bound")


@pytest.mark.parametrize("where", ["heroku.yml", "Procfile:another port"], ids=["another file", "other words"])
def test_an_entry_that_matches_nothing_is_a_finding(where: str) -> None:
    files = with_entry(rule="port-not-bound", where=where, reason="so")
    assert_finding(files, "port-not-bound")
    assert_finding(
        files, "ledger-stale", f"parity.toml:1: nothing is found any more of the intended port-not-bound at {where}"
    )


def test_an_entry_counts_to_its_last_day_and_not_beyond() -> None:
    today = with_entry(rule="port-not-bound", reason="until the proxy is gone", until="2026-11-24")
    assert not any(item.fails for item in judged(today) if item.rule.id == "port-not-bound")
    yesterday = with_entry(rule="port-not-bound", reason="until the proxy is gone", until="2026-11-23")
    assert_finding(yesterday, "port-not-bound")
    assert_finding(
        yesterday,
        "ledger-expired",
        "parity.toml:1: the intended port-not-bound was to end by 2026-11-23: until the proxy is gone",
    )


def test_an_entry_of_no_rule_is_an_error() -> None:
    files = with_entry(rule="port-not-bond", reason="so")
    assert_finding(files, "ledger-unknown-rule", "parity.toml:1: parity has no rule port-not-bond")


def test_what_is_excluded_is_no_home() -> None:
    files = {"Procfile": WEB, "parity.toml": '[homes]\nexclude = ["Procfile"]\n'}
    assert_clean(files, "port-not-bound")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[accept]\n", "parity.toml:1: [accept] is one table"),
        ("\n[[accept]]\nrule = 'x'\n", "parity.toml:2: [[accept]] lacks a reason"),
        ("[[accept]]\nreason = 'x'\n", "parity.toml:1: [[accept]] lacks a rule"),
        ("[[accept]]\nwhy = 'x'\n", "parity.toml:1: [[accept]] has no why"),
        ("[[accept]]\nrule = 1\n", "parity.toml:2: rule is no text"),
        ("[[accept]]\nrule = 'x'\nreason = 'y'\nuntil = 'soon'\n", "parity.toml:4: until = soon is no day"),
        ("[home]\n", "parity.toml:1: there is no table home"),
        ("[homes]\ncompos = []\n", "parity.toml:1: [homes] has no compos"),
        ("[homes]\ncompose = 'x.yml'\n", "parity.toml:2: [homes] compose is not a list of paths"),
        ("x =\n", "parity.toml: Invalid value (at line 1, column 4)"),
    ],
)
def test_what_has_no_meaning_is_refused_with_its_line(text: str, said: str) -> None:
    with pytest.raises(UserError) as caught:
        paritytoml.ledger(text)
    assert caught.value.message == said
    assert caught.value.hint


def test_the_ledger_names_the_settings_that_no_file_does() -> None:
    files = {
        "Procfile": "web: gunicorn shop.wsgi --bind 0.0.0.0:$PORT\n",
        "shop/__init__.py": "",
        "shop/wsgi.py": "application = None\n",
        "shop/live.py": "INSTALLED_APPS = []\nDEBUG = True\n",
        "parity.toml": '[homes]\nsettings = "shop.live"\n',
    }
    assert_finding(files, "debug-in-production")
    assert_clean({**files, "parity.toml": ""}, "debug-in-production")


def test_the_ledger_names_the_compose_file_that_is_the_home() -> None:
    files = {
        "Procfile": "web: gunicorn shop.wsgi --workers 2\n",
        "stack.yml": "services:\n  web:\n    build: .\n    command: gunicorn shop.wsgi --workers 8\n",
        "Dockerfile": "FROM python:3.13-slim\n",
        "parity.toml": '[homes]\ncompose = ["stack.yml"]\n',
    }
    assert_finding(files, "command-differs")
    assert_clean({**files, "parity.toml": ""}, "command-differs")
