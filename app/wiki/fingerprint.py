"""What a cached article depends on besides its text: the templates, and the names of the static files."""

import hashlib
from functools import cache
from pathlib import Path

from django.conf import settings

TEMPLATES = Path(__file__).parent / "templates"


def fingerprint() -> str:
    """Ten hex digits that a deploy with another look changes. Computed once, or each time while developing."""
    return compute() if settings.DEBUG else computed_once()


@cache
def computed_once() -> str:
    return compute()


def compute() -> str:
    digest = hashlib.sha256()
    for path in [*sorted(TEMPLATES.rglob("*.html")), Path(settings.STATIC_ROOT, "staticfiles.json")]:
        digest.update(path.read_bytes())
    return digest.hexdigest()[:10]
