from collections.abc import Iterator
from io import BytesIO
from urllib.parse import urlsplit

import httpx
import pytest
from PIL import ExifTags, Image

from tests.acceptance.belongings import Belongings
from tests.acceptance.visitor import SECONDS, OpenForm, Visitor

RED, BLUE = (200, 30, 30), (30, 30, 200)
SIZE = (96, 64)


def photo() -> bytes:
    """A JPEG, red on its left half and blue on its right, that says where it was taken and by which camera."""
    image = Image.new("RGB", SIZE, RED)
    image.paste(BLUE, (SIZE[0] // 2, 0, *SIZE))
    exif = Image.Exif()
    exif[ExifTags.Base.Make] = "A camera"
    exif.get_ifd(ExifTags.IFD.GPSInfo).update({1: "N", 2: (52.0, 31.0, 12.0), 3: "E", 4: (13.0, 24.0, 18.0)})
    out = BytesIO()
    image.save(out, "JPEG", quality=90, exif=exif)
    return out.getvalue()


def opened(data: bytes) -> Image.Image:
    image = Image.open(BytesIO(data))
    image.load()
    return image


def upload(editor: Visitor, name: str, data: bytes, content_type: str = "image/jpeg") -> httpx.Response:
    return editor.send(editor.form("/upload", holding="photo"), photo=(name, data, content_type))


def address(response: httpx.Response) -> str:
    """The photo's /media/<key> on the page that says that it is stored."""
    start = response.text.index("](/media/") + 2
    return response.text[start : response.text.index(")", start)]


def fetch(location: str) -> httpx.Response:
    """What is at the address in the bucket, for somebody who has no cookie of the wiki."""
    return httpx.get(location, timeout=SECONDS)


@pytest.fixture(scope="module")
def stored(editor: Visitor, belongings: Belongings) -> Iterator[str]:
    response = upload(editor, belongings.photo_name("stored.jpg"), photo())
    assert response.status_code == 201
    return address(response)


def test_an_uploaded_photo_comes_back_through_its_public_address(stored: str, stranger: Visitor) -> None:
    response = stranger.get(stored)
    assert response.status_code == 302
    fetched = fetch(response.headers["Location"])
    assert (fetched.status_code, fetched.headers["Content-Type"]) == (200, "image/jpeg")
    image = opened(fetched.content)
    assert (image.format, image.size) == ("JPEG", SIZE)
    left, right = image.getpixel((20, 32)), image.getpixel((76, 32))
    assert near(left, RED), f"red is stored, and {left} comes back"
    assert near(right, BLUE), f"blue is stored, and {right} comes back"


def near(colour: object, other: tuple[int, int, int]) -> bool:
    assert isinstance(colour, tuple)
    return all(abs(one - two) < 12 for one, two in zip(colour, other, strict=True))


def test_where_a_photo_was_taken_is_removed_from_it(stored: str, stranger: Visitor) -> None:
    assert opened(photo()).getexif().get_ifd(ExifTags.IFD.GPSInfo), "the photo that is sent says it"
    fetched = fetch(stranger.get(stored).headers["Location"]).content
    assert not opened(fetched).getexif()
    assert b"Exif" not in fetched


def test_the_policy_of_a_page_lets_a_browser_load_the_photo(stored: str, stranger: Visitor) -> None:
    location = urlsplit(stranger.get(stored).headers["Location"])
    policy = stranger.get("/").headers["Content-Security-Policy"]
    (images,) = (rule for rule in policy.split(";") if rule.strip().startswith("img-src"))
    assert f"{location.scheme}://{location.netloc}" in images.split()


def test_an_article_names_its_photo_by_an_address_without_a_host(
    editor: Visitor, stranger: Visitor, belongings: Belongings
) -> None:
    path = belongings.path("illustrated")
    form = editor.form("/new", holding="title")
    form.form.fields.update(title="Illustrated", path=path, text="Before the photo.")
    name = belongings.photo_name("red and blue.jpg")
    added = editor.send(form, action="photo", photo=(name, photo(), "image/jpeg"))
    assert added.status_code == 200
    assert editor.send(form_with_photo(editor, added), action="save").status_code == 302
    shown = stranger.get(f"/wiki/{path}").text
    assert "Before the photo." in shown
    assert '<img src="/media/' in shown


def form_with_photo(editor: Visitor, added: httpx.Response) -> OpenForm:
    form = editor.form_of(added, holding="title")
    assert form.form.fields["text"].startswith("Before the photo.\n\n![")
    return form


def test_two_photos_of_one_name_are_two_photos(editor: Visitor, belongings: Belongings) -> None:
    name = belongings.photo_name("photo.jpg")
    first, second = (address(upload(editor, name, photo())) for _ in range(2))
    assert first != second


@pytest.mark.parametrize(
    ("name", "data", "content_type"),
    [
        ("drawing.svg", b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', "image/svg+xml"),
        ("page.html", b"<!doctype html><script>alert(1)</script>", "text/html"),
        ("lying.jpg", b"<!doctype html><script>alert(1)</script>", "image/jpeg"),
        ("cut.jpg", photo()[:600], "image/jpeg"),
    ],
    ids=["svg", "html", "html_named_jpg", "cut_short"],
)
def test_what_is_no_photo_is_refused(
    editor: Visitor, belongings: Belongings, name: str, data: bytes, content_type: str
) -> None:
    response = upload(editor, belongings.photo_name(name), data, content_type)
    assert response.status_code == 400
    assert 'class="error"' in response.text


def test_a_refused_photo_costs_no_text(editor: Visitor, belongings: Belongings) -> None:
    form = editor.form("/new", holding="title")
    name = belongings.photo_name("drawing.svg")
    refused = editor.send(form, action="photo", text="Typed for a long time.", photo=(name, b"<svg/>", "image/svg+xml"))
    assert refused.status_code == 400
    assert editor.form_of(refused, holding="title").form.fields["text"] == "Typed for a long time."
