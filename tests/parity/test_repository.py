import re
from pathlib import Path

import pytest

from parity import repository
from parity.errors import UserError
from parity.repository import Repository, secret, write_once


@pytest.fixture
def here(tmp_path: Path) -> Repository:
    (tmp_path / ".env.example").write_text("SECRET_KEY=\nHOST=127.0.0.1\n")
    return Repository(tmp_path)


def test_dotenv_is_written_once_for_our_eyes_only(here: Repository) -> None:
    assert here.write_dotenv()
    first = here.dotenv()
    assert re.search(r"^SECRET_KEY=[A-Za-z0-9]{64}\nHOST=127.0.0.1\n", first, re.MULTILINE)
    assert (here.root / ".env").stat().st_mode & 0o777 == 0o600
    assert not here.write_dotenv()
    assert here.dotenv() == first


def test_a_dotenv_that_appeared_meanwhile_is_not_overwritten(tmp_path: Path) -> None:
    path = tmp_path / ".env"
    path.write_text("MINE=1\n")
    with pytest.raises(FileExistsError):
        write_once(path, "OURS=1\n")
    assert path.read_text() == "MINE=1\n"


def test_a_dotenv_that_could_not_be_written_whole_is_not_left(tmp_path: Path) -> None:
    with pytest.raises(UnicodeEncodeError):
        write_once(tmp_path / ".env", "NAME=\udcff\n")
    assert not (tmp_path / ".env").exists()


@pytest.mark.parametrize(
    ("name", "length"),
    [
        ("SECRET_KEY", 64),
        ("BUCKETEER_AWS_ACCESS_KEY_ID", 20),
        ("BUCKETEER_AWS_SECRET_ACCESS_KEY", 40),
        ("DJANGO_SUPERUSER_PASSWORD", 16),
    ],
)
def test_secrets_have_the_length_of_their_kind_and_no_character_that_readers_differ_over(
    name: str, length: int
) -> None:
    assert re.fullmatch(rf"[A-Za-z0-9]{{{length}}}", secret(name))
    assert secret(name) != secret(name)


@pytest.mark.parametrize(
    ("read", "told"),
    [
        (
            Repository.procfile,
            "Procfile is missing in {root} [file-missing]\n"
            "hint: go to the root of a repository that has one, then start again",
        ),
        (
            Repository.write_dotenv,
            ".env.example is missing in {root} [file-missing]\n"
            "hint: write one: NAME=value lines, and NAME= for each secret to generate",
        ),
    ],
)
def test_a_missing_file_is_named(read: object, told: str, tmp_path: Path) -> None:
    with pytest.raises(UserError) as caught:
        read(Repository(tmp_path))  # type: ignore[operator]
    assert str(caught.value) == told.format(root=tmp_path)


@pytest.mark.parametrize("name", repository.COMPOSE_FILES)
def test_a_compose_file_is_found_by_each_name_that_compose_takes(name: str, tmp_path: Path) -> None:
    assert not Repository(tmp_path).has_compose_file()
    (tmp_path / name).touch()
    assert Repository(tmp_path).has_compose_file()
