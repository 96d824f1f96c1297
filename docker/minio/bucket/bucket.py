"""Gives in MinIO what the Bucketeer add-on gives: a bucket, and a key that opens this one bucket only. Safe to repeat.

https://devcenter.heroku.com/articles/bucketeer
"""

import os
import sys
from typing import NoReturn
from urllib.parse import urlsplit

from minio import Minio
from minio.credentials import StaticProvider
from minio.error import MinioAdminException, MinioException
from minio.minioadmin import MinioAdmin
from urllib3 import PoolManager, Retry
from urllib3.exceptions import HTTPError

NAMES = (
    "MINIO_ENDPOINT",
    "MINIO_ROOT_USER",
    "MINIO_ROOT_PASSWORD",
    "BUCKETEER_AWS_ACCESS_KEY_ID",
    "BUCKETEER_AWS_SECRET_ACCESS_KEY",
    "BUCKETEER_AWS_REGION",
    "BUCKETEER_BUCKET_NAME",
)


def main() -> None:
    if missing := [name for name in NAMES if not os.environ.get(name)]:
        fail(f"not set: {', '.join(missing)}", "docker-compose.yml sets them for the service bucket")
    endpoint, user, password, key, secret, region, bucket = (os.environ[name] for name in NAMES)
    try:
        add_on(endpoint, StaticProvider(user, password), key=key, secret=secret, region=region, bucket=bucket)
    except HTTPError as error:
        fail(f"no answer from {endpoint}: {error}", "docker compose logs minio")
    except (MinioException, MinioAdminException, ValueError) as error:
        fail(
            f"{endpoint} refused: {str(error).strip()}",
            "MINIO_ROOT_* are minio's own; a key has 3 to 20 characters, a secret 8 to 40",
        )
    print(f"bucket: {bucket} is there, and {key} opens it")


def add_on(endpoint: str, root: StaticProvider, *, key: str, secret: str, region: str, bucket: str) -> None:
    address = urlsplit(endpoint)
    # A server that starts refuses connections, then answers 503 and asks for a minute's peace; one that is not there is given
    # up after some 30 seconds.
    patience = Retry(
        60,
        backoff_factor=0.1,
        backoff_max=0.5,
        status_forcelist=[503],
        allowed_methods=None,
        respect_retry_after_header=False,
    )
    server = {
        "endpoint": address.netloc,
        "secure": address.scheme == "https",
        "credentials": root,
        "region": region,
        "http_client": PoolManager(timeout=5, retries=patience),
    }
    storage, admin = Minio(**server), MinioAdmin(**server)
    if not storage.bucket_exists(bucket_name=bucket):
        storage.make_bucket(bucket_name=bucket)
    admin.user_add(key, secret)
    admin.policy_add(policy_name=bucket, policy=only(bucket))
    attach(admin, bucket, key)


def only(bucket: str) -> dict:
    """The policy that allows everything in one bucket and nothing elsewhere."""
    within = [f"arn:aws:s3:::{bucket}", f"arn:aws:s3:::{bucket}/*"]
    return {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": ["s3:*"], "Resource": within}]}


def attach(admin: MinioAdmin, policy: str, user: str) -> None:
    try:
        admin.attach_policy([policy], user=user)
    except MinioAdminException as error:
        if "XMinioAdminPolicyChangeAlreadyApplied" not in str(error):
            raise


def fail(what: str, hint: str) -> NoReturn:
    sys.exit(f"bucket: {what}\nhint: {hint}")


if __name__ == "__main__":
    main()
