"""The README names every command and every config var."""

import re

import pytest

from dynowiki import env
from tests.homes import ROOT

README = (ROOT / "README.md").read_text()


@pytest.mark.parametrize("name", list(env.BY_NAME))
def test_the_readme_names_every_config_var(name: str) -> None:
    assert f"`{name}`" in README


@pytest.mark.parametrize("target", re.findall(r"^([a-z]+):.*## ", (ROOT / "Makefile").read_text(), re.M))
def test_the_readme_names_every_command(target: str) -> None:
    assert target == "help" or f"`make {target}" in README


@pytest.mark.parametrize("command", [path.stem for path in (ROOT / "app/wiki/management/commands").glob("[a-z]*.py")])
def test_the_readme_names_every_management_command(command: str) -> None:
    assert f"`manage.py {command}`" in README


def test_the_readme_begins_with_the_two_commands() -> None:
    assert re.search(r"```sh\nmake up .*\nmake test .*\n```", README[:1200])
