"""Compose files, as values with their places. What docker compose makes of the same is in test_compose_agrees.py."""

import random
import time
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

import pytest

from parity.contract.compose import (
    Build,
    Command,
    Compose,
    Dependency,
    EnvFile,
    Extends,
    Healthcheck,
    Include,
    Memory,
    Mention,
    Mount,
    Port,
    Resource,
    Text,
    Variable,
)
from parity.contract.finding import Finding
from parity.contract.place import Place
from parity.readers.compose import read
from parity.readers.unreadable import Unreadable

FILE = "docker-compose.yml"


def at(line: int, file: str = FILE) -> Place:
    return Place(file, line)


def project(files: Mapping[str, str], **env: str) -> Compose:
    return read(FILE, files.get, env=env)


def service(text: str, files: Mapping[str, str] | None = None, **env: str) -> Any:
    """The service a of a file whose third line `text` begins at."""
    return project({FILE: f"services:\n  a:\n{indented(text)}", **(files or {})}, **env).services["a"]


def indented(text: str) -> str:
    return "".join(f"    {line}\n" for line in text.splitlines())


PARTS = [
    (
        "an image knows the variables it mentions",
        "image: app:${TAG:-${OTHER?no}}",
        "image",
        Text(
            "app:1",
            at(3),
            "app:${TAG:-${OTHER?no}}",
            (Mention("TAG", at(3), ":-", "${OTHER?no}"), Mention("OTHER", at(3), "?", "no")),
        ),
    ),
    (
        "a build alone is its context",
        "build: ./sub",
        "build",
        Build(at(3), Text("./sub", at(3), "./sub"), "sub", file="sub/Dockerfile"),
    ),
    (
        "a Dockerfile is seen from its context",
        "build:\n  context: sub\n  dockerfile: ../D\n  args: [A=1]",
        "build",
        Build(
            at(3),
            Text("sub", at(4), "sub"),
            "sub",
            Text("../D", at(5), "../D"),
            "D",
            args={"A": Variable("A", "1", at(6), "args", "1")},
        ),
    ),
    (
        "a context outside of the repository has no folder",
        "build: ..",
        "build",
        Build(at(3), Text("..", at(3), ".."), None),
    ),
    (
        "the string form is split without a shell",
        "command: a 'b c'",
        "command",
        Command(("a", "b c"), at(3), "a 'b c'", "string"),
    ),
    ("the list form", "command: [a, $TAG]", "command", Command(("a", "1"), at(3), mentions=(Mention("TAG", at(3)),))),
    ("no command leaves the image's", "command:", "command", None),
    ("an empty one takes it away", "command: []", "command", Command((), at(3))),
    (
        "variables of a mapping have their own lines, and None without a value",
        "environment:\n  A: 1.10\n  B:\n  TAG:",
        "environment",
        {
            "A": Variable("A", "1.1", at(4), "environment", "1.10"),
            "B": Variable("B", None, at(5)),
            "TAG": Variable("TAG", "1", at(6)),
        },
    ),
    (
        "variables of a list",
        "environment:\n  - A=$TAG\n  - B\n  - C=",
        "environment",
        {
            "A": Variable("A", "1", at(4), "environment", "$TAG", (Mention("TAG", at(4)),)),
            "B": Variable("B", None, at(5)),
            "C": Variable("C", "", at(6), "environment", ""),
        },
    ),
    (
        "an env file's variables are where they are written",
        "env_file: [a.env, {path: none.env, required: false}]",
        "env_files",
        (
            EnvFile(
                Text("a.env", at(3), "a.env"),
                "a.env",
                variables=(
                    Variable("A", "1x", at(2, "a.env"), "env_file", "1x"),
                    Variable("B", None, at(3, "a.env"), "env_file"),
                ),
            ),
            EnvFile(Text("none.env", at(3), "none.env"), "none.env", False, missing=True),
        ),
    ),
    (
        "a raw env file is taken as it is",
        "env_file: [{path: a.env, format: raw}]",
        "env_files",
        (
            EnvFile(
                Text("a.env", at(3), "a.env"),
                "a.env",
                format="raw",
                variables=(
                    Variable("A", "${TAG}x", at(2, "a.env"), "env_file", "${TAG}x"),
                    Variable("B", None, at(3, "a.env"), "env_file"),
                ),
            ),
        ),
    ),
    (
        "a range is a port each",
        'ports:\n  - "127.0.0.1:80-81:8000-8001/udp"\n  - target: 90',
        "ports",
        (
            Port("8000", at(4), "80", "127.0.0.1", "udp", written="127.0.0.1:80-81:8000-8001/udp"),
            Port("8001", at(4), "81", "127.0.0.1", "udp", written="127.0.0.1:80-81:8000-8001/udp"),
            Port("90", at(5)),
        ),
    ),
    (
        "a bind in the repository has a path, one outside has none",
        "volumes:\n  - ./src/../x:/x:ro\n  - ~/y:/y\n  - {type: tmpfs, target: /t}",
        "mounts",
        (
            Mount("/x", at(4), "bind", "./src/../x", "x", True, "./src/../x:/x:ro"),
            Mount("/y", at(5), "bind", "~/y", None, False, "~/y:/y"),
            Mount("/t", at(6), "tmpfs"),
        ),
    ),
    (
        "a network_mode is a dependency too",
        "depends_on:\n  b: {condition: service_healthy, required: false}\nnetwork_mode: service:c",
        "depends_on",
        (
            Dependency("b", at(4), "service_healthy", False),
            Dependency("c", at(5), restart=True, through="network_mode"),
        ),
    ),
    (
        "durations are seconds",
        "healthcheck:\n  test: curl $TAG\n  interval: 1m30s\n  retries: 3",
        "healthcheck",
        Healthcheck(at(3), ("CMD-SHELL", "curl 1"), interval=90.0, retries=3, mentions=(Mention("TAG", at(4)),)),
    ),
    (
        "NONE takes a healthcheck away",
        "healthcheck: {test: [NONE]}",
        "healthcheck",
        Healthcheck(at(3), ("NONE",), True),
    ),
    ("a grace period is seconds", "stop_grace_period: 1m", "grace", 60.0),
    ("memory is bytes", "mem_limit: 1.5g", "memory", Memory(1610612736, Text("1.5g", at(3), "1.5g"), "mem_limit")),
    (
        "memory of deploy",
        "deploy:\n  resources:\n    limits:\n      memory: 1k",
        "memory",
        Memory(1024, Text("1k", at(6), "1k"), "deploy.resources.limits.memory"),
    ),
    ("watched", "develop:\n  watch: []", "watch", at(4)),
    ("where each key is", "x-a: 1\nuser: b", "fields", {"x-a": at(3), "user": at(4)}),
]


@pytest.mark.parametrize(("text", "part", "value"), [case[1:] for case in PARTS], ids=[case[0] for case in PARTS])
def test_a_part_of_a_service(text: str, part: str, value: object) -> None:
    assert getattr(service(text, {"a.env": "# b\nA=${TAG}x\nB\n"}, TAG="1"), part) == value


def test_the_container_is_given_the_files_variables_and_those_of_environment_over_them() -> None:
    found = service(
        "env_file: [a.env, b.env]\nenvironment: {A: 3}", {"a.env": "A=1\nB=1\n", "b.env": "A=2\nB=2\n"}
    ).variables
    assert {name: (variable.value, variable.place) for name, variable in found.items()} == {
        "A": ("3", at(4)),
        "B": ("2", at(2, "b.env")),
    }


def test_what_is_inherited_is_where_it_is_written() -> None:
    compose = project(
        {
            FILE: "services:\n  a:\n    extends: {file: sub/base.yml, service: b}\n    user: me\n",
            "sub/base.yml": "services:\n  b:\n    image: x\n    build: .\n    env_file: b.env\n    volumes: [./v:/v]\n",
            "sub/b.env": "B=1\n",
            "docker-compose.override.yml": "services:\n  a:\n    build: {target: dev}\n",
        }
    )
    found = compose.services["a"]
    base = "sub/base.yml"
    assert found.place == at(2, "docker-compose.override.yml")
    assert found.image == Text("x", at(3, base), "x")
    assert found.build == Build(
        at(3, "docker-compose.override.yml"),
        Text(".", at(4, base), "."),
        "sub",
        file="sub/Dockerfile",
        target=Text("dev", at(3, "docker-compose.override.yml"), "dev"),
    )
    assert found.env_files[0].path == "sub/b.env"
    assert found.mounts == (Mount("/v", at(6, base), "bind", "./v", "sub/v", False, "./v:/v"),)
    assert found.extends == Extends("b", base, at(3))
    assert compose.files == (FILE, base, "docker-compose.override.yml")


def test_the_top_level() -> None:
    compose = project(
        {
            FILE: "name: n-${X:-y}\ninclude: [sub/b.yml]\nservices: {a: {image: x}}\nvolumes:\n  v: {external: true}\n  w:\n"
            "networks: {n: {driver: bridge}}\nsecrets:\n  s: {file: ./s.txt}\n  t: {environment: T}\nx-z: $Z\n",
            "sub/b.yml": "services: {b: {build: .}}\nvolumes: {u: }\n",
        },
        Z="z",
    )
    assert compose.name == Text("n-y", at(1), "n-${X:-y}", (Mention("X", at(1), ":-", "y"),))
    assert list(compose.services) == ["a", "b"]
    assert compose.services["b"].build == Build(
        at(1, "sub/b.yml"), Text(".", at(1, "sub/b.yml"), "."), "sub", file="sub/Dockerfile"
    )
    assert compose.volumes == {
        "v": Resource("v", at(5), True),
        "w": Resource("w", at(6)),
        "u": Resource("u", at(2, "sub/b.yml")),
    }
    assert compose.networks == {"n": Resource("n", at(7), driver="bridge")}
    assert compose.secrets == {"s": Resource("s", at(9), file="s.txt"), "t": Resource("t", at(10), environment="T")}
    assert compose.includes == (Include(("sub/b.yml",), at(2)),)
    assert compose.extensions == {"x-z": at(11)}
    assert compose.mentions == (Mention("X", at(1), ":-", "y"), Mention("Z", at(11)))
    assert compose.findings == ()


FINDINGS = [
    (
        "a variable without value and default",
        "image: $TAG",
        Finding(
            "compose-variable-unset",
            at(3),
            "TAG is not set and has no default, so compose puts a blank in its place",
            "write ${TAG:-a default}, or ${TAG:?}",
        ),
    ),
    (
        "a variable that must be there",
        "image: ${TAG:?say it}",
        Finding(
            "compose-variable-required",
            at(3),
            "TAG is not set, and compose stops without it: say it",
            "set TAG in .env",
        ),
    ),
    (
        "a bracket that isn't closed",
        "image: ${TAG",
        Finding(
            "compose-refused",
            at(3),
            "`${TAG` is no expansion of a variable, and compose stops at it",
            "write $$ for a $ that means itself",
        ),
    ),
    (
        "a key that compose doesn't know",
        "image: x\nenviroment: {}",
        Finding(
            "compose-refused",
            at(4),
            "services.a has the key enviroment, which compose doesn't know and refuses",
            "remove enviroment, or write x-enviroment",
        ),
    ),
    (
        "what a shell would have run",
        "image: x\ncommand: a && b",
        Finding(
            "compose-command-cut",
            at(4),
            "services.a.command: compose runs no shell, and drops what stands from `&& b` on without a word",
            "write [sh, -c, …], with all of it in quotes",
        ),
    ),
    (
        "an env file that isn't there",
        "image: x\nenv_file: b.env",
        Finding(
            "compose-env-file-missing",
            at(4),
            "the file of variables b.env isn't there",
            "add b.env, or write `path: b.env` and `required: false`",
        ),
    ),
    (
        "an env file outside of the repository",
        "image: x\nenv_file: ../b.env",
        Finding("include-elsewhere", at(4), "../b.env leads out of the repository", "keep it in the repository"),
    ),
    (
        "a base that isn't there",
        "image: x\nextends: b",
        Finding(
            "include-missing",
            at(4),
            "services.a extends b, which docker-compose.yml doesn't have",
            "name a service of docker-compose.yml",
        ),
    ),
    (
        "a base's file that can't be parsed",
        "image: x\nextends: {file: broken.yml, service: b}",
        Finding(
            "file-not-parsed", at(2, "broken.yml"), "the key a stands in line 1 already", "remove one of the two", at(4)
        ),
    ),
    (
        "a service that extends itself",
        "image: x\nextends: a",
        Finding(
            "include-cycle",
            at(4),
            "services extend one another: docker-compose.yml:a -> docker-compose.yml:a",
            "let one of them extend no other",
        ),
    ),
    (
        "a volume that nobody declares",
        "image: x\nvolumes:\n  - data:/v",
        Finding(
            "compose-refused",
            at(5),
            "services.a.volumes names the volume data, which isn't there",
            "write data under volumes: at the top level",
        ),
    ),
]


@pytest.mark.parametrize(("text", "finding"), [case[1:] for case in FINDINGS], ids=[case[0] for case in FINDINGS])
def test_a_finding(text: str, finding: Finding) -> None:
    files = {FILE: f"services:\n  a:\n{indented(text)}", "broken.yml": "a: 1\na: 2\n"}
    assert finding in project(files).findings


@pytest.mark.parametrize("text", ["- a\n", "a", "services: [\n", "a: 1\na: 2\n", ""])
def test_a_file_that_is_no_compose_file_is_unreadable(text: str) -> None:
    with pytest.raises(Unreadable):
        project({FILE: text})


def test_a_file_that_is_not_there_is_unreadable() -> None:
    with pytest.raises(Unreadable):
        project({})


def test_no_override_is_read_beside_a_file_that_is_named() -> None:
    files = {FILE: "services: {a: {image: x}}\n", "docker-compose.override.yml": "services: {a: {image: y}}\n"}
    assert read(FILE, files.get, extra=()).services["a"].image.text == "x"  # type: ignore[union-attr]
    assert read(FILE, files.get).services["a"].image.text == "y"  # type: ignore[union-attr]


LARGE = [
    ("dollars", "services: {a: {image: '" + "$" * 500_000 + "'}}"),
    ("variables", "services: {a: {image: '" + "${A:-x}" * 50_000 + "'}}"),
    ("braces that are never closed", "services: {a: {image: '" + "${A:-" * 100_000 + "}'}}"),
    ("defaults within defaults", "services: {a: {image: '" + "${A:-" * 19 + "x" * 500_000 + "}" * 19 + "'}}"),
    ("a drive after the other", "services: {a: {image: x, volumes: ['" + "a:" * 200_000 + "']}}"),
    ("ranges", "services: {a: {image: x, ports: [" + "'1-65535:1-65535'," * 1000 + "]}}"),
    (
        "services that extend the one before",
        "services:\n  s0: {image: x}\n"
        + "".join(f"  s{n}: {{extends: s{n - 1}, environment: [A{n}=1]}}\n" for n in range(1, 2000)),
    ),
    (
        "services that wait for one another",
        "services:\n" + "".join(f"  s{n}: {{image: x, depends_on: [s{(n + 1) % 2000}]}}\n" for n in range(2000)),
    ),
    ("a file that includes itself twice", "include: [docker-compose.yml, ./docker-compose.yml]\n"),
]


@pytest.mark.parametrize("text", [case[1] for case in LARGE], ids=[case[0] for case in LARGE])
def test_a_large_file_takes_no_time_to_speak_of(text: str) -> None:
    before = time.process_time()
    with suppress(Unreadable):
        read(FILE, {FILE: text}.get)
    assert time.process_time() - before < 3


def test_lines_that_double_the_one_before_are_refused() -> None:
    text = "A0=xxxxxxxxxx\n" + "".join(f"A{n}=$A{n - 1}$A{n - 1}\n" for n in range(1, 60))
    compose = project({FILE: "services: {a: {image: x, env_file: a.env}}\n", "a.env": text})
    assert {finding.rule for finding in compose.findings} == {"compose-refused"}


SEEDS = [
    "x-a: &a {image: x, environment: {A: $B, C: '${D:-${E}}'}}\nservices:\n  a:\n    <<: *a\n    ports: ['80:80', {target: 1}]\n"
    "    volumes: [./a:/a, v:/v]\n    command: a 'b'\n    depends_on: [b]\n  b: {extends: a, build: {context: ., args: [A=1]}}\n"
    "volumes: {v: }\n",
    "include:\n  - path: [a.yml, b.yml]\n    env_file: a.env\nservices:\n  c:\n    extends: {file: b.yml, service: c}\n"
    "    env_file: [a.env, {path: a.env, required: false}]\n    healthcheck: {test: [CMD, x], interval: 1m}\n"
    "    deploy: {resources: {limits: {memory: 1g}}}\n    environment: !reset []\n    labels: !override {a: b}\n",
]
SCRAPS = [
    "${",
    "}",
    "$",
    "&a ",
    "*a",
    "<<: *a",
    "- ",
    "{",
    "[",
    "]",
    ": ",
    "\n",
    "  ",
    "!reset ",
    "null",
    "'",
    '"',
    "\x00",
    "é",
]
SCRAPS += [
    "extends: a\n",
    "include: [a.yml]\n",
    "${U:-" * 30,
    "1-65535",
    "---\n",
    "9" * 400,
    "!!binary x",
    ".nan",
    "2001-13-45",
    "\t",
]


def broken(text: str, chance: random.Random) -> str:
    """A text with a few scraps in it, and a few characters less."""
    for _ in range(chance.randint(1, 5)):
        position = chance.randint(0, len(text))
        text = text[:position] + chance.choice([*SCRAPS, ""]) + text[position + chance.choice([0, 0, 1, 4]) :]
    return text


def test_no_broken_file_makes_the_reader_fail() -> None:
    chance = random.Random(1)
    for _ in range(2000):
        first, second, env = (broken(text, chance) for text in (*chance.sample(SEEDS, 2), "A=1\nB='$A'\nexport C\n"))
        with suppress(Unreadable):
            compose = read(FILE, {FILE: first, "a.yml": second, "b.yml": first, "a.env": env}.get, env={"B": "b"})
            assert all("\n" not in finding.message for finding in compose.findings)
