"""poetry-core, packaging, configparser and setuptools' own call see what the readers say that they see."""

import configparser
import contextlib
import sys
import tomllib
import types
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from packaging.dependency_groups import resolve_dependency_groups
from packaging.requirements import Requirement as TheirRequirement
from packaging.utils import canonicalize_name
from poetry.core.constraints.version import Version as PoetryVersion
from poetry.core.constraints.version import parse_constraint
from poetry.core.factory import Factory

from parity.contract.version import allows, parse, poetry
from parity.readers.pyproject import read
from parity.readers.setupcfg import options
from parity.readers.setuppy import read as read_setup_py

CI = settings(derandomize=True, deadline=None, database=None)

POETRY = """
[tool.poetry]
name = "Demo_App"
version = "0.1.0"
description = ""
authors = ["A <a@example.com>"]

[tool.poetry.dependencies]
python = "^3.11"
Django = "~5.2"
celery = { version = ">=5.3,<6", extras = ["redis", "SQS"] }
gunicorn = "23.0.0"
requests = "*"
whitenoise = { version = "^6.5", optional = true }
tzdata = { version = "^2024.1", markers = "sys_platform == 'win32'" }
login = { git = "https://example.com/login.git", branch = "main" }
psycopg2-binary = [
    { version = "^2.9", python = "<3.13" },
    { version = ">=2.9.10", python = ">=3.13" },
]

[tool.poetry.extras]
web = ["whitenoise"]

[tool.poetry.group.dev.dependencies]
pytest = "^8 || ^9"
ruff = ">=0.4,!=0.5.0"

[tool.poetry.group.docs]
optional = true

[tool.poetry.group.docs.dependencies]
sphinx = "^7.2"

[tool.poetry.scripts]
demo = "demo.cli:main"
"""


def test_poetry_s_dependencies_are_what_poetry_core_says(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text(POETRY)
    package = Factory().create_poetry(tmp_path).package
    ours = read(POETRY, "pyproject.toml")
    assert ours.name == package.name
    for group in ("main", "dev", "docs"):
        theirs = sorted(package.dependency_group(group).dependencies, key=lambda one: (one.name, str(one.constraint)))
        found = [
            one
            for one in ours.requirements
            if group in one.groups or (group == "main" and one.groups[0] == "extra:web")
        ]
        found.sort(key=lambda one: (one.name, one.specifier.lstrip("^~")))
        assert [one.name for one in found] == [one.name for one in theirs]
        assert [set(one.extras) for one in found] == [set(one.extras) for one in theirs]


def test_poetry_s_python_is_what_poetry_core_says(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text(POETRY)
    theirs = parse_constraint(Factory().create_poetry(tmp_path).package.python_versions)
    [stated] = read(POETRY, "pyproject.toml").stated
    ours = poetry(stated.spec)
    assert ours
    for text in ("3.10.9", "3.11", "3.13.1", "4.0"):
        version = parse(text)
        assert version
        assert allows(ours, version) == theirs.allows(PoetryVersion.parse(text))


GROUPS = st.dictionaries(
    st.sampled_from(["dev", "Test", "docs_x", "lint"]),
    st.lists(
        st.sampled_from(["pytest>=8", "ruff", "Django~=5.2", "sphinx[x]<8"])
        | st.sampled_from(["dev", "test", "docs-x", "lint"]).map(lambda name: {"include-group": name}),
        max_size=4,
    ),
    max_size=4,
)


@given(GROUPS)
@settings(CI, max_examples=400)
def test_groups_hold_what_packaging_says(groups: dict[str, list[Any]]) -> None:
    ours = read(as_toml(groups), "pyproject.toml")
    refused: set[str] = set()
    for name in groups:
        try:
            theirs = resolve_dependency_groups(groups, name)
        except Exception:
            refused.add(canonicalize_name(name))
            continue
        wanted = {(canonicalize_name(one.name), one.specifier) for one in map(TheirRequirement, theirs)}
        found = {one.name for one in ours.of(canonicalize_name(name))}
        assert found == {one for one, _ in wanted}
    assert bool(refused) == bool(ours.findings)


def as_toml(groups: dict[str, list[Any]]) -> str:
    lines = ["[dependency-groups]"]
    for name, entries in groups.items():
        written = (
            f'{{ include-group = "{one["include-group"]}" }}' if isinstance(one, dict) else f'"{one}"'
            for one in entries
        )
        lines.append(f"{name} = [{', '.join(written)}]")
    return "\n".join(lines)


def test_this_repository_s_own_groups_are_what_packaging_says() -> None:
    text = (Path(__file__).parents[3] / "pyproject.toml").read_text()
    groups = tomllib.loads(text)["dependency-groups"]
    ours = read(text, "pyproject.toml")
    for name in groups:
        theirs = {canonicalize_name(TheirRequirement(one).name) for one in resolve_dependency_groups(groups, name)}
        assert {one.name for one in ours.of(name)} == theirs


INI = st.lists(
    st.sampled_from(
        [
            *(
                "[options]",
                "[tool:pytest]",
                "a = 1",
                "a: 1",
                "b=",
                "  c",
                "    d = e",
                "# x",
                "; y",
                "",
                "B =  2  ",
                "key with blank = v",
            ),
            *("install_requires =", "  django>=5", "\tindented", "x = a = b", "[a]b"),
        ]
    ),
    max_size=10,
).map("\n".join)


@given(INI)
@settings(CI, max_examples=800)
def test_ini_files_are_what_configparser_says(text: str) -> None:
    parser = configparser.RawConfigParser()
    try:
        parser.read_string(text)
    except configparser.Error:
        # setuptools and pytest refuse it with a traceback of their own, and there's nothing to compare.
        return
    theirs = {
        (section, name): parser[section][name].split() for section in parser.sections() for name in parser[section]
    }
    assert {(one.section, one.name): one.text.split() for one in options(text)} == theirs


SETUP = """
from setuptools import find_packages, setup

REQUIRES = ["Django>=5,<6", "celery[redis]"]

setup(
    name="Demo.App",
    packages=find_packages(),
    python_requires=">=3.11",
    install_requires=REQUIRES,
    extras_require={"test": ["pytest"], "web": "gunicorn\\nwhitenoise"},
    entry_points={"console_scripts": ["demo = demo.cli:main"]},
)
"""


def test_a_setup_py_says_what_it_calls_setuptools_with(monkeypatch: pytest.MonkeyPatch) -> None:
    called: dict[str, Any] = {}
    stub = types.SimpleNamespace(setup=lambda **keywords: called.update(keywords), find_packages=list)
    monkeypatch.setitem(sys.modules, "setuptools", stub)  # type: ignore[arg-type]
    with contextlib.suppress(SystemExit):
        exec(compile(SETUP, "setup.py", "exec"), {})
    ours = read_setup_py(SETUP, "setup.py")
    assert [one.spec for one in ours.stated] == [called["python_requires"]]
    assert [one.written for one in ours.of("main")] == [
        TheirRequirement(one).name for one in called["install_requires"]
    ]
    assert [one.name for one in ours.of("extra:test")] == called["extras_require"]["test"]
    assert [one.name for one in ours.of("extra:web")] == called["extras_require"]["web"].split()
    assert [f"{one.name} = {one.command}" for one in ours.scripts] == called["entry_points"]["console_scripts"]
    assert ours.name == canonicalize_name(called["name"])
