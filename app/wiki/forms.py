"""What a person types, checked, with the reason when it is refused."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from wiki import paths, photos
from wiki.models import COMMENT_LENGTH, TEXT_BYTES, TITLE_LENGTH, Page
from wiki.upload_handlers import TOO_BIG_FIELDS


class RevisionForm(forms.Form):
    """A page's title and text, and the comment on what was changed."""

    title = forms.CharField(max_length=TITLE_LENGTH)
    text = forms.CharField(
        strip=False,
        required=False,
        widget=forms.Textarea(attrs={"rows": 22, "spellcheck": "true"}),
    )
    comment = forms.CharField(
        max_length=COMMENT_LENGTH,
        required=False,
        label="What did you change?",
        widget=forms.TextInput(attrs={"placeholder": "optional", "autocomplete": "off"}),
    )

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"].replace("\r\n", "\n")
        size = len(text.encode())
        if size > TEXT_BYTES:
            raise ValidationError(
                f"The text has {size:,} bytes; {TEXT_BYTES:,} (1 MB) is the most. Make two pages of it.", code="long"
            )
        return text


class EditForm(RevisionForm):
    base = forms.IntegerField(min_value=1, widget=forms.HiddenInput)


class NewForm(RevisionForm):
    path = forms.CharField(
        required=False,
        widget=forms.TextInput(attrs={"placeholder": "from the title", "autocapitalize": "none"}),
        help_text="The page's address below /wiki/, such as guides/deploy.",
    )
    field_order = ["title", "path", "text", "comment"]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if "path" not in self.errors and "title" in cleaned:
            path = paths.normalize(cleaned.get("path", "")) or paths.from_title(cleaned["title"])
            try:
                paths.validate(path)
                self.refuse_taken(path)
            except ValidationError as error:
                self.add_error("path", error)
            cleaned["path"] = path
        return cleaned

    def refuse_taken(self, path: str) -> None:
        if Page.objects.filter(path__iexact=path).exists():
            raise ValidationError(f"There is a page at {path} already. Choose another path.", code="taken")


class PhotoForm(forms.Form):
    # A page is saved without a photo too, so no browser may refuse to send one that isn't there.
    use_required_attribute = False

    photo = forms.FileField(
        widget=forms.FileInput(attrs={"accept": ",".join(kind.content_type for kind in photos.KINDS.values())}),
        error_messages={"required": "Choose a photo first."},
        help_text="10 MB at most; JPEG, PNG and GIF up to 40 megapixels, WebP 16, AVIF 10. Where it was taken is removed.",
    )

    @classmethod
    def of(cls, request: Any) -> "PhotoForm":
        """The form for a POST, which knows of a file that the upload handler dropped for its size."""
        form = cls(request.POST, request.FILES)
        if "photo" in request.META.get(TOO_BIG_FIELDS, ()):
            form.errors["photo"] = form.error_class([photos.TOO_BIG])
        return form
