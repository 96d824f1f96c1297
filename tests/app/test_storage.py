"""What boto3 sends to the bucket is what MinIO is on record to have got; nothing else, and never an ACL."""

import json
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from botocore.awsrequest import AWSResponse

from dynowiki.settings.heroku import media_origin
from dynowiki.storage import MediaStorage
from parity.contract.order import Bucket
from tests import s3_requests

STORE = Bucket("127.0.0.1", 9, "key", "secret", "dynowiki")


@pytest.mark.parametrize("region", ["us-east-1", "us-west-2", "eu-west-1", "ap-southeast-2"])
def test_the_pages_policy_names_the_host_that_photos_come_from(region: str, monkeypatch: pytest.MonkeyPatch) -> None:
    # boto3 reads this one by itself.
    monkeypatch.delenv("AWS_ENDPOINT_URL_S3")
    storage = MediaStorage(access_key="k", secret_key="s", bucket_name="bucketeer-0123", region_name=region)
    parts = urlsplit(storage.url("k/p.jpg"))
    assert f"{parts.scheme}://{parts.netloc}" == media_origin(None, "bucketeer-0123", region)


def test_nothing_of_the_shells_aws_comes_along(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("AWS_PROFILE", "AWS_SESSION_TOKEN", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "of-the-shell")
    url = s3_requests.storage_of(STORE).url("k/p.jpg")
    assert "X-Amz-Credential=key%2F" in url
    assert "of-the-shell" not in url
    assert "Security-Token" not in url


class NoBody:
    def stream(self, **kwargs: object) -> list[bytes]:
        return []


def test_boto3_sends_what_is_recorded() -> None:
    recorded = json.loads(s3_requests.RECORDING.read_text())
    sent: list[dict[str, Any]] = []

    def note(method: str, url: str, headers: dict[str, str]) -> dict[str, Any]:
        parts = urlsplit(url)
        sent.append(s3_requests.written(method, parts.path, dict(parse_qsl(parts.query)), headers))
        return dict(recorded[len(sent) - 1])

    def answer(request: Any, **kwargs: object) -> AWSResponse:
        headers = {
            name: value.decode() if isinstance(value, bytes) else value for name, value in request.headers.items()
        }
        status = note(request.method, request.url, headers)["status"]
        return AWSResponse(request.url, status, {}, NoBody())

    storage = s3_requests.storage_of(STORE)
    # The last step before the socket: the request as it would be sent, signature and all.
    storage.connection.meta.client.meta.events.register("before-send.s3", answer)
    s3_requests.use_all_verbs(storage, fetch=lambda address: note("GET", address, {}))
    assert sent == [{name: entry[name] for name in sent[0]} for entry in recorded]


def test_the_recording_holds_every_verb_and_no_acl() -> None:
    recorded = json.loads(s3_requests.RECORDING.read_text())
    assert [entry["verb"] for entry in recorded] == [
        "HeadBucket",
        "HeadObject",
        "PutObject",
        "GetObject",
        "DeleteObject",
    ]
    assert all(entry["signed"] for entry in recorded)
    assert not [name for entry in recorded for name in (*entry["headers"], *entry["query"]) if "acl" in name.lower()]
