from typing import Any

from django.apps import AppConfig
from django.db import transaction
from django.db.models.signals import post_delete


class WikiConfig(AppConfig):
    name = "wiki"

    def ready(self) -> None:
        post_delete.connect(forget_photo, sender=self.get_model("Upload"), dispatch_uid="wiki.forget_photo")


def forget_photo(instance: Any, **kwargs: Any) -> None:
    # boto3 takes a quarter of a second to import, which `migrate` and `check` needn't pay.
    from wiki import photos

    transaction.on_commit(lambda: photos.forget(instance))
