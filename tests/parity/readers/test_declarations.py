"""pyproject.toml, Pipfile, package.json, setup.cfg, setup.py and environment.yml, each read whole."""

from collections.abc import Callable

import pytest

from parity.contract.packages import Packages, Requirement, Script, Setting, grouped
from parity.contract.place import Place
from parity.contract.version import Stated
from parity.readers import environmentyml, packagejson, pipfile, poetrylock, pyproject, setupcfg, setuppy
from parity.readers.unreadable import Unreadable

F = "f"

PYPROJECT = """\
[project]
name = "Demo.App"
requires-python = ">=3.11"
dependencies = [
    "Django>=5.2",
    "broken=1",
]

[project.optional-dependencies]
web = ["gunicorn==23.0.0"]

[project.scripts]
demo = "demo.cli:main"

[dependency-groups]
dev = ["ruff", { include-group = "test" }]
test = ["pytest>=8"]

[tool.pytest.ini_options]
DJANGO_SETTINGS_MODULE = "demo.settings.test"

[tool.uv]
default-groups = ["dev", "test"]
constraint-dependencies = ["urllib3<3"]
"""


def test_a_pyproject_toml() -> None:
    found = pyproject.read(PYPROJECT, F)
    assert found.requirements == (
        Requirement("django", Place(F, 5), specifier=">=5.2", written="Django"),
        Requirement(
            "gunicorn", Place(F, 10), specifier="==23.0.0", pinned="23.0.0", groups=("extra:web",), written="gunicorn"
        ),
        Requirement("ruff", Place(F, 16), groups=("dev",), written="ruff"),
        Requirement("pytest", Place(F, 17), specifier=">=8", groups=("test", "dev"), written="pytest"),
        Requirement("urllib3", Place(F, 24), specifier="<3", constraint=True, written="urllib3"),
    )
    assert found.stated == (Stated("python", ">=3.11", Place(F, 3), "pep440"),)
    assert found.scripts == (Script("demo", "demo.cli:main", Place(F, 13)),)
    assert found.settings == (
        Setting("pytest", "DJANGO_SETTINGS_MODULE", "demo.settings.test", Place(F, 20)),
        Setting("uv", "default-groups", "dev,test", Place(F, 23)),
    )
    assert [(one.rule, one.place.line) for one in found.findings] == [("requirement-refused", 6)]
    assert (found.name, found.groups) == ("demo-app", ("main", "extra:web", "dev", "test"))


PIPFILE = """\
[packages]
Django = "~=5.2"
celery = { version = "*", extras = ["redis"] }
here = { path = ".", editable = true }

[dev-packages]
pytest = "*"

[requires]
python_version = "3.13"

[scripts]
serve = "python manage.py runserver"
"""


def test_a_pipfile() -> None:
    found = pipfile.read(PIPFILE, F)
    assert found.requirements == (
        Requirement("django", Place(F, 2), specifier="~=5.2", dialect="poetry", written="Django"),
        Requirement("celery", Place(F, 3), ("redis",), "*", "poetry", written="celery"),
        Requirement("here", Place(F, 4), dialect="poetry", url=".", editable=True, written="here"),
        Requirement("pytest", Place(F, 7), specifier="*", dialect="poetry", groups=("dev",), written="pytest"),
    )
    assert found.stated == (Stated("python", "3.13", Place(F, 10)),)
    assert found.scripts == (Script("serve", "python manage.py runserver", Place(F, 13)),)


PACKAGE = """\
{
  "name": "demo",
  "engines": { "node": ">=22 <25", "npm": "10.x" },
  "packageManager": "pnpm@9.1.0+sha256.ab",
  "scripts": { "dev": "vite" },
  "dependencies": { "htmx.org": "^2.0.0" },
  "devDependencies": {
    "vite": "6.0.1"
  }
}
"""


def test_a_package_json() -> None:
    found = packagejson.read(PACKAGE, F)
    assert found.requirements == (
        Requirement("htmx.org", Place(F, 6), specifier="^2.0.0", dialect="npm", written="htmx.org"),
        Requirement(
            "vite", Place(F, 8), specifier="6.0.1", dialect="npm", pinned="6.0.1", groups=("dev",), written="vite"
        ),
    )
    assert [(one.what, one.spec, one.kind) for one in found.stated] == [
        ("node", ">=22 <25", "npm"),
        ("npm", "10.x", "npm"),
        ("pnpm", "9.1.0", "npm"),
    ]
    assert found.scripts == (Script("dev", "vite", Place(F, 5)),)


SETUP_CFG = """\
[metadata]
name = demo
[options]
python_requires = >=3.11
install_requires =
    Django>=5.2
    # why
    celery[redis]; python_version > "3"
[options.extras_require]
test = pytest; pytest-django
[options.entry_points]
console_scripts =
    demo = demo.cli:main
[tool:pytest]
DJANGO_SETTINGS_MODULE = demo.settings
"""


def test_a_setup_cfg() -> None:
    found = setupcfg.read(SETUP_CFG, "setup.cfg")
    assert [(one.name, one.groups, one.place.line, one.marker) for one in found.requirements] == [
        ("django", ("main",), 6, ""),
        ("celery", ("main",), 8, 'python_version > "3"'),
        ("pytest", ("extra:test",), 10, ""),
        ("pytest-django", ("extra:test",), 10, ""),
    ]
    assert found.stated == (Stated("python", ">=3.11", Place("setup.cfg", 4), "pep440"),)
    assert found.scripts == (Script("demo", "demo.cli:main", Place("setup.cfg", 13)),)
    assert found.settings == (Setting("pytest", "DJANGO_SETTINGS_MODULE", "demo.settings", Place("setup.cfg", 15)),)
    assert (found.name, found.format) == ("demo", "setup.cfg")


def test_a_setup_py_says_what_it_says_by_literals() -> None:
    text = 'import x\nR = ["a>=1",\n "b"]\nx.setup(install_requires=R, python_requires=x.y, extras_require={"t": ["c"], **x.z})\n'
    found = setuppy.read(text, "setup.py")
    assert [(one.name, one.groups, one.place.line) for one in found.requirements] == [
        ("a", ("main",), 2),
        ("b", ("main",), 3),
        ("c", ("extra:t",), 4),
    ]
    assert found.stated == ()


CONDA = """\
dependencies:
  - python=3.11
  - conda-forge::postgresql>=16,<17
  - redis==7.2 h1
  - pip:
      - Django==5.2.1
      - -r requirements.txt
"""


def test_an_environment_yml() -> None:
    found = environmentyml.read(CONDA, F)
    assert [(one.what, one.spec, one.kind) for one in found.stated] == [
        ("python", "3.11", "version"),
        ("postgres", ">=16,<17", "pep440"),
        ("redis", "==7.2", "pep440"),
    ]
    assert [(one.name, one.specifier) for one in found.requirements][-1] == ("django", "==5.2.1")


@pytest.mark.parametrize(
    ("read", "text", "line"),
    [
        pytest.param(pyproject.read, "[project]\nname = \n", 2, id="pyproject.toml"),
        pytest.param(pipfile.read, "[packages\n", 1, id="Pipfile"),
        pytest.param(pipfile.read_lock, '{\n"a": }', 2, id="Pipfile.lock"),
        pytest.param(pipfile.read_lock, "[]", 1, id="a Pipfile.lock that is no object"),
        pytest.param(packagejson.read, "{\n\n", 3, id="package.json"),
        pytest.param(setuppy.read, "setup(\n", 1, id="setup.py"),
        pytest.param(environmentyml.read, "a: [\n", 2, id="environment.yml"),
        pytest.param(
            poetrylock.read, '[[package]]\n<<<<<<< HEAD\nname = "a"\n', 2, id="a merge that was left unfinished"
        ),
    ],
)
def test_what_the_format_s_own_tool_would_refuse(read: Callable[[str, str], Packages], text: str, line: int) -> None:
    with pytest.raises(Unreadable) as caught:
        read(text, F)
    assert caught.value.line == line


def test_a_lock_file_without_groups_gets_those_that_lead_to_its_entries() -> None:
    lock = poetrylock.read(
        '[[package]]\nname = "celery"\nversion = "5"\n[package.dependencies]\nkombu = "*"\n'
        '[[package]]\nname = "kombu"\nversion = "5"\n[[package]]\nname = "pytest"\nversion = "8"\n',
        "poetry.lock",
    )
    declared = pyproject.read(
        '[tool.poetry.dependencies]\ncelery = "*"\n[tool.poetry.group.dev.dependencies]\npytest = "*"\nkombu = "*"\n', F
    )
    assert [(one.name, one.groups) for one in grouped(lock, declared).requirements] == [
        ("celery", ("main",)),
        ("kombu", ("main", "dev")),
        ("pytest", ("dev",)),
    ]
