"""What the wiki keeps. The database carries the invariants: constraints here, and a trigger in migration 0002."""

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models.functions import Upper
from django.urls import reverse

from wiki import paths

# The largest text of an article, in bytes of UTF-8.
TEXT_BYTES = 1024 * 1024

# The article that the front page shows.
HOME_PATH = "welcome"

TITLE_LENGTH = 200
COMMENT_LENGTH = 200


class User(AbstractUser):
    """A user model of our own, because Django can't change to one later."""


class Page(models.Model):
    path = models.CharField(max_length=paths.LONGEST, validators=[paths.validate])
    title = models.CharField(max_length=TITLE_LENGTH)
    # The revision that readers see; empty only within the transaction that makes the page.
    current = models.ForeignKey("Revision", models.RESTRICT, null=True, editable=False, related_name="+")
    html = models.TextField(editable=False, default="")
    made = models.DateTimeField(auto_now_add=True)
    changed = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            # `path__iexact` asks for UPPER(path), so this index answers it too.
            models.UniqueConstraint(
                Upper("path"), name="page_path_unique", violation_error_message="There is a page at this path already."
            ),
            models.CheckConstraint(condition=~models.Q(path=""), name="page_path_not_blank"),
            models.CheckConstraint(condition=~models.Q(title=""), name="page_title_not_blank"),
        ]

    def __str__(self) -> str:
        return self.path

    def get_absolute_url(self) -> str:
        return reverse("page", args=[self.path])


class Revision(models.Model):
    """One saved state of a page's text. Rows are added and, with their page, deleted; a trigger refuses updates."""

    page = models.ForeignKey(Page, models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    text = models.TextField()
    # PROTECT: emptying the author would be an update. An account that should go is made inactive.
    author = models.ForeignKey(User, models.PROTECT, null=True, related_name="revisions")
    comment = models.CharField(max_length=COMMENT_LENGTH, blank=True)
    when = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["page", "number"], name="revision_number_unique"),
            models.CheckConstraint(condition=models.Q(number__gte=1), name="revision_number_from_1"),
        ]

    def __str__(self) -> str:
        return f"{self.page_id}#{self.number}"


class Upload(models.Model):
    """A photo in the bucket, under MEDIA_LOCATION and `key`. Articles refer to it by /media/<key>."""

    key = models.CharField(max_length=200, unique=True, editable=False)
    name = models.CharField("original name", max_length=255)
    sha256 = models.CharField(max_length=64, editable=False)
    bytes = models.PositiveIntegerField(editable=False)
    width = models.PositiveIntegerField(editable=False)
    height = models.PositiveIntegerField(editable=False)
    content_type = models.CharField(max_length=50, editable=False)
    author = models.ForeignKey(User, models.PROTECT, null=True, related_name="uploads")
    when = models.DateTimeField(auto_now_add=True)
    page = models.ForeignKey(Page, models.SET_NULL, null=True, blank=True, related_name="uploads")

    class Meta:
        ordering = ["-when"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(bytes__gte=1, width__gte=1, height__gte=1), name="upload_not_empty"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("media", args=[self.key])

    @property
    def markdown(self) -> str:
        label = self.name.rsplit(".", 1)[0].replace("[", "(").replace("]", ")").replace("\\", "")
        return f"![{label}]({self.get_absolute_url()})"
