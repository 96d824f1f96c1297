"""A photo whose pixels are known, and what a screen shows of it."""

from io import BytesIO

from PIL import Image
from playwright.sync_api import FilePayload, Locator

RED, BLUE = (200, 30, 30), (30, 30, 200)
SIZE = (600, 400)


def picture(size: tuple[int, int] = SIZE) -> bytes:
    """A JPEG, red on its left half and blue on its right."""
    image = Image.new("RGB", size, RED)
    image.paste(BLUE, (size[0] // 2, 0, *size))
    out = BytesIO()
    image.save(out, "JPEG", quality=92)
    return out.getvalue()


def payload(name: str) -> FilePayload:
    return {"name": name, "mimeType": "image/jpeg", "buffer": picture()}


def natural_size(shown: Locator) -> tuple[int, int]:
    """The pixels that the browser has decoded; waits for them."""
    shown.scroll_into_view_if_needed()
    width, height = shown.evaluate(
        "async image => { await image.decode(); return [image.naturalWidth, image.naturalHeight] }"
    )
    return width, height


def on_screen(shown: Locator) -> Image.Image:
    """What a person sees of it. A canvas would refuse, because the bucket is another origin than the page."""
    return Image.open(BytesIO(shown.screenshot())).convert("RGB")


def colours(shown: Locator) -> tuple[str, str]:
    """The colour in the middle of the left half, and of the right, in words."""
    seen = on_screen(shown)
    middle = seen.height // 2
    return word(seen.getpixel((seen.width // 4, middle))), word(seen.getpixel((seen.width * 3 // 4, middle)))


def word(pixel: object) -> str:
    for name, colour in (("red", RED), ("blue", BLUE)):
        if all(abs(one - two) < 25 for one, two in zip(pixel, colour, strict=True)):  # type: ignore[call-overload]
            return name
    return str(pixel)
