"""Django's `migrate`, one at a time on a database; with --welcome it also fills an empty wiki."""

from typing import Any

from django.core.management.base import CommandParser
from django.core.management.commands import migrate

from dynowiki import database, honcho
from wiki import starter


class Command(migrate.Command):
    help = f"{migrate.Command.help} A second `migrate` waits for the first."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--welcome", action="store_true", help="Then do what `welcome` does.")

    def handle(self, *args: Any, welcome: bool = False, **options: Any) -> None:
        with database.migrate_lock(on_wait=self.tell_of_waiting):
            super().handle(*args, **options)
            if welcome:
                starter.fill(self.stdout.write)
        if welcome:
            honcho.outlive_release()

    def tell_of_waiting(self) -> None:
        self.stdout.write("Another migrate is at work on this database; waiting for it.")
        self.stdout.flush()
