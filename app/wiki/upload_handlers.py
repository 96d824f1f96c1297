"""Reads an upload only as far as the wiki takes it, so that a huge one fills no disk.

https://docs.djangoproject.com/en/5.2/ref/files/uploads/#writing-custom-upload-handlers
"""

from typing import Any

from django.core.files.uploadhandler import FileUploadHandler, SkipFile

from wiki.photos import BYTES_AT_MOST


class PhotoLimit(FileUploadHandler):
    """Drops a file that goes over the limit, and keeps its field's name in `request.META` for the form to say so."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.received = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        self.received += len(raw_data)
        if self.received > BYTES_AT_MOST and self.request is not None:
            self.request.META.setdefault(TOO_BIG_FIELDS, set()).add(self.field_name)
            raise SkipFile
        return raw_data

    def file_complete(self, file_size: int) -> None:
        return None


TOO_BIG_FIELDS = "wiki.too_big_fields"
