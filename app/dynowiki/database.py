"""The schema's state, and the lock that lets one `migrate` run at a time."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import OperationalError, connection
from django.db.migrations.executor import MigrationExecutor

# Any number that no other program takes on this database: "wiki" in ASCII.
MIGRATE_LOCK = 0x77696B69


def unreachable(error: OperationalError) -> str:
    """The words for a start that finds no database; the driver's first line names the host, never the password."""
    reason = next(iter(str(error).strip().splitlines()), type(error).__name__)
    return f"The database does not answer: {reason}\n  hint: check DATABASE_URL; on a laptop, `make up` starts it"


def pending_migrations() -> list[str]:
    """The migrations that this code has and the database hasn't, as `app.name`, in order."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]


@contextmanager
def migrate_lock(on_wait: Callable[[], None]) -> Iterator[None]:
    """Holds a Postgres advisory lock of the session; calls `on_wait` once when another session holds it.

    Postgres gives the lock back when the session ends, however it ends.
    https://www.postgresql.org/docs/17/explicit-locking.html#ADVISORY-LOCKS
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [MIGRATE_LOCK])
        if not cursor.fetchone()[0]:
            on_wait()
            cursor.execute("SELECT pg_advisory_lock(%s)", [MIGRATE_LOCK])
    try:
        yield
    finally:
        if connection.is_usable():
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [MIGRATE_LOCK])


def migrate_is_running() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock_shared(%s)", [MIGRATE_LOCK])
        free = bool(cursor.fetchone()[0])
        if free:
            cursor.execute("SELECT pg_advisory_unlock_shared(%s)", [MIGRATE_LOCK])
    return not free
