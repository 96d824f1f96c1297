"""A page's path, such as `guides/deploy`: what is allowed, and how a title becomes one."""

import unicodedata

from django.core.exceptions import ValidationError

LONGEST = 200


def normalize(path: str) -> str:
    """One spelling of a path: letters in lower case and composed (NFC), for two spellings would be two pages."""
    return unicodedata.normalize("NFC", path.strip().strip("/").lower())


def from_title(title: str) -> str:
    """Words joined by hyphens; what is no part of a word goes."""
    kept = [character if is_of_word(character) else " " for character in unicodedata.normalize("NFC", title.lower())]
    return "-".join("".join(kept).split())[:LONGEST].strip("-")


def is_of_word(character: str) -> bool:
    """A letter, a digit, or a sign that changes the letter before it, as Hindi's vowels are."""
    return character.isalnum() or unicodedata.category(character) in ("Mn", "Mc")


def validate(path: str) -> None:
    """Raises ValidationError with the reason, in words for the person who typed the path."""
    if not path:
        raise ValidationError("Give the page a path, such as guides/deploy.", code="blank")
    if len(path) > LONGEST:
        raise ValidationError(f"The path has {len(path)} characters; {LONGEST} is the most.", code="long")
    if any(not character.isprintable() for character in path):
        raise ValidationError("The path holds a control character.", code="control")
    for segment in path.split("/"):
        validate_segment(segment)


def validate_segment(segment: str) -> None:
    if not segment:
        raise ValidationError("The path has two slashes in a row.", code="empty")
    if ".." in segment:
        raise ValidationError("A path can't hold two dots in a row.", code="dots")
    if not segment[0].isalnum() or not all(is_of_word(character) or character in "-._" for character in segment):
        raise ValidationError(
            f"“{segment}” can't be part of a path: begin with a letter or digit, and go on with letters, digits, "
            "hyphens, dots and underscores.",
            code="segment",
        )


def is_valid(path: str) -> bool:
    try:
        validate(path)
    except ValidationError:
        return False
    return True
