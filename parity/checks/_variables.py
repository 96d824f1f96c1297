"""Which config vars code reads, who gives them, and which names belong to others than the app."""

from __future__ import annotations

import re
from collections.abc import Iterator

from parity.contract.command import mentions
from parity.contract.homes import Home
from parity.contract.place import Place
from parity.contract.python import Code, Read, SettingsModule
from parity.contract.whole import Contract

# Set or read by systems and tools, and by no one's settings alone.
SYSTEM = re.compile(
    r"(?:HOME|PATH|USER|LOGNAME|PWD|SHELL|TERM|LANG|LC_\w+|TZ|TMPDIR|TEMP|HOSTNAME|PORT|HOST|DYNO|CI|VIRTUAL_ENV|EDITOR|PAGER|COLUMNS|LINES"
    r"|DJANGO_SETTINGS_MODULE|DJANGO_CONFIGURATION|DJANGO_SUPERUSER_\w+|PYTHON\w+|PIP_\w+|UV_\w+|POETRY_\w+|GITHUB_\w+|GITLAB_\w+|CIRCLE\w*|TRAVIS\w*|RUNNER_\w+"
    r"|HEROKU_\w+|SOURCE_VERSION|STACK|RENDER\w*|FLY_\w+|KUBERNETES_\w+|ECS_\w+|COMPOSE_\w+|DOCKER_\w+|BUILDKIT_\w+|HONCHO_\w+|FOREMAN_\w+"
    r"|WEB_CONCURRENCY|GUNICORN_CMD_ARGS|FORWARDED_ALLOW_IPS|WEB_MEMORY|UWSGI_\w+|NEW_RELIC_\w+|DD_\w+|SENTRY_\w+|OTEL_\w+|AWS_\w+|GOOGLE_\w+"
    r"|PG[A-Z]+|POSTGRES_\w+|MYSQL_\w+|REDIS_PASSWORD|RABBITMQ_\w+|MINIO_\w+|NODE_\w+|NPM_\w+|YARN_\w+|MALLOC_\w+|LD_\w+|DEBIAN_FRONTEND"
    r"|PGBOUNCER_\w+|DISABLE_COLLECTSTATIC|SSH_\w+|RAILWAY_\w+|VERCEL\w*|COPILOT_\w+|VCAP_\w+|CF_INSTANCE_\w+|CONDA_\w+|READTHEDOCS\w*|RUN_MAIN"
    r"|WERKZEUG_\w+|VSCODE_\w+|IPYTHON\w*|CHOKIDAR_\w+|SETUPTOOLS_\w+|PROTOCOL_BUFFERS_\w+|LIBRARY_PATH|UNIT_TESTING|TESTING|JPY_\w+"
    r"|http_proxy|https_proxy|no_proxy|HTTPS?_PROXY|NO_PROXY|SSL_CERT_\w+|REQUESTS_CA_BUNDLE|DISPLAY|XDG_\w+|PYTEST_\w+|TOX_\w+|COVERAGE_\w+)"
)


def of_program(contract: Contract) -> Iterator[Read]:
    """Reads by name of the app itself: of the folder of its manage.py or settings, not of tests, and no patterns."""
    folders = roots(contract)
    return (
        read
        for read in contract.code.reads
        if not read.test and not read.pattern and (not folders or read.place.file.startswith(folders))
    )


def roots(contract: Contract) -> tuple[str, ...]:
    """The folders of the programs that homes run; none where one of them is the root, or where nothing tells."""
    found = {path.rpartition("/")[0] for path in contract.paths if path.rpartition("/")[2] == "manage.py"}
    if not found:
        found = {
            module.file.partition("/")[0] for module in contract.code.settings if not module.test and "/" in module.file
        }
    return () if "" in found else tuple(f"{folder}/" for folder in sorted(found))


def names_read(contract: Contract) -> set[str]:
    return {read.name for read in contract.code.reads if not read.pattern}


def patterns(code: Code) -> list[re.Pattern[str]]:
    """Names of which code knows only a part: DB_*."""
    return [
        re.compile(re.escape(read.name).replace(r"\*", ".*"))
        for read in code.reads
        if read.pattern and read.name.strip("*_")
    ]


def given(home: Home) -> dict[str, Place]:
    """Every variable that a home gives any process, with a place that says so."""
    found = {name: one.place for name, one in home.variables.items()}
    for process in home.processes:
        found.update({name: one.place for name, one in process.variables.items()})
    return found


def named_anywhere(contract: Contract) -> set[str]:
    """Every name that some file of a home, an example or a command sets or mentions."""
    found = {one.name for one in contract.declared}
    found.update(line.name for file in contract.dotenvs.values() for line in file.lines)
    for home in contract.homes:
        found.update(given(home))
    found.update(mention.name for compose in contract.composes for mention in compose.mentions)
    for file in contract.dockerfiles.values():
        found.update(arg.name for arg in file.args)
    for _, process in contract.processes():
        for simple in process.command.commands if process.command else ():
            found.update(name for name, _ in simple.assignments)
    found.update(write.name for write in contract.code.writes)
    return found


def used_by_others(contract: Contract) -> set[str]:
    """Names that commands, compose files and Dockerfiles ask for."""
    found = {mention.name for compose in contract.composes for mention in compose.mentions}
    for _, process in contract.processes():
        for simple in process.command.commands if process.command else ():
            for word in (*simple.words, *(value for _, value in simple.assignments)):
                found.update(mention.name for mention in mentions(word))
    for file in contract.dockerfiles.values():
        for instruction in file.instructions:
            found.update(mention.name for mention in mentions(instruction.text))
    return found


def production_modules(contract: Contract) -> list[tuple[str, SettingsModule, str]]:
    """The settings modules that production's homes select, each once: home's name, module, and what selects it."""
    found: dict[str, tuple[str, SettingsModule, str]] = {}
    for home in contract.production():
        for process in home.processes:
            one = contract.chosen.get((home.name, process.name))
            if one and one.module:
                found.setdefault(one.name, (home.name, one.module, one.through))
    return list(found.values())


DEVELOPMENT = re.compile(
    r"(?:^|[._])(?:local|dev|develop|development|debug|test|tests|testing|ci|docker_dev)(?:$|[._])"
)


def for_development(name: str) -> bool:
    """Whether a settings module's name says that it isn't production's."""
    return bool(DEVELOPMENT.search(name.lower()))


def listed(names: list[str], most: int = 8) -> str:
    """Names in one line, the first of them when there are many."""
    shown = ", ".join(names[:most])
    return f"{shown} and {len(names) - most} more" if len(names) > most else shown
