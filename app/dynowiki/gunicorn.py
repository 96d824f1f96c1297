"""gunicorn for one dyno: as many workers and threads as its memory holds, and the timeouts of Heroku's router.

https://docs.gunicorn.org/en/stable/settings.html
https://devcenter.heroku.com/articles/python-gunicorn
"""

import os
import socket
import sys
from pathlib import Path
from typing import Any

# gunicorn reads this file by its path, before it enters app/.
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from gunicorn.glogging import Logger
from gunicorn.workers import gthread

from dynowiki import env, log

MB = 1024 * 1024

# A worker with its threads and a photo in hand takes up to 200 MB; the smallest dyno (512 MB) gets two.
MEMORY_A_WORKER = 256 * MB

# Without a memory limit (a laptop) one process more than this gains nothing.
WORKERS_AT_MOST = 4

CGROUP_LIMITS = (
    "/sys/fs/cgroup/memory.max",  # cgroup v2
    "/sys/fs/cgroup/memory/memory.limit_in_bytes",  # cgroup v1
)


def memory_limit(files: tuple[str, ...] = CGROUP_LIMITS) -> int | None:
    """The memory limit of this container in bytes; None without one. v2 says "max", v1 a number above any machine's."""
    for name in files:
        try:
            text = Path(name).read_text().strip()
        except OSError:
            continue
        if text.isdigit() and int(text) < 1 << 60:
            return int(text)
    return None


def concurrency(limit: int | None, asked: int | None, connections: int) -> tuple[int, int]:
    """(workers, threads of each), so that workers * (threads + 1) <= connections; the 1 is the readiness probe's."""
    fits = min(limit // MEMORY_A_WORKER, WORKERS_AT_MOST) if limit else WORKERS_AT_MOST // 2
    # Unasked, a worker gets three threads or more: one that waits for the bucket must not hold up the readers.
    workers = max(1, min(asked, connections // 2) if asked else min(fits, connections // 4))
    return workers, max(1, connections // workers - 1)


def bindable(host: str) -> str:
    """`host`, or 0.0.0.0 in place of [::] where the kernel has no IPv6."""
    if host != "[::]":
        return host
    try:
        socket.socket(socket.AF_INET6, socket.SOCK_STREAM).close()
    except OSError:
        return "0.0.0.0"
    return host


class OneLineARequest(Logger):  # type: ignore[misc]
    """gunicorn's logger without its access log: dynowiki.middleware writes a line with more in it."""

    def access(self, *args: object) -> None:
        return None


class StopsSoon(gthread.ThreadWorker):  # type: ignore[misc]
    """gthread, which stops without waiting for those who say nothing.

    A browser opens connections ahead of need. gunicorn would keep one of them a thread for 5 s, and keep a stop waiting
    for it for the whole graceful_timeout: `docker stop` then kills what would have ended in half a second.
    """

    def _cap_keepalive(self, deadline: float) -> None:
        super()._cap_keepalive(deadline)
        for connection in self.pending_conns:
            connection.timeout = 0
        self.murder_pending()


# In seconds: what is on its way when SIGTERM comes arrives in less.
gthread.DEFAULT_WORKER_DATA_TIMEOUT = 0.3
gthread.STOP_KEEPALIVE_LINGER = 0.3

env.load_or_exit()
values = env.read()

bind = [f"{bindable(values['BIND_HOST'])}:{values['PORT']}"]
worker_class = StopsSoon
workers, threads = concurrency(memory_limit(), values["WEB_CONCURRENCY"], values["DATABASE_CONNECTIONS"])
if workers < (values["WEB_CONCURRENCY"] or 0):

    def on_starting(server: Any) -> None:
        most = values["DATABASE_CONNECTIONS"]
        server.log.warning("WEB_CONCURRENCY is cut to %s: DATABASE_CONNECTIONS=%s holds no more.", workers, most)


# The router gives up on a request after 30 s and holds idle connections for 90 s.
timeout = 20
graceful_timeout = 20
keepalive = 95
forwarded_allow_ips = "*"

# The heartbeat's file must not be on a disk that stalls, nor in a folder that another UID can't write.
worker_tmp_dir = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
# The control socket wants a home folder that can be written, and a dyno's can't.
control_socket_disable = True

logger_class = OneLineARequest
logconfig_dict = log.config(values["LOG_FORMAT"], values["LOG_LEVEL"])
