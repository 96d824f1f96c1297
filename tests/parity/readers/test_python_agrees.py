"""The reader of Python and the libraries themselves agree on what a text asks its environment for.

Each text is run for real, in a process of its own whose os.environ remembers every question: with what the reader says is
required it runs, without any one of that it fails, every question is one that the reader knows, and what isn't set has the
default that the reader says.
"""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from parity.contract.python import Code, FromEnv, Many, Nothing, Setting, Table
from parity.readers import python
from tests.parity.readers.test_python import CASES

ROOT = Path(__file__).resolve().parents[3]

Run = Callable[[str, dict[str, str]], dict[str, Any]]

# A value that every cast of its kind takes.
VALUES = {
    "bool": "true",
    "int": "7",
    "float": "1.5",
    "json": '{"a": 1}',
    "db": "postgres://u:p@h:5/n",
    "cache": "locmemcache://",
    "email": "smtp://u:p@h:25",
    "search": "simple://",
    "channels": "inmemory://",
    "dict": "a=b",
    "literal": "[1]",
    "date": "2020-01-01",
    "datetime": "2020-01-01T00:00:00",
    "timedelta": "5",
    "uuid": "12345678-1234-5678-1234-567812345678",
    "log_level": "INFO",
    "url": "https://example.com/",
}


@pytest.fixture(scope="module")
def run() -> Iterator[Run]:
    """Runs a text with some variables set."""
    command = [sys.executable, str(ROOT / "tests/parity/readers/python_runner.py")]
    process = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env={"PATH": os.environ["PATH"]}
    )
    assert process.stdin
    assert process.stdout

    def ask(text: str, values: dict[str, str]) -> dict[str, Any]:
        assert process.stdin
        assert process.stdout
        process.stdin.write(json.dumps({"text": text, "values": values}) + "\n")
        process.stdin.flush()
        answer: dict[str, Any] = json.loads(process.stdout.readline())
        return answer

    yield ask
    process.stdin.close()
    process.wait(timeout=10)


def read(text: str) -> Code:
    return python.read({"app/settings.py": text})


def demanded(code: Code) -> dict[str, str]:
    """What must be set as the reader sees it, with a value that will do."""
    return {one.name: VALUES.get(one.cast or "", "1") for one in code.reads if one.required and not one.within}


def known(value: Any) -> Any:
    """A value of the contract as Python's own; raises LookupError for what isn't known."""
    if isinstance(value, Many):
        if not value.whole:
            raise LookupError
        kinds: dict[str, Any] = {"list": list, "tuple": tuple, "set": set}
        return kinds[value.kind](known(item) for item in value.items)
    if isinstance(value, Table):
        if not value.whole:
            raise LookupError
        return {known(key): known(item) for key, item in value.entries}
    if isinstance(value, FromEnv):
        # The URLs' defaults are parsed too.
        if isinstance(value.default, Nothing) or value.cast in (
            "db",
            "cache",
            "email",
            "search",
            "channels",
            "url",
            "path",
            "set",
        ):
            raise LookupError
        return known(value.default)
    if isinstance(value, str | int | float | bool | None | bytes):
        return value
    raise LookupError


def compare(setting: Setting, actual: str | None) -> None:
    try:
        expected = known(setting.value)
    except LookupError:
        return
    if actual:
        assert actual == repr(expected), setting.name


def agree(text: str, run: Run, asks: bool = True) -> None:
    """`asks`: the library asks for each variable by its name, and doesn't go through all."""
    code = read(text)
    enough = demanded(code)
    told = run(text, enough)
    assert told["failed"] == "", (told, code.reads)
    for name in enough:
        failed = run(text, {other: value for other, value in enough.items() if other != name})
        assert failed["failed"] != "", f"{name} isn't required"
    names = {one.name for one in code.reads if not one.within}
    if asks:
        assert set(told["asked"]) <= names, "not seen"
        patterns = {one.name for one in code.reads if one.pattern}
        assert names - patterns <= set(told["asked"]) | {one.name for one in code.reads if one.conditional}, "not asked"
    for module in code.settings:
        for setting in module.settings:
            compare(setting, told["values"].get(setting.name))


# Cases of the table of idioms that can't be run as they are, and why.
NOT_RUN = {
    "environ: an env of elsewhere": "the module isn't there",
    "a name of which a part is unknown": "nothing calls it",
    "django-configurations": "its values are read when Django sets up",
    "decouple: a repository": "the file isn't there",
    "pydantic 1: env": "pydantic 1 isn't installed",
    "taking away by itself asks for nothing": "the mapping can't tell it from a question",
    "rows of a class with a duty": "the row's word is taken, and this program doesn't keep it",
    "pydantic-settings: aliases": "either of two names will do, so the reader can't call one of them required",
    "environ: files": "the mapping asks for NAME_FILE through a copy",
    "every name that begins so": "it goes through all",
    "a KeyError that is turned into another": "ImproperlyConfigured isn't imported, and a NameError is no agreement",
}


@pytest.mark.parametrize(("why", "text"), [case[:2] for case in CASES], ids=[case[0] for case in CASES])
def test_the_table_of_idioms_is_what_the_libraries_do(why: str, text: str, run: Run) -> None:
    if why in NOT_RUN:
        pytest.skip(NOT_RUN[why])
    pydantic = "pydantic" in text or "goodconf" in text
    agree(
        text + ("\nS()\n" if "class S(" in text else "\nC().load()\n" if "GoodConf" in text else "\n"),
        run,
        asks=not pydantic,
    )


# One line of a settings file each, with {name} and {default} to be filled.
LINES = {
    "import os": [
        "{setting} = os.environ['{name}']",
        "{setting} = os.environ.get('{name}')",
        "{setting} = os.environ.get('{name}', {text})",
        "{setting} = os.getenv('{name}', {text}).split(',')",
        "{setting} = os.environ.get('{name}') or {text}",
        "{setting} = int(os.environ.get('{name}', '{number}'))",
        "{setting} = os.environ.get('{name}', {text}) == 'True'",
        "{setting} = os.environ.get('{name}', {text}).lower() in ('1', 'true')",
        "{setting} = os.environ['{name}'] if '{name}' in os.environ else {text}",
        "{setting} = bool(os.environ.get('{name}'))",
        "{setting} = [h.strip() for h in os.environ.get('{name}', '').split(',') if h]",
        "try:\n    {setting} = os.environ['{name}']\nexcept KeyError:\n    {setting} = {text}",
        "if not os.environ.get('{name}'):\n    raise RuntimeError\n{setting} = os.environ['{name}']",
        "{setting} = 1\nif os.environ.get('{name}') == 'x':\n    {setting} = 2",
        "{setting} = f\"{{os.environ.get('{name}', {text})}}/x\"",
        "{setting} = need('{name}')",
        "{setting} = get('{name}', {text})",
        "{setting} = flag('{name}', {flag})",
    ],
    "import environ\nenv = environ.Env(SCHEME=(int, 3))": [
        "{setting} = env('{name}')",
        "{setting} = env('{name}', default={text})",
        "{setting} = env('{name}', int, {number})",
        "{setting} = env.str('{name}', {text})",
        "{setting} = env.bool('{name}', default={flag})",
        "{setting} = env.int('{name}', default={number})",
        "{setting} = env.float('{name}')",
        "{setting} = env.list('{name}', default=[])",
        "{setting} = env.tuple('{name}', default=())",
        "{setting} = env.dict('{name}', default={{}})",
        "{setting} = env.json('{name}', default={{}})",
        "{setting} = env('SCHEME')",
        "{setting} = {{'default': env.db('{name}', default='sqlite://:memory:')}}",
        "{setting} = env.db_url('{name}')",
        "{setting} = env.cache_url('{name}', default='locmemcache://')",
        "{setting} = env.email_url('{name}', default='consolemail://')",
        "{setting} = env.get_value('{name}', default={text})",
    ],
    "from decouple import config, Csv": [
        "{setting} = config('{name}')",
        "{setting} = config('{name}', default={text})",
        "{setting} = config('{name}', default={flag}, cast=bool)",
        "{setting} = config('{name}', {number}, int)",
        "{setting} = config('{name}', cast=Csv())",
        "{setting} = config('{name}', default='', cast=lambda v: [s for s in v.split(',')])",
    ],
    "from environs import Env\ne = Env()": [
        "{setting} = e('{name}')",
        "{setting} = e.str('{name}', {text})",
        "{setting} = e.bool('{name}', default={flag})",
        "{setting} = e.int('{name}', {number})",
        "{setting} = e.list('{name}', default=[])",
        "with e.prefixed('P_'):\n    {setting} = e.str('{name}', {text})",
        "{setting} = e.json('{name}')",
    ],
    "import envparse\np = envparse.Env(DECLARED=dict(cast=int, default=4))": [
        "{setting} = p('{name}')",
        "{setting} = p('{name}', default={text})",
        "{setting} = p.bool('{name}', default={flag})",
        "{setting} = p.list('{name}', default=[])",
        "{setting} = p('DECLARED')",
    ],
    "from starlette.config import Config\nc = Config()": [
        "{setting} = c('{name}')",
        "{setting} = c('{name}', default={text})",
        "{setting} = c('{name}', cast=bool, default={flag})",
    ],
    "import dj_database_url": [
        "{setting} = dj_database_url.config(env='{name}')",
        "{setting} = dj_database_url.config('{name}', default='sqlite://:memory:', conn_max_age=5)",
        "{setting} = {{'default': dj_database_url.parse(os.environ['{name}'])}}",
    ],
}

HELPERS = """
def need(name):
    try:
        return os.environ[name]
    except KeyError as error:
        raise RuntimeError(f"set {name}") from error

def get(name, default=None):
    value = os.environ.get(name)
    return default if value is None else value

def flag(name, default=False):
    value = os.environ.get(name)
    if value is None:
        return default
    return value.strip().lower() in ("1", "true", "yes")
"""

FORMS = [(header, line) for header, lines in LINES.items() for line in lines]


@some.composite
def texts(draw: some.DrawFn) -> str:
    lines = []
    chosen = draw(some.lists(some.sampled_from(FORMS), min_size=1, max_size=8))
    for number, (_, line) in enumerate(chosen):
        lines.append(
            line.format(
                name=f"NAME_{number}",
                setting=f"SETTING_{number}",
                text=repr(draw(some.sampled_from(["", "x", "True", "a,b", "1"]))),
                number=draw(some.integers(-5, 99)),
                flag=draw(some.booleans()),
            )
        )
    headers = dict.fromkeys(["import os", *(header for header, _ in chosen)])
    return "\n".join([*headers, HELPERS, "INSTALLED_APPS = ['x']", *lines, ""])


@settings(
    max_examples=150,
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(text=texts())
def test_settings_that_are_made_of_idioms_agree(run: Run, text: str) -> None:
    agree(text, run)


@pytest.mark.parametrize(("header", "line"), FORMS, ids=[line.split("\n")[0] for _, line in FORMS])
def test_every_form_agrees_by_itself(header: str, line: str, run: Run) -> None:
    filled = line.format(name="NAME", setting="SETTING", text="'True'", number=5, flag=True)
    agree(f"import os\n{header}\n{HELPERS}\nINSTALLED_APPS = []\n{filled}\n", run)


# Where the reader knowingly says something else than what happens: the text, what it says, and why.
DISAGREEMENTS = {
    "bool('no') is true": (
        "import os\nX = bool(os.environ.get('A', 'no'))\n",
        "the read's cast is `truth`, which no check takes for a bool",
    ),
}


@pytest.mark.parametrize("name", DISAGREEMENTS)
def test_the_reader_says_less_than_what_happens(name: str, run: Run) -> None:
    text, _ = DISAGREEMENTS[name]
    (found,) = read(text).reads
    assert found.cast == "truth"
    assert run(text, {"A": "no"})["values"]["X"] == "True"


# This repository's own settings


def test_this_repository_s_settings_are_what_importing_them_gives() -> None:
    files = {str(path.relative_to(ROOT)): path.read_text() for path in sorted((ROOT / "app").rglob("*.py"))}
    worth = {file: text for file, text in files.items() if python.worth_reading(text)}
    code = python.read(worth, files, files.get)
    module = code.module("dynowiki.settings.heroku")
    assert module is not None
    actual = imported(
        "dynowiki.settings.heroku", {one.name: value_of(one.name) for one in module.reads if one.required}
    )
    seen = 0
    for setting in module.settings:
        try:
            expected = known(setting.value)
        except LookupError:
            continue
        assert actual[setting.name] == repr(expected), setting.name
        seen += 1
    assert seen > 30
    assert {name for name in actual if name not in ("NONE", "SELF")} <= {setting.name for setting in module.settings}


def value_of(name: str) -> str:
    return {
        "DATABASE_URL": "postgres://u:p@127.0.0.1:5/n",
        "ALLOWED_HOSTS": "localhost",
        "SECRET_KEY": "k" * 20 + "abcdefgh" * 5,
    }.get(name, "x")


def imported(module: str, values: dict[str, str]) -> dict[str, str]:
    """The settings of a module that is really imported, without a .env."""
    script = (
        "import json, pathlib, sys; sys.path.insert(0, 'app'); import importlib\n"
        f"module = importlib.import_module({module!r})\n"
        "print(json.dumps({k: repr(v) for k, v in vars(module).items() if k.isupper()}))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], **values},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    shown: dict[str, str] = json.loads(done.stdout)
    return shown


def test_every_variable_of_this_repository_is_what_its_own_table_says() -> None:
    text = (ROOT / "app/dynowiki/env.py").read_text()
    code = python.read(
        {
            "app/dynowiki/env.py": text,
            "app/dynowiki/settings/base.py": (ROOT / "app/dynowiki/settings/base.py").read_text(),
        }
    )
    script = (
        "import sys, json; sys.path.insert(0, 'app'); from dynowiki import env\n"
        "print(json.dumps([[v.name, v.required] for v in env.VARIABLES]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        env={"PATH": os.environ["PATH"]},
    )
    table = dict(json.loads(done.stdout))
    assert {one.name: one.required for one in code.reads if not one.within} == table
