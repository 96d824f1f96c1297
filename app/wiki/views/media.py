"""/media/<key>: the address of a photo in articles, the same in every home; it leads to where the bucket is here."""

from django.core.files.storage import default_storage
from django.http import HttpRequest, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from wiki.models import Upload

# A presigned address is good for an hour; a browser that asks anew after half of it never holds a stale one.
CACHED_SECONDS = 1800


@require_safe
def media(request: HttpRequest, key: str) -> HttpResponseRedirect:
    upload = get_object_or_404(Upload.objects.only("key"), key=key)
    response = HttpResponseRedirect(default_storage.url(upload.key))
    patch_cache_control(response, private=True, max_age=CACHED_SECONDS)
    return response
