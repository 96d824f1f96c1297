"""What Heroku does around the process types of a Procfile, and honcho doesn't.

Heroku collects static files when it builds, runs the release phase before `web`, and lets it end. honcho starts
everything at once, and stops everything when one process ends: https://github.com/nickstenning/honcho/issues/188
"""

import os
import sys
import time

from django.core.management import call_command
from django.db import OperationalError, connection

from dynowiki import database

# Heroku gives a web process 60 s to bind its port (R10).
RELEASE_SECONDS = 60


def runs(process_type: str) -> bool:
    return os.environ.get("HONCHO_PROCESS_NAME", "").startswith(f"{process_type}.")


def prepare_web() -> None:
    """Under honcho: collects static files, then waits for the release. Elsewhere: nothing."""
    if not runs("web"):
        return
    call_command("collectstatic", interactive=False, verbosity=0)
    try:
        wait_for_release()
    except OperationalError as error:
        sys.exit(database.unreachable(error))
    # The workers are forked after this, and a connection can't be shared by two processes.
    connection.close()


def wait_for_release() -> None:
    """Returns when no `migrate` runs and none is due; exits with a message after RELEASE_SECONDS."""
    deadline = time.monotonic() + RELEASE_SECONDS
    told = False
    while pending := database.pending_migrations() or ["a release that still runs"] * database.migrate_is_running():
        if time.monotonic() > deadline:
            sys.exit(
                f"web waited {RELEASE_SECONDS} s for the release phase, and it is not done: {', '.join(pending[:3])}.\n"
                "  hint: honcho start release"
            )
        if not told:
            print(
                "web waits for the release phase (`honcho start web` alone: run `honcho start release` too)", flush=True
            )
            told = True
        time.sleep(0.2)


def outlive_release() -> None:
    """Under honcho: stays until honcho ends it, for its end would stop `web`. Elsewhere: returns at once."""
    if not runs("release"):
        return
    connection.close()
    print("The release is done; this process only waits for honcho to end.", flush=True)
    parent = os.getppid()
    while os.getppid() == parent:
        time.sleep(1)
