"""The files that say how the wiki runs somewhere say the same."""

import json
import re
import shlex
from typing import Any

import yaml

from tests.homes import ROOT


def read(name: str) -> str:
    return (ROOT / name).read_text()


def procfile() -> dict[str, str]:
    return dict(line.split(": ", 1) for line in read("Procfile").splitlines())


def compose() -> Any:
    return yaml.safe_load(read("docker-compose.yml"))


def test_web_is_the_same_command_everywhere() -> None:
    web = procfile()["web"]
    assert yaml.safe_load(read("heroku.yml"))["run"] == {"web": web}
    assert re.findall(r"^CMD (.*)$", read("Dockerfile"), re.M) == [f"exec {web}"]
    assert "command" not in compose()["services"]["web"], "the image's CMD runs"


def test_release_is_the_same_command_everywhere() -> None:
    release = procfile()["release"]
    assert yaml.safe_load(read("heroku.yml"))["release"] == {"image": "web", "command": [release]}
    assert shlex.split(compose()["services"]["release"]["command"]) == shlex.split(release)


def test_web_is_listed_first_so_that_honcho_gives_it_the_first_port() -> None:
    assert list(procfile()) == ["web", "release"]


def test_the_image_is_from_the_python_that_runtime_txt_declares() -> None:
    version = read("runtime.txt").strip().removeprefix("python-")
    images = re.findall(r"^FROM (\S+)", read("Dockerfile"), re.M)
    assert {image for image in images if image.startswith("python:")} == {f"python:{version}-slim-trixie"}


def test_add_ons_are_the_same_for_both_ways_to_create_the_app() -> None:
    manifest, app = yaml.safe_load(read("heroku.yml")), json.loads(read("app.json"))
    plans = ["heroku-postgresql:essential-0", "bucketeer:hobbyist"]
    assert [addon["plan"] for addon in manifest["setup"]["addons"]] == plans
    assert [addon["plan"] for addon in app["addons"]] == plans
    assert [addon["plan"] for addon in app["environments"]["review"]["addons"]] == plans


def test_no_port_is_open_to_the_network() -> None:
    ports = [port for service in compose()["services"].values() for port in service.get("ports", [])]
    assert len(ports) == 3
    assert all(port.startswith("127.0.0.1:") for port in ports)


def test_web_lives_by_a_dynos_rules() -> None:
    web = compose()["services"]["web"]
    assert (web["mem_limit"], web["stop_grace_period"]) == ("512m", "30s")
    assert web["depends_on"]["release"] == {"condition": "service_completed_successfully"}


def test_the_lock_files_carry_hashes() -> None:
    for name in ("requirements.txt", "requirements-dev.txt"):
        pins = re.findall(r"^[a-z0-9-]+(?:\[[a-z,-]+\])?==[^\n]*\\\n    --hash=sha256:", read(name), re.M)
        assert len(pins) == len(re.findall(r"^[a-z0-9-]+(?:\[[a-z,-]+\])?==", read(name), re.M)) > 10


def test_whitenoise_is_second() -> None:
    from django.conf import settings
    from whitenoise.storage import CompressedManifestStaticFilesStorage

    from dynowiki.staticfiles import HashedAlways

    assert issubclass(HashedAlways, CompressedManifestStaticFilesStorage)
    assert settings.MIDDLEWARE[1] == "whitenoise.middleware.WhiteNoiseMiddleware"
    assert settings.STORAGES["staticfiles"]["BACKEND"] == "dynowiki.staticfiles.HashedAlways"
