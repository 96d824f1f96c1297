from pathlib import Path

import pytest

from parity.contract.order import Database
from parity.embedded import postgres
from parity.processes import Finished

PROMISED = Database("127.0.0.1", 15432, "ada", "it's", 'wi"ki')


def test_whole_argument_lists() -> None:
    assert postgres.initdb(Path("/data")) == [
        "--pgdata=/data",
        "--username=postgres",
        "--encoding=UTF8",
        "--locale=C",
        "--locale-provider=builtin",
        "--builtin-locale=C.UTF-8",
        "--auth=trust",
        "--no-instructions",
    ]
    settings = ["listen_addresses=127.0.0.1", "port=15432", "unix_socket_directories="]
    assert postgres.server(Path("/data"), PROMISED) == [
        "-D",
        "/data",
        *(part for setting in settings for part in ("-c", setting)),
    ]


def test_the_role_and_the_database_are_made_by_one_statement_a_line_and_quoted() -> None:
    assert postgres.promised(PROMISED).splitlines() == [
        "DO $do$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'ada') "
        'THEN CREATE ROLE "ada"; END IF; END $do$',
        "ALTER ROLE \"ada\" LOGIN CREATEDB PASSWORD 'it''s'",
        'CREATE DATABASE "wi""ki" OWNER "ada"',
        'ALTER DATABASE "wi""ki" OWNER TO "ada"',
    ]


def test_nobody_gets_in_without_a_password_nor_from_another_machine() -> None:
    assert [line.split()[-2:] for line in postgres.ACCESS.splitlines()] == [
        ["127.0.0.1/32", "scram-sha-256"],
        ["::1/128", "scram-sha-256"],
    ]


@pytest.mark.parametrize(
    ("output", "told", "why"),
    [
        ('backend> 2026-11-23 [1] ERROR:  database "wiki" already exists\n', [], "the usual case"),
        ("backend> 2026-11-23 [1] ERROR:  out of paper\n", ["out of paper"], "it goes on after an error"),
        (
            "[1] FATAL:  database files are incompatible with server\n[1] DETAIL:  …\n",
            ["database files are incompatible with server"],
            "it ends at once",
        ),
        ('initdb: error: could not create directory "/x"\n', ['could not create directory "/x"'], "initdb's form"),
    ],
)
def test_complaints_are_found_among_what_it_says(output: str, told: list[str], why: str) -> None:
    assert postgres.complaints(output) == told, why


@pytest.mark.parametrize(
    ("output", "told"),
    [
        (
            "initdb: error: could not write file: No space left on device\n",
            "the disk is full: initdb failed [disk-full]\n"
            "hint: free some space (`df -h .` shows where), then start again",
        ),
        (
            "creating subdirectories ...\ninitdb: error: could not create it\ninitdb: removing contents\n",
            "initdb failed: could not create it [postgres-failed]\nhint: `make clean` starts anew, without the data",
        ),
        ("", "initdb failed: exit 1 [postgres-failed]\nhint: `make clean` starts anew, without the data"),
    ],
)
def test_a_failure_is_one_line_with_the_way_out(output: str, told: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MAKELEVEL", "1")
    assert str(postgres.failed("initdb failed", Finished(1, output))) == told
