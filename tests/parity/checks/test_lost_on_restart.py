"""Files that a volume keeps at home and no disk keeps in production."""

import pytest

from tests.parity.checks.tools import Files, assert_clean, assert_finding

RULE = "lost-on-restart"


@pytest.mark.parametrize(
    ("files", "message"),
    [
        pytest.param(
            {
                "manage.py": (
                    "import os\n"
                    "os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'shop.settings')\n"
                    "from django.core.management import execute_from_command_line\n"
                ),
                "shop/__init__.py": "",
                "heroku.yml": (
                    "build:\n  docker:\n    web: Dockerfile\nrun:\n  web: python manage.py runserver 0.0.0.0:$PORT\n"
                ),
                "Dockerfile": (
                    "FROM python:3.13\nWORKDIR /app\nCOPY . .\nCMD python manage.py runserver 0.0.0.0:$PORT\n"
                ),
                "shop/settings.py": (
                    "from pathlib import Path\n"
                    "BASE_DIR = Path(__file__).resolve().parent.parent\n"
                    "SECRET_KEY = 'x'\n"
                    "ROOT_URLCONF = 'shop.urls'\n"
                    "INSTALLED_APPS = []\n"
                    "DATABASES = {'default': {'ENGINE': 'django.db.backends.sqlite3', 'NAME': BASE_DIR / "
                    "'data/db.sqlite3'}}\n"
                ),
                "compose.yaml": (
                    "services:\n  web:\n    build: .\n    volumes:\n      - data:/app/data\nvolumes:\n  data:\n"
                ),
            },
            (
                "shop/settings.py:6: shop.settings, which heroku runs (chosen by manage.py:2), writes "
                "DATABASES.default to /app/data/db.sqlite3: compose keeps it in a volume, and heroku "
                "forgets it"
            ),
            id="sqlite-in-a-volume",
        ),
        pytest.param(
            {
                "manage.py": (
                    "import os\n"
                    "os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'shop.settings')\n"
                    "from django.core.management import execute_from_command_line\n"
                ),
                "shop/__init__.py": "",
                "heroku.yml": (
                    "build:\n  docker:\n    web: Dockerfile\nrun:\n  web: python manage.py runserver 0.0.0.0:$PORT\n"
                ),
                "Dockerfile": (
                    "FROM python:3.13\nWORKDIR /app\nCOPY . .\nCMD python manage.py runserver 0.0.0.0:$PORT\n"
                ),
                "shop/settings.py": (
                    "from pathlib import Path\n"
                    "BASE_DIR = Path(__file__).resolve().parent.parent\n"
                    "SECRET_KEY = 'x'\n"
                    "ROOT_URLCONF = 'shop.urls'\n"
                    "INSTALLED_APPS = []\n"
                    "DATABASES = {'default': {'ENGINE': 'django.db.backends.sqlite3', 'NAME': BASE_DIR / "
                    "'data/db.sqlite3'}}\n"
                ),
                "compose.yaml": "services:\n  web:\n    build: .\n    volumes:\n      - ./data:/app/data\n",
            },
            (
                "shop/settings.py:6: shop.settings, which heroku runs (chosen by manage.py:2), writes "
                "DATABASES.default to /app/data/db.sqlite3: compose keeps it in a volume, and heroku "
                "forgets it"
            ),
            id="sqlite-in-a-folder-of-the-machine",
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
                "manage.py": (
                    "import os\n"
                    "os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'shop.settings')\n"
                    "from django.core.management import execute_from_command_line\n"
                ),
                "shop/__init__.py": "",
                "heroku.yml": (
                    "build:\n  docker:\n    web: Dockerfile\nrun:\n  web: python manage.py runserver 0.0.0.0:$PORT\n"
                ),
                "Dockerfile": (
                    "FROM python:3.13\nWORKDIR /app\nCOPY . .\nCMD python manage.py runserver 0.0.0.0:$PORT\n"
                ),
                "shop/settings.py": (
                    "from pathlib import Path\n"
                    "BASE_DIR = Path(__file__).resolve().parent.parent\n"
                    "SECRET_KEY = 'x'\n"
                    "ROOT_URLCONF = 'shop.urls'\n"
                    "INSTALLED_APPS = []\n"
                    "DATABASES = {'default': {'ENGINE': 'django.db.backends.sqlite3', 'NAME': BASE_DIR / "
                    "'data/db.sqlite3'}}\n"
                ),
                "compose.yaml": "services:\n  web:\n    build: .\n    volumes:\n      - .:/app\n",
            },
            id="the-source-is-mounted",
        ),
        pytest.param(
            {
                "manage.py": (
                    "import os\n"
                    "os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'shop.settings')\n"
                    "from django.core.management import execute_from_command_line\n"
                ),
                "shop/__init__.py": "",
                "heroku.yml": (
                    "build:\n  docker:\n    web: Dockerfile\nrun:\n  web: python manage.py runserver 0.0.0.0:$PORT\n"
                ),
                "Dockerfile": (
                    "FROM python:3.13\nWORKDIR /app\nCOPY . .\nCMD python manage.py runserver 0.0.0.0:$PORT\n"
                ),
                "shop/settings.py": (
                    "from pathlib import Path\n"
                    "BASE_DIR = Path(__file__).resolve().parent.parent\n"
                    "SECRET_KEY = 'x'\n"
                    "ROOT_URLCONF = 'shop.urls'\n"
                    "INSTALLED_APPS = []\n"
                    "MEDIA_ROOT = BASE_DIR / 'media'\n"
                ),
                "compose.yaml": (
                    "services:\n  web:\n    build: .\n    volumes:\n      - media:/app/media\nvolumes:\n  media:\n"
                ),
            },
            id="uploads",
        ),
        pytest.param(
            {
                "manage.py": (
                    "import os\n"
                    "os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'shop.settings')\n"
                    "from django.core.management import execute_from_command_line\n"
                ),
                "shop/__init__.py": "",
                "heroku.yml": (
                    "build:\n  docker:\n    web: Dockerfile\nrun:\n  web: python manage.py runserver 0.0.0.0:$PORT\n"
                ),
                "Dockerfile": (
                    "FROM python:3.13\nWORKDIR /app\nCOPY . .\nCMD python manage.py runserver 0.0.0.0:$PORT\n"
                ),
                "shop/settings.py": (
                    "from pathlib import Path\n"
                    "BASE_DIR = Path(__file__).resolve().parent.parent\n"
                    "SECRET_KEY = 'x'\n"
                    "ROOT_URLCONF = 'shop.urls'\n"
                    "INSTALLED_APPS = []\n"
                    "DATABASES = {'default': {'ENGINE': 'django.db.backends.sqlite3', 'NAME': BASE_DIR / "
                    "'data/db.sqlite3'}}\n"
                ),
                "compose.yaml": (
                    "services:\n  web:\n    build: .\n    volumes:\n      - cache:/root/.cache\nvolumes:\n  cache:\n"
                ),
            },
            id="another-folder",
        ),
        pytest.param(
            {
                "manage.py": (
                    "import os\n"
                    "os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'shop.settings')\n"
                    "from django.core.management import execute_from_command_line\n"
                ),
                "shop/__init__.py": "",
                "Dockerfile": (
                    "FROM python:3.13\nWORKDIR /app\nCOPY . .\nCMD python manage.py runserver 0.0.0.0:$PORT\n"
                ),
                "shop/settings.py": (
                    "from pathlib import Path\n"
                    "BASE_DIR = Path(__file__).resolve().parent.parent\n"
                    "SECRET_KEY = 'x'\n"
                    "ROOT_URLCONF = 'shop.urls'\n"
                    "INSTALLED_APPS = []\n"
                    "DATABASES = {'default': {'ENGINE': 'django.db.backends.sqlite3', 'NAME': BASE_DIR / "
                    "'data/db.sqlite3'}}\n"
                ),
                "compose.yaml": (
                    "services:\n  web:\n    build: .\n    volumes:\n      - data:/app/data\nvolumes:\n  data:\n"
                ),
            },
            id="no-production",
        ),
    ],
)
def test_what_a_careful_reader_would_not_call_wrong_is_clean(files: Files) -> None:
    assert_clean(files, RULE)
