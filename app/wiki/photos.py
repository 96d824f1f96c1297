"""Photos: checked by their content, cleaned of what a camera writes into them, and put into the bucket."""

import fcntl
import hashlib
import logging
import os
import secrets
import tempfile
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import IO, Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import DatabaseError
from django.utils.text import slugify
from PIL import Image, UnidentifiedImageError
from PIL.JpegImagePlugin import JpegImageFile, get_sampling

from dynowiki.storage import BUCKET_ERRORS
from wiki import orientation
from wiki.models import Page, Upload, User

BYTES_AT_MOST = 10 * 1024 * 1024

# Each frame costs some KB and time of its own, however small it is.
FRAMES_AT_MOST = 500

# Heroku's router gives up on a request after 30 s.
SECONDS_TO_WAIT = 15


@dataclass(frozen=True)
class Kind:
    """A format of photos. `megapixels` is the most that fits into a dyno of 512 MB while it is encoded anew."""

    content_type: str
    extension: str
    megapixels: int


# Measured with Pillow 13: 5 bytes a pixel for JPEG, PNG and GIF, 17 for WebP and 28 for AVIF, whose coders keep copies.
KINDS = {
    "JPEG": Kind("image/jpeg", "jpg", 40),
    "PNG": Kind("image/png", "png", 40),
    "GIF": Kind("image/gif", "gif", 40),
    "WEBP": Kind("image/webp", "webp", 16),
    "AVIF": Kind("image/avif", "avif", 10),
}

# What is needed to show the pixels as they were: an animation's times, a palette's transparent colour.
KEPT_INFO = {"duration", "loop", "disposal", "blend", "transparency", "background", "version", "extension"}

TOO_BIG = "The photo is larger than 10 MB. Make it smaller, and choose it again."
BUCKET_GONE = "The photo could not be stored: the bucket does not answer, or refuses it. Your text is kept; try again."


logger = logging.getLogger(__name__)


class BucketGone(Exception):
    """The bucket did not take the photo."""


@dataclass(frozen=True)
class Photo:
    """A photo as it is stored. `data` holds no metadata; width and height are in pixels, after orientation."""

    data: bytes
    format: str
    width: int
    height: int

    @property
    def kind(self) -> Kind:
        return KINDS[self.format]


def store(*, file: IO[bytes], name: str, author: User | None, page: Page | None) -> Upload:
    """Raises ValidationError with the reason when the file is refused, and BucketGone."""
    photo = clean(file)
    key = new_key(name, photo.kind.extension)
    content = ContentFile(photo.data)
    content.content_type = photo.kind.content_type  # type: ignore[attr-defined]
    try:
        default_storage.save(key, content)
    except BUCKET_ERRORS as error:
        raise BucketGone from error
    upload = Upload(
        key=key,
        name=shown_name(name),
        sha256=hashlib.sha256(photo.data).hexdigest(),
        bytes=len(photo.data),
        width=photo.width,
        height=photo.height,
        content_type=photo.kind.content_type,
        author=author,
        page=page,
    )
    try:
        upload.save()
    except DatabaseError:
        forget(upload)
        raise
    return upload


def forget(upload: Upload) -> None:
    """Takes the photo of a deleted row out of the bucket. A bucket that is gone keeps it, and the log says so."""
    try:
        default_storage.delete(upload.key)
    except BUCKET_ERRORS:
        logger.warning("the photo %s stays in the bucket, which did not answer", upload.key, exc_info=True)


def clean(file: IO[bytes]) -> Photo:
    """The photo in `file`, decoded and encoded anew: upright, and without EXIF, XMP, comments or trailing bytes.

    Raises ValidationError when it is no photo that we take, broken, or too large.
    """
    with one_at_a_time():
        try:
            with warnings.catch_warnings():
                # We ask the header for the number of pixels ourselves.
                warnings.simplefilter("ignore", Image.DecompressionBombWarning)
                return decode(file)
        except UnidentifiedImageError as error:
            raise ValidationError(
                "This is not a photo that the wiki takes. JPEG, PNG, WebP, GIF and AVIF are.", code="format"
            ) from error
        except Image.DecompressionBombError as error:
            raise ValidationError(too_many_pixels("JPEG"), code="pixels") from error
        except ValidationError:
            raise
        except Exception as error:
            # Pillow meets broken bytes with errors of many kinds, struct.error and IndexError among them.
            logger.info("a photo could not be read: %r", error)
            raise ValidationError(
                "The photo is broken or arrived incomplete. Choose it again, or save it anew in another program.",
                code="broken",
            ) from error


def decode(file: IO[bytes]) -> Photo:
    file.seek(0)
    image = Image.open(file, formats=list(KINDS))
    # A phone's JPEG with a second picture behind the first calls itself MPO.
    encoded_as = "JPEG" if image.format == "MPO" else str(image.format)
    frames = 1 if encoded_as == "JPEG" else getattr(image, "n_frames", 1)
    if frames > FRAMES_AT_MOST:
        raise ValidationError(f"The animation has {frames} frames; {FRAMES_AT_MOST} are the most.", code="frames")
    if image.width * image.height * frames > KINDS[encoded_as].megapixels * 1_000_000:
        raise ValidationError(too_many_pixels(encoded_as), code="pixels")
    image.load()
    turn = orientation.turn_of(image) if frames == 1 else None
    options = {"icc_profile": image.info.get("icc_profile"), **options_for(encoded_as, image, frames, turn is not None)}
    upright = orientation.turned(image, turn) if turn else image
    strip(upright)
    out = BytesIO()
    upright.save(out, encoded_as, **options)
    return Photo(out.getvalue(), encoded_as, upright.width, upright.height)


def options_for(encoded_as: str, image: Image.Image, frames: int, turned: bool) -> dict[str, Any]:
    """How Pillow is to encode. A JPEG keeps its quantization tables, so that it gets no worse than it must, nor larger."""
    if isinstance(image, JpegImageFile):
        sampling = {"qtables": image.quantization, "subsampling": get_sampling(image)}
        return sampling if turned or image.format == "MPO" else {"quality": "keep"}
    animated = {"save_all": True} if frames > 1 else {}
    if encoded_as == "WEBP":
        return {"quality": 90, **animated}
    if encoded_as == "AVIF":
        # The fastest speed: the router waits for 30 s, and others may be waiting for their turn.
        return {"quality": 80, "speed": 10, **animated}
    return animated


def strip(image: Image.Image) -> None:
    """Takes away all that Pillow would write back: position, camera, comments, XMP."""
    image.info = {name: value for name, value in image.info.items() if name in KEPT_INFO}
    image.getexif().clear()


def too_many_pixels(encoded_as: str) -> str:
    most = KINDS[encoded_as].megapixels
    other = (
        "" if most == KINDS["JPEG"].megapixels else f", or save it as JPEG, which may have {KINDS['JPEG'].megapixels}"
    )
    return f"The photo has more than {most} megapixels, all its frames counted. Make it smaller{other}."


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """One photo in hand for the whole dyno: 40 megapixels take 200 MB, and every worker shares the 512."""
    with Path(tempfile.gettempdir(), f"dynowiki-photo-{os.getuid()}.lock").open("a") as lock:
        deadline = time.monotonic() + SECONDS_TO_WAIT
        while not locked(lock):
            if time.monotonic() > deadline:
                raise ValidationError("Many photos are being added just now. Try again in a minute.", code="busy")
            time.sleep(0.05)
        yield


def locked(file: IO[str]) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def new_key(name: str, extension: str) -> str:
    """`k3v9…/photo.jpg`: the random part tells two of one name apart, and can't be guessed."""
    stem = slugify(PurePosixPath(name.replace("\\", "/")).stem)[:60] or "photo"
    return f"{secrets.token_hex(8)}/{stem}.{extension}"


def shown_name(name: str) -> str:
    return "".join(character for character in name if character.isprintable())[-255:] or "photo"
