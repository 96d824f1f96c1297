"""`docker compose config` makes of a project what the reader says that it makes. `config` needs no engine, only the plugin."""

import json
import os
import subprocess
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from parity.contract.compose import Compose, Service
from parity.readers.compose import read
from parity.readers.dotenv.compose import read as dotenv
from parity.readers.unreadable import Unreadable

pytestmark = pytest.mark.docker

# What compose only warns of, or doesn't say at all.
MILD = {"compose-variable-unset", "compose-command-cut"}

FILE = "docker-compose.yml"


@dataclass
class Project:
    """Files of a project, and why it is in the corpus."""

    why: str
    files: dict[str, str]
    # Files named with -f, in order; none for what compose finds by itself.
    chosen: list[str] = field(default_factory=list)


def one(why: str, services: str, **files: str) -> Project:
    """A project of one compose file; a name's __ stands for its dot."""
    return Project(why, {FILE: services, **{name.replace("__", "."): text for name, text in files.items()}})


def config(folder: Path, project: Project) -> dict[str, Any] | None:
    """What docker compose makes of it; None for what it refuses."""
    for name, text in project.files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    command = ["docker", "compose", *(part for file in project.chosen for part in ("-f", file))]
    environment = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    done = subprocess.run(
        [*command, "--profile", "*", "config", "--format", "json"],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    # A $ is doubled there, for the output to be a compose file again.
    return undoubled(json.loads(done.stdout)) if done.returncode == 0 else None


def undoubled(value: Any) -> Any:
    if isinstance(value, dict):
        return {name.replace("$$", "$"): undoubled(item) for name, item in value.items()}
    if isinstance(value, list):
        return [undoubled(item) for item in value]
    return value.replace("$$", "$") if isinstance(value, str) else value


def ours(project: Project) -> Compose | None:
    """The reader's answer; None where it says that compose refuses."""
    environment = {
        binding.name: binding.meaning
        for binding in dotenv(project.files.get(".env", ""), {}).bindings
        if isinstance(binding.meaning, str)
    }
    file, *extra = project.chosen or [next(name for name in FILES if name in project.files)]
    try:
        compose = read(file, project.files.get, env=environment, extra=extra if project.chosen else None)
    except Unreadable:
        return None
    return None if any(finding.rule not in MILD for finding in compose.findings) else compose


FILES = ("compose.yaml", "compose.yml", FILE, "docker-compose.yaml")


def expected(answer: dict[str, Any], folder: Path) -> dict[str, Any]:
    """compose's answer, as far as the reader knows of it."""
    return {name: theirs(service, str(folder)) for name, service in answer.get("services", {}).items()}


def theirs(service: dict[str, Any], folder: str) -> dict[str, Any]:
    def path(text: str) -> str | None:
        return text.removeprefix(folder).strip("/") if text == folder or text.startswith(f"{folder}/") else None

    build, deploy, check = service.get("build"), service.get("deploy") or {}, service.get("healthcheck")
    limits = deploy.get("resources", {}).get("limits", {})
    return {
        "image": service.get("image"),
        "build": build
        and {
            "folder": path(build["context"]),
            "dockerfile": build.get("dockerfile", "" if "dockerfile_inline" in build else "Dockerfile"),
            "inline": build.get("dockerfile_inline"),
            "target": build.get("target"),
            "args": build.get("args") or {},
            "contexts": {name: path(text) or text for name, text in build.get("additional_contexts", {}).items()},
        },
        "command": service["command"],
        "entrypoint": service["entrypoint"],
        # The dialect makes a variable without a name of some lines; nobody can ask for it.
        "environment": {name: value for name, value in (service.get("environment") or {}).items() if name},
        "ports": {
            (
                port.get("host_ip", ""),
                port.get("published", ""),
                str(port["target"]),
                port.get("protocol", "tcp"),
                port.get("mode", "ingress"),
            )
            for port in service.get("ports", [])
        },
        "expose": set(service.get("expose", [])),
        "mounts": {
            mount.get("target"): (
                mount["type"],
                path(mount["source"]) if mount["type"] == "bind" else mount.get("source", ""),
                mount.get("read_only", False),
            )
            for mount in service.get("volumes", [])
        },
        "tmpfs": set(service.get("tmpfs", [])),
        "depends_on": {
            name: (entry["condition"], entry["required"], entry.get("restart", False))
            for name, entry in service.get("depends_on", {}).items()
        },
        "healthcheck": None
        if check is None
        else {
            "test": check.get("test") or None,
            "disable": check.get("disable", False),
            "retries": check.get("retries"),
            **{name: span(check.get(name)) for name in ("interval", "timeout", "start_period", "start_interval")},
        },
        "profiles": set(service.get("profiles", [])),
        "grace": span(service.get("stop_grace_period")),
        "init": service.get("init"),
        "read_only": service.get("read_only", False),
        "memory": service.get("mem_limit", limits.get("memory")),
        "cpus": service.get("cpus", limits.get("cpus")),
        "replicas": service.get("scale", deploy.get("replicas")),
        "networks": set(service.get("networks") or {}) - {"default"},
        "links": set(service.get("links", [])),
        "secrets": {secret["source"] for secret in service.get("secrets", [])},
        "configs": {one["source"] for one in service.get("configs", [])},
        "labels": service.get("labels") or {},
        "watch": bool((service.get("develop") or {}).get("watch")),
        **{name: service.get(name) or None for name in PLAIN},
    }


PLAIN = (
    "user",
    "working_dir",
    "stop_signal",
    "network_mode",
    "restart",
    "platform",
    "container_name",
    "hostname",
)


def span(text: str | None) -> float | None:
    """A duration of Go, as it prints one: 1h2m3.5s."""
    if text is None:
        return None
    total, number = 0.0, ""
    units = {"h": 3600.0, "m": 60.0, "s": 1.0, "ms": 1e-3, "µs": 1e-6, "ns": 1e-9}
    rest = text.lstrip("-")
    while rest:
        number = rest[: len(rest) - len(rest.lstrip("0123456789."))]
        rest = rest[len(number) :]
        unit = rest[: len(rest) - len(rest.lstrip("hmsµn"))]
        rest = rest[len(unit) :]
        total += float(number) * units[unit]
    return round(-total if text.startswith("-") else total, 9)


def said(service: Service) -> dict[str, Any]:
    """The reader's answer in the same form."""
    build, check = service.build, service.healthcheck
    found = {
        "image": service.image.text if service.image else None,
        "build": build
        and {
            "folder": build.folder,
            "dockerfile": "" if build.inline else build.dockerfile.text if build.dockerfile else "Dockerfile",
            "inline": build.inline.text if build.inline else None,
            "target": build.target.text if build.target else None,
            # An argument that nobody gives isn't there for the builder.
            "args": {name: arg.value for name, arg in build.args.items() if arg.value is not None},
            "contexts": {name: text.text.removeprefix("./") for name, text in build.contexts.items()},
        },
        "command": list(service.command.words) if service.command else None,
        "entrypoint": list(service.entrypoint.words) if service.entrypoint else None,
        "environment": {
            name: variable.value
            for name, variable in service.variables.items()
            # A name alone in a file, which the shell doesn't have, isn't there.
            if variable.value is not None or variable.source == "environment"
        },
        "ports": {(port.ip, port.published, port.target, port.protocol, port.mode) for port in service.ports},
        "expose": {text.text for text in service.expose},
        "mounts": {
            mount.target: (mount.kind, mount.path if mount.kind == "bind" else mount.source, mount.read_only)
            for mount in service.mounts
        },
        "tmpfs": {text.text for text in service.tmpfs},
        "depends_on": {one.name: (one.condition, one.required, one.restart) for one in service.depends_on},
        "healthcheck": None
        if check is None
        else {
            "test": list(check.test) if check.test else None,
            "disable": check.disabled and check.test != ("NONE",),
            "retries": check.retries,
            **{
                name: None if getattr(check, name) is None else round(getattr(check, name), 9)
                for name in ("interval", "timeout", "start_period", "start_interval")
            },
        },
        "profiles": {text.text for text in service.profiles},
        "grace": None if service.grace is None else round(service.grace, 9),
        "init": service.init,
        "read_only": bool(service.read_only),
        "memory": str(service.memory.bytes) if service.memory and service.memory.bytes else None,
        "cpus": float(service.cpus.text) if service.cpus else None,
        "replicas": int(service.replicas.text) if service.replicas else None,
        "networks": {text.text for text in service.networks} - {"default"},
        "links": {text.text for text in service.links},
        "secrets": {text.text for text in service.secrets},
        "configs": {text.text for text in service.configs},
        "labels": {name: text.text for name, text in service.labels.items()},
        "watch": service.watch is not None,
    }
    for name in PLAIN:
        text = getattr(service, name)
        found[name] = text.text or None if text else None
    return found


def assert_agree(folder: Path, project: Project) -> None:
    assert_same(config(folder, project), folder, project)


def assert_same(answer: dict[str, Any] | None, folder: Path, project: Project) -> None:
    compose = ours(project)
    if answer is None or compose is None:
        assert (answer is None) == (compose is None), (answer, compose)
        return
    assert {name: said(service) for name, service in compose.services.items()} == expected(answer, folder)
    for part in ("volumes", "networks", "secrets", "configs"):
        declared = {
            name: bool(entry.get("external"))
            for name, entry in answer.get(part, {}).items()
            if (part, name) != ("networks", "default")
        }
        known = {name: entry.external for name, entry in getattr(compose, part).items()}
        assert {name: known.get(name) for name in declared} == declared


CORPUS = [
    one(
        "every form of interpolation",
        """
services:
  web:
    image: ${REGISTRY:-docker.io}/app:${TAG}
    environment:
      plain: $SET
      braced: ${SET}
      colon_default: ${EMPTY:-d}
      default: ${EMPTY-d}
      unset_default: ${UNSET-d}
      colon_required: ${SET:?must}
      required: ${EMPTY?must}
      colon_other: ${EMPTY:+a}
      other: ${EMPTY+a}
      other_set: ${SET:+a}
      other_unset: ${UNSET+a}
      nested: ${UNSET:-${EMPTY:-${SET}}}
      nested_other: ${SET:+[${SET}]}
      doubled: $$SET $${SET} $$$SET
      alone: a $ b $1 $
      two: ${SET}-${EMPTY:-x}-${UNSET:-}y
      json: '{"a": "${SET}"}'
      brace: ${UNSET:-{}}
      braces: ${UNSET:-{"a": 1}}
      late: ${SET:-x}}
      empty: ${UNSET:-}
      operators: ${UNSET:-a:-b-c?d+e}
      lower: ${lower-x}
      digits: ${A1_b-x}
      blank_default: ${UNSET:- a b }
      dollar_default: ${UNSET:-$SET$}
      escaped_default: ${UNSET:-$$SET}
      following: $SET.$SET-$SET_
    command: echo $$HOME ${SET}
""",
        __env="SET=set\nEMPTY=\nTAG=1.0\n",
    ),
    one("the project's own name", "name: my-${X:-y}\nservices:\n  a: {image: '${COMPOSE_PROJECT_NAME}'}\n"),
    Project("the folder's name", {"sub/b.yml": "services:\n  a: {image: '${COMPOSE_PROJECT_NAME}'}\n"}, ["sub/b.yml"]),
    one(
        "a name that is set",
        "name: b\nservices:\n  a: {image: $COMPOSE_PROJECT_NAME}\n",
        __env="COMPOSE_PROJECT_NAME=c\n",
    ),
    one("a default with a line end is none", 'services:\n  a:\n    image: "${X:-a\\nb}"\n'),
    one("a bracket that isn't closed", "services:\n  a:\n    image: ${X\n"),
    one("a name that isn't one", "services:\n  a:\n    image: ${1X}\n"),
    one("an empty name", "services:\n  a:\n    image: ${}\n"),
    one("an operator that isn't one", "services:\n  a:\n    image: ${X=1}\n"),
    one("required and unset", "services:\n  a:\n    image: ${X:?say it}\n"),
    one("required and empty", "services:\n  a:\n    image: ${X:?say it}\n", __env="X=\n"),
    one("an extension's variable counts too", "x-a: ${X?no}\nservices:\n  a:\n    image: y\n"),
    one("keys aren't interpolated", "services:\n  a:\n    image: y\n    environment:\n      ${X?no}: 1\n"),
    one(
        "scalars of YAML as Go prints them",
        """
services:
  a:
    image: x
    environment: {A: 1.10, B: 1000000.0, C: 0644, D: yes, E: , F: 1e3, G: 0x10, H: 12345678901234567890, I: .5, J: 1_000,
      K: 2001-01-01, L: 0o17, M: +1, O: true, P: "true", Q: 0.00001, R: 123456.5, S: 1234567.5, T: ~, U: "", V: 1.0,
      W: -0.25, X: 22:22, Y: off, Z: 0b11}
""",
    ),
    one(
        "a list of variables, with and without values",
        """
services:
  a:
    image: x
    environment:
      - A=1
      - B
      - C=
      - D=a=b
      - E=$X
      - F= spaced
      - X
      - A=2
      - "QUOTED='q'"
""",
        __env="X=from .env\n",
    ),
    one("a list of variables holds strings only", "services:\n  a:\n    image: x\n    environment: [A=1, 5]\n"),
    one("no value of a variable is a list", "services:\n  a:\n    image: x\n    environment: {A: [1]}\n"),
    one("no environment without value", "services:\n  a:\n    image: x\n    environment:\n"),
    one(
        "env files: later over earlier, environment over both",
        """
services:
  a:
    image: x
    env_file: one.env
    environment: {B: mine}
  b:
    image: x
    env_file: [one.env, ./two.env]
  c:
    image: x
    env_file:
      - path: one.env
      - path: none.env
        required: false
      - path: sub/three.env
        required: true
""",
        one__env="A=1\nB=2\nC='a $X'\nD=\"a $X\"\nE=a # b\nF=${A}x\nexport G=g\nX\nY\n",
        two__env="# comment\nA=two\nH=h\n",
        **{"sub/three__env": "I=${X:-none}\nJ=\nK=a#b\n"},
        __env="X=from .env\n",
    ),
    one("a required env file that isn't there", "services:\n  a:\n    image: x\n    env_file: none.env\n"),
    one(
        "a line that compose's dialect refuses",
        "services:\n  a:\n    image: x\n    env_file: a.env\n",
        a__env="A=1\nB C=2\n",
    ),
    one(
        "commands",
        r"""
services:
  a: {image: x, command: python manage.py runserver 0.0.0.0:8000}
  b: {image: x, command: [sh, -c, "a && b"]}
  c: {image: x, command: "", entrypoint: ""}
  d: {image: x, command: [], entrypoint: []}
  e: {image: x, command: null, entrypoint: null}
  f: {image: x, command: 'bash -c "a && b; c"'}
  g: {image: x, command: python manage.py migrate && gunicorn x}
  h: {image: x, command: "a 'b c' d\\ e \"f \\\" g\" '' h''i"}
  i: {image: x, command: "a 2>log b", entrypoint: "a > b"}
  j: {image: x, command: "a $$(b c) `d e` f"}
  k: {image: x, command: "  a   b  "}
  l:
    image: x
    command: >
      gunicorn app.wsgi
      --bind 0.0.0.0:8000
  m:
    image: x
    command: |
      a
      b
  n: {image: x, command: "a # b"}
  o: {image: x, command: "a x>b"}
  p: {image: x, entrypoint: "a | b"}
  q: {image: x, command: "a ) b )"}
  r: {image: x, command: "a \"b 'c' d\" 'e \"f\" g'"}
  s: {image: x, command: 'a \\ b'}
""",
    ),
    one("a quote that isn't closed", 'services:\n  a: {image: x, command: "a \'b"}\n'),
    one("a parenthesis without its $", 'services:\n  a: {image: x, command: "echo (x)"}\n'),
    one("a command that is a number", "services:\n  a: {image: x, command: 5}\n"),
    one("a word that is a number", "services:\n  a: {image: x, command: [sleep, 5]}\n"),
    one(
        "ports in all short forms",
        """
services:
  a:
    image: x
    ports:
      - 3000
      - "3000-3002"
      - "8000:8001"
      - "9090-9091:8080-8081"
      - "49100-49105:22"
      - "127.0.0.1:8001:8001"
      - "127.0.0.1:5000-5002:5000-5002"
      - "127.0.0.1::5010"
      - "6060:6060/udp"
      - "[::1]:6061:6061"
      - "12400-12401:1240/tcp"
      - "0.0.0.0:${PORT:-7000}:7000"
      - 7100:7100/TCP
      - "7101:7101"
""",
    ),
    one(
        "ports in the long form",
        """
services:
  a:
    image: x
    ports:
      - {target: 80, published: 8080, protocol: tcp, mode: host}
      - {target: 81, published: "8081-8085", host_ip: 127.0.0.1, name: web, app_protocol: http}
      - {target: 82}
      - {target: "83", published: "${P}", protocol: udp}
""",
        __env="P=8083\n",
    ),
    one("a port without target", "services:\n  a: {image: x, ports: [{published: 80}]}\n"),
    one("a port with a name for an address", 'services:\n  a: {image: x, ports: ["localhost:80:80"]}\n'),
    one("too many parts of a port", 'services:\n  a: {image: x, ports: ["80:80:80:80"]}\n'),
    one("a port that is too large", 'services:\n  a: {image: x, ports: ["70000:80"]}\n'),
    one("ranges of two lengths", 'services:\n  a: {image: x, ports: ["80-82:80-81"]}\n'),
    one("a protocol that isn't one", 'services:\n  a: {image: x, ports: ["80:80/http"]}\n'),
    one("ports that aren't a list", "services:\n  a: {image: x, ports: 80}\n"),
    one("a port's unknown key", "services:\n  a: {image: x, ports: [{target: 80, host: 1}]}\n"),
    one("exposed", 'services:\n  a: {image: x, expose: [80, "81-85", "90/udp"]}\n'),
    one(
        "volumes in all short forms",
        """
services:
  a:
    image: x
    volumes:
      - /anonymous
      - data:/data
      - data:/more:ro
      - ./src:/src
      - .:/code:rw
      - ../up:/up
      - /abs:/abs:ro,z
      - ./a:/b/../c/
      - named-1.x:/n:nocopy
      - ${DIR:-./dir}:/dir
      - ./twice:/twice
      - ./again:/twice:ro
volumes: {data: , named-1.x: {}}
""",
    ),
    one(
        "volumes in the long form",
        """
services:
  a:
    image: x
    volumes:
      - {type: bind, source: ./x, target: /a/../b/, read_only: true}
      - {type: volume, source: data, target: /data, volume: {nocopy: true}}
      - {type: tmpfs, target: /t, tmpfs: {size: 100}}
      - {type: volume, target: /anonymous}
      - {type: bind, source: x, target: /c, bind: {create_host_path: true}}
volumes: {data: {external: true}}
""",
    ),
    one("a volume's name with a slash", "services:\n  a: {image: x}\nvolumes: {a/b: }\n"),
    one("a service's name with a blank", "services:\n  a b: {image: x}\n"),
    one("a name for several containers", "services:\n  a: {image: x, container_name: a, scale: 2}\n"),
    one("a volume without type", "services:\n  a: {image: x, volumes: [{source: x, target: /b}]}\n"),
    one("a bind without source", "services:\n  a: {image: x, volumes: [{type: bind, target: /b}]}\n"),
    one("an undeclared volume", "services:\n  a: {image: x, volumes: ['data:/data']}\n"),
    one("two colons", "services:\n  a: {image: x, volumes: ['a::/data']}\n"),
    one("four parts", "services:\n  a: {image: x, volumes: ['./a:/data:ro:z']}\n"),
    one("a drive of Windows", "services:\n  a: {image: x, volumes: ['b:/a', 'C:\\x:/y']}\n"),
    one(
        "tmpfs, alone and as a list",
        "services:\n  a: {image: x, tmpfs: /a}\n  b: {image: x, tmpfs: [/a, '/b:size=1m']}\n",
    ),
    one(
        "who depends on whom",
        """
services:
  a: {image: x, depends_on: [b, c]}
  b:
    image: x
    depends_on:
      c: {condition: service_healthy, restart: true}
      d: {condition: service_completed_successfully, required: false}
  c: {image: x, links: [d, "e:alias"], network_mode: "service:e"}
  d: {image: x, volumes_from: ["e:ro"], pid: "service:e"}
  e: {image: x}
""",
    ),
    one("a dependency that isn't there", "services:\n  a: {image: x, depends_on: [b]}\n"),
    one("a link that isn't there", "services:\n  a: {image: x, links: [b]}\n"),
    one("an unknown condition", "services:\n  a: {image: x, depends_on: {b: {condition: up}}}\n  b: {image: x}\n"),
    one("a dependency named twice", "services:\n  a: {image: x, depends_on: [b, b]}\n  b: {image: x}\n"),
    one("no condition", "services:\n  a: {image: x, depends_on: {b: {}}}\n  b: {image: x}\n"),
    one(
        "services that wait for one another",
        "services:\n  a: {image: x, depends_on: [b]}\n  b: {image: x, links: [a]}\n",
    ),
    one("a service that waits for itself", "services:\n  a: {image: x, depends_on: [a]}\n"),
    one(
        "healthchecks",
        """
services:
  a: {image: x, healthcheck: {test: curl -f http://localhost || exit 1, interval: 1m30s, timeout: 500ms, retries: 3}}
  b: {image: x, healthcheck: {test: [CMD, curl, "-f", $X], start_period: 1h, start_interval: 0.5s}}
  c: {image: x, healthcheck: {disable: true}}
  d: {image: x, healthcheck: {test: [NONE]}}
  e: {image: x, healthcheck: {test: [CMD-SHELL, "a && b"], retries: "5"}}
  f: {image: x, healthcheck: {disable: "${OFF:-no}"}}
""",
        __env="X=x\n",
    ),
    one("a healthcheck without CMD", "services:\n  a: {image: x, healthcheck: {test: [curl, x]}}\n"),
    one("an interval without unit", "services:\n  a: {image: x, healthcheck: {test: x, interval: 5}}\n"),
    one("an interval that is none", "services:\n  a: {image: x, healthcheck: {test: x, interval: 5 s}}\n"),
    one("a healthcheck's unknown key", "services:\n  a: {image: x, healthcheck: {command: x}}\n"),
    one(
        "builds",
        """
services:
  a: {build: .}
  b: {build: ./sub}
  c: {build: {context: sub, dockerfile: ../docker/Dockerfile, target: dev, args: {A: 1, B: , C: $X, D: true}}}
  d: {image: x, build: {dockerfile: D, args: [A=1, B, C=, X]}}
  e: {build: {context: ., dockerfile_inline: "FROM x\\nRUN y"}}
  f: {build: {context: https://github.com/a/b.git#main}}
  g: {build: {context: ., additional_contexts: {base: ./base, img: docker-image://alpine}}}
  h: {build: {context: ., additional_contexts: [one=./one]}}
  i: {build: ..}
""",
        __env="X=x\n",
    ),
    one("both dockerfiles", "services:\n  a: {build: {context: ., dockerfile: D, dockerfile_inline: FROM x}}\n"),
    one("a build's unknown key", "services:\n  a: {build: {context: ., file: D}}\n"),
    one("neither image nor build", "services:\n  a: {command: x}\n"),
    one(
        "plain keys",
        """
name: My-Project
services:
  a:
    image: x
    user: "1000:1000"
    working_dir: /app
    stop_grace_period: 1m5s
    stop_signal: SIGINT
    init: "true"
    read_only: true
    mem_limit: 512m
    cpus: 0.5
    scale: 2
    restart: unless-stopped
    platform: linux/amd64
    hostname: h
    labels: [a.b=c, d]
    profiles: [one, two]
    networks: [front, default]
    secrets: [s]
    configs: [{source: c, target: /c}]
    develop: {watch: [{path: ., action: rebuild}]}
    logging: {driver: json-file}
    x-anything: [1]
  b:
    image: x
    deploy: {replicas: 3, resources: {limits: {memory: 1.5g, cpus: "0.5"}}}
    labels: {a: 1, b: , c: true}
    networks: {front: {aliases: [x]}, back: }
    restart: no
    mem_limit: 1610612736
    read_only: "no"
  c: {image: x, network_mode: host, init: false, mem_limit: "100 KB", profiles: [one], scale: "1", container_name: c}
networks: {front: , back: {driver: bridge}}
secrets: {s: {file: ./s.txt}}
configs: {c: {external: true}}
x-top: 1
""",
        s__txt="",
    ),
    one(
        "network_mode beside networks",
        "services:\n  a: {image: x, network_mode: host, networks: [b]}\nnetworks: {b: }\n",
    ),
    one("an undeclared network", "services:\n  a: {image: x, networks: [b]}\n"),
    one("an undeclared secret", "services:\n  a: {image: x, secrets: [b]}\n"),
    one("an undeclared config", "services:\n  a: {image: x, configs: [b]}\n"),
    one("a user that is a number", "services:\n  a: {image: x, user: 1000}\n"),
    one("a size that is none", "services:\n  a: {image: x, mem_limit: much}\n"),
    one("a grace period without unit", "services:\n  a: {image: x, stop_grace_period: 30}\n"),
    one("a truth that is none", "services:\n  a: {image: x, init: maybe}\n"),
    one("a service's unknown key", "services:\n  a: {image: x, enviroment: {A: 1}}\n"),
    one("an unknown key of the top level", "service:\n  a: {image: x}\nservices:\n  b: {image: x}\n"),
    one("services that are a list", "services:\n  - a\n"),
    one("a service that is nothing", "services:\n  a:\n"),
    one("a service that is a text", "services:\n  a: b\n"),
    one("a file that is a list", "- a\n"),
    one("a key given twice", "services:\n  a: {image: x}\n  a: {image: y}\n"),
    one("the old version", 'version: "3.9"\nservices:\n  a: {image: x}\n'),
    one(
        "anchors and merge keys",
        """
x-env: &env {A: 1, B: 2}
x-base: &base
  image: x
  environment: &more
    <<: *env
    B: 3
    C: $X
  command: [a]
services:
  a:
    <<: *base
  b:
    <<: [*base, {user: u, image: z}]
    environment:
      <<: [*env, *more]
      D: 4
  c:
    image: x
    environment: *env
""",
        __env="X=x\n",
    ),
    one(
        "extends within the file",
        """
services:
  base:
    image: x
    environment: [A=1, B=2]
    ports: ["80:80"]
    volumes: ["./a:/a", "./b:/b"]
    command: a b
    depends_on: [db]
    labels: {one: 1}
    healthcheck: {test: x, interval: 1s}
    build: .
    env_file: one.env
    expose: [1]
    profiles: [p]
  a:
    extends: base
    environment: {B: 3, C: 4}
    ports: ["81:81", "80:80"]
    volumes: ["./c:/a"]
    command: null
    healthcheck: {interval: 2s}
    build: {target: dev}
    env_file: [two.env]
    labels: [two=2]
  b:
    extends: {service: a}
    image: y
    depends_on: {db: {condition: service_healthy}}
  db: {image: db}
""",
        one__env="E=1\n",
        two__env="E=2\nF=2\n",
    ),
    one(
        "extends from another file, whose paths start from its folder",
        """
services:
  a:
    extends: {file: sub/common.yml, service: web}
    volumes: ["./mine:/mine"]
""",
        **{
            "sub/common.yml": """
services:
  web:
    extends: base
    build: ./app
    env_file: web.env
    volumes: ["./data:/data"]
  base:
    extends: {file: ../other.yml, service: root}
    environment: {A: "${X}", B: 1}
    volumes: ["..:/up"]
""",
            "sub/web.env": "C=1\n",
            "other.yml": "services:\n  root: {image: x, environment: {B: 2, D: 2}, volumes: ['./o:/o']}\n",
        },
        __env="X=x\n",
    ),
    one("a file to extend that isn't there", "services:\n  a: {extends: {file: none.yml, service: b}}\n"),
    one("a service to extend that isn't there", "services:\n  a: {image: x, extends: b}\n"),
    one(
        "a service to extend that isn't in its file",
        "services:\n  a: {image: x, extends: {file: b.yml, service: b}}\n",
        b__yml="services:\n  c: {image: x}\n",
    ),
    one("services that extend one another", "services:\n  a: {extends: b}\n  b: {extends: a, image: x}\n"),
    one(
        "files that extend one another",
        "services:\n  a: {image: x, extends: {file: b.yml, service: b}}\n",
        b__yml="services:\n  b: {extends: {file: docker-compose.yml, service: a}}\n",
    ),
    one(
        "includes, short and long",
        """
include:
  - one/compose.yml
  - path: [two/compose.yml, two/more.yml]
    env_file: two.env
  - {path: three/compose.yml, project_directory: .}
services:
  web: {image: x, depends_on: [one, two]}
""",
        **{
            "one/compose.yml": "services:\n  one: {image: 'x:${V:-none}', volumes: ['./d:/d', 'v:/v']}\nvolumes: {v: }\n",
            "one/.env": "V=one\n",
            "two/compose.yml": "services:\n  two: {image: 'x:${V}', environment: [V, W=$W], env_file: e.env}\n",
            "two/more.yml": "services:\n  two: {command: a b, build: .}\n  four: {image: y}\n",
            "two/e.env": "E=1\n",
            "two.env": "V=two\nW=w\n",
            "three/compose.yml": "include: [five.yml]\nservices:\n  three: {build: ./x}\nnetworks: {n: }\n",
            "five.yml": "services:\n  five: {image: x}\n",
        },
        __env="W=mine\n",
    ),
    one("an include that isn't there", "include: [none.yml]\nservices:\n  a: {image: x}\n"),
    one("an include that includes itself", "include: [docker-compose.yml]\nservices:\n  a: {image: x}\n"),
    one(
        "files that include one another",
        "include: [b.yml]\nservices:\n  a: {image: x}\n",
        b__yml="include: [docker-compose.yml]\nservices:\n  b: {image: x}\n",
    ),
    one(
        "a service that an include has too",
        "include: [b.yml]\nservices:\n  a: {image: x}\n",
        b__yml="services:\n  a: {image: y}\n",
    ),
    one(
        "an include's missing env file",
        "include: [{path: b.yml, env_file: none.env}]\n",
        b__yml="services:\n  a: {image: y}\n",
    ),
    one("an include that isn't a list", "include: b.yml\n", b__yml="services:\n  a: {image: y}\n"),
    Project(
        "the override beside the file",
        {
            FILE: """
services:
  web:
    image: x
    build: .
    command: [a]
    entrypoint: e
    environment: {A: 1, B: 2, C: 3}
    ports: ["8000:8000", "9000:9000"]
    expose: [1, 2]
    volumes: ["./a:/a", "data:/data"]
    depends_on: [db]
    env_file: one.env
    tmpfs: /t
    labels: {a: 1}
    networks: [n]
    healthcheck: {test: x, retries: 3}
    deploy: {resources: {limits: {memory: 1g}}}
    profiles: [p]
    secrets: [s]
  db: {image: db}
volumes: {data: }
networks: {n: , m: }
secrets: {s: {file: s.txt}}
""",
            "docker-compose.override.yml": """
services:
  web:
    build: {target: dev, args: [A=1]}
    command: b c
    environment: [B=4, D, "A"]
    ports: ["8000:8000", "127.0.0.1:8001:8001"]
    expose: ["2", 3]
    volumes: ["./b:/a:ro"]
    depends_on: {db: {condition: service_healthy}, cache: {condition: service_started}}
    env_file: [two.env, one.env]
    tmpfs: [/u]
    labels: [b=2]
    networks: {m: }
    healthcheck: {test: [CMD, y]}
    deploy: {resources: {limits: {cpus: "1"}}}
    profiles: [q]
    secrets: [{source: s, target: other}]
    user: "1"
  cache: {image: redis}
x-more: 1
""",
            "one.env": "E=1\nF=1\n",
            "two.env": "E=2\n",
            "s.txt": "",
        },
    ),
    Project(
        "compose.yaml, and another name's override",
        {
            "compose.yaml": "services:\n  a: {image: x}\n",
            "docker-compose.override.yml": "services:\n  a: {image: y}\n",
        },
    ),
    Project(
        "two overrides: the first counts",
        {
            "compose.yaml": "services:\n  a: {image: x}\n",
            "compose.override.yml": "services:\n  a: {image: y}\n",
            "compose.override.yaml": "services:\n  a: {image: z}\n",
        },
    ),
    Project(
        "no override beside -f",
        {FILE: "services:\n  a: {image: x}\n", "docker-compose.override.yml": "services:\n  a: {image: y}\n"},
        [FILE],
    ),
    Project(
        "several -f, whose paths all start from the first's folder",
        {
            "deploy/base.yml": "services:\n  a: {image: x, build: ./src, command: a, env_file: a.env}\n",
            "other/prod.yml": "services:\n  a: {build: {dockerfile: D}, volumes: ['./v:/v'], command: null}\n",
            "deploy/a.env": "A=1\n",
        },
        ["deploy/base.yml", "other/prod.yml"],
    ),
    Project(
        "!reset and !override",
        {
            FILE: """
services:
  a:
    image: x
    ports: ["80:80"]
    environment: {A: 1, B: 2}
    command: a
    volumes: ["./a:/a"]
    healthcheck: {test: x, interval: 1s}
    user: root
""",
            "docker-compose.override.yml": """
services:
  a:
    ports: !reset []
    environment: {A: !reset null, C: 3}
    volumes: !override ["./b:/b"]
    healthcheck: !override {test: y}
    user: !reset
    command: !reset null
""",
        },
    ),
    Project(
        "!reset of a variable in a list: compose looks for a key, and leaves it",
        {
            FILE: "services:\n  a: {image: x, environment: {A: 1}}\n",
            "more.yml": "services:\n  a: {environment: [B=1]}\n",
            "reset.yml": "services:\n  a: {environment: {A: !reset null}}\n",
        },
        [FILE, "more.yml", "reset.yml"],
    ),
    Project(
        "a mapping where a list was",
        {
            FILE: "services:\n  a: {image: x, ports: ['80:80']}\n",
            "docker-compose.override.yml": "services:\n  a: {ports: {a: b}}\n",
        },
    ),
    Project(
        "an override that clears",
        {
            FILE: "services:\n  a: {image: x, command: a, entrypoint: b, environment: {A: 1}}\n",
            "docker-compose.override.yml": "services:\n  a: {command: [], entrypoint: null, environment: {A: }}\n",
        },
    ),
]


# Where the reader knowingly says something else than the compose of this machine, and why.
DISAGREE = [
    one(
        "a second document lies over the first, which nobody uses",
        "services:\n  a: {image: x}\n---\nservices:\n  a: {image: y}\n",
    ),
    one(
        "a default that isn't needed isn't looked into, since January 2026",
        "services:\n  a:\n    image: ${X:-${Y:?say it}}\n",
        __env="X=x\n",
    ),
    one(
        "an env file may use what environment says, since compose-go 2.5",
        "services:\n  a: {image: x, env_file: a.env, environment: {A: a}}\n",
        a__env="B=$A\n",
    ),
    one(
        "the .env counts over an earlier env file, since compose-go 2.5",
        "services:\n  a: {image: x, env_file: [a.env, b.env]}\n",
        a__env="A=file\n",
        b__env="B=$A\n",
        __env="A=project\n",
    ),
    one("days and weeks are durations, since compose-go 2.4.9", "services:\n  a: {image: x, stop_grace_period: 1d}\n"),
    one(
        "a size may begin with its point, since docker/go-units 0.5, which Debian hasn't",
        "services:\n  a: {image: x, mem_limit: .5g}\n",
    ),
    one(
        "env files may be raw in a newer compose",
        "services:\n  a: {image: x, env_file: [{path: a.env, format: raw}]}\n",
        a__env="A='a' # b\n",
    ),
    one("keys of 2025", "services:\n  a: {image: x, provider: {type: x}, post_start: [{command: a}]}\n"),
    one("models, of 2025", "services:\n  a: {image: x}\nmodels: {m: {model: ai/x}}\n"),
    one("keys that no rule of ours reads aren't checked", "services:\n  a: {image: x, logging: 5}\n"),
    one(
        "limits said twice that differ",
        "services:\n  a: {image: x, mem_limit: 1m, deploy: {resources: {limits: {memory: 2m}}}}\n",
    ),
    one("a key that is a number", "services:\n  1: {image: x}\n"),
]


Answers = dict[str, tuple[Path, Future[dict[str, Any] | None]]]


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Answers]:
    """By a project's reason, its folder and what docker compose says: it waits more than it computes, so several at once."""
    with ThreadPoolExecutor(4) as pool:
        folders = {project.why: tmp_path_factory.mktemp("project") for project in (*CORPUS, *DISAGREE)}
        yield {
            project.why: (folders[project.why], pool.submit(config, folders[project.why], project))
            for project in (*CORPUS, *DISAGREE)
        }


@pytest.mark.parametrize("project", DISAGREE, ids=lambda project: project.why)
def test_it_knowingly_disagrees(project: Project, answers: Answers) -> None:
    folder, answer = answers[project.why]
    with pytest.raises(AssertionError):
        assert_same(answer.result(), folder, project)


@pytest.mark.parametrize("project", CORPUS, ids=lambda project: project.why)
def test_the_corpus_agrees(project: Project, answers: Answers) -> None:
    folder, answer = answers[project.why]
    assert_same(answer.result(), folder, project)


# One process of docker for many of them: each in a service of its own.
BUNCH = 60

TEMPLATE = [
    "$",
    "$$",
    "{",
    "}",
    "${",
    "${A",
    "${A}",
    "$A",
    "$E",
    "${E}",
    "${U:-",
    "${U-",
    "${E:-",
    "${A:+",
    "${U+",
    "${E:?",
    "${A?",
    "${U:-${E:-x}}",
    "-",
    ":",
    "?",
    "+",
    "x",
    " ",
    "1",
    "_",
    "é",
    '"',
    "'",
    "\\",
    "#",
    "}}",
]
WORD = [
    "a",
    "b c",
    " ",
    "  ",
    "'",
    '"',
    "\\",
    "`",
    "$$(",
    "(",
    ")",
    ";",
    "&&",
    "|",
    ">",
    "2>",
    "<",
    "\n",
    "\t",
    "-x",
    "=",
    "#",
    "é",
]
PORT = [
    "80",
    "8080",
    "81-83",
    "90-92",
    "0",
    "65535",
    "65536",
    ":",
    ":",
    ":",
    "/tcp",
    "/udp",
    "/UDP",
    "/x",
    "127.0.0.1",
    "[::1]",
    "::1",
    "-",
    "a",
    " ",
]
VOLUME = [
    "a",
    "bc",
    "/",
    "/x",
    "./",
    "../",
    ".",
    ":",
    ":",
    ":",
    "ro",
    "rw",
    ",",
    "z",
    "~",
    "C",
    "\\",
    "data",
    "-",
    "//",
    "x y",
]
ENV = [
    "A",
    "B1",
    "=",
    "=",
    "\n",
    "\n",
    "'",
    '"',
    "$A",
    "${U:-d}",
    "$$",
    "\\",
    "\\n",
    " ",
    "#",
    " #",
    "export ",
    "é",
    "x",
    ":",
    "1",
    "\t",
    ".",
]

QUANTITY = ["1", "1.5", "0", "10", "-", "s", "m", "h", "ms", "us", " ", "k", "kb", "MB", "GiB", "b"]

VARIABLES = {"A": "a$B c", "E": ""}


def texts(parts: list[str], longest: int) -> st.SearchStrategy[list[str]]:
    text = st.lists(st.sampled_from(parts), min_size=1, max_size=longest).map("".join)
    return st.lists(text, min_size=BUNCH, max_size=BUNCH)


def bunch(parts: list[dict[str, Any]], **files: str) -> Project:
    """A project with a service for each; JSON is YAML."""
    services = {f"s{number}": {"image": "x", **part} for number, part in enumerate(parts)}
    env = "".join(f"{name}='{value}'\n" for name, value in VARIABLES.items())
    return Project("", {FILE: json.dumps({"services": services}), ".env": env, **files})


def agree(tmp_path_factory: pytest.TempPathFactory, parts: list[dict[str, Any]], **files: str) -> None:
    """All that the reader takes in one file; of the rest one alone, which docker compose must refuse too."""
    taken = [part for part in parts if ours(bunch([part], **files)) is not None]
    refused = [part for part in parts if ours(bunch([part], **files)) is None]
    assert_agree(tmp_path_factory.mktemp("bunch"), bunch(taken, **files))
    for part in refused[:1]:
        assert config(tmp_path_factory.mktemp("refused"), bunch([part], **files)) is None, part


# What fails is a service among many, so smaller examples say no more.
FEW = settings(
    derandomize=True,
    deadline=None,
    database=None,
    max_examples=5,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.explicit, Phase.generate),
)


@FEW
@given(texts(TEMPLATE, 8))
def test_interpolation_agrees(tmp_path_factory: pytest.TempPathFactory, found: list[str]) -> None:
    agree(tmp_path_factory, [{"environment": {"V": text}, "working_dir": text} for text in found])


@FEW
@given(texts(WORD, 8))
def test_commands_agree(tmp_path_factory: pytest.TempPathFactory, found: list[str]) -> None:
    agree(tmp_path_factory, [{"command": text, "healthcheck": {"test": text}} for text in found])


@FEW
@given(texts(PORT, 6))
def test_ports_agree(tmp_path_factory: pytest.TempPathFactory, found: list[str]) -> None:
    agree(tmp_path_factory, [{"ports": [text]} for text in found])


@FEW
@given(texts(VOLUME, 7))
def test_volumes_agree(tmp_path_factory: pytest.TempPathFactory, found: list[str]) -> None:
    agree(tmp_path_factory, [{"volumes": [text]} for text in found if "~" not in text])


@FEW
@given(texts(ENV, 12))
def test_env_files_agree(tmp_path_factory: pytest.TempPathFactory, found: list[str]) -> None:
    files = {f"{number}.env": text for number, text in enumerate(found)}
    agree(tmp_path_factory, [{"env_file": name} for name in files], **files)


@FEW
@given(texts(QUANTITY, 3))
def test_durations_and_sizes_agree(tmp_path_factory: pytest.TempPathFactory, found: list[str]) -> None:
    agree(tmp_path_factory, [{"stop_grace_period": text} for text in found] + [{"mem_limit": text} for text in found])


SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**70), 2**70),
    st.integers(-2000000, 2000000),
    st.floats(allow_nan=False, allow_infinity=False),
    st.decimals(-1000, 10**8, places=3).map(float),
    st.sampled_from(["", "x", "2001-02-03", "$A", "true", "1.10", "a=b"]),
)
NAMES = st.sampled_from(["A", "B", "C", "D"])


@FEW
@given(st.lists(st.dictionaries(NAMES, SCALARS, min_size=1), min_size=BUNCH, max_size=BUNCH))
def test_variables_agree(tmp_path_factory: pytest.TempPathFactory, found: list[dict[str, Any]]) -> None:
    agree(tmp_path_factory, [{"environment": part, "build": {"context": ".", "args": part}} for part in found])


def either(items: st.SearchStrategy[str]) -> st.SearchStrategy[Any]:
    """NAME=value in a list, or as a mapping."""
    values = st.one_of(st.none(), st.sampled_from(["1", "2", "$A"]))
    lists = st.lists(st.tuples(items, values), max_size=3, unique_by=lambda pair: pair[0])
    return lists.flatmap(
        lambda pairs: st.sampled_from(
            [dict(pairs), [name if value is None else f"{name}={value}" for name, value in pairs]]
        )
    )


def some(*values: str) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(values), min_size=1, max_size=3, unique=True)


CONDITION = st.sampled_from(["service_started", "service_healthy"])
SERVICE = st.fixed_dictionaries(
    {},
    optional={
        "image": st.sampled_from(["x", "y:${A}", "z"]),
        "build": st.one_of(
            st.sampled_from([".", "sub"]),
            st.fixed_dictionaries(
                {}, optional={"context": st.just("."), "target": st.just("t"), "args": either(NAMES)}
            ),
        ),
        "command": st.one_of(st.none(), st.sampled_from(["a b", "", "c"]), some("a", "b")),
        "entrypoint": st.one_of(st.none(), st.sampled_from(["a b", ""]), some("a", "b")),
        "environment": either(NAMES),
        "labels": either(NAMES),
        "env_file": st.one_of(st.sampled_from(["one.env", "two.env"]), some("one.env", "two.env")),
        "ports": some("80:80", "80", "127.0.0.1:80:80", "81:80", "80-82:80-82", "80:80/udp"),
        "expose": some("80", "81"),
        "volumes": some("./a:/a", "v:/a", "./b:/b:ro", "/a", "./c:/c/"),
        "tmpfs": st.one_of(st.just("/t"), some("/t", "/u")),
        "depends_on": st.one_of(
            some("one", "two"),
            st.dictionaries(st.sampled_from(["one", "two"]), st.fixed_dictionaries({"condition": CONDITION})),
        ),
        "healthcheck": st.fixed_dictionaries(
            {},
            optional={
                "test": st.one_of(st.just("x"), st.just(["CMD", "y"])),
                "interval": st.sampled_from(["1s", "2m"]),
            },
        ),
        "networks": st.one_of(some("n", "m"), st.dictionaries(st.sampled_from(["n", "m"]), st.none())),
        "profiles": some("p", "q"),
        "secrets": some("s", "t"),
        "user": st.sampled_from(["a", "$A"]),
        "deploy": st.fixed_dictionaries({}, optional={"replicas": st.sampled_from([2, 3])}),
    },
)


@FEW
@given(st.lists(st.tuples(SERVICE, SERVICE, st.booleans()), min_size=6, max_size=6))
def test_overrides_and_extends_agree(
    tmp_path_factory: pytest.TempPathFactory, pairs: list[tuple[dict[str, Any], dict[str, Any], bool]]
) -> None:
    base: dict[str, Any] = {"one": {"image": "x"}, "two": {"image": "x"}}
    over: dict[str, Any] = {}
    for number, (first, second, override) in enumerate(pairs):
        if override:
            base[f"s{number}"], over[f"s{number}"] = {"image": "i", **first}, second
        else:
            base[f"b{number}"], base[f"s{number}"] = {"image": "i", **first}, {**second, "extends": f"b{number}"}
    rest = {"volumes": {"v": {}}, "networks": {"n": {}, "m": {}}, "secrets": {"s": {"file": "s"}, "t": {"file": "t"}}}
    files = {
        FILE: json.dumps({"services": base, **rest}),
        "docker-compose.override.yml": json.dumps({"services": over}),
        ".env": "A=a\nZ=z\n",
        "one.env": "A=1\nE=1\n",
        "two.env": "E=2\nF=$Z\n",
    }
    project = Project("", files)
    assert ours(project) is not None
    assert_agree(tmp_path_factory.mktemp("over"), project)
