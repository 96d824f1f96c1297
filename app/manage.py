#!/usr/bin/env python3
"""Django's command line: `python3 app/manage.py help`."""

import sys

from dynowiki import env


def main() -> None:
    # The settings module is named in env.py; DJANGO_SETTINGS_MODULE, from the shell or .env, overrides it.
    env.load_or_exit()
    from django.core.management import execute_from_command_line
    from django.db import OperationalError, connection

    from dynowiki import database

    try:
        execute_from_command_line(sys.argv)
    except OperationalError as error:
        if connection.connection is not None:
            # It did answer: this is another fault, which its traceback tells best.
            raise
        sys.exit(database.unreachable(error))


if __name__ == "__main__":
    main()
