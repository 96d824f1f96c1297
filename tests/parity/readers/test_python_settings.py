"""What a module of Django settings amounts to, and who selects it; beside each chain, what importing it for real gives."""

import json
import subprocess
import sys
from pathlib import Path as File
from typing import Any

import pytest

from parity.contract.place import Place
from parity.contract.python import (
    Either,
    FromEnv,
    Link,
    Many,
    Maybe,
    Nothing,
    Path,
    Selection,
    SettingsModule,
    Stored,
    Table,
    Text,
    Unknown,
)
from parity.readers import python
from tests.parity.readers.test_python_agrees import known

MARK = "INSTALLED_APPS = []\n"


def module(text: str, name: str = "settings") -> SettingsModule:
    found = python.read({f"{name}.py": MARK + text}).module(name)
    assert found
    return found


def value(text: str, name: str = "X") -> Any:
    setting = module(text).get(name)
    return setting.value if setting else Nothing()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("X = ['a'] + ['b']", Many(("a", "b"))),
        ("X = ('a',)\nX += ('b',)", Many(("a", "b"), "tuple")),
        ("X = ['b']\nX = ['a', *X]", Many(("a", "b"))),
        ("X = ['a']\nX.append('b')\nX.insert(0, 'z')\nX.extend(['c'])\nX.remove('a')", Many(("z", "b", "c"))),
        ("X = ['a', 'c']\nX.insert(X.index('a') + 1, 'b')", Many(("a", "b", "c"))),
        (
            "X = {'a': {'b': 1}}\nX['a']['c'] = 2\nX['a'].update(d=3)\nX.setdefault('e', 4)",
            Table((("a", Table((("b", 1), ("c", 2), ("d", 3)))), ("e", 4))),
        ),
        ("X = {**{'a': 1}, 'b': 2} | {'a': 3}", Table((("a", 3), ("b", 2)))),
        ("X = [{'NAME': f'p.{n}'} for n in ('a', 'b')]", Many((Table((("NAME", "p.a"),)), Table((("NAME", "p.b"),))))),
        ("X = 365 * 24 * 3600", 31536000),
        ("A = 'x'\nX = f'{A}/y' + '/%s' % A + '/{}'.format(A)", "x/y/x/x"),
        ("from pathlib import Path\nX = Path(__file__).resolve().parent / 'media'", Path("media", True)),
        ("import os\nX = os.path.join(os.path.dirname(os.path.abspath(__file__)), 'a', 'b')", Path("a/b", True)),
        ("import environ\nROOT = environ.Path(__file__) - 1\nX = str(ROOT('a'))", Path("a", True)),
        ("X = '/var/www'", "/var/www"),
        ("import os\nX = 'https://' + os.environ['A'] + '/'", Text(("https://", FromEnv("A"), "/"))),
        ("import os\nX = os.environ.get('A', 'no') == 'yes'", FromEnv("A", "equal", False)),
        ("import os\nX = not os.environ.get('A', '')", FromEnv("A", "not", True)),
        ("import os\nX = 'a' if os.environ.get('A') else 'b'", FromEnv("A", "if", "b")),
        ("X = 1 if Y else 2", Either((1, 2))),
        ("DEBUG = False\nX = 1 if DEBUG else 2", 2),
        ("X = ['a']\nif Y:\n    X += ['b']", Many(("a", Maybe("b")))),
        ("X = {'a': 1}\nif Y:\n    X['b'] = 2", Table((("a", 1), ("b", Maybe(2))))),
        ("if Y:\n    X = 1\nelse:\n    X = 2", Either((1, 2))),
        ("DEBUG = True\nif DEBUG:\n    X = 1\nelse:\n    X = 2", 1),
        ("try:\n    X = 1\nexcept ImportError:\n    X = 2", Either((1, 2))),
        ("for n in ('a', 'b'):\n    globals()['X'] = n", "b"),
        ("X = some.function(1)", Unknown("some.function(1)")),
        ("import os\nX = some.function(os.environ['A'])", Unknown("some.function(os.environ['A'])", ("A",))),
        (
            "import environ\nX = {**environ.Env().db(), 'A': 1}",
            Table(((Unknown(), FromEnv("DATABASE_URL", "db")), ("A", 1)), False),
        ),
        ("def make(x):\n    return {'a': x}\nX = make(1)", Table((("a", 1),))),
        ("import a.b\nX = a.b.C", Unknown("a.b.C")),
        ("X = ['a']\nX += unknown()", Many(("a",), whole=False)),
        ("import environ\nX = ['a'] + environ.Env().list('A')", Many(("a", Unknown("", ("A",))), whole=False)),
        (
            "from django.utils.translation import gettext_lazy as _\nX = [('de', _('German'))]",
            Many((Many(("de", "German"), "tuple"),)),
        ),
    ],
)
def test_a_value_is_known_as_far_as_its_text_tells(text: str, expected: Any) -> None:
    found = value(text)
    assert (
        found == expected
        if not isinstance(found, Unknown)
        else (found.text, found.reads) == (expected.text, expected.reads)
    )


def test_a_setting_says_where_it_was_changed_last_and_what_flows_in() -> None:
    setting = module("import os\nX = []\nif DEBUG:\n    X.append(\n        os.environ['A'])\n").get("X")
    assert setting
    assert (setting.place, setting.reads, setting.conditional) == (Place("settings.py", 5), ("A",), True)


FILES = {
    "manage.py": """
import os, sys
def main():
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.local")
    from django.core.management import execute_from_command_line
    execute_from_command_line(sys.argv)
if __name__ == "__main__":
    main()
""",
    "config/__init__.py": "",
    "config/settings/__init__.py": "",
    "config/settings/base.py": """
from pathlib import Path
BASE_DIR = Path(__file__).resolve().parent.parent.parent
DEBUG = False
INSTALLED_APPS = ["a", "b"]
MIDDLEWARE = ("m1", "m2")
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": "db.sqlite3"}}
MEDIA_ROOT = BASE_DIR / "media"
_PRIVATE = 1
""",
    "config/settings/local.py": """
from .base import *
from .base import INSTALLED_APPS as APPS
DEBUG = True
INSTALLED_APPS = APPS + ["debug_toolbar"]
MIDDLEWARE += ("dbg",)
DATABASES["default"]["CONN_MAX_AGE"] = 5
try:
    from .secret import *
except ImportError:
    SECRET = None
""",
    "config/settings/production.py": """
from config.settings.base import *
CACHES = {"default": {"BACKEND": "django.core.cache.backends.filebased.FileBasedCache", "LOCATION": "/var/tmp/c"}}
STORAGES = {"default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": "/data"}}}
LOGGING = {"handlers": {"file": {"class": "logging.FileHandler", "filename": BASE_DIR / "x.log"}}}
""",
    "config/settings/limited.py": '__all__ = ["ONE"]\nONE = 1\nTWO = 2\nINSTALLED_APPS = []\n',
    "config/settings/taken.py": "from .limited import *\nROOT_URLCONF = 'x'\n",
    "config/settings/split.py": """
from split_settings.tools import include, optional
include("components/*.py", optional("absent.py"), scope=globals())
LAST = FIRST + 1
""",
    "config/settings/components/a.py": "INSTALLED_APPS = ['x']\nFIRST = 1\n",
    "config/settings/components/b.py": "INSTALLED_APPS += ['y']\n",
}


def code() -> Any:
    worth = {file: text for file, text in FILES.items() if python.worth_reading(text)}
    return python.read(worth, FILES, FILES.get)


def test_a_chain_is_followed() -> None:
    local = code().module("config.settings.local")
    assert local.chain == (
        Link("config.settings.base", "config/settings/base.py", Place("config/settings/local.py", 2)),
        Link("config.settings.secret", None, Place("config/settings/local.py", 9), optional=True),
    )
    assert local.whole
    assert local.get("INSTALLED_APPS").value == Many(("a", "b", "debug_toolbar"))
    assert local.get("MEDIA_ROOT").value == Path("media", True)
    assert local.get("MEDIA_ROOT").place == Place("config/settings/base.py", 8)


def test_a_chain_that_leads_nowhere_is_not_whole() -> None:
    found = python.read(
        {"config/settings.py": "from .base import *\nINSTALLED_APPS = []\n", "config/__init__.py": ""}
    ).settings[0]
    assert (found.whole, found.chain[0].file) == (False, None)
    outside = python.read({"settings.py": "from cloud.defaults import *\nINSTALLED_APPS = []\n"}).settings[0]
    assert outside.chain == ()


@pytest.mark.parametrize("name", ["base", "local", "production", "taken", "split"])
def test_settings_are_what_importing_them_gives(name: str, tmp_path: File) -> None:
    for file, text in FILES.items():
        (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / file).write_text(text)
    script = (
        f"import json, config.settings.{name} as module\n"
        "print(json.dumps({k: repr(v) for k, v in vars(module).items() if k.isupper() and k[0] != '_'}))"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=tmp_path, capture_output=True, text=True, check=True)
    actual = json.loads(done.stdout)
    found = {setting.name: setting.value for setting in code().module(f"config.settings.{name}").settings}
    assert set(found) == set(actual)
    for setting, text in actual.items():
        try:
            assert repr(known(found[setting])) == text, setting
        except LookupError:
            assert isinstance(found[setting], Path) or "BASE_DIR" in str(FILES), setting


def test_what_a_setting_makes_django_write_is_told() -> None:
    assert code().module("config.settings.production").stored == (
        Stored("DATABASES.default", "sqlite", "db.sqlite3", Place("config/settings/base.py", 7)),
        Stored("MEDIA_ROOT", "media", Path("media", True), Place("config/settings/base.py", 8)),
        Stored("CACHES.default", "cache", "/var/tmp/c", Place("config/settings/production.py", 3)),
        Stored("STORAGES.default", "media", "/data", Place("config/settings/production.py", 4)),
        Stored("LOGGING.file", "log", Path("x.log", True), Place("config/settings/production.py", 5)),
    )


def test_a_url_s_sqlite_default_is_a_file() -> None:
    text = "import dj_database_url\nDATABASES = {'default': dj_database_url.config(default='sqlite:///x.db')}"
    assert [(one.kind, one.path) for one in module(text).stored] == [("sqlite", Path("x.db"))]


def test_a_url_replaces_the_database_that_it_is_put_upon() -> None:
    text = (
        "import environ\nDATABASES = {'default': {'ENGINE': 'x.sqlite3', 'NAME': 'f', 'A': 1}}\n"
        "DATABASES['default'].update(environ.Env().db())"
    )
    assert module(text).stored == ()
    assert value(text, "DATABASES").get("default", "A") == 1


def test_django_heroku_s_settings_are_those_of_its_source() -> None:
    text = (
        "import django_heroku\nBASE_DIR = '/app'\nMIDDLEWARE = ['m']\nDATABASES = {}\nSECRET_KEY = 'x'\n"
        "django_heroku.settings(locals())\n"
    )
    found = module(text)
    assert {setting.name: setting.value for setting in found.settings if setting.name != "LOGGING"} == {
        "INSTALLED_APPS": Many(()),
        "BASE_DIR": "/app",
        "MIDDLEWARE": Many(("whitenoise.middleware.WhiteNoiseMiddleware", "m"), "tuple"),
        "DATABASES": Table((("default", FromEnv("DATABASE_URL", "db")),)),
        "SECRET_KEY": FromEnv("SECRET_KEY", None, "x"),
        "STATIC_ROOT": Path("/app/staticfiles"),
        "STATIC_URL": "/static/",
        "STATICFILES_STORAGE": "whitenoise.storage.CompressedManifestStaticFilesStorage",
        "ALLOWED_HOSTS": Many(("*",)),
    }
    off = module(text.replace("locals()", "locals(), staticfiles=False, allowed_hosts=False, logging=False"))
    assert {"STATIC_ROOT", "ALLOWED_HOSTS", "LOGGING"}.isdisjoint(setting.name for setting in off.settings)


def test_what_loading_asks_for_is_told_with_all_that_it_loads() -> None:
    files = {
        "conf/env.py": "import os\nA = os.environ['A']\ndef late():\n    return os.environ['LATE']\n",
        "conf/settings.py": "import os\nfrom conf import env\nINSTALLED_APPS = []\nB = os.environ.get('B')\n",
        "conf/other.py": "import os\nos.environ['C']\n",
    }
    found = python.read(files).module("conf.settings")
    assert found
    assert [one.name for one in found.reads] == ["A", "B"]


# Who selects


def test_every_program_s_selection_is_told() -> None:
    files = {
        "manage.py": FILES["manage.py"],
        "config/wsgi.py": (
            "import os\nfrom django.core.wsgi import get_wsgi_application\n"
            "os.environ['DJANGO_SETTINGS_MODULE'] = 'config.prod'\n"
        ),
        "config/celery.py": (
            "import os\nif 'X' in os.environ:\n"
            "    os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'config.' + os.environ['KIND'])\n"
        ),
        "tests/conftest.py": "import os\nos.environ.update(DJANGO_SETTINGS_MODULE='config.test')\n",
    }
    assert python.read(files).selections == (
        Selection(
            Text(("config.", FromEnv("KIND"))),
            Place("config/celery.py", 3),
            "config/celery.py",
            "setdefault",
            ("'X' in os.environ",),
        ),
        Selection("config.prod", Place("config/wsgi.py", 3), "config/wsgi.py", "assign"),
        Selection("config.settings.local", Place("manage.py", 4), "manage.py", "setdefault"),
        Selection("config.test", Place("tests/conftest.py", 2), "tests/conftest.py", "update", test=True),
    )


def test_a_selection_may_stand_in_a_module_that_the_program_calls() -> None:
    files = {
        "manage.py": (
            "from config import env\nfrom django.core.management import execute_from_command_line\nenv.load()\n"
            "execute_from_command_line()\n"
        ),
        "config/env.py": (
            "import os\nMODULE = 'config.settings'\ndef load():\n"
            "    os.environ.setdefault('DJANGO_SETTINGS_MODULE', MODULE)\n"
        ),
    }
    assert python.read(files).selections == (
        Selection("config.settings", Place("config/env.py", 4), "manage.py", "setdefault"),
    )


@pytest.mark.parametrize(
    ("text", "module", "line"),
    [
        ("[pytest]\nDJANGO_SETTINGS_MODULE = config.test\n", "config.test", 2),
        ('[tool.pytest.ini_options]\nDJANGO_SETTINGS_MODULE = "config.test"\n', "config.test", 2),
        ("[tool:pytest]\naddopts = -v --ds=config.test --reuse-db\n", "config.test", 2),
        ('[tool.pytest.ini_options]\naddopts = ["--ds=config.test"]\n', "config.test", 2),
    ],
)
def test_what_pytest_is_told(text: str, module: str, line: int) -> None:
    assert python.pytest_selection(text, "x") == (Selection(module, Place("x", line), "x", "pytest", (), True),)


def test_a_settings_module_of_another_name_is_found_by_its_selection() -> None:
    files = {
        "manage.py": "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'conf')\n",
        "conf.py": "import os\nSECRET_KEY = os.environ['A']\n",
    }
    assert [found.name for found in python.read(files).settings] == ["conf"]


def test_a_project_in_a_folder_has_its_own_root() -> None:
    files = {
        "backend/manage.py": "",
        "backend/site/settings.py": "from site.base import *\nROOT_URLCONF = 'site.urls'\n",
        "backend/site/base.py": "INSTALLED_APPS = ['x']\n",
    }
    found = python.read(files).module("site.settings")
    assert found
    assert found.get("INSTALLED_APPS")
