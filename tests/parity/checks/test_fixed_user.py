"""Folders that one user alone may write."""

import pytest

from tests.parity.checks.tools import Files, assert_clean, assert_finding

RULE = "fixed-user"


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
                    "FROM python:3.13\n"
                    "WORKDIR /app\n"
                    "COPY . .\n"
                    "RUN mkdir media && chown -R app:app /app/media\n"
                    "CMD python manage.py runserver 0.0.0.0:$PORT\n"
                ),
                "shop/settings.py": (
                    "from pathlib import Path\n"
                    "BASE_DIR = Path(__file__).resolve().parent.parent\n"
                    "SECRET_KEY = 'x'\n"
                    "ROOT_URLCONF = 'shop.urls'\n"
                    "INSTALLED_APPS = []\n"
                    "MEDIA_ROOT = BASE_DIR / 'media'\n"
                ),
            },
            (
                "Dockerfile:4: /app/media, which MEDIA_ROOT says is written, belongs to app:app, and "
                "heroku runs Dockerfile as any user"
            ),
            id="chown",
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
                    "FROM python:3.13\n"
                    "WORKDIR /app\n"
                    "COPY . .\n"
                    "RUN chown -R 1000 .\n"
                    "CMD python manage.py runserver 0.0.0.0:$PORT\n"
                ),
                "shop/settings.py": (
                    "from pathlib import Path\n"
                    "BASE_DIR = Path(__file__).resolve().parent.parent\n"
                    "SECRET_KEY = 'x'\n"
                    "ROOT_URLCONF = 'shop.urls'\n"
                    "INSTALLED_APPS = []\n"
                    "MEDIA_ROOT = BASE_DIR / 'media'\n"
                ),
            },
            (
                "Dockerfile:4: /app/media, which MEDIA_ROOT says is written, belongs to 1000, and heroku "
                "runs Dockerfile as any user"
            ),
            id="chown-of-a-folder-above",
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
                    "FROM python:3.13\n"
                    "WORKDIR /app\n"
                    "COPY --chown=1000:1000 . .\n"
                    "CMD python manage.py runserver 0.0.0.0:$PORT\n"
                ),
                "shop/settings.py": (
                    "from pathlib import Path\n"
                    "BASE_DIR = Path(__file__).resolve().parent.parent\n"
                    "SECRET_KEY = 'x'\n"
                    "ROOT_URLCONF = 'shop.urls'\n"
                    "INSTALLED_APPS = []\n"
                    "MEDIA_ROOT = BASE_DIR / 'media'\n"
                ),
            },
            (
                "Dockerfile:3: /app/media, which MEDIA_ROOT says is written, belongs to 1000:1000, and "
                "heroku runs Dockerfile as any user"
            ),
            id="copy-chown",
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
                    "FROM python:3.13\n"
                    "WORKDIR /app\n"
                    "COPY --chown=1000:1000 . .\n"
                    "RUN mkdir media && chmod 777 media\n"
                    "CMD python manage.py runserver 0.0.0.0:$PORT\n"
                ),
                "shop/settings.py": (
                    "from pathlib import Path\n"
                    "BASE_DIR = Path(__file__).resolve().parent.parent\n"
                    "SECRET_KEY = 'x'\n"
                    "ROOT_URLCONF = 'shop.urls'\n"
                    "INSTALLED_APPS = []\n"
                    "MEDIA_ROOT = BASE_DIR / 'media'\n"
                ),
            },
            id="open-to-all",
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
                    "FROM python:3.13\n"
                    "WORKDIR /app\n"
                    "COPY . .\n"
                    "RUN chown -R app media && chmod -R a+rwX media\n"
                    "CMD python manage.py runserver 0.0.0.0:$PORT\n"
                ),
                "shop/settings.py": (
                    "from pathlib import Path\n"
                    "BASE_DIR = Path(__file__).resolve().parent.parent\n"
                    "SECRET_KEY = 'x'\n"
                    "ROOT_URLCONF = 'shop.urls'\n"
                    "INSTALLED_APPS = []\n"
                    "MEDIA_ROOT = BASE_DIR / 'media'\n"
                ),
            },
            id="open-to-all-by-letters",
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
                    "FROM python:3.13\n"
                    "WORKDIR /app\n"
                    "COPY . .\n"
                    "RUN chown -R app:app /app/static\n"
                    "CMD python manage.py runserver 0.0.0.0:$PORT\n"
                ),
                "shop/settings.py": (
                    "from pathlib import Path\n"
                    "BASE_DIR = Path(__file__).resolve().parent.parent\n"
                    "SECRET_KEY = 'x'\n"
                    "ROOT_URLCONF = 'shop.urls'\n"
                    "INSTALLED_APPS = []\n"
                    "MEDIA_ROOT = BASE_DIR / 'media'\n"
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
            },
            id="nobody-chowns",
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
                    "FROM python:3.13\n"
                    "WORKDIR /app\n"
                    "COPY --chown=1000 . .\n"
                    "CMD python manage.py runserver 0.0.0.0:$PORT\n"
                ),
                "shop/settings.py": (
                    "from pathlib import Path\n"
                    "BASE_DIR = Path(__file__).resolve().parent.parent\n"
                    "SECRET_KEY = 'x'\n"
                    "ROOT_URLCONF = 'shop.urls'\n"
                    "INSTALLED_APPS = []\n"
                    "MEDIA_ROOT = BASE_DIR / 'media'\n"
                ),
            },
            id="compose-alone",
        ),
    ],
)
def test_what_a_careful_reader_would_not_call_wrong_is_clean(files: Files) -> None:
    assert_clean(files, RULE)
