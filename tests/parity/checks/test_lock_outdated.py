"""Lock files against what is asked for beside them."""

import pytest

from tests.parity.checks.tools import Files, assert_clean, assert_finding

RULE = "lock-outdated"


def poetry(dependencies: str, *locked: tuple[str, str], python: str = "^3.12") -> Files:
    entries = "".join(f'[[package]]\nname = "{name}"\nversion = "{version}"\n\n' for name, version in locked)
    return {
        "pyproject.toml": f'[tool.poetry]\nname = "shop"\n[tool.poetry.dependencies]\npython = "^3.12"\n{dependencies}\n',
        "poetry.lock": f'{entries}[metadata]\nlock-version = "2.1"\npython-versions = "{python}"\n',
    }


def uv(dependencies: str, *locked: tuple[str, str], rest: str = "") -> Files:
    entries = "".join(
        f'[[package]]\nname = "{name}"\nversion = "{version}"\nsource = {{ registry = "https://pypi.org/simple" }}\n\n'
        for name, version in locked
    )
    own = '[[package]]\nname = "shop"\nversion = "1"\nsource = { virtual = "." }\n'
    return {
        "pyproject.toml": f'[project]\nname = "shop"\nrequires-python = ">=3.12"\ndependencies = [{dependencies}]\n{rest}',
        "uv.lock": f'version = 1\nrequires-python = ">=3.12"\n\n{entries}{own}',
    }


def pipenv(packages: str, default: str) -> Files:
    return {"Pipfile": f"[packages]\n{packages}\n", "Pipfile.lock": f'{{"default": {{{default}}}, "develop": {{}}}}'}


@pytest.mark.parametrize(
    ("files", "message"),
    [
        pytest.param(
            poetry('django = "^5.2"\nGunicorn = "*"', ("django", "5.2.8")),
            "pyproject.toml:6: pyproject.toml asks for Gunicorn, which poetry.lock doesn't hold",
            id="poetry-lacks-one",
        ),
        pytest.param(
            poetry('django = "^5.2"', ("django", "4.2.8")),
            "pyproject.toml:5: pyproject.toml asks for django^5.2, and poetry.lock holds 4.2.8",
            id="poetry-holds-an-older-one",
        ),
        pytest.param(
            poetry('django = "^5.2"', ("django", "5.2.8"), python="^3.11"),
            "pyproject.toml:4: pyproject.toml asks for Python ^3.12, and poetry.lock is made for ^3.11",
            id="poetry-was-locked-for-another-python",
        ),
        pytest.param(
            uv('"django>=5.2", "gunicorn"', ("django", "5.2.8")),
            "pyproject.toml:4: pyproject.toml asks for gunicorn, which uv.lock doesn't hold",
            id="uv-lacks-one",
        ),
        pytest.param(
            pipenv('django = "~=5.2"', '"django": {"version": "==4.2.1"}'),
            "Pipfile:2: Pipfile asks for django~=5.2, and Pipfile.lock holds 4.2.1",
            id="pipenv-holds-an-older-one",
        ),
    ],
)
def test_a_lock_file_that_was_left_behind_is_found(files: Files, message: str) -> None:
    assert_finding(files, RULE, message)


def test_all_that_is_missing_is_one_finding() -> None:
    files = poetry('django = "^5.2"\ngunicorn = "*"\nredis = "*"', ("django", "5.2.8"))
    assert_finding(
        files, RULE, "pyproject.toml:6: pyproject.toml asks for gunicorn, which poetry.lock doesn't hold, and 1 more"
    )


@pytest.mark.parametrize(
    "files",
    [
        pytest.param(poetry('Django = "^5.2"', ("django", "5.2.8")), id="as-it-should-be"),
        pytest.param(
            poetry('tomli = {version = "^2", python = "<3.11"}\nredis = "*"', ("redis", "6.0")),
            id="what-no-python-of-the-project-needs",
        ),
        pytest.param(
            poetry(
                'numpy = [{version = "<2", python = "<3.13"}, {version = ">=2", python = ">=3.13"}]', ("numpy", "2.1")
            ),
            id="one-of-several-ranges",
        ),
        pytest.param(
            poetry('shared = {git = "https://git.example/shared.git"}\nredis = "*"', ("redis", "6.0")), id="from-git"
        ),
        pytest.param(uv('"zope.interface>=5"', ("zope-interface", "7.1")), id="names-spelt-in-another-way"),
        pytest.param(uv('"torch>=2.1"', ("torch", "2.5.1+cpu")), id="a-local-version"),
        pytest.param(
            uv('"django<5"', ("django", "5.2"), rest='[tool.uv]\noverride-dependencies = ["django==5.2"]\n'),
            id="an-override",
        ),
        pytest.param(uv('"shop[extra]", "redis"', ("redis", "6.0")), id="the-project-itself"),
        pytest.param({"pyproject.toml": '[project]\nname = "shop"\ndependencies = ["django"]\n'}, id="no-lock-file"),
        pytest.param(pipenv('django = "*"', '"django": {"version": "==4.2.1"}'), id="pipenv's-star"),
    ],
)
def test_a_lock_file_that_holds_what_is_asked_for_is_clean(files: Files) -> None:
    assert_clean(files, RULE)
