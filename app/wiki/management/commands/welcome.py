"""Puts the welcome article and its photo into an empty wiki, and makes the first account."""

from typing import Any

from django.core.management.base import BaseCommand

from wiki import starter


class Command(BaseCommand):
    help = (
        "Puts the welcome article and its photo into an empty wiki, and makes the account that "
        "DJANGO_SUPERUSER_USERNAME and DJANGO_SUPERUSER_PASSWORD name. Repeating it changes nothing."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        starter.fill(self.stdout.write)
