"""Where static files are and how they are stored; a settings module by itself, for collectstatic in the image.

The image collects static files in a layer that needs no config var and that a change of code leaves as it is.
https://whitenoise.readthedocs.io/en/stable/django.html
"""

import importlib.util
from pathlib import Path

APP = Path(__file__).resolve().parents[1]


def package_folder(name: str) -> Path:
    """The folder of an installed package, found without importing it."""
    spec = importlib.util.find_spec(name)
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(f"{name} is not installed", name=name)
    return Path(spec.origin).parent


STATIC_URL = "/static/"
STATIC_ROOT = APP / "staticfiles"
STATICFILES_DIRS = [APP / "wiki" / "static", package_folder("django") / "contrib" / "admin" / "static"]
STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
STATICFILES_STORAGE = {"BACKEND": "dynowiki.staticfiles.HashedAlways"}

STORAGES = {"staticfiles": STATICFILES_STORAGE}
INSTALLED_APPS = ["django.contrib.staticfiles"]
