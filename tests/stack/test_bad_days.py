"""What happens when Postgres, the bucket or the web process goes, and what a reader sees meanwhile."""

import hashlib
import socket
import time
from io import BytesIO
from typing import Any

import httpx
import pytest
from PIL import Image

from tests.homes import ImageHome
from tests.services import until
from tests.stack.test_image import log_in

pytestmark = pytest.mark.docker


def photo() -> bytes:
    out = BytesIO()
    Image.new("RGB", (64, 48), (10, 120, 80)).save(out, "PNG")
    return out.getvalue()


def write(editor: httpx.Client, **fields: str) -> httpx.Response:
    form = {"action": "save", "csrfmiddlewaretoken": editor.cookies["csrftoken"], **fields}
    return editor.post("/new", data=form)


def upload(editor: httpx.Client) -> httpx.Response:
    return editor.post(
        "/upload", data={"csrfmiddlewaretoken": editor.cookies["csrftoken"]}, files={"photo": ("p.png", photo())}
    )


def media(body: str) -> str:
    return "/media/" + body.split("/media/", 1)[1].split(")", 1)[0]


def checks(home: ImageHome) -> dict[str, str]:
    return dict(httpx.get(f"{home.url}/readyz", timeout=10).json()["checks"])


def test_an_article_and_its_photo_survive_the_end_of_the_dyno(home: ImageHome) -> None:
    editor = log_in(home)
    address = media(upload(editor).text)
    assert write(editor, title="Survivor", text=f"![p]({address})").status_code == 302
    before = httpx.get(home.url + address, follow_redirects=True).content
    home.web.kill()
    home.web.remove()
    home.start_web()
    assert address in httpx.get(f"{home.url}/wiki/survivor").text
    after = httpx.get(home.url + address, follow_redirects=True).content
    assert hashlib.sha256(after).digest() == hashlib.sha256(before).digest()
    assert Image.open(BytesIO(after)).size == (64, 48)


def test_without_its_database_pages_are_503_and_it_recovers_unaided(home: ImageHome) -> None:
    editor = log_in(home)
    assert httpx.get(home.url).status_code == 200
    container = home.db.get_wrapped_container()
    container.stop(timeout=10)
    try:
        down = httpx.get(home.url, timeout=30)
        assert (down.status_code, down.headers["Retry-After"]) == (503, "30")
        assert "The database does not answer just now" in down.text
        lost = write(editor, title="A thought", text="Typed while it was gone")
        assert lost.status_code == 503
        assert ">\nTyped while it was gone</textarea>" in lost.text
        assert checks(home) | {"bucket": ""} == {
            "database": "failed: OperationalError",
            "migrations": "failed: OperationalError",
            "bucket": "",
        }
        assert httpx.get(f"{home.url}/healthz").text == "ok\n"
    finally:
        container.start()
    until(home.is_ready, 30, "the wiki is ready again")
    assert httpx.get(home.url).status_code == 200
    assert write(editor, title="A thought", text="Typed again").status_code == 302


@pytest.mark.parametrize(("part", "named"), [("db", "database"), ("minio", "bucket")])
def test_a_server_that_hangs_is_named_within_the_bound(home: ImageHome, part: str, named: str) -> None:
    container = getattr(home, part).get_wrapped_container()
    container.pause()
    try:
        began = time.monotonic()
        outcome = checks(home)
        assert outcome[named] == "no answer within 2 s"
        assert time.monotonic() - began < 4
    finally:
        container.unpause()
    until(home.is_ready, 40, "the wiki is ready again")


def test_without_its_bucket_articles_are_read_and_written(home: ImageHome) -> None:
    editor = log_in(home)
    container = home.minio.get_wrapped_container()
    container.stop(timeout=10)
    try:
        refused = upload(editor)
        assert refused.status_code == 400
        assert "the bucket does not answer" in refused.text
        assert write(editor, title="Without bucket", text="Words need none").status_code == 302
        assert "Words need none" in httpx.get(f"{home.url}/wiki/without-bucket").text
        outcome = checks(home)
        assert (outcome["database"], outcome["bucket"][:7]) == ("ok", "failed:")
    finally:
        container.start()
    until(home.is_ready, 40, "the wiki is ready again")
    assert upload(editor).status_code == 201


@pytest.mark.parametrize("due", [1, 5000])
def test_a_form_that_breaks_off_saves_nothing(home: ImageHome, due: int) -> None:
    """A lost connection: all fields are there, and `due` bytes of the text are not."""
    editor = log_in(home)
    title = f"Half {due}"
    fields = {
        "title": title,
        "action": "save",
        "csrfmiddlewaretoken": editor.cookies["csrftoken"],
        "text": "Half of a thought",
    }
    body = httpx.Request("POST", home.url, data=fields).read()
    cookies = "; ".join(f"{name}={value}" for name, value in editor.cookies.items())
    head = (
        f"POST /new HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {cookies}\r\nConnection: close\r\n"
        f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body) + due}\r\n\r\n"
    )
    with socket.create_connection(("127.0.0.1", home.port), timeout=30) as half:
        half.sendall(head.encode() + body)
        half.shutdown(socket.SHUT_WR)
        answer = half.recv(1000)
    assert answer.startswith((b"HTTP/1.1 403", b"HTTP/1.1 400", b"HTTP/1.1 500")) or not answer
    assert httpx.get(f"{home.url}/wiki/half-{due}").status_code == 404


def test_a_huge_upload_fills_no_disk(home: ImageHome) -> None:
    """60 MB for a photo, on a /tmp that could hold them: the file is dropped as it arrives, and the reason is told."""
    editor = log_in(home)
    peak: list[int] = []

    def body() -> Any:
        for _ in range(60):
            yield b"x" * 1024 * 1024
            peak.append(int(home.web.exec_run(["du", "-sk", "/tmp"]).output.split()[0]) if len(peak) % 20 == 19 else 0)

    boundary = "edge"
    token = editor.cookies["csrftoken"]
    head = (
        f'--{boundary}\r\nContent-Disposition: form-data; name="csrfmiddlewaretoken"\r\n\r\n{token}\r\n'
        f'--{boundary}\r\nContent-Disposition: form-data; name="photo"; filename="p.jpg"\r\nContent-Type: image/jpeg\r\n\r\n'
    ).encode()
    tail = f"\r\n--{boundary}--\r\n".encode()

    def whole() -> Any:
        yield head
        yield from body()
        yield tail

    length = len(head) + 60 * 1024 * 1024 + len(tail)
    headers = {"Content-Type": f"multipart/form-data; boundary={boundary}", "Content-Length": str(length)}
    response = editor.post("/upload", content=whole(), headers=headers)
    assert response.status_code == 400
    assert "larger than 10 MB" in response.text
    assert max(peak) < 12 * 1024
