"""Photos in the bucket: django-storages' S3, signed for the address that browsers use.

https://django-storages.readthedocs.io/en/latest/backends/amazon-S3.html
"""

import threading
from functools import cached_property
from typing import Any

import boto3
import botocore.session
from boto3.s3.transfer import TransferConfig
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from storages.backends.s3 import S3Storage

# What a call to the bucket may raise when the bucket is gone, slow or shut.
BUCKET_ERRORS = (BotoCoreError, ClientError, OSError)


class MediaStorage(S3Storage):  # type: ignore[misc]
    """As S3Storage, with one client for all threads, and URLs for `browser_endpoint_url`.

    A signature covers the Host header, so an address can't be swapped after signing: MinIO's name inside compose is
    unknown to a browser, and a second client signs for the address that the browser has.
    """

    def __init__(self, **settings: Any) -> None:
        self.browser_endpoint_url = settings.pop("browser_endpoint_url", None) or settings.get("endpoint_url")
        settings.setdefault("client_config", client_config(custom_endpoint=bool(settings.get("endpoint_url"))))
        # A photo goes in one PutObject, whose parts can't be left behind, and no thread pool starts for it.
        settings.setdefault("transfer_config", TransferConfig(use_threads=False, multipart_threshold=100 * 1024**2))
        super().__init__(**settings)
        self._lock = threading.Lock()
        self._shared_connection: Any = None

    @property
    def connection(self) -> Any:
        # A client is safe to share between threads; one for each thread would take 10 MB each.
        with self._lock:
            if self._shared_connection is None:
                self._shared_connection = self._create_resource(self.endpoint_url)
        return self._shared_connection

    @cached_property
    def browser_client(self) -> Any:
        if self.browser_endpoint_url == self.endpoint_url:
            return self.connection.meta.client
        return self._create_resource(self.browser_endpoint_url).meta.client

    def _create_session(self) -> boto3.Session:
        """With the add-on's two keys and nothing of the shell's: no AWS_PROFILE, AWS_SESSION_TOKEN or ~/.aws."""
        nowhere = (None, None, None, None)
        names = ("profile", "config_file", "credentials_file")
        session = botocore.session.Session(session_vars=dict.fromkeys(names, nowhere))
        session.set_credentials(self.access_key, self.secret_key)
        return boto3.Session(botocore_session=session)

    def _create_resource(self, endpoint_url: str | None) -> Any:
        return self._create_session().resource(
            "s3",
            region_name=self.region_name,
            endpoint_url=endpoint_url,
            config=self.client_config,
        )

    def url(self, name: str, parameters: Any = None, expire: int | None = None, http_method: str | None = None) -> str:
        """A presigned address, good for `expire` seconds (default: querystring_expire), that a browser can reach."""
        return str(
            self.browser_client.generate_presigned_url(
                "get_object",
                Params={**(parameters or {}), "Bucket": self.bucket_name, "Key": self._normalize_name(name)},
                ExpiresIn=self.querystring_expire if expire is None else expire,
                HttpMethod=http_method,
            )
        )

    def get_object_parameters(self, name: str) -> dict[str, Any]:
        # A key is never used twice, so what stands under it never changes.
        return {**super().get_object_parameters(name), "CacheControl": "public, max-age=31536000, immutable"}

    def check(self) -> None:
        """Raises one of BUCKET_ERRORS unless the bucket answers and the key opens it."""
        self.connection.meta.client.head_bucket(Bucket=self.bucket_name)


def client_config(*, custom_endpoint: bool) -> Config:
    return Config(
        # Without these two boto3 presigns with SigV2 on the global host, which newer regions refuse.
        signature_version="s3v4",
        # An endpoint such as http://127.0.0.1:19000 has no name for each bucket.
        # us-east-1's old global host is not the one that the page's policy names.
        s3={
            "addressing_style": "path" if custom_endpoint else "virtual",
            "us_east_1_regional_endpoint": "regional",
        },
        # Bucketeer's checksum is the signature's; S3s other than AWS stumble over the trailing ones.
        request_checksum_calculation="when_required",
        response_checksum_validation="when_required",
        connect_timeout=3,
        read_timeout=10,
        retries={"total_max_attempts": 2, "mode": "standard"},
        max_pool_connections=10,
    )
