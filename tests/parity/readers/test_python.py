"""What Python source asks its environment for: each idiom once, with what it says of the variable.

The second file beside this one runs the same libraries for real.
"""

import sys
from typing import Any

import pytest

from parity.contract.place import Place
from parity.contract.python import Code, FromEnv, Many, Nothing, Path, Read, Unknown
from parity.readers import python

NONE = Nothing()

PYTHON = f"{sys.version_info.major}.{sys.version_info.minor}"

Case = tuple[str, str, list[tuple[str, str, bool | None, Any, str | None]]]

CASES: list[Case] = [
    # os
    ("a subscript fails without the variable", "import os\nos.environ['A']", [("A", "os.environ[]", True, NONE, None)]),
    ("get has None for a default", "import os\nos.environ.get('A')", [("A", "os.environ.get", False, None, None)]),
    ("a default is a literal", "import os\nos.getenv('A', '1')", [("A", "os.getenv", False, "1", None)]),
    ("a default by keyword", "import os\nos.getenv('A', default='1')", [("A", "os.getenv", False, "1", None)]),
    (
        "names are imported",
        "from os import environ, getenv as g\nenviron['A']; g('B')",
        [("A", "os.environ[]", True, NONE, None), ("B", "os.getenv", False, None, None)],
    ),
    ("os has another name", "import os as o\no.environ['A']", [("A", "os.environ[]", True, NONE, None)]),
    ("the mapping has another name", "import os\nE = os.environ\nE['A']", [("A", "os.environ[]", True, NONE, None)]),
    (
        "the method has another name",
        "import os\nget = os.environ.get\nget('A', 'x')",
        [("A", "os.environ.get", False, "x", None)],
    ),
    ("a cast by int", "import os\nint(os.environ['A'])", [("A", "os.environ[]", True, NONE, "int")]),
    ("int(None) fails", "import os\nint(os.environ.get('A'))", [("A", "os.environ.get", True, NONE, "int")]),
    ("None has no method", "import os\nos.environ.get('A').split(',')", [("A", "os.environ.get", True, NONE, "list")]),
    (
        "a default has its methods",
        "import os\nos.environ.get('A', '').split(',')",
        [("A", "os.environ.get", False, "", "list")],
    ),
    ("`or` is a default", "import os\nos.environ.get('A') or 'x'", [("A", "os.environ.get", False, "x", None)]),
    (
        "json.loads is a cast",
        "import os, json\njson.loads(os.environ['A'])",
        [("A", "os.environ[]", True, NONE, "json")],
    ),
    ("a question is no demand", "import os\n'A' in os.environ", [("A", "in os.environ", False, NONE, None)]),
    (
        "a question guards what follows",
        "import os\nx = os.environ['A'] if 'A' in os.environ else 'd'",
        [("A", "in os.environ", False, NONE, None), ("A", "os.environ[]", False, "d", None)],
    ),
    (
        "an if guards its block",
        "import os\nif os.environ.get('A'):\n    os.environ['A']",
        [("A", "os.environ.get", False, None, None), ("A", "os.environ[]", False, NONE, None)],
    ),
    (
        "a KeyError that is caught",
        "import os\ntry:\n    X = os.environ['A']\nexcept KeyError:\n    X = 'd'",
        [("A", "os.environ[]", False, "d", None)],
    ),
    (
        "a KeyError that is turned into another",
        "import os\ntry:\n    X = os.environ['A']\nexcept KeyError as error:\n    raise ImproperlyConfigured from error",
        [("A", "os.environ[]", True, NONE, None)],
    ),
    (
        "another exception is caught",
        "import os\ntry:\n    X = os.environ['A']\nexcept TypeError:\n    X = 'd'",
        [("A", "os.environ[]", True, NONE, None)],
    ),
    (
        "suppress catches",
        "import os, contextlib\nwith contextlib.suppress(KeyError):\n    os.environ['A']",
        [("A", "os.environ[]", False, NONE, None)],
    ),
    (
        "a check that raises",
        "import os\nif not os.environ.get('A'):\n    raise SystemExit",
        [("A", "os.environ.get", True, NONE, None)],
    ),
    (
        "a check that exits",
        "import os, sys\nif os.getenv('A') is None:\n    sys.exit(1)",
        [("A", "os.getenv", True, NONE, None)],
    ),
    (
        "a check with a usable default passes",
        "import os\nif not os.environ.get('A', 'x'):\n    raise SystemExit",
        [("A", "os.environ.get", False, "x", None)],
    ),
    ("an assertion", "import os\nassert os.environ.get('A')", [("A", "os.environ.get", True, NONE, None)]),
    (
        "a check of all at once",
        "import os\nif not all(os.environ.get(n) for n in ('A', 'B')):\n    raise SystemExit",
        [("A", "os.environ.get", True, NONE, None), ("B", "os.environ.get", True, NONE, None)],
    ),
    (
        "a check of any",
        "import os\nif any(n not in os.environ for n in ('A', 'B')):\n    raise SystemExit",
        [("A", "in os.environ", True, NONE, None), ("B", "in os.environ", True, NONE, None)],
    ),
    (
        "a list of what is missing",
        "import os\nmissing = [n for n in ('A', 'B') if n not in os.environ]\nif missing:\n    raise SystemExit",
        [("A", "in os.environ", True, NONE, None), ("B", "in os.environ", True, NONE, None)],
    ),
    ("a name in a constant", "import os\nKEY = 'A'\nos.environ[KEY]", [("A", "os.environ[]", True, NONE, None)]),
    (
        "names in a tuple",
        "import os\nNAMES = ('A', 'B')\nfor name in NAMES:\n    os.environ[name]",
        [("A", "os.environ[]", True, NONE, None), ("B", "os.environ[]", True, NONE, None)],
    ),
    (
        "names in a dict's values",
        "import os\n{k: os.environ[v] for k, v in {'a': 'A'}.items()}",
        [("A", "os.environ[]", True, NONE, None)],
    ),
    (
        "names in an Enum",
        "import os, enum\nclass N(str, enum.Enum):\n    X = 'A'\nos.environ[N.X.value]",
        [("A", "os.environ[]", True, NONE, None)],
    ),
    (
        "a name that is made up",
        "import os\nfor n in ('X', 'Y'):\n    os.environ[f'A_{n}']",
        [("A_X", "os.environ[]", True, NONE, None), ("A_Y", "os.environ[]", True, NONE, None)],
    ),
    (
        "a name of which a part is unknown",
        "import os\ndef f(x):\n    return os.environ.get('DB_' + x + '_URL')",
        [("DB_*_URL", "os.environ.get", None, NONE, None)],
    ),
    (
        "every name that begins so",
        "import os\n{k: v for k, v in os.environ.items() if k.startswith('APP_')}",
        [("APP_*", "os.environ", None, NONE, None)],
    ),
    ("taking away by itself asks for nothing", "import os\nos.environ.pop('A', None)", []),
    ("taking away asks", "import os\nx = os.environ.pop('A', 'd')", [("A", "os.environ.pop", False, "d", None)]),
    ("a parameter of that name is another thing", "def app(environ, start):\n    return environ['PATH_INFO']", []),
    (
        "a type checker's block isn't run",
        "import os\nfrom typing import TYPE_CHECKING\nif not TYPE_CHECKING:\n    os.environ['A']",
        [("A", "os.environ[]", True, NONE, None)],
    ),
    # Helpers
    (
        "a helper that raises",
        "import os\n"
        "def need(name):\n"
        "    try:\n"
        "        return os.environ[name]\n"
        "    except KeyError:\n"
        "        raise RuntimeError(name)\n"
        "X = need('A')",
        [("A", "os.environ[]", True, NONE, None)],
    ),
    (
        "a helper with a default",
        "import os\n"
        "def get(name, default=None):\n"
        "    try:\n"
        "        return os.environ[name]\n"
        "    except KeyError:\n"
        "        return default\n"
        "X = get('A', 'd')",
        [("A", "os.environ[]", False, "d", None)],
    ),
    (
        "a helper that raises only without a default",
        "import os\ndef get(name, default=None):\n    value = os.environ.get(name, default)\n"
        "    if value is None:\n        raise RuntimeError\n    return value\n"
        "X = get('A')\nY = get('B', 'd')",
        [("A", "os.environ.get", True, NONE, None), ("B", "os.environ.get", False, "d", None)],
    ),
    (
        "a helper that looks first",
        "import os\n"
        "def need(name):\n"
        "    if name in os.environ:\n"
        "        return os.environ[name]\n"
        "    raise RuntimeError\n"
        "X = need('A')",
        [("A", "in os.environ", True, NONE, None), ("A", "os.environ[]", True, NONE, None)],
    ),
    (
        "a boolean helper",
        "import os\ndef flag(name, default=False):\n    value = os.environ.get(name)\n    if value is None:\n"
        "        return default\n"
        "    return value.lower() in ('1', 'true')\nX = flag('A', True)",
        [("A", "os.environ.get", False, True, "member")],
    ),
    (
        "a helper of a helper, in functions",
        "import os\n"
        "def one(name):\n"
        "    return os.environ[name]\n"
        "def two(name):\n"
        "    return one(name)\n"
        "def main():\n"
        "    two('A')",
        [("A", "os.environ[]", True, NONE, None)],
    ),
    (
        "a method of the same class",
        "import os\n"
        "class C:\n"
        "    def go(self):\n"
        "        return self.ask('A')\n"
        "    def ask(self, name):\n"
        "        return os.environ[name]",
        [("A", "os.environ[]", True, NONE, None)],
    ),
    (
        "a function of one variable",
        "import os\n"
        "def yes(v):\n"
        "    if v == 'on':\n"
        "        return True\n"
        "    return False\n"
        "X = yes(os.environ.get('A', 'on'))",
        [("A", "os.environ.get", False, "on", "yes")],
    ),
    # A table of variables
    (
        "rows of a dataclass",
        "import os\nfrom dataclasses import dataclass\n@dataclass\nclass Var:\n    name: str\n"
        "    default: str = ''\nVARS = (Var('A'), Var('B', 'd'))\n"
        "x = {v.name: os.environ.get(v.name, v.default) for v in VARS}",
        [("A", "os.environ.get", False, "", None), ("B", "os.environ.get", False, "d", None)],
    ),
    (
        "rows of a class with a duty",
        "import os\nclass Var:\n    def __init__(self, name, required=False):\n        self.name = name\n"
        "        self.required = required\n"
        "for v in [Var('A', True), Var('B')]:\n    os.environ.get(v.name)",
        [("A", "os.environ.get", True, NONE, None), ("B", "os.environ.get", False, None, None)],
    ),
    (
        "rows of a namedtuple",
        "import os\n"
        "from collections import namedtuple\n"
        "T = namedtuple('T', 'name default')\n"
        "for t in (T('A', '1'), T(name='B', default=None)):\n"
        "    os.getenv(t.name, t.default)",
        [("A", "os.getenv", False, "1", None), ("B", "os.getenv", False, None, None)],
    ),
    # django-environ
    ("environ: a call", "import environ\nenv = environ.Env()\nenv('A')", [("A", "environ.Env", True, NONE, None)]),
    (
        "environ: a default of None is one",
        "import environ\nenv = environ.Env()\nenv('A', default=None)",
        [("A", "environ.Env", False, None, None)],
    ),
    (
        "environ: a typed method",
        "import environ\nenv = environ.Env()\nenv.bool('A', False)",
        [("A", "environ.Env", False, False, "bool")],
    ),
    (
        "environ: list has its cast before the default",
        "import environ\nenv = environ.Env()\nenv.list('A', str, [])",
        [("A", "environ.Env", False, Many(()), "list")],
    ),
    (
        "environ: the scheme's cast and default",
        "import environ\nenv = environ.Env(A=(bool, False), B=int)\nenv('A'); env('B')",
        [("A", "environ.Env", False, False, "bool"), ("B", "environ.Env", True, NONE, "int")],
    ),
    (
        "environ: the type of a default is a cast",
        "import environ\nenv = environ.Env()\nenv('A', default=5)",
        [("A", "environ.Env", False, 5, "int")],
    ),
    (
        "environ: db() has a name",
        "import environ\nenv = environ.Env()\nenv.db()",
        [("DATABASE_URL", "environ.Env", True, NONE, "db")],
    ),
    (
        "environ: db_url() takes one",
        "import environ\nenv = environ.Env()\nenv.db_url('A', default='sqlite://')",
        [("A", "environ.Env", False, "sqlite://", "db")],
    ),
    (
        "environ: cache, email and search have names",
        "import environ\nenv = environ.Env()\nenv.cache(); env.email_url(); env.search_url()",
        [
            ("CACHE_URL", "environ.Env", True, NONE, "cache"),
            ("EMAIL_URL", "environ.Env", True, NONE, "email"),
            ("SEARCH_URL", "environ.Env", True, NONE, "search"),
        ],
    ),
    (
        "environ: a prefix",
        "import environ\nenv = environ.Env()\nenv.prefix = 'X_'\nenv('A')",
        [("X_A", "environ.Env", True, NONE, None)],
    ),
    (
        "environ: a prefix of a class is overwritten",
        "import environ\nclass Env(environ.Env):\n    prefix = 'X_'\nenv = Env()\nenv('A')",
        [("A", "environ.Env", True, NONE, None)],
    ),
    (
        "environ: files",
        "import environ\nenv = environ.FileAwareEnv()\nenv('A')",
        [("A", "environ.Env", True, NONE, None), ("A_FILE", "environ.Env", False, NONE, None)],
    ),
    (
        "environ: a question",
        "import environ\nenv = environ.Env()\nif 'A' in env:\n    env('A')",
        [("A", "environ.Env", False, NONE, None), ("A", "in environ.Env", False, NONE, None)],
    ),
    (
        "environ: an env of elsewhere",
        "from project.conf import env\nenv.str('A')",
        [("A", "environ.Env", True, NONE, "str")],
    ),
    # Others
    (
        "decouple",
        "from decouple import config, Csv\nconfig('A', default=False, cast=bool); config('B', cast=Csv())",
        [("A", "decouple.config", False, False, "bool"), ("B", "decouple.config", True, NONE, "list")],
    ),
    (
        "decouple: AutoConfig",
        "from decouple import AutoConfig\nconf = AutoConfig(search_path='x')\nconf('A')",
        [("A", "decouple.config", True, NONE, None)],
    ),
    (
        "decouple: a repository",
        "from decouple import Config, RepositoryEnv\nconf = Config(RepositoryEnv('x'))\nconf.get('A', 3)",
        [("A", "decouple.config", False, 3, None)],
    ),
    (
        "dj-database-url has a name, and gives {}",
        "import dj_database_url\ndj_database_url.config()",
        [("DATABASE_URL", "dj_database_url.config", False, None, "db")],
    ),
    (
        "dj-database-url takes one",
        "import dj_database_url\ndj_database_url.config(env='A', default='sqlite://')",
        [("A", "dj_database_url.config", False, "sqlite://", "db")],
    ),
    (
        "dj-database-url parses",
        "import dj_database_url, os\ndj_database_url.parse(os.environ['A'])",
        [("A", "os.environ[]", True, NONE, "db")],
    ),
    (
        "environs",
        "from environs import Env\ne = Env()\ne('A'); e.bool('B', False); e.list('C', subcast=int)",
        [
            ("A", "environs.Env", True, NONE, None),
            ("B", "environs.Env", False, False, "bool"),
            ("C", "environs.Env", True, NONE, "list"),
        ],
    ),
    (
        "environs: prefixes add up",
        "from environs import Env\ne = Env()\nwith e.prefixed('X_'), e.prefixed('Y_'):\n    e.str('A')\ne.str('B')",
        [("B", "environs.Env", True, NONE, "str"), ("X_Y_A", "environs.Env", True, NONE, "str")],
    ),
    (
        "environs: dj_db_url",
        "from environs import Env\ne = Env()\ne.dj_db_url('A', default='sqlite://')",
        [("A", "environs.Env", False, "sqlite://", "db")],
    ),
    (
        "envparse",
        "from envparse import env, Env\nenv('A'); env.int('B', default=1)\ne = Env(C=dict(cast=list, default=[]))\ne('C')",
        [
            ("A", "envparse.Env", True, NONE, None),
            ("B", "envparse.Env", False, 1, "int"),
            ("C", "envparse.Env", False, Many(()), "list"),
        ],
    ),
    (
        "starlette",
        "from starlette.config import Config\nc = Config('.env')\nc('A', cast=bool, default=False); c('B')",
        [("A", "starlette.config", False, False, "bool"), ("B", "starlette.config", True, NONE, None)],
    ),
    (
        "pydantic-settings",
        "from pydantic_settings import BaseSettings, SettingsConfigDict\n"
        "class S(BaseSettings):\n"
        "    model_config = SettingsConfigDict(env_prefix='x_')\n"
        "    a: int\n"
        "    b: bool = False\n"
        "    c: str | None = None",
        [
            ("X_A", "pydantic-settings", True, NONE, "int"),
            ("X_B", "pydantic-settings", False, False, "bool"),
            ("X_C", "pydantic-settings", False, None, "str"),
        ],
    ),
    (
        "pydantic-settings: aliases",
        "from pydantic_settings import BaseSettings\nfrom pydantic import AliasChoices, Field\n"
        "class S(BaseSettings):\n    a: str = Field(validation_alias='THE_A')\n"
        "    b: str = Field(validation_alias=AliasChoices('B1', 'B2'))\n    c: list[str] = Field(default_factory=list)",
        [
            ("B1", "pydantic-settings", None, NONE, "str"),
            ("B2", "pydantic-settings", None, NONE, "str"),
            ("C", "pydantic-settings", False, Many(()), "json"),
            ("THE_A", "pydantic-settings", True, NONE, "str"),
        ],
    ),
    (
        "pydantic 1: env",
        "from pydantic import BaseSettings, Field\n"
        "class S(BaseSettings):\n"
        "    a: str = Field(..., env='OLD')\n"
        "    class Config:\n"
        "        env_prefix = 'P_'",
        [("OLD", "pydantic-settings", True, NONE, "str")],
    ),
    (
        "goodconf",
        "from goodconf import GoodConf, Field\n"
        "class C(GoodConf):\n"
        "    A: bool = False\n"
        "    B: str = Field(description='b')\n"
        "    model_config = {'file_env_var': 'F'}",
        [
            ("A", "goodconf", False, False, "bool"),
            ("B", "goodconf", True, NONE, "str"),
            ("F", "goodconf", False, NONE, None),
        ],
    ),
    (
        "django-configurations",
        "from configurations import Configuration, values\n"
        "class C(Configuration):\n"
        "    DEBUG = values.BooleanValue(False)\n"
        "    SECRET_KEY = values.SecretValue()",
        [
            ("DJANGO_DEBUG", "configurations.values", False, False, "bool"),
            ("DJANGO_SECRET_KEY", "configurations.values", True, NONE, "str"),
        ],
    ),
]


@pytest.mark.parametrize(("text", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_what_is_asked_for(text: str, expected: list[Any]) -> None:
    assert python.worth_reading(text) or not expected
    found = sorted(((r.name, r.via, r.required, r.default, r.cast) for r in read(text).reads), key=lambda one: one[:2])
    assert found == sorted(expected, key=lambda one: one[:2])


def read(text: str, file: str = "app.py") -> Code:
    return python.read({file: text})


def only(text: str, file: str = "app.py") -> Read:
    (found,) = read(text, file).reads
    return found


def test_a_read_says_where_it_stands_and_under_which_conditions() -> None:
    text = """import os
if DEBUG:
    pass
else:
    def run():
        if os.name == 'nt':
            return os.environ.get('A', str(1))
"""
    assert only(text) == Read(
        name="A",
        place=Place("app.py", 7),
        via="os.environ.get",
        required=False,
        default="1",
        default_text="str(1)",
        when=("os.name == 'nt'",),
        within="run",
    )


def test_a_variable_is_asked_for_where_its_name_stands_and_not_in_the_helper() -> None:
    text = "import os\ndef need(name):\n    return os.environ[name]\n\nX = need(\n    'A',\n)\n"
    assert only(text).place == Place("app.py", 6)


def test_a_script_s_block_is_told_apart() -> None:
    assert only("import os\nif __name__ == '__main__':\n    os.environ['A']").within == "__main__"


def test_a_read_knows_the_setting_that_it_feeds() -> None:
    text = "import os\nINSTALLED_APPS = []\nhost = os.environ['A']\nDATABASES = {'default': {'HOST': host}}\n"
    assert only(text).setting == "DATABASES"


def test_tests_are_marked() -> None:
    assert [
        only("import os\nos.environ['A']", file).test for file in ("a.py", "tests/a.py", "x/test_a.py", "conftest.py")
    ] == [False, True, True, True]


def test_a_setdefault_is_no_read_but_a_write() -> None:
    code = read(
        "import os\nos.environ.setdefault('A', 'x')\nos.environ['B'] = 'y'\n"
        "os.environ.update(C='z', **{'D': '1'})\nchild = dict(os.environ)\nchild['E'] = '2'"
    )
    assert [(write.name, write.value, write.how) for write in code.writes] == [
        ("A", "x", "setdefault"),
        ("B", "y", "assign"),
        ("C", "z", "update"),
        ("D", "1", "update"),
    ]
    assert code.reads == ()
    assert code.copies == (Place("app.py", 5),)


@pytest.mark.parametrize(
    "text",
    [
        "{**os.environ, 'A': '1'}",
        "dict(os.environ, A='1')",
        "os.environ.copy()",
        "f(env=os.environ | {'A': '1'})",
        "f(**os.environ)",
    ],
)
def test_a_copy_of_all_is_noted(text: str) -> None:
    assert read(f"import os\n{text}\n").copies == (Place("app.py", 2),)


def test_a_name_that_cannot_be_told_is_noted_and_one_that_a_caller_tells_is_not() -> None:
    assert read("import os, sys\nos.environ[sys.argv[1]]").dynamic == (Place("app.py", 2),)
    assert read("import os\ndef get(name):\n    return os.environ[name]\ndef go():\n    get('A')").dynamic == ()


@pytest.mark.parametrize(
    ("text", "path", "via", "overwrites"),
    [
        (
            "import environ, os\nenviron.Env.read_env(os.path.join(os.path.dirname(__file__), '.env'))",
            Path("app/.env", True),
            "environ.Env.read_env",
            False,
        ),
        ("import environ\nenv = environ.Env()\nenv.read_env()", Path("app/.env", True), "environ.Env.read_env", False),
        (
            "import environ\n"
            "from pathlib import Path\n"
            "environ.Env.read_env(Path(__file__).parents[1] / '.env', overwrite=True)",
            Path(".env", True),
            "environ.Env.read_env",
            True,
        ),
        (
            "from dotenv import load_dotenv\nload_dotenv('x/.env', override=True)",
            Path("x/.env"),
            "dotenv.load_dotenv",
            True,
        ),
        ("from dotenv import load_dotenv\nload_dotenv()", Unknown(), "dotenv.load_dotenv", False),
        ("from environs import Env\nEnv().read_env('.env')", Path(".env"), "environs.Env.read_env", False),
        ("from envparse import env\nenv.read_envfile()", Unknown(), "envparse.Env.read_envfile", False),
        ("from starlette.config import Config\nConfig('.env')", Path(".env"), "starlette.config.Config", False),
        ("from decouple import config\nconfig('A', '')", Unknown(), "decouple.AutoConfig", False),
        (
            "from pydantic_settings import BaseSettings\nclass S(BaseSettings):\n    model_config = {'env_file': '.env'}",
            Path(".env"),
            "pydantic_settings.BaseSettings",
            False,
        ),
    ],
)
def test_files_of_variables(text: str, path: Any, via: str, overwrites: bool) -> None:
    (file,) = read(text, "app/conf.py").env_files
    assert (file.path, file.via, file.overwrites) == (path, via, overwrites)


def test_a_helper_of_another_file_is_understood() -> None:
    code = python.read(
        {
            "manage.py": "",
            "conf/util.py": "import os\ndef need(name):\n    return os.environ[name]\n",
            "conf/settings.py": (
                "from conf.util import need\nfrom . import util\nINSTALLED_APPS = []\nA = need('A')\n"
                "B = util.need('B')\n"
            ),
        }
    )
    assert [(r.name, str(r.place), r.required, r.setting) for r in code.reads] == [
        ("A", "conf/settings.py:4", True, "A"),
        ("B", "conf/settings.py:5", True, "B"),
    ]


def test_an_env_of_another_file_keeps_its_declarations() -> None:
    files = {
        "conf/env.py": "import environ\nenv = environ.Env(A=(bool, False))\nenv.prefix = 'P_'\n",
        "conf/settings.py": "from .env import env\nDEBUG = env('A')\n",
    }
    (found,) = python.read(files).reads
    assert (found.name, found.default, found.cast, found.setting) == ("P_A", False, "bool", "DEBUG")


# Texts that are no Python


@pytest.mark.parametrize(
    ("text", "line", "message", "hint"),
    [
        (
            "INSTALLED_APPS = [\n",
            1,
            "Python can't read this file: '[' was never closed",
            "mend it: `python3 -m py_compile settings.py` shows the place; "
            f"if it is for a newer Python than {PYTHON}, run parity with that one",
        ),
        (
            "print 'x'\n",
            1,
            "Python can't read this file: Missing parentheses in call to 'print'. Did you mean print(...)?",
            "it looks like Python 2: port it, or run parity on the branch that was ported",
        ),
        (
            "ROOT_URLCONF = '{{ cookiecutter.slug }}.urls'\n{% if x %}\n",
            2,
            "Python can't read this file: invalid syntax",
            "it looks like a template: check the project that is made from it",
        ),
    ],
)
def test_a_settings_file_that_is_no_python_is_a_finding(text: str, line: int, message: str, hint: str) -> None:
    (finding,) = read(text, "settings.py").findings
    assert (finding.rule, finding.place, finding.message, finding.hint) == (
        "python-unreadable",
        Place("settings.py", line),
        message,
        hint,
    )


def test_another_file_that_is_no_python_is_passed_over() -> None:
    assert read("print 'x'\n", "scripts/old.py") == Code()


def test_what_it_asks_for_is_told_by_its_words() -> None:
    text = """{% if x %}
A = os.environ["A"]
B = os.environ.get('B', "{{ b }}")
# C = os.getenv("C")
D = env.bool(
    "D", default=True)
"""
    assert [(one.name, one.place.line, one.via, one.required) for one in read(text, "settings.py").reads] == [
        ("A", 2, "os.environ[]", None),
        ("B", 3, "os.environ.get", None),
        ("D", 6, "environ.Env", None),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "(" * 5000,
        "x = " + "-" * 100_000 + "1",
        "a" + ".b" * 20_000,
        "x = " + "1 + " * 20_000 + "1",
        "[" * 150 + "]" * 150,
        "\0",
        "x = '\ud800'",
        "if a:\n" + " pass\n" * 3 + "elif b:\n pass\n" * 3000,
    ],
    ids=["brackets", "signs", "attributes", "a sum", "lists", "a zero byte", "half a character", "elifs"],
)
def test_a_hostile_text_is_survived(text: str) -> None:
    read(f"import os\n{text}\n", "settings.py")
    assert read(text, "x.py").reads == ()


def test_what_doubles_forty_times_is_bounded() -> None:
    read(
        "INSTALLED_APPS = ['a']\n"
        + "INSTALLED_APPS = INSTALLED_APPS + INSTALLED_APPS\n" * 40
        + "X = ['x']\n"
        + "X = [X, X]\n" * 40
        + "S = 'ab'\n"
        + "S = S + S\n" * 40
    )


def test_functions_that_call_each_other_end() -> None:
    read(
        "import os\nINSTALLED_APPS = []\ndef a(x):\n    return b(x) + b(x)\ndef b(x):\n    os.environ[x]\n"
        "    return a(x) + a(x)\nX = a('A')\n"
    )


def test_modules_that_import_each_other_end() -> None:
    files = {
        "a.py": "from b import *\nimport os\nA = os.environ['A']\n",
        "b.py": "from a import *\nimport os\nB = os.environ['B']\n",
    }
    assert [read.name for read in python.read(files).reads] == ["A", "B"]


# Imports and what is worth reading


def test_imports_name_the_top_level_module() -> None:
    text = '''"""Says:

import nothing
"""
import os, django.conf as c
from celery import Celery
from . import x
from .y import z
try:
    import magic
except ImportError:
    import other
if TYPE_CHECKING:
    from typing_only import T
def f():
    import late
'''
    assert [(one.top, one.module, one.place.line, one.optional) for one in python.imports(text, "a.py")] == [
        ("os", "os", 5, False),
        ("django", "django.conf", 5, False),
        ("celery", "celery", 6, False),
        ("magic", "magic", 10, True),
        ("other", "other", 12, True),
        ("typing_only", "typing_only", 14, True),
        ("late", "late", 16, False),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "import os\nx = 1\n",
        "monkeypatch.setenv('A', '1')",
        '"""Reads django-environ."""',
        "def environment(name):\n    return name\n",
        "from x import y\nMIDDLEWARES = 1\n",
    ],
)
def test_what_has_nothing_to_tell_is_not_worth_reading(text: str) -> None:
    assert not python.worth_reading(text)


def test_a_variable_s_value_keeps_its_default() -> None:
    (module,) = read("import os\nINSTALLED_APPS = []\nX = os.environ.get('A', '5')\nY = int(X)\n").settings
    assert [setting.value for setting in module.settings[1:]] == [FromEnv("A", None, "5"), FromEnv("A", "int", 5)]
