"""Files of Fly, Render, devcontainers and gunicorn: each whole value with its place."""

from parity.contract.place import Place
from parity.readers import devcontainer, fly, gunicornconf, render

FLY = """\
app = "shop"
kill_timeout = "1m30s"
kil_signal = "SIGINT"

[build]
dockerfile = "docker/Dockerfile"

[env]
PORT = "8080"

[processes]
web = "gunicorn shop.wsgi"

[deploy]
release_command = "python manage.py migrate"

[http_service]
internal_port = 8080
auto_stop_machines = "stop"

[[mounts]]
source = "data"
destination = "/data"

[[vm]]
memory = "1gb"
"""


def test_fly() -> None:
    one = fly.read(FLY, "fly.toml")
    assert one.dockerfile
    assert (one.dockerfile.text, one.dockerfile.place) == ("docker/Dockerfile", Place("fly.toml", 6))
    assert (one.env["PORT"].text, one.processes["web"].text) == ("8080", "gunicorn shop.wsgi")
    assert one.release_command
    assert one.release_command.place == Place("fly.toml", 15)
    assert [(end.internal_port.text, end.auto_stop) for end in one.endpoints] == [("8080", True)]
    assert [(mount.destination.text, mount.source and mount.source.text) for mount in one.mounts] == [("/data", "data")]
    assert (one.machines[0].memory, one.kill_timeout) == (1024, 90)
    assert [(found.rule, found.place.line, found.hint) for found in one.findings] == [
        ("unknown-key", 3, "write kill_signal: instead of kil_signal:")
    ]


RENDER = """\
services:
  - type: web
    name: shop
    runtime: docker
    dockerfilePath: ./Dockerfile
    preDeployCommand: python manage.py migrate
    disk: {name: media, mountPath: /media}
    envVars:
      - key: DEBUG
        value: false
      - key: SECRET_KEY
        generateValue: true
      - key: DATABASE_URL
        fromDatabase: {name: db, property: connectionString}
      - fromGroup: shared
  - type: redis
    name: cache
databases:
  - name: db
    postgresMajorVersion: "17"
envVarGroups:
  - name: shared
    envVars:
      - key: STRIPE_KEY
        sync: false
"""


def test_render() -> None:
    one = render.read(RENDER, "render.yaml")
    shop, cache = one.services
    assert (shop.type, cache.type) == ("web", "keyvalue")
    assert shop.dockerfile
    assert shop.dockerfile.text == "Dockerfile"
    assert shop.disk
    assert shop.disk.mount_path.text == "/media"
    given = one.given(shop)
    assert [(name, found.value.text, found.source, found.origin) for name, found in given.items()] == [
        ("STRIPE_KEY", None, "sync", ""),
        ("DEBUG", "false", "value", ""),
        ("SECRET_KEY", None, "generateValue", ""),
        ("DATABASE_URL", None, "fromDatabase", "db"),
    ]
    assert [(found.name, found.version and found.version.text, found.place.line) for found in one.databases] == [
        ("db", "17", 19)
    ]


DEVCONTAINER = """\
{
  // made by hand
  "build": {"dockerfile": "../Dockerfile", "args": {"A": "1"}},
  "features": {"ghcr.io/devcontainers/features/python:1": {"version": "3.12"}, "node": "22"},
  "containerEnv": {"DEBUG": "1"},
  "postCreateCommand": {"deps": "pip install -r requirements.txt", "db": ["python", "manage.py", "migrate"]},
}
"""


def test_devcontainer() -> None:
    one = devcontainer.read(DEVCONTAINER, ".devcontainer/devcontainer.json")
    assert one.dockerfile
    assert one.context
    assert (one.dockerfile.text, one.context.text, one.args["A"].text) == ("Dockerfile", "", "1")
    assert [(found.name, found.options["version"].text) for found in one.features] == [
        ("python", "3.12"),
        ("node", "22"),
    ]
    assert [(found.name, found.text, found.words) for found in one.commands] == [
        ("deps", "pip install -r requirements.txt", ()),
        ("db", "python manage.py migrate", ("python", "manage.py", "migrate")),
    ]
    assert one.container_env["DEBUG"].place == Place(".devcontainer/devcontainer.json", 5)


def test_a_path_that_leads_out_of_the_repository_is_none() -> None:
    one = devcontainer.read('{"build": {"dockerfile": "../../Dockerfile"}}', ".devcontainer/devcontainer.json")
    assert one.dockerfile
    assert (one.dockerfile.text, one.context) == (None, None)


def test_gunicorn() -> None:
    text = "import os\nbind = f\"0.0.0.0:{os.environ['PORT']}\"\nworkers = 2\ndef post_fork(server, worker): pass\n"
    one = gunicornconf.read(text, "gunicorn.conf.py")
    assert (one.settings["bind"].known, one.settings["bind"].variables) == (False, ("PORT",))
    assert (one.settings["workers"].value, one.settings["workers"].place.line) == (2, 3)
    assert (dict(one.variables), one.hooks) == ({"PORT": Place("gunicorn.conf.py", 2)}, ("post_fork",))
    broken = gunicornconf.read("bind = (", "gunicorn.conf.py")
    assert [found.rule for found in broken.findings] == ["file-not-parsed"]


def test_the_former_name_of_a_key_is_no_slip() -> None:
    one = fly.read('[mount]\nsource = "data"\ndestination = "/data"\n[http_service]\ninternal_port = 80\n', "fly.toml")
    assert [mount.destination.text for mount in one.mounts] == ["/data"]
    assert one.findings == ()
    assert render.read("services:\n  - {type: web, name: a, domain: a.b}\n", "render.yaml").findings == ()


def test_services_of_render_may_stand_in_environments_of_projects() -> None:
    one = render.read(
        "services: [{type: web, name: a}]\nungrouped:\n  services: [{type: worker, name: b}]\nprojects:\n  - name: p\n"
        "    environments:\n      - name: production\n        services: [{type: web, name: c}]\n"
        "        databases: [{name: d}]\n        envVarGroups: [{name: e}]\n",
        "render.yaml",
    )
    assert [service.name for service in one.services] == ["a", "b", "c"]
    assert ([database.name for database in one.databases], [group.name for group in one.groups]) == (["d"], ["e"])


def test_what_a_devcontainer_takes_from_the_machine_is_not_known() -> None:
    one = devcontainer.read(
        '{"image": "a:${localEnv:TAG}", "containerEnv": {"A": "${localEnv:B:c}", "D": "e"}, "remoteEnv": {"F": null}}',
        ".devcontainer.json",
    )
    assert one.image
    assert (one.image.text, one.image.written) == (None, "a:${localEnv:TAG}")
    assert {name: value.text for name, value in one.container_env.items()} == {"A": None, "D": "e"}
    assert (one.remote_env["F"].text, one.remote_env["F"].written) == (None, "null")
