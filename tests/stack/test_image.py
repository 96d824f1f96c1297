"""The image lives by Heroku's rules: any UID, a root that can't be written, 512 MB, SIGTERM to every process."""

import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from tests import homes
from tests.homes import ROOT, ImageHome, engine
from tests.services import until

pytestmark = pytest.mark.docker

MIB = 1024 * 1024


def test_both_builders_build_it_without_a_secret_or_an_argument(image: str) -> None:
    homes.build(tag="dynowiki:buildkit", buildkit=True)
    try:
        for tag in (image, "dynowiki:buildkit"):
            history = subprocess.run(
                ["docker", "history", "--no-trunc", "--format", "{{.CreatedBy}}", tag],
                capture_output=True,
                text=True,
                check=True,
            ).stdout
            assert "gunicorn" in history
            assert not [word for word in ("SECRET_KEY", "DATABASE_URL", "BUCKETEER", "ARG ", "://") if word in history]
    finally:
        engine().images.remove("dynowiki:buildkit", force=True)


def test_the_dockerfile_keeps_to_what_herokus_builder_knows() -> None:
    lines = [line for line in (ROOT / "Dockerfile").read_text().splitlines() if line and not line.startswith("#")]
    words = {line.split(" ", 1)[0] for line in lines if not line.startswith(" ")}
    assert words <= {"FROM", "ENV", "COPY", "RUN", "WORKDIR", "USER", "CMD"}
    assert not [line for line in lines if "--mount" in line or "--chmod" in line or "<<" in line]


def test_it_is_at_most_120_mb_above_its_base(image: str) -> None:
    assert homes.size_above_base(image) <= 120_000_000


def test_it_holds_curl_for_the_release_log_and_no_development_package(image: str) -> None:
    client = engine().containers
    assert b"curl" in client.run(image, "curl --version", remove=True)
    listed = client.run(
        image,
        ["python3", "-c", "import importlib.metadata as m; print([d.name for d in m.distributions()])"],
        remove=True,
    )
    assert b"gunicorn" in listed
    assert b"pytest" not in listed


UNLIKE = """
import django; django.setup()
from pathlib import Path
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders

found = {name: storage.path(name) for finder in get_finders() for name, storage in finder.list([])}
root = Path(settings.STATIC_ROOT)
print(len(found), [name for name, path in found.items() if Path(path).read_bytes() != (root / name).read_bytes()])
"""


def test_static_files_are_collected_as_the_settings_would_collect_them(home: ImageHome) -> None:
    """By content: the layer that collects them has their dates, and the layer of the code the clone's."""
    script = f"import sys; sys.path.insert(0, 'app'); from dynowiki import env; env.load(); {UNLIKE.strip()}"
    count, _, unlike = home.run("python3", "-c", script).strip().partition(" ")
    assert int(count) > 100
    assert unlike == "[]"


def test_a_clone_that_only_its_owner_can_read_makes_an_image_for_all() -> None:
    """As under `umask 077`; the builder keeps the modes that it finds."""
    with homes.clone() as folder:
        for path in [folder / "Procfile", *(folder / "app").rglob("*")]:
            path.chmod(0o700 if path.is_dir() else 0o600)
        homes.build(tag="dynowiki:private", context=folder)
    try:
        script = "import pathlib; print(len([p.read_bytes() for p in pathlib.Path().rglob('*') if p.is_file()]))"
        read = engine().containers.run("dynowiki:private", ["python3", "-c", script], user=homes.SOME_UID, remove=True)
        assert int(read) > 100
    finally:
        engine().images.remove("dynowiki:private", force=True)


def test_bytecode_is_compiled_for_every_module(image: str) -> None:
    script = (
        "import pathlib,importlib.util as u;"
        "print([str(p) for p in pathlib.Path('app').rglob('*.py') if not pathlib.Path(u.cache_from_source(p)).exists()])"
    )
    assert engine().containers.run(image, ["python3", "-c", script], remove=True).strip() == b"[]"


def test_no_process_compiles_what_it_imports(home: ImageHome) -> None:
    """Django's modules, the standard library's and our own: none could keep what it compiled."""
    script = (
        "import os, sys; sys.path.insert(0, 'app'); import dynowiki.wsgi;"
        "compiled = [module.__cached__ for module in sys.modules.values() if getattr(module, '__cached__', None)];"
        "print(len(compiled) > 500, [path for path in compiled if not os.path.exists(path)])"
    )
    assert home.run("python3", "-c", script).strip() == "True []"


def test_it_answers_as_any_user_on_a_read_only_root(home: ImageHome) -> None:
    assert home.is_ready()
    rules = home.web.attrs["HostConfig"]
    assert (rules["ReadonlyRootfs"], home.web.attrs["Config"]["User"]) == (True, homes.SOME_UID)
    assert "Read-only file system" in home.web.exec_run("touch /dynowiki/app/x").output.decode()


def test_it_uses_at_most_150_mib_at_rest(home: ImageHome) -> None:
    assert homes.memory_in_use(home.web) <= 150 * MIB


@pytest.fixture
def web(home: ImageHome) -> Iterator[ImageHome]:
    """A home whose web the test stops."""
    yield home
    home.web.remove(force=True)
    home.start_web()


def test_it_stops_when_told_and_exits_with_0(web: ImageHome) -> None:
    """Without SIGKILL, which would be exit 137; how long it takes is measured by bench/homes.py.

    A browser holds connections open: one is kept alive after a page, and one was opened ahead of need.
    """
    with httpx.Client(base_url=web.url) as browser, socket.create_connection(("127.0.0.1", web.port)):
        assert browser.get("/").status_code == 200
        # gunicorn puts a connection that says nothing aside after a while, and that is when it used to wait for it.
        time.sleep(1)
        web.web.stop(timeout=8)
    assert web.web.wait()["StatusCode"] == 0


def test_sigterm_to_every_process_repeatedly_finishes_the_running_request(web: ImageHome) -> None:
    """A request whose body is still on its way when Heroku stops the dyno is answered, and the exit is 0."""
    logged_in = log_in(web)
    answers: list[int] = []
    upload = threading.Thread(target=lambda: answers.append(slow_save(web, logged_in, "stopping", seconds=3)))
    upload.start()
    time.sleep(1)
    for _ in range(3):
        for process in processes(web):
            # Processes that have ended in between are no fault.
            web.web.exec_run(["sh", "-c", f"kill -TERM {process}"])
        time.sleep(0.3)
    upload.join(timeout=30)
    assert web.web.wait(timeout=30)["StatusCode"] == 0
    assert answers == [302]


def processes(home: ImageHome) -> list[int]:
    """The ids of gunicorn's processes, in the container's own numbering."""
    gunicorns = "p.name for p in pathlib.Path('/proc').glob('[0-9]*') if b'gunicorn' in (p/'cmdline').read_bytes()"
    script = f"import pathlib;print(*[{gunicorns}])"
    return [int(word) for word in home.web.exec_run(["python3", "-c", script]).output.split()]


def log_in(home: ImageHome) -> httpx.Client:
    client = httpx.Client(base_url=home.url, timeout=60)
    client.get("/login")
    form = {"username": home.username, "password": home.password, "csrfmiddlewaretoken": client.cookies["csrftoken"]}
    assert client.post("/login", data=form).status_code == 302
    return client


def slow_save(home: ImageHome, client: httpx.Client, path: str, seconds: float) -> int:
    """Saves a new page with a body that takes `seconds` to arrive; the status."""
    fields = {
        "title": "Slow",
        "path": path,
        "text": "x",
        "action": "save",
        "csrfmiddlewaretoken": client.cookies["csrftoken"],
    }
    body = "&".join(f"{name}={value}" for name, value in fields.items()).encode()
    steps = 10

    def drip() -> Iterator[bytes]:
        for step in range(steps):
            yield body[step * len(body) // steps : (step + 1) * len(body) // steps]
            time.sleep(seconds / steps)

    headers = {"Content-Type": "application/x-www-form-urlencoded", "Content-Length": str(len(body))}
    return client.post("/new", content=drip(), headers=headers).status_code


def test_512_mb_are_held_under_readers_and_the_largest_photos(web: ImageHome, tmp_path: Path) -> None:
    home = web
    home.web.remove(force=True)
    # As on Heroku /tmp is a disk here, not memory.
    home.start_web(read_only=False, tmpfs={})
    photo = largest_photo(tmp_path)
    editors = [log_in(home) for _ in range(4)]
    with ThreadPoolExecutor(12) as people:
        reading = [people.submit(read_many, home) for _ in range(8)]
        uploading = [people.submit(upload, editor, photo) for editor in editors]
        assert {future.result(timeout=120) for future in uploading} == {201}
        assert {future.result(timeout=120) for future in reading} == {200}
    home.web.reload()
    assert home.web.attrs["State"]["Running"]
    assert not home.web.attrs["State"]["OOMKilled"]
    assert b"SIGKILL" not in home.web.logs()
    assert home.web.stats(stream=False)["memory_stats"]["limit"] == 512 * MIB


def largest_photo(folder: Path) -> Path:
    """Just under 40 megapixels and 10 MB, turned on its side, so that all of it must be held twice."""
    from PIL import ExifTags, Image

    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = 6
    noise = Image.effect_noise((1000, 1000), 60).convert("RGB").resize((7300, 5470))
    path = folder / "largest.jpg"
    noise.save(path, quality=75, exif=exif)
    assert path.stat().st_size < 10_000_000
    return path


def upload(editor: httpx.Client, photo: Path) -> int:
    token = {"csrfmiddlewaretoken": editor.cookies["csrftoken"]}
    return editor.post("/upload", data=token, files={"photo": photo.open("rb")}).status_code


def read_many(home: ImageHome) -> int:
    with httpx.Client(base_url=home.url, timeout=60) as reader:
        return max(reader.get("/").status_code for _ in range(100))


@pytest.mark.parametrize("limit", ["512m", "1g"])
def test_workers_follow_the_containers_memory(home: ImageHome, limit: str) -> None:
    expected = {"512m": 2, "1g": 4}[limit]
    environment = {**home.environment, "DATABASE_CONNECTIONS": "16"}
    container = homes.run(environment, network=home.network, mem_limit=limit, memswap_limit=limit, detach=True)
    try:
        until(lambda: container.logs().count(b"Booting worker") >= expected, 20, f"{expected} workers boot")
        assert container.logs().count(b"Booting worker") == expected
    finally:
        container.remove(force=True)


def test_without_its_variables_it_says_them_all_and_exits_with_1(image: str) -> None:
    from docker.errors import ContainerError

    with pytest.raises(ContainerError) as caught:
        engine().containers.run(image, remove=True)
    assert caught.value.exit_status == 1
    said = caught.value.stderr.decode()
    assert said.startswith("Dynowiki can't start: 6 config vars are missing or wrong.")
    assert "Traceback" not in said
