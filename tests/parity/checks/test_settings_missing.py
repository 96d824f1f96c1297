"""Settings modules that homes name."""

import pytest

from tests.parity.checks.tools import Files, assert_clean, assert_finding

RULE = "settings-missing"


@pytest.mark.parametrize(
    ("files", "message"),
    [
        pytest.param(
            {
                "Procfile": "release: DJANGO_SETTINGS_MODULE=shop.settings.prod python manage.py migrate\n",
                "manage.py": "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'shop.settings')\n",
                "shop/__init__.py": "",
                "shop/settings/__init__.py": "",
                "shop/settings/base.py": "DEBUG = False\n",
            },
            (
                "Procfile:1: DJANGO_SETTINGS_MODULE names the settings module shop.settings.prod, and the "
                "repository has no shop/settings/prod.py"
            ),
            id="in-front-of-a-command",
        ),
        pytest.param(
            {
                "Procfile": "release: python manage.py migrate --settings=shop.settings.prod\n",
                "manage.py": "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'shop.settings')\n",
                "shop/__init__.py": "",
                "shop/settings/__init__.py": "",
                "shop/settings/base.py": "DEBUG = False\n",
            },
            (
                "Procfile:1: --settings names the settings module shop.settings.prod, and the repository "
                "has no shop/settings/prod.py"
            ),
            id="by-an-option",
        ),
        pytest.param(
            {
                "compose.yaml": (
                    "services:\n  web:\n    build: .\n    environment:\n      DJANGO_SETTINGS_MODULE: shop.prod\n"
                ),
                "Dockerfile": "FROM python:3.13\nWORKDIR /app\nCMD a\n",
                "manage.py": "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'shop.settings')\n",
                "shop/__init__.py": "",
                "shop/settings/__init__.py": "",
                "shop/settings/base.py": "DEBUG = False\n",
            },
            (
                "compose.yaml:5: DJANGO_SETTINGS_MODULE names the settings module shop.prod, and the "
                "repository has no shop/prod.py"
            ),
            id="by-compose",
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
                "Procfile": "release: DJANGO_SETTINGS_MODULE=shop.settings.base python manage.py migrate\n",
                "manage.py": "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'shop.settings')\n",
                "shop/__init__.py": "",
                "shop/settings/__init__.py": "",
                "shop/settings/base.py": "DEBUG = False\n",
            },
            id="there",
        ),
        pytest.param(
            {
                "Procfile": "release: DJANGO_SETTINGS_MODULE=shop.settings python manage.py migrate\n",
                "manage.py": "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'shop.settings')\n",
                "shop/__init__.py": "",
                "shop/settings/__init__.py": "",
                "shop/settings/base.py": "DEBUG = False\n",
            },
            id="a-package",
        ),
        pytest.param(
            {
                "Procfile": "release: DJANGO_SETTINGS_MODULE=shop.settings.local python manage.py migrate\n",
                ".gitignore": "local.py\n",
                "manage.py": "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'shop.settings')\n",
                "shop/__init__.py": "",
                "shop/settings/__init__.py": "",
                "shop/settings/base.py": "DEBUG = False\n",
            },
            id="what-git-ignores",
        ),
        pytest.param(
            {
                "Procfile": "release: DJANGO_SETTINGS_MODULE=saleor.settings python manage.py migrate\n",
                "manage.py": "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'shop.settings')\n",
                "shop/__init__.py": "",
                "shop/settings/__init__.py": "",
                "shop/settings/base.py": "DEBUG = False\n",
            },
            id="a-distribution's",
        ),
        pytest.param(
            {
                "Procfile": "release: cd src && DJANGO_SETTINGS_MODULE=a.b python manage.py migrate\n",
                "src/a/b.py": "",
                "src/manage.py": "",
            },
            id="below-the-root",
        ),
        pytest.param(
            {
                "Procfile": "release: DJANGO_SETTINGS_MODULE=shop.$STAGE python manage.py migrate\n",
                "manage.py": "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'shop.settings')\n",
                "shop/__init__.py": "",
                "shop/settings/__init__.py": "",
                "shop/settings/base.py": "DEBUG = False\n",
            },
            id="a-variable",
        ),
    ],
)
def test_what_a_careful_reader_would_not_call_wrong_is_clean(files: Files) -> None:
    assert_clean(files, RULE)
