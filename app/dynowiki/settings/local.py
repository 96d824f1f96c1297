"""heroku's settings with developer conveniences, and the same database, storage and static files.

Choose it by DJANGO_SETTINGS_MODULE=dynowiki.settings.local in .env; env.py refuses it where a public host is allowed.
"""

from dynowiki.settings.heroku import *  # noqa: F403
from dynowiki.settings.heroku import TEMPLATES

# Django's error pages show the code that failed.
DEBUG = True
# An edit of a template shows at the next request: gunicorn doesn't reload, and Django keeps what it has read.
TEMPLATES = [
    {
        **TEMPLATES[0],
        "APP_DIRS": False,
        "OPTIONS": {**TEMPLATES[0]["OPTIONS"], "loaders": ["django.template.loaders.app_directories.Loader"]},
    }
]
# WhiteNoise would go back to plain files with DEBUG; here they are served as in every home.
WHITENOISE_AUTOREFRESH = False
WHITENOISE_USE_FINDERS = False
# A password such as "editor" will do on loopback.
AUTH_PASSWORD_VALIDATORS = []
