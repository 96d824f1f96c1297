"""The home without containers: Postgres and S3 from the Python package index, and the Procfile beside them."""

import os
import time
from contextlib import ExitStack

from parity import leftovers, machine
from parity.contract.order import Bucket, Database, Order, Running
from parity.embedded import postgres, s3
from parity.homes import procfile
from parity.homes.parts import Part, until
from parity.report import Report, typed
from parity.state import State


def run(order: Order, state: State, report: Report) -> None:
    """Stays until a part of the home ends, or a signal comes; either way nothing that it started is left."""
    began = time.monotonic()
    with ExitStack() as home:
        home.enter_context(state.held(Running(order.home, order.address, os.getpid(), order.detach)))
        home.callback(leftovers.end, state.folder)
        heal(state)
        possible(order, state)
        behind = [
            *([database(order.database, state, report, home)] if order.database else []),
            *([bucket(order.bucket, state, report, home)] if order.bucket else []),
        ]
        procfile.run(order, state, report, home, behind, began)


def heal(state: State) -> bool:
    """Ends what a killed run left, so that its ports and data are free, and says whether there was anything."""
    ended = leftovers.end(state.folder)
    if (state.postgres / "postmaster.pid").exists():
        postgres.heal(postgres.located(state.postgres))
        ended += 1
    return ended > 0


def possible(order: Order, state: State) -> None:
    """Raises UserError before anything starts when a port or space is missing."""
    machine.has_space(state.folder)
    procfile.port_is_free(order)
    if order.database:
        machine.port_is_free(order.database.host, order.database.port, "Postgres", way_out("DATABASE_URL"))
    if order.bucket:
        where = "AWS_ENDPOINT_URL_S3 and MEDIA_ENDPOINT_URL"
        machine.port_is_free(order.bucket.host, order.bucket.port, "the bucket", way_out(where))


def way_out(variables: str) -> str:
    return f"`{typed('down')}` if another home of this repository has it; else change the port in {variables}, in .env"


def database(promised: Database, state: State, report: Report, home: ExitStack) -> Part:
    cluster = postgres.located(state.postgres)
    postgres.prepare(cluster, promised, leftovers.mark(state.folder))
    log = home.enter_context(state.fresh_log("postgres.log"))
    part = Part(
        "Postgres",
        postgres.start(cluster, promised, log, leftovers.mark(state.folder)),
        ".parity/postgres.log",
    )
    home.callback(postgres.stop, part.process)
    until(lambda: postgres.answers(cluster, promised), part)
    account = f", as the user {cluster.account.name} since it refuses root" if cluster.account else ""
    report.say(f"Postgres: answers on {promised.host}:{promised.port}, data in {cluster.data}{account}")
    return part


def bucket(promised: Bucket, state: State, report: Report, home: ExitStack) -> Part:
    log = home.enter_context(state.fresh_log("s3.log"))
    part = Part("the bucket", s3.start(promised, state.s3, log, leftovers.mark(state.folder)), ".parity/s3.log")
    home.callback(s3.stop, part.process)
    until(lambda: s3.answers(promised), part)
    report.say(f"bucket: {promised.name} answers on {promised.host}:{promised.port}, data in {state.s3}")
    return part
