"""The home in containers, as `docker compose up` makes it right after a clone: from built images, with no .env."""

import json
import re
import shlex
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import boto3
import httpx
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError
from django.core.exceptions import ImproperlyConfigured
from PIL import Image

from dynowiki import env
from parity.repository import Repository
from tests.acceptance.visitor import Visitor
from tests.compose import ComposeHome, compose_home
from tests.homes import ROOT
from tests.services import until

pytestmark = pytest.mark.docker

MIB = 1024 * 1024


@pytest.fixture(scope="module")
def standing(image: str) -> Iterator[ComposeHome]:
    with compose_home() as made:
        assert not (made.folder / ".env").exists()
        assert made.up().status_code == 200
        yield made


@pytest.fixture
def home(standing: ComposeHome) -> ComposeHome:
    """Up, though an earlier test may have taken it down."""
    if not standing.is_ready():
        standing.up()
    return standing


def test_when_up_returns_the_page_answers_and_its_photo_comes_from_the_public_address(home: ComposeHome) -> None:
    home.compose("stop", "web")
    page = home.up()
    assert (page.status_code, "Welcome to Dynowiki" in page.text) == (200, True)
    assert Image.open(BytesIO(fetch_photo(home, photo_on(page.text)))).format == "JPEG"


def photo_on(page: str) -> str:
    found = re.search(r"/media/[0-9a-z/_-]+\.[a-z]+", page)
    assert found, page
    return found[0]


def fetch_photo(home: ComposeHome, address: str) -> bytes:
    leads = httpx.get(home.url + address)
    assert leads.status_code == 302
    assert leads.headers["Location"].startswith(f"http://127.0.0.1:{home.ports['S3_PORT']}/dynowiki/")
    fetched = httpx.get(leads.headers["Location"])
    assert (fetched.status_code, fetched.headers["Content-Type"]) == (200, "image/jpeg")
    return fetched.content


@dataclass
class FirstAccount:
    """How the first account came about: what the login page said before, and what the command said."""

    login_page: str
    command: subprocess.CompletedProcess[str]


CREATE_ACCOUNT = "docker compose exec web python3 app/manage.py createsuperuser"


@pytest.fixture(scope="module")
def first_account(standing: ComposeHome) -> FirstAccount:
    page = standing.page("/login")
    service_and_command = shlex.split(CREATE_ACCOUNT)[3:]
    answers = ["--noinput", "--username", standing.username, "--email", "editor@example.com"]
    password = f"DJANGO_SUPERUSER_PASSWORD={standing.password}"
    done = standing.compose("exec", "--no-TTY", "--env", password, *service_and_command, *answers)
    return FirstAccount(page, done)


def test_without_a_dotenv_the_login_page_tells_how_to_make_an_account(
    home: ComposeHome, first_account: FirstAccount
) -> None:
    assert "This wiki has no account yet" in first_account.login_page
    assert f"{CREATE_ACCOUNT}\n" in first_account.login_page
    assert first_account.command.returncode == 0, first_account.command.stderr
    assert Visitor(home.url).log_in(home.username, home.password).status_code == 302
    assert "no account yet" not in home.page("/login")


def test_ports_are_open_on_loopback_only(home: ComposeHome) -> None:
    bound = {
        container.labels["com.docker.compose.service"]: {(port["HostIp"], int(port["HostPort"])) for port in bindings}
        for container in home.containers()
        for bindings in container.ports.values()
        if bindings
    }
    assert bound == {
        "web": {("127.0.0.1", home.ports["WEB_PORT"])},
        "db": {("127.0.0.1", home.ports["DB_PORT"])},
        "minio": {("127.0.0.1", home.ports["S3_PORT"])},
    }


def test_web_lives_by_a_dynos_rules(home: ComposeHome) -> None:
    web = home.container("web")
    assert (web.attrs["HostConfig"]["Memory"], web.attrs["Config"]["StopTimeout"]) == (512 * MIB, 30)
    assert web.exec_run(["id", "-u"]).output.strip() != b"0"
    assert web.exec_run(["touch", "/dynowiki/app/x"]).exit_code == 1


def test_the_apps_key_opens_its_one_bucket_and_root_stays_with_minio(home: ComposeHome) -> None:
    services = configuration(home.compose("config", "--format", "json"))
    own = {
        name: services["web"]["environment"][f"BUCKETEER_AWS_{name}"] for name in ("ACCESS_KEY_ID", "SECRET_ACCESS_KEY")
    }
    root = services["minio"]["environment"]
    app, owner = s3(home, *own.values()), s3(home, root["MINIO_ROOT_USER"], root["MINIO_ROOT_PASSWORD"])
    owner.create_bucket(Bucket="another")
    owner.put_object(Bucket="another", Key="secret.txt", Body=b"of another app")
    assert refused(app.create_bucket, Bucket="third")
    assert refused(app.list_objects_v2, Bucket="another")
    assert refused(app.get_object, Bucket="another", Key="secret.txt")
    assert refused(app.put_object, Bucket="another", Key="mine.txt", Body=b"")
    assert [bucket["Name"] for bucket in app.list_buckets()["Buckets"]] == ["dynowiki"]
    environment = "\n".join(home.container("web").attrs["Config"]["Env"])
    assert "MINIO_ROOT" not in environment
    assert not [value for value in root.values() if value in environment]


def configuration(done: subprocess.CompletedProcess[str]) -> dict[str, Any]:
    """The services of `docker compose config --format json`."""
    assert (done.returncode, done.stderr) == (0, "")
    return dict(json.loads(done.stdout)["services"])


def s3(home: ComposeHome, key: str, secret: str) -> Any:
    return boto3.client(
        "s3",
        endpoint_url=f"http://127.0.0.1:{home.ports['S3_PORT']}",
        aws_access_key_id=key,
        aws_secret_access_key=secret,
        region_name="us-east-1",
        config=Config(s3={"addressing_style": "path"}),
    )


def refused(call: Any, **arguments: Any) -> bool:
    try:
        call(**arguments)
    except ClientError as error:
        return bool(error.response["Error"]["Code"] == "AccessDenied")
    return False


@dataclass
class Article:
    """An article that an editor has written here, and its photo."""

    path: str
    photo: str
    content: bytes


@pytest.fixture(scope="module")
def article(standing: ComposeHome, first_account: FirstAccount) -> Article:
    editor = Visitor(standing.url)
    editor.log_in(standing.username, standing.password)
    out = BytesIO()
    Image.new("RGB", (64, 48), (10, 120, 80)).save(out, "JPEG")
    uploaded = editor.send(editor.form("/upload", holding="photo"), photo=("p.jpg", out.getvalue(), "image/jpeg"))
    photo = photo_on(uploaded.text)
    form = editor.form("/new", holding="text")
    saved = editor.send(form, title="Kept", path="kept", text=f"![green]({photo})", action="save")
    assert saved.status_code == 302, saved.text
    return Article("/wiki/kept", photo, fetch_photo(standing, photo))


@pytest.mark.parametrize("end", [("kill", "web", "minio", "db"), ("down",)], ids=["killed", "made anew"])
def test_an_article_and_its_photo_outlive_the_containers(
    home: ComposeHome, article: Article, end: tuple[str, ...]
) -> None:
    home.compose(*end)
    assert home.page() == ""
    home.up()
    assert article.photo in home.page(article.path)
    assert fetch_photo(home, article.photo) == article.content


WRONG_PASSWORD = """
services:
  release:
    environment:
      DATABASE_URL: postgres://dynowiki:wrong@db:5432/dynowiki
"""


def test_a_release_that_fails_keeps_web_from_starting(home: ComposeHome) -> None:
    (home.folder / "wrong.yml").write_text(WRONG_PASSWORD)
    home.compose("down")
    files = "docker-compose.yml:docker-compose.override.yml:wrong.yml"
    done = home.compose("up", "--detach", "--wait", COMPOSE_FILE=files)
    assert done.returncode == 1
    assert 'service "release" didn\'t complete successfully: exit 1' in done.stderr
    assert home.container("web").status == "created"
    said = home.compose("logs", "--no-log-prefix", "release").stdout
    assert 'password authentication failed for user "dynowiki"' in said
    assert "Traceback" not in said


@pytest.fixture(scope="module")
def watched(standing: ComposeHome, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ComposeHome]:
    if not standing.is_ready():
        standing.up()
    log = tmp_path_factory.mktemp("watch") / "log"
    with standing.watching(log):
        until(lambda: "Watch enabled" in log.read_text(), 30, "watch is at work")
        yield standing


@pytest.mark.parametrize(
    ("file", "old", "new", "path"),
    [
        ("app/wiki/templates/wiki/login.html", "<h1>Log in", "<h1>Come in", "/login"),
        ("app/wiki/views/health.py", '"ok\\n"', '"ok, and edited\\n"', "/healthz"),
    ],
    ids=["template", "Python"],
)
def test_watch_brings_an_edit_to_the_page(watched: ComposeHome, file: str, old: str, new: str, path: str) -> None:
    edit(watched.folder / file, old, new)
    shown = new.strip('"').removesuffix("\\n")
    until(lambda: shown in watched.page(path), 60, f"the edit of {file} shows")


def edit(file: Path, old: str, new: str) -> None:
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new, 1))


def test_watch_builds_the_image_anew_for_a_stylesheet(watched: ComposeHome) -> None:
    """Its hashed name and compressed copy are made when the image is built, as on Heroku."""
    sheet = watched.folder / "app/wiki/static/wiki/wiki.css"
    sheet.write_text(f"{sheet.read_text()}\n.edited {{ color: red }}\n")
    until(lambda: ".edited" in stylesheet(watched), 240, "the stylesheet's edit shows")


def stylesheet(home: ComposeHome) -> str:
    linked = re.search(r"/static/wiki/wiki\.[0-9a-f]+\.css", home.page())
    return home.page(linked[0]) if linked else ""


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """A folder with what `docker compose config` reads, and no .env."""
    for name in ("docker-compose.yml", ".env.example"):
        shutil.copy(ROOT / name, tmp_path)
    return tmp_path


def config(folder: Path) -> dict[str, Any]:
    argv = ["docker", "compose", "config", "--format", "json"]
    home = ComposeHome("", folder=folder, project="dynowiki")
    return configuration(
        subprocess.run(argv, cwd=folder, env=home.environment, capture_output=True, text=True, check=False)
    )


def test_production_takes_no_secret_that_stands_in_the_repository(files: Path) -> None:
    variables = config(files)["web"]["environment"]
    assert env.read(variables)["SECRET_KEY"]
    with pytest.raises(ImproperlyConfigured, match="SECRET_KEY is a known one"):
        env.read(variables | {"ALLOWED_HOSTS": "wiki.example.com"})


def test_the_secrets_of_a_dotenv_are_used_where_there_is_one(files: Path) -> None:
    repository = Repository(files)
    repository.write_dotenv()
    lines = [line for line in repository.dotenv().splitlines() if line and not line.startswith("#")]
    promised = dict(line.split("=", 1) for line in lines)
    services = config(files)
    names = ["SECRET_KEY", "DJANGO_SUPERUSER_USERNAME", "DJANGO_SUPERUSER_PASSWORD"]
    keys = ["BUCKETEER_AWS_ACCESS_KEY_ID", "BUCKETEER_AWS_SECRET_ACCESS_KEY", "BUCKETEER_BUCKET_NAME"]
    for service, taken in (("web", names + keys), ("release", names + keys), ("bucket", keys)):
        given = services[service]["environment"]
        assert {name: given[name] for name in taken} == {name: promised[name] for name in taken}
    for name in ("DATABASE_URL", "AWS_ENDPOINT_URL_S3"):
        assert "127.0.0.1" not in services["web"]["environment"][name]


def test_minio_can_be_pulled_or_else_built(files: Path) -> None:
    minio = config(files)["minio"]
    assert minio["image"].startswith("quay.io/minio/minio:RELEASE.")
    assert minio["build"]["context"] == str(files / "docker/minio")
