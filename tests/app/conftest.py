"""The cast of the app's tests: an editor with an account, and a stranger without; on real Postgres and S3."""

from io import BytesIO
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from PIL import Image

from parity.contract.order import Bucket
from wiki import services
from wiki.models import Page, User


@pytest.fixture(scope="session", autouse=True)
def static_files() -> None:
    """As the image's build does: templates name static files by the manifest."""
    call_command("collectstatic", interactive=False, verbosity=0)


@pytest.fixture
def editor(db: None) -> User:
    return User.objects.create_user("ada")


@pytest.fixture
def desk(editor: User) -> Client:
    """The editor's browser, logged in."""
    client = Client(raise_request_exception=False)
    client.force_login(editor)
    return client


@pytest.fixture
def stranger(db: None) -> Client:
    return Client(raise_request_exception=False)


@pytest.fixture
def page(editor: User) -> Page:
    return services.make_page(path="guides/deploy", title="Deploy", text="Push *it*.", comment="", author=editor)


@pytest.fixture
def store(bucket: Bucket) -> Any:
    """The bucket of the session, empty before each test that asks for it."""
    for upload in default_storage.bucket.objects.all():  # type: ignore[attr-defined]
        upload.delete()
    return default_storage


def picture(form: str = "JPEG", size: tuple[int, int] = (60, 40), **options: Any) -> bytes:
    """A photo's bytes: red on its left half, blue on its right."""
    image = Image.new("RGB", size, (200, 30, 30))
    image.paste((30, 30, 200), (size[0] // 2, 0, size[0], size[1]))
    out = BytesIO()
    image.save(out, form, **options)
    return out.getvalue()


def sent(data: bytes, name: str = "photo.jpg", content_type: str = "image/jpeg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data, content_type)
