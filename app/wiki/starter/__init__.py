"""What a new wiki begins with: a welcome article, its photo, and the first account."""

from collections.abc import Callable
from pathlib import Path

from django.core.management.base import CommandError
from django.db import transaction

from dynowiki import env
from wiki import services
from wiki.models import HOME_PATH, Page, Upload, User

HERE = Path(__file__).parent
TITLE = "Welcome to Dynowiki"
PHOTO = HERE / "hills.jpg"
PHOTO_MARK = "PHOTO"


def fill(tell: Callable[[str], object]) -> None:
    """Fills an empty wiki. One that holds a page or the account already keeps what it has. Raises CommandError."""
    make_account(tell)
    make_article(tell)


def make_account(tell: Callable[[str], object]) -> None:
    config = env.read()
    name = config["DJANGO_SUPERUSER_USERNAME"]
    # Where others can log in it is the first account of all, or none: one that was renamed or deleted must not come back
    # with its first password. On a laptop the login that `make up` prints should work.
    there = User.objects.all() if env.is_public(config["ALLOWED_HOSTS"]) else User.objects.filter(username=name)
    if not name or there.exists():
        return
    User.objects.create_superuser(name, password=config["DJANGO_SUPERUSER_PASSWORD"])
    tell(f"Made the account {name}.")


def make_article(tell: Callable[[str], object]) -> None:
    if Page.objects.exists() or Upload.objects.exists():
        return
    # boto3 takes a quarter of a second to import, and all releases but the first end above.
    from wiki import photos

    try:
        with transaction.atomic(), PHOTO.open("rb") as file:
            upload = photos.store(file=file, name=PHOTO.name, author=None, page=None)
            text = (HERE / "welcome.md").read_text().replace(PHOTO_MARK, upload.get_absolute_url())
            services.make_page(path=HOME_PATH, title=TITLE, text=text, comment="The first page", author=None)
    except photos.BucketGone as error:
        raise CommandError(
            "The welcome article's photo could not be stored: the bucket does not answer, or refuses the key.\n"
            "  hint: check the BUCKETEER_* variables and AWS_ENDPOINT_URL_S3, then repeat `manage.py welcome`"
        ) from error
    tell("Put in the welcome article.")
