"""Development's dependencies in production."""

import pytest

from tests.parity.checks.tools import Files, assert_clean, assert_finding

RULE = "development-dependency"


@pytest.mark.parametrize(
    ("files", "message"),
    [
        pytest.param(
            {
                "heroku.yml": "build:\n  docker:\n    web: Dockerfile\nrun:\n  web: gunicorn a.wsgi\n",
                "Dockerfile": "FROM python:3.13\nWORKDIR /app\nRUN pip install -r requirements/dev.txt\n",
                "requirements/base.txt": "django\ngunicorn\n",
                "requirements/dev.txt": "-r base.txt\npytest\n",
            },
            "Dockerfile:3: Dockerfile, which heroku builds, installs requirements/dev.txt",
            id="a-file",
        ),
        pytest.param(
            {
                "heroku.yml": "build:\n  docker:\n    web: Dockerfile\nrun:\n  web: gunicorn a.wsgi\n",
                "Dockerfile": "FROM python:3.13\nWORKDIR /app\nRUN poetry install --no-root\n",
                "pyproject.toml": (
                    "[tool.poetry]\n"
                    'name = "a"\n'
                    "[tool.poetry.dependencies]\n"
                    'python = "^3.13"\n'
                    'django = "^5.2"\n'
                    "[tool.poetry.group.dev.dependencies]\n"
                    'pytest = "^8"\n'
                ),
            },
            ("Dockerfile:3: Dockerfile, which heroku builds, installs the group dev of pyproject.toml"),
            id="poetry's-group",
        ),
        pytest.param(
            {
                "heroku.yml": "build:\n  docker:\n    web: Dockerfile\nrun:\n  web: gunicorn a.wsgi\n",
                "Dockerfile": "FROM python:3.13\nWORKDIR /app\nRUN uv sync --frozen\n",
                "pyproject.toml": (
                    "[project]\n"
                    'name = "a"\n'
                    'version = "1"\n'
                    'dependencies = ["django"]\n'
                    "[dependency-groups]\n"
                    'dev = ["django-debug-toolbar"]\n'
                ),
            },
            ("Dockerfile:3: Dockerfile, which heroku builds, installs the group dev of pyproject.toml"),
            id="uv's-group",
        ),
        pytest.param(
            {
                "heroku.yml": "build:\n  docker:\n    web: Dockerfile\nrun:\n  web: gunicorn a.wsgi\n",
                "Dockerfile": "FROM python:3.13\nWORKDIR /app\nRUN pipenv install --system --dev\n",
            },
            "Dockerfile:3: Dockerfile, which heroku builds, installs the group dev-packages",
            id="pipenv's",
        ),
        pytest.param(
            {
                "manage.py": (
                    "import os\n"
                    "os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'shop.settings')\n"
                    "from django.core.management import execute_from_command_line\n"
                ),
                "shop/__init__.py": "",
                "shop/settings.py": (
                    "INSTALLED_APPS = ['django.contrib.auth', 'debug_toolbar']\n"
                    "ROOT_URLCONF = 'shop.urls'\n"
                    "SECRET_KEY = 'x'\n"
                ),
                "Procfile": "release: python manage.py migrate\n",
                "pyproject.toml": (
                    "[project]\n"
                    'name = "a"\n'
                    'version = "1"\n'
                    'dependencies = ["django"]\n'
                    "[dependency-groups]\n"
                    'dev = ["django-debug-toolbar"]\n'
                ),
                "uv.lock": "version = 1\n",
            },
            (
                "shop/settings.py:1: shop.settings, which heroku runs (chosen by manage.py:2), has "
                "debug_toolbar in INSTALLED_APPS, and only the group dev installs django-debug-toolbar"
            ),
            id="an-app-of-the-settings",
        ),
    ],
)
def test_it_is_found(files: Files, message: str) -> None:
    assert_finding(files, RULE, message)


@pytest.mark.parametrize(
    "files",
    [
        pytest.param(
            {
                "heroku.yml": "build:\n  docker:\n    web: Dockerfile\nrun:\n  web: gunicorn a.wsgi\n",
                "Dockerfile": "FROM python:3.13\nWORKDIR /app\nRUN pip install -r requirements/base.txt\n",
                "requirements/base.txt": "django\ngunicorn\n",
                "requirements/dev.txt": "-r base.txt\npytest\n",
            },
            id="production's-file",
        ),
        pytest.param(
            {
                "heroku.yml": "build:\n  docker:\n    web: Dockerfile\nrun:\n  web: gunicorn a.wsgi\n",
                "Dockerfile": "FROM python:3.13\nWORKDIR /app\nRUN poetry install --without dev\n",
                "pyproject.toml": (
                    "[tool.poetry]\n"
                    'name = "a"\n'
                    "[tool.poetry.dependencies]\n"
                    'python = "^3.13"\n'
                    'django = "^5.2"\n'
                    "[tool.poetry.group.dev.dependencies]\n"
                    'pytest = "^8"\n'
                ),
            },
            id="poetry-without",
        ),
        pytest.param(
            {
                "heroku.yml": "build:\n  docker:\n    web: Dockerfile\nrun:\n  web: gunicorn a.wsgi\n",
                "Dockerfile": "FROM python:3.13\nWORKDIR /app\nRUN poetry install --only=main\n",
                "pyproject.toml": (
                    "[tool.poetry]\n"
                    'name = "a"\n'
                    "[tool.poetry.dependencies]\n"
                    'python = "^3.13"\n'
                    'django = "^5.2"\n'
                    "[tool.poetry.group.dev.dependencies]\n"
                    'pytest = "^8"\n'
                ),
            },
            id="poetry-only",
        ),
        pytest.param(
            {
                "heroku.yml": "build:\n  docker:\n    web: Dockerfile\nrun:\n  web: gunicorn a.wsgi\n",
                "Dockerfile": "FROM python:3.13\nWORKDIR /app\nRUN uv sync --no-dev\n",
                "pyproject.toml": (
                    "[project]\n"
                    'name = "a"\n'
                    'version = "1"\n'
                    "dependencies = []\n"
                    "[dependency-groups]\n"
                    'dev = ["django-debug-toolbar"]\n'
                ),
            },
            id="uv-no-dev",
        ),
        pytest.param(
            {
                "heroku.yml": "build:\n  docker:\n    web: Dockerfile\nrun:\n  web: gunicorn a.wsgi\n",
                "Dockerfile": "FROM python:3.13\nWORKDIR /app\nENV UV_NO_DEV=1\nRUN uv sync\n",
                "pyproject.toml": (
                    "[project]\n"
                    'name = "a"\n'
                    'version = "1"\n'
                    "dependencies = []\n"
                    "[dependency-groups]\n"
                    'dev = ["django-debug-toolbar"]\n'
                ),
            },
            id="uv-by-a-variable",
        ),
        pytest.param(
            {
                "heroku.yml": "build:\n  docker:\n    web: Dockerfile\nrun:\n  web: gunicorn a.wsgi\n",
                "Dockerfile": "FROM python:3.13\nWORKDIR /app\nRUN poetry install\n",
                "pyproject.toml": (
                    '[tool.poetry]\nname = "a"\n[tool.poetry.dependencies]\npython = "^3.13"\ndjango = "^5.2"\n'
                ),
            },
            id="no-group",
        ),
        pytest.param(
            {
                "heroku.yml": "build:\n  docker:\n    web: Dockerfile\nrun:\n  web: gunicorn a.wsgi\n",
                "Dockerfile": "FROM python:3.13\nWORKDIR /app\nARG FILE\nRUN pip install -r requirements/$FILE.txt\n",
                "requirements/base.txt": "django\ngunicorn\n",
                "requirements/dev.txt": "-r base.txt\npytest\n",
            },
            id="by-an-argument",
        ),
        pytest.param(
            {
                "compose.yaml": "services:\n  web:\n    build: .\n",
                "Dockerfile": "FROM python:3.13\nWORKDIR /app\nRUN pip install -r requirements/dev.txt\n",
                "requirements/base.txt": "django\ngunicorn\n",
                "requirements/dev.txt": "-r base.txt\npytest\n",
            },
            id="compose-alone",
        ),
        pytest.param(
            {
                "heroku.yml": "build:\n  docker:\n    web: Dockerfile\nrun:\n  web: gunicorn a.wsgi\n",
                "Dockerfile": "FROM python:3.13 AS dev\nRUN pip install -r requirements/dev.txt\nFROM python:3.13\n",
                "requirements/base.txt": "django\ngunicorn\n",
                "requirements/dev.txt": "-r base.txt\npytest\n",
            },
            id="a-stage-for-development",
        ),
        pytest.param(
            {
                "heroku.yml": "build:\n  docker:\n    web: Dockerfile\nrun:\n  web: gunicorn a.wsgi\n",
                "Dockerfile": "FROM python:3.13\nWORKDIR /app\nRUN pip install -r devices.txt\n",
                "devices.txt": "django\n",
            },
            id="a-name-that-only-begins-so",
        ),
        pytest.param(
            {
                "manage.py": (
                    "import os\n"
                    "os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'shop.settings')\n"
                    "from django.core.management import execute_from_command_line\n"
                ),
                "shop/__init__.py": "",
                "shop/settings.py": (
                    "INSTALLED_APPS = ['django.contrib.auth', 'debug_toolbar']\n"
                    "ROOT_URLCONF = 'shop.urls'\n"
                    "SECRET_KEY = 'x'\n"
                ),
                "Procfile": "release: python manage.py migrate\n",
                "pyproject.toml": (
                    "[project]\n"
                    'name = "a"\n'
                    'version = "1"\n'
                    'dependencies = ["django", "django-debug-toolbar"]\n'
                    "[dependency-groups]\n"
                    'dev = ["django-debug-toolbar"]\n'
                ),
                "uv.lock": "version = 1\n",
            },
            id="an-app-that-is-asked-for",
        ),
        pytest.param(
            {
                "manage.py": (
                    "import os\n"
                    "os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'shop.settings')\n"
                    "from django.core.management import execute_from_command_line\n"
                ),
                "shop/__init__.py": "",
                "shop/settings.py": (
                    "import os\n"
                    "DEBUG = bool(os.environ.get('DEBUG'))\n"
                    "INSTALLED_APPS = ['a']\n"
                    "if DEBUG:\n"
                    "    INSTALLED_APPS += ['debug_toolbar']\n"
                    "ROOT_URLCONF = 'b'\n"
                    "SECRET_KEY = 'x'\n"
                ),
                "Procfile": "release: python manage.py migrate\n",
                "pyproject.toml": (
                    "[project]\n"
                    'name = "a"\n'
                    'version = "1"\n'
                    'dependencies = ["django"]\n'
                    "[dependency-groups]\n"
                    'dev = ["django-debug-toolbar"]\n'
                ),
                "uv.lock": "version = 1\n",
            },
            id="an-app-under-a-condition",
        ),
    ],
)
def test_what_a_careful_reader_would_not_call_wrong_is_clean(files: Files) -> None:
    assert_clean(files, RULE)
