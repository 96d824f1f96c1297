"""The WSGI application: `gunicorn dynowiki.wsgi`."""

import django
from django.core.files.storage import default_storage
from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

from dynowiki import env, honcho
from dynowiki.body import WholeBody

env.load()
django.setup()
honcho.prepare_web()

application = WholeBody(get_wsgi_application())

# With --preload all of this is done once, before the first request, and shared by all workers: reading the views,
# boto3 among them, and making its client, which on macOS must not be done after a fork.
get_resolver().url_patterns  # noqa: B018  (reading it imports the views)
default_storage.connection  # type: ignore[attr-defined]  # noqa: B018  (reading it makes the client)
