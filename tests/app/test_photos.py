"""Photos: checked by content, cleaned, stored once each; refused with a reason, and the text is kept."""

import contextlib
import hashlib
import zlib
from io import BytesIO
from struct import pack
from typing import Any

import httpx
import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from PIL import ExifTags, Image, ImageOps, PngImagePlugin

from dynowiki.storage import MediaStorage
from tests.app.conftest import picture, sent
from wiki import photos, services
from wiki.models import Page, Upload, User
from wiki.orientation import turn_of, turned

pytestmark = pytest.mark.django_db

EDIT = "/edit/guides/deploy"


def opened(data: bytes) -> Image.Image:
    image = Image.open(BytesIO(data))
    image.load()
    return image


def with_exif(orientation: int = 1) -> Image.Exif:
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = orientation
    exif[ExifTags.Base.Model] = "Camera 9000"
    gps = exif.get_ifd(ExifTags.IFD.GPSInfo)
    gps[ExifTags.GPS.GPSLatitude] = (52.0, 30.0, 0.0)
    return exif


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "GIF", "AVIF"])
def test_each_kind_is_taken_and_reads_the_same(form: str) -> None:
    photo = photos.clean(BytesIO(picture(form)))
    image = opened(photo.data).convert("RGB")
    assert (photo.format, image.size, (photo.width, photo.height)) == (form, (60, 40), (60, 40))
    left, right = image.getpixel((10, 20)), image.getpixel((50, 20))
    assert left[0] > 150 > left[2]  # type: ignore[index]
    assert right[2] > 150 > right[0]  # type: ignore[index]


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_place_and_camera_are_removed(form: str) -> None:
    data = picture(form, exif=with_exif())
    assert dict(opened(data).getexif())
    photo = photos.clean(BytesIO(data))
    assert not dict(opened(photo.data).getexif())
    assert b"Camera 9000" not in photo.data


def test_comments_and_trailing_bytes_are_removed() -> None:
    info = PngImagePlugin.PngInfo()
    info.add_text("Comment", "where I live")
    assert b"where I live" not in photos.clean(BytesIO(picture("PNG", pnginfo=info) + b"where I live")).data
    assert b"where I live" not in photos.clean(BytesIO(picture("JPEG", comment=b"where I live") + b"where I live")).data
    assert b"where I live" not in photos.clean(BytesIO(picture("GIF", comment=b"where I live"))).data


def test_a_photo_taken_sideways_is_turned_upright() -> None:
    photo = photos.clean(BytesIO(picture(exif=with_exif(orientation=6))))
    image = opened(photo.data)
    assert (photo.width, photo.height) == image.size == (40, 60)
    top, bottom = image.getpixel((20, 5)), image.getpixel((20, 55))
    assert top[0] > 150 > top[2]  # type: ignore[index]
    assert bottom[2] > 150 > bottom[0]  # type: ignore[index]


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("mode", ["1", "RGB", "L", "RGBA", "P", "CMYK"])
def test_every_turn_is_pillows_own(orientation: int, mode: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Strips of 7 rows, so that the photo is not a whole number of them."""
    monkeypatch.setattr("wiki.orientation.ROWS_A_STRIP", 7)
    image = opened(picture("PNG", (33, 20))).convert(mode)
    image.putpixel((2, 1), image.getpixel((30, 1)) or 0)
    image.getexif()[ExifTags.Base.Orientation] = orientation
    turn = turn_of(image)
    expected = ImageOps.exif_transpose(image)
    if turn is None:
        assert orientation == 1
        return
    upright = turned(image, turn)
    assert (upright.mode, upright.size) == (expected.mode, expected.size)
    assert upright.convert("RGB").tobytes() == expected.convert("RGB").tobytes()


def test_an_upright_jpeg_keeps_its_quality() -> None:
    data = picture(quality=96)
    assert opened(photos.clean(BytesIO(data)).data).quantization == opened(data).quantization  # type: ignore[attr-defined]


def test_a_phones_jpeg_of_two_pictures_is_taken_as_the_first() -> None:
    out = BytesIO()
    first, second = opened(picture()), opened(picture(size=(30, 20)))
    first.save(out, "MPO", save_all=True, append_images=[second])
    photo = photos.clean(BytesIO(out.getvalue()))
    assert (photo.format, photo.width, opened(photo.data).format) == ("JPEG", 60, "JPEG")


@pytest.mark.parametrize("form", ["GIF", "WEBP", "PNG"])
def test_an_animation_keeps_its_frames(form: str) -> None:
    frames = [Image.new("RGB", (20, 20), (shade, 0, 0)) for shade in (0, 120, 240)]
    data = BytesIO()
    frames[0].save(data, form, save_all=True, append_images=frames[1:], duration=80, loop=0)
    image = opened(photos.clean(data).data)
    assert getattr(image, "n_frames", 1) == 3
    assert image.info["duration"] == 80


def bomb() -> bytes:
    """A PNG of 20,000 by 20,000 pixels in 400 bytes of header and zeros."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return pack(">I", len(data)) + kind + data + pack(">I", zlib.crc32(kind + data))

    header = pack(">IIBBBBB", 20_000, 20_000, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\0" * 100_000))
        + chunk(b"IEND", b"")
    )


def flicker(count: int) -> bytes:
    """A GIF of `count` frames, each of one pixel, and different from the one before so that none is left out."""
    frames = [Image.new("L", (1, 1), 40 + 100 * (number % 2)) for number in range(count)]
    out = BytesIO()
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:])
    return out.getvalue()


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'

REFUSED = [
    ("an SVG", SVG, "photo.svg", "image/svg+xml", "not a photo that the wiki takes"),
    ("an SVG that says JPEG", SVG, "photo.jpg", "image/jpeg", "not a photo that the wiki takes"),
    (
        "HTML that says PNG",
        b"<!doctype html><script>alert(1)</script>",
        "p.png",
        "image/png",
        "not a photo that the wiki takes",
    ),
    ("a BMP that says JPEG", picture("BMP"), "photo.jpg", "image/jpeg", "not a photo that the wiki takes"),
    ("half a JPEG", picture("JPEG", (600, 400))[:3000], "photo.jpg", "image/jpeg", "broken or arrived incomplete"),
    ("half a PNG", picture("PNG", (600, 400))[:400], "photo.png", "image/png", "broken or arrived incomplete"),
    ("half a WebP", picture("WEBP", (600, 400))[:200], "photo.webp", "image/webp", "broken or arrived incomplete"),
    ("half an AVIF", picture("AVIF", (600, 400))[:200], "photo.avif", "image/avif", "not a photo that the wiki takes"),
    (
        "a WebP that needs too much memory",
        picture("WEBP", (4100, 4000)),
        "photo.webp",
        "image/webp",
        "more than 16 megapixels",
    ),
    ("600 frames of one pixel", flicker(600), "photo.gif", "image/gif", "has 600 frames; 500 are the most"),
    ("a bomb", bomb(), "photo.png", "image/png", "more than 40 megapixels"),
    ("11 MB", b"\xff\xd8\xff" + b"x" * 11 * 1024 * 1024, "photo.jpg", "image/jpeg", "larger than 10 MB"),
    ("nothing", b"", "photo.jpg", "image/jpeg", "The submitted file is empty"),
]


@pytest.mark.parametrize(
    ("data", "name", "mime", "reason"), [case[1:] for case in REFUSED], ids=[case[0] for case in REFUSED]
)
def test_what_is_no_good_photo_is_refused_and_the_text_is_kept(
    desk: Client, page: Page, data: bytes, name: str, mime: str, reason: str
) -> None:
    form = {"action": "photo", "title": "Deploy", "text": "Typed text.", "base": 1, "photo": sent(data, name, mime)}
    response = desk.post(EDIT, form)
    body = response.content.decode()
    assert response.status_code == 400
    assert reason in body
    assert ">\nTyped text.</textarea>" in body
    assert not Upload.objects.exists()


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "GIF", "AVIF"])
def test_a_photo_cut_off_anywhere_is_refused_or_whole(form: str) -> None:
    """Pillow meets broken bytes with errors of many kinds, and none may get through."""
    data = picture(form, (40, 30))
    for length in range(0, len(data), max(1, len(data) // 150)):
        with contextlib.suppress(ValidationError):
            photos.clean(BytesIO(data[:length]))


def test_more_than_one_file_is_refused(desk: Client, page: Page) -> None:
    files = {"photo": sent(picture()), "other": sent(picture())}
    assert desk.post("/upload", files).status_code == 400
    assert not Upload.objects.exists()


def test_a_turned_photo_grows_little() -> None:
    data = picture(size=(1200, 900), quality=30, exif=with_exif(orientation=6))
    assert len(photos.clean(BytesIO(data)).data) < 1.5 * len(data)


def test_a_photo_waits_for_another_only_so_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(photos, "SECONDS_TO_WAIT", 0.1)
    with photos.one_at_a_time(), pytest.raises(ValidationError, match="Many photos are being added just now"):
        photos.clean(BytesIO(picture()))


def test_a_photo_for_a_new_page_belongs_to_it(desk: Client, editor: User, store: Any) -> None:
    form = {"action": "save", "title": "Brand new", "text": "x", "photo": sent(picture())}
    assert desk.post("/new", form).status_code == 302
    assert Upload.objects.get().page == Page.objects.get(path="brand-new")


def test_a_photo_that_was_chosen_survives_a_conflict(desk: Client, page: Page, editor: User, store: Any) -> None:
    services.revise_page(page=page, base=1, title="Deploy", text="Theirs", comment="", author=editor)
    form = {"action": "save", "title": "Deploy", "text": "Mine", "base": 1, "photo": sent(picture())}
    response = desk.post(EDIT, form)
    assert response.status_code == 409
    assert f">\nMine\n\n![photo](/media/{Upload.objects.get().key})" in response.content.decode()


def test_a_stored_photo_is_kept_when_the_page_goes_at_that_moment(
    desk: Client, page: Page, store: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    revise = services.revise_page

    def deleted_first(**fields: Any) -> Page:
        Page.objects.get().delete()
        return revise(**fields)

    monkeypatch.setattr(services, "revise_page", deleted_first)
    form = {"action": "save", "title": "Deploy", "text": "Mine", "base": 1, "photo": sent(picture())}
    body = desk.post(EDIT, form).content.decode()
    assert "somebody deleted it" in body
    assert f">\nMine\n\n![photo](/media/{Upload.objects.get().key})" in body
    assert "was not stored" not in body


def test_a_photo_that_could_not_be_stored_is_told(stranger: Client, page: Page) -> None:
    form = {"action": "save", "title": "Deploy", "text": "Mine", "base": 1, "photo": sent(picture())}
    assert "was not stored. Choose it again" in stranger.post(EDIT, form).content.decode()


def test_an_animation_counts_all_its_frames() -> None:
    frames = [Image.new("L", (3000, 3000), shade) for shade in (0, 60, 120, 180, 240)]
    data = BytesIO()
    frames[0].save(data, "GIF", save_all=True, append_images=frames[1:])
    with pytest.raises(ValidationError, match="all its frames counted"):
        photos.clean(data)


def test_no_photo_chosen_is_told(desk: Client, page: Page) -> None:
    body = desk.post(EDIT, {"action": "photo", "title": "Deploy", "text": "Typed", "base": 1}).content.decode()
    assert "Choose a photo first." in body
    assert ">\nTyped</textarea>" in body


def test_a_photo_goes_into_the_text_and_its_bytes_come_back(desk: Client, page: Page, editor: User, store: Any) -> None:
    form = {
        "action": "photo",
        "title": "Deploy",
        "text": "Before.",
        "base": 1,
        "photo": sent(picture(), "My [dog].jpg"),
    }
    body = desk.post(EDIT, form).content.decode()
    upload = Upload.objects.get()
    assert f">\nBefore.\n\n![My (dog)](/media/{upload.key})\n</textarea>" in body
    assert (upload.author, upload.page, upload.name, upload.content_type) == (
        editor,
        page,
        "My [dog].jpg",
        "image/jpeg",
    )
    response = desk.get(f"/media/{upload.key}")
    assert response.status_code == 302
    fetched = httpx.get(response["Location"])
    assert fetched.status_code == 200
    assert fetched.headers["Content-Type"] == "image/jpeg"
    assert fetched.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert (hashlib.sha256(fetched.content).hexdigest(), len(fetched.content)) == (upload.sha256, upload.bytes)
    assert [entry.key for entry in store.bucket.objects.all()] == [f"public/media/{upload.key}"]


def test_a_photo_that_was_chosen_goes_with_save(desk: Client, page: Page, store: Any) -> None:
    form = {"action": "save", "title": "Deploy", "text": "Before.", "base": 1, "photo": sent(picture())}
    assert desk.post(EDIT, form).status_code == 302
    assert f'<img src="/media/{Upload.objects.get().key}"' in desk.get("/wiki/guides/deploy").content.decode()


def test_a_bad_photo_stops_save_and_the_text_is_kept(desk: Client, page: Page) -> None:
    form = {"action": "save", "title": "Deploy", "text": "Typed text.", "base": 1, "photo": sent(SVG)}
    response = desk.post(EDIT, form)
    assert response.status_code == 400
    assert ">\nTyped text.</textarea>" in response.content.decode()
    assert page.revisions.count() == 1


def test_two_uploads_of_one_name_are_two_objects(desk: Client, store: Any) -> None:
    for _ in range(2):
        assert desk.post("/upload", {"photo": sent(picture())}).status_code == 201
    keys = [f"public/media/{upload.key}" for upload in Upload.objects.all()]
    assert len(set(keys)) == 2
    assert sorted(entry.key for entry in store.bucket.objects.all()) == sorted(keys)


@pytest.mark.django_db(transaction=True)
def test_deleting_an_upload_deletes_its_object(editor: User, store: Any) -> None:
    upload = photos.store(file=BytesIO(picture()), name="p.jpg", author=editor, page=None)
    upload.delete()
    assert not list(store.bucket.objects.all())


def test_without_its_bucket_the_wiki_is_read_and_written(desk: Client, page: Page, settings: Any) -> None:
    options = {**settings.STORAGES["default"]["OPTIONS"], "endpoint_url": "http://127.0.0.1:9"}
    settings.STORAGES = {**settings.STORAGES, "default": {**settings.STORAGES["default"], "OPTIONS": options}}
    form = {"title": "Deploy", "text": "Typed text.", "base": 1}
    refused = desk.post(EDIT, {**form, "action": "photo", "photo": sent(picture())}).content.decode()
    assert "the bucket does not answer, or refuses it. Your text is kept" in refused
    assert ">\nTyped text.</textarea>" in refused
    assert desk.post(EDIT, {**form, "action": "save"}).status_code == 302
    assert "Typed text." in desk.get("/wiki/guides/deploy").content.decode()
    ready = desk.get("/readyz")
    assert (ready.status_code, ready.json()["checks"]["database"]) == (503, "ok")
    assert ready.json()["checks"]["bucket"] == "failed: EndpointConnectionError"


@pytest.mark.parametrize(
    "name", ["../../etc/passwd.jpg", "C:\\photos\\p.jpg", "\x00\n.jpg", "", "ñ" * 300, "a?b&c.jpg"]
)
def test_a_strange_name_makes_a_plain_key(name: str) -> None:
    key = photos.new_key(name, "jpg")
    folder, _, file = key.partition("/")
    assert len(folder) == 16
    assert file.removesuffix(".jpg").replace("-", "").replace("_", "").isalnum()
    assert len(key) < 90
    assert photos.shown_name(name).isprintable()


def test_the_address_is_signed_for_the_endpoint_of_browsers(monkeypatch: pytest.MonkeyPatch) -> None:
    # boto3 reads this one by itself.
    monkeypatch.delenv("AWS_ENDPOINT_URL_S3")
    here = MediaStorage(
        access_key="k", secret_key="s", bucket_name="bucketeer-0123", region_name="eu-west-1", location="public/media",
        endpoint_url="http://minio:9000", browser_endpoint_url="http://127.0.0.1:19000",
    )  # fmt: skip
    url = httpx.URL(here.url("k/p.jpg"))
    assert (url.scheme, url.netloc, url.path) == ("http", b"127.0.0.1:19000", "/bucketeer-0123/public/media/k/p.jpg")
    assert url.params["X-Amz-Algorithm"] == "AWS4-HMAC-SHA256"
    assert "/eu-west-1/s3/aws4_request" in url.params["X-Amz-Credential"]
    there = MediaStorage(
        access_key="k", secret_key="s", bucket_name="bucketeer-0123", region_name="eu-west-1", location="public/media"
    )
    assert httpx.URL(there.url("k/p.jpg")).host == "bucketeer-0123.s3.eu-west-1.amazonaws.com"
