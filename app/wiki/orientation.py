"""Turns a photo the way its camera was held, with little more memory than one copy of it.

Pillow turns from one image into another, which for 40 megapixels is twice 160 MB: too much for a dyno of 512 MB.
Here the pixels go through a temporary file, strip by strip. https://www.cipa.jp/std/documents/e/DC-X008-Translation-2019-E.pdf
"""

import tempfile
from dataclasses import dataclass

from PIL import ExifTags, Image

ROWS_A_STRIP = 512


@dataclass(frozen=True)
class Turn:
    """How the pixels move. `sideways`: rows become columns; `backwards`: the first row ends up last."""

    method: Image.Transpose
    sideways: bool
    backwards: bool


# The values of the EXIF tag Orientation; 1 is upright.
TURNS = {
    2: Turn(Image.Transpose.FLIP_LEFT_RIGHT, sideways=False, backwards=False),
    3: Turn(Image.Transpose.ROTATE_180, sideways=False, backwards=True),
    4: Turn(Image.Transpose.FLIP_TOP_BOTTOM, sideways=False, backwards=True),
    5: Turn(Image.Transpose.TRANSPOSE, sideways=True, backwards=False),
    6: Turn(Image.Transpose.ROTATE_270, sideways=True, backwards=True),
    7: Turn(Image.Transpose.TRANSVERSE, sideways=True, backwards=True),
    8: Turn(Image.Transpose.ROTATE_90, sideways=True, backwards=False),
}


def turn_of(image: Image.Image) -> Turn | None:
    """What is to be done to see `image` upright; None when it is."""
    return TURNS.get(image.getexif().get(ExifTags.Base.Orientation, 1))


def turned(image: Image.Image, turn: Turn) -> Image.Image:
    """The upright image, of the same mode. `image` is closed on the way."""
    width, height = image.size
    upright_size = (height, width) if turn.sideways else (width, height)
    mode, info = image.mode, image.info
    tops = range(0, height, ROWS_A_STRIP)
    with tempfile.TemporaryFile() as strips:
        boxes = []
        for top in tops:
            bottom = min(top + ROWS_A_STRIP, height)
            strip = image.crop((0, top, width, bottom)).transpose(turn.method)
            start = height - bottom if turn.backwards else top
            corner = (start, 0) if turn.sideways else (0, start)
            boxes.append((corner, strip.size, strips.write(strip.tobytes())))
        palette = image.getpalette() if mode == "P" else None
        image.close()
        strips.seek(0)
        upright = Image.new(mode, upright_size)
        if palette:
            upright.putpalette(palette)
        for corner, size, length in boxes:
            upright.paste(Image.frombytes(mode, size, strips.read(length)), corner)
    upright.info = info
    return upright
