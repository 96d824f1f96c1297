"""honcho, compose, django-environ and `docker run --env-file` read every line of a generated .env alike.

The same is asked of every character that parity takes to be safe in a value, and of the lines that it takes not to be.
"""

import string
from pathlib import Path

import pytest

from parity.readers.dotenv import entries
from parity.repository import Repository
from tests.dotenvs import ROOT, Reader, by_compose, by_django_environ, by_docker_run, by_honcho


@pytest.fixture(
    params=[
        by_honcho,
        by_django_environ,
        pytest.param(by_compose, marks=pytest.mark.docker),
        pytest.param(by_docker_run, marks=pytest.mark.docker),
    ]
)
def reader(request: pytest.FixtureRequest) -> Reader:
    chosen: Reader = request.param
    return chosen


def assert_reads(reader: Reader, folder: Path, wanted: dict[str, str]) -> None:
    got = reader(folder)
    assert {name: got.get(name) for name in wanted} == wanted


def test_every_line_of_a_generated_dotenv_is_read_alike(reader: Reader, tmp_path: Path) -> None:
    (tmp_path / ".env.example").write_text((ROOT / ".env.example").read_text())
    repository = Repository(tmp_path)
    repository.write_dotenv()
    lines = [line for line in repository.dotenv().splitlines() if line and not line.startswith("#")]
    wanted = dict(line.split("=", 1) for line in lines)
    assert len(wanted) == len(lines) >= 10
    assert all(wanted.values())
    assert_reads(reader, tmp_path, wanted)


def test_every_character_that_counts_as_safe_is_read_alike(reader: Reader, tmp_path: Path) -> None:
    values = [
        value
        for character in string.printable.strip()
        for value in (character, f"{character}b", f"a{character}", f"a{character}b", f"a{character}{character}b")
    ]
    lines = [f"V{number}={value}" for number, value in enumerate(values)]
    safe = [entry for entry in entries("\n".join(lines), ".env") if entry.alike]
    assert len(safe) > 5 * len(string.ascii_letters + string.digits)
    (tmp_path / ".env").write_text("".join(f"{entry.name}={entry.value}\n" for entry in safe))
    assert_reads(reader, tmp_path, {entry.name: entry.value for entry in safe})


@pytest.mark.docker
@pytest.mark.parametrize("line", ["V=a b", "V=a#b", "V=a$b", "V='b'", 'V="b"', "V=a\\b", "export V=b"])
def test_what_counts_as_unsafe_is_read_in_more_than_one_way(line: str, tmp_path: Path) -> None:
    (tmp_path / ".env").write_text(f"{line}\n")
    [entry] = entries(line, ".env")
    assert not entry.alike
    readings = {reader(tmp_path).get("V") for reader in (by_honcho, by_django_environ, by_compose)}
    readings.add(line.partition("V=")[2])  # docker run takes a line as it is, or refuses it.
    assert len(readings) > 1
