"""What the wiki asks of its bucket: one call of each verb that it uses, and how a request is written down."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile

from dynowiki.storage import MediaStorage
from parity.contract.order import Bucket
from tests.homes import ROOT

RECORDING = ROOT / "tests/stack/recordings/s3.json"

KEY = "0123456789abcdef/photo.jpg"
PHOTO = b"not really a photo"

# What differs from run to run, or says only which versions of boto3 and Python sent it.
VOLATILE = {
    "authorization", "user-agent", "host", "accept-encoding", "connection", "amz-sdk-invocation-id", "amz-sdk-request",
    "x-amz-date", "content-md5", "x-amz-content-sha256", "content-length", "expect", "transfer-encoding", "accept",
    # MinIO notes this one itself, on a presigned request.
    "x-amz-signature-age",
}  # fmt: skip


def storage_of(store: Bucket) -> MediaStorage:
    """The app's storage, on another server than the settings name."""
    options = {**settings.STORAGES["default"]["OPTIONS"], "access_key": store.key, "secret_key": store.secret}
    endpoint = f"http://{store.host}:{store.port}"
    return MediaStorage(**{**options, "endpoint_url": endpoint, "browser_endpoint_url": endpoint})


def use_all_verbs(storage: MediaStorage, fetch: Callable[[str], object]) -> None:
    """Checks the bucket; saves a photo, has `fetch` get it as a browser does, and deletes it."""
    storage.check()
    content = ContentFile(PHOTO)
    content.content_type = "image/jpeg"  # type: ignore[attr-defined]
    assert storage.save(KEY, content) == KEY
    fetch(storage.url(KEY))
    storage.delete(KEY)


def written(method: str, path: str, query: dict[str, str], headers: dict[str, str]) -> dict[str, Any]:
    """A request as the recording has it: the names of its query, its lasting headers, and that it is signed."""
    lower = {name.lower(): value for name, value in headers.items()}
    signed = "authorization" in lower or "X-Amz-Signature" in query
    return {
        "method": method,
        "path": path,
        "query": sorted(query),
        "headers": {name: value for name, value in sorted(lower.items()) if name not in VOLATILE},
        "signed": signed,
    }
