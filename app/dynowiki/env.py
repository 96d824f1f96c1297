"""Every config var of Dynowiki, declared once: what it is, who sets it, and what to type when it is missing.

`.env.example` is printed from here (`python3 app/dynowiki/env.py > .env.example`), and the settings read their
values from here. https://12factor.net/config
"""

import os
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

ROOT = Path(__file__).resolve().parents[2]

REQUIRED: Any = object()

LOOPBACK = {"localhost", "127.0.0.1", "[::1]"}

LOCAL_SETTINGS = "dynowiki.settings.local"

# Django's own check (security.W009) asks for these two.
SECRET_KEY_LENGTH = 50
SECRET_KEY_LETTERS = 5

# A secret that stands in a public file is no secret: the key that docker-compose.yml falls back to says so itself.
KNOWN_KEY_PARTS = ("insecure", "changeme", "change-me", "your-secret", "example")

SSLMODES = ("disable", "allow", "prefer", "require", "verify-ca", "verify-full")

NEW_KEY = """python3 -c 'import secrets; print(secrets.token_urlsafe(50))'"""


def text(value: str) -> str:
    return value


def boolean(value: str) -> bool:
    if value.lower() in environ.Env.BOOLEAN_TRUE_STRINGS:
        return True
    if value.lower() in ("false", "off", "no", "n", "0"):
        return False
    raise ValueError("is not true or false")


def whole_number(least: int) -> Callable[[str], int]:
    def parse(value: str) -> int:
        if not value.isascii() or not value.isdigit() or int(value) < least:
            raise ValueError(f"is not a whole number of {least} or more")
        return int(value)

    return parse


def port(value: str) -> int:
    if not value.isascii() or not value.isdigit() or int(value) > 65535:
        raise ValueError("is not a port from 0 to 65535")
    return int(value)


def comma_list(value: str) -> list[str]:
    items = [item for item in environ.Env.parse_value(value, list) if item]
    if not items:
        raise ValueError("names no host")
    return [item.strip() for item in items]


def http_url(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError("is not an address that begins with http:// or https://")
    return value.rstrip("/")


def postgres_url(value: str) -> dict[str, Any]:
    parts = urlsplit(value)
    if parts.scheme not in ("postgres", "postgresql") or not parts.path.strip("/"):
        raise ValueError("is not of the form postgres://USER:PASSWORD@HOST:PORT/NAME")
    parts.port  # noqa: B018  (reading it raises ValueError when it is no number)
    return dict(environ.Env.db_url_config(value, engine="django.db.backends.postgresql"))


def one_of(*choices: str) -> Callable[[str], str]:
    def parse(value: str) -> str:
        if value not in choices:
            raise ValueError(f"is not one of {', '.join(choices)}")
        return value

    return parse


@dataclass(frozen=True)
class Var:
    """A config var. `local` is its value on a laptop: "" asks `make up` for a generated secret, None leaves it out."""

    name: str
    help: str
    parse: Callable[[str], Any] = text
    default: Any = REQUIRED
    secret: bool = False
    set_by: str = "you"
    example: str = ""
    local: str | None = None

    @property
    def required(self) -> bool:
        return self.default is REQUIRED


VARIABLES = (
    Var(
        "DJANGO_SETTINGS_MODULE",
        "The settings module. Every home runs dynowiki.settings.heroku; dynowiki.settings.local adds developer conveniences.",
        default="dynowiki.settings.heroku",
        example="dynowiki.settings.heroku",
    ),
    Var(
        "SECRET_KEY",
        "Signs sessions and forms: at least 50 characters that nobody else knows.",
        secret=True,
        set_by="you, or app.json's generator",
        example=f'"$({NEW_KEY})"',
        local="",
    ),
    Var(
        "ALLOWED_HOSTS",
        "The host names that the wiki answers to, separated by commas.",
        parse=comma_list,
        example="wiki.example.com,your-app.herokuapp.com",
        local="localhost,127.0.0.1,[::1]",
    ),
    Var(
        "DEBUG",
        "Django's error pages, for a laptop only: refused unless every allowed host is loopback.",
        parse=boolean,
        default=False,
        example="false",
    ),
    Var(
        "DATABASE_URL",
        "The Postgres database. The add-on sets it; on a laptop the port is open on loopback only.",
        parse=postgres_url,
        secret=True,
        set_by="heroku-postgresql",
        example="postgres://USER:PASSWORD@HOST:5432/NAME",
        local="postgres://dynowiki:dynowiki@127.0.0.1:15432/dynowiki",
    ),
    Var(
        "DATABASE_SSLMODE",
        "TLS to the database, as libpq's sslmode. Heroku Postgres demands require.",
        parse=one_of(*SSLMODES),
        default="require",
        example="require",
        local="disable",
    ),
    Var(
        "DATABASE_CONNECTIONS",
        "The most connections that one dyno opens to the database; it bounds workers and threads.",
        # One thread, and the readiness probe.
        parse=whole_number(2),
        default=8,
        example="8",
    ),
    Var(
        "BUCKETEER_AWS_ACCESS_KEY_ID",
        "The key of the bucket that holds the photos.",
        secret=True,
        set_by="bucketeer",
        example="AKIA...",
        local="",
    ),
    Var(
        "BUCKETEER_AWS_SECRET_ACCESS_KEY",
        "The secret that belongs to that key.",
        secret=True,
        set_by="bucketeer",
        example="...",
        local="",
    ),
    Var(
        "BUCKETEER_AWS_REGION",
        "The bucket's region; add-ons from before 2018 don't set it, and their buckets are in us-east-1.",
        default="us-east-1",
        set_by="bucketeer",
        example="us-east-1",
        local="us-east-1",
    ),
    Var(
        "BUCKETEER_BUCKET_NAME",
        "The bucket's name.",
        set_by="bucketeer",
        example="bucketeer-0123abcd",
        local="dynowiki",
    ),
    Var(
        "AWS_ENDPOINT_URL_S3",
        "Where the S3 server is when it isn't AWS: MinIO, or the embedded one.",
        parse=http_url,
        default="",
        example="http://127.0.0.1:19000",
        local="http://127.0.0.1:19000",
    ),
    Var(
        "MEDIA_ENDPOINT_URL",
        "The S3 server's address as browsers see it, when they can't reach AWS_ENDPOINT_URL_S3.",
        parse=http_url,
        default="",
        example="http://127.0.0.1:19000",
        local="http://127.0.0.1:19000",
    ),
    Var(
        "HTTPS_ONLY",
        "Redirects to TLS, sends HSTS and marks cookies secure. Off only where no router ends TLS.",
        parse=boolean,
        default=True,
        example="true",
        local="false",
    ),
    Var(
        "PORT",
        "The port that the web process binds.",
        parse=port,
        default=8000,
        set_by="Heroku, or honcho",
        example="8000",
    ),
    Var(
        "BIND_HOST",
        "The address that the web process binds: [::] is every one, which is what Heroku's router needs.",
        default="[::]",
        example="[::]",
        local="127.0.0.1",
    ),
    Var(
        "WEB_CONCURRENCY",
        "The number of gunicorn workers; without it, one for each 256 MB of memory.",
        parse=whole_number(1),
        default=None,
        example="2",
    ),
    Var(
        "LOG_FORMAT",
        "json, text, or auto: text when a terminal reads it, else JSON lines.",
        parse=one_of("auto", "json", "text"),
        default="auto",
        example="auto",
        local="text",
    ),
    Var(
        "LOG_LEVEL",
        "The least level that is logged.",
        parse=one_of("DEBUG", "INFO", "WARNING", "ERROR"),
        default="INFO",
        example="INFO",
    ),
    Var(
        "DJANGO_SUPERUSER_USERNAME",
        "The first account, which the release phase makes.",
        default="",
        set_by="you, or app.json",
        example="editor",
        local="editor",
    ),
    Var(
        "DJANGO_SUPERUSER_PASSWORD",
        "That account's first password; a later change here changes nothing.",
        default="",
        secret=True,
        set_by="you, or app.json's generator",
        example="...",
        local="",
    ),
)


@dataclass
class Faults:
    """What is wrong with the config vars, all of it, so that one start tells everything."""

    found: list[tuple[Var, str]] = field(default_factory=list)

    def add(self, name: str, problem: str) -> None:
        self.found.append((BY_NAME[name], problem))

    def raise_any(self) -> None:
        if self.found:
            raise ImproperlyConfigured("\n".join(self.lines()))

    def lines(self) -> list[str]:
        count = len(self.found)
        lines = [f"Dynowiki can't start: {count} config {'var is' if count == 1 else 'vars are'} missing or wrong."]
        for var, problem in self.found:
            lines += ["", f"{var.name} {problem}", f"  {var.help}", f"  hint: {how_to_set(var)}"]
        return lines


BY_NAME = {var.name: var for var in VARIABLES}


def how_to_set(var: Var) -> str:
    if var.set_by.startswith("Heroku"):
        return f"unset {var.name}, for {var.set_by} sets it"
    if var.set_by in ("heroku-postgresql", "bucketeer"):
        return (
            f"heroku addons:create {var.set_by} sets it; on a laptop write {var.name}={var.local} into .env"
            if var.local
            else f"heroku addons:create {var.set_by} sets it; on a laptop `make up` writes it into .env"
        )
    return f"heroku config:set {var.name}={var.example}, or on a laptop run `make up`, which writes .env"


def read(environment: Mapping[str, str] | None = None) -> dict[str, Any]:
    """The value of every declared variable, parsed.

    Raises ImproperlyConfigured with *all* faults in its message; the values themselves never stand in it.
    """
    source = os.environ if environment is None else environment
    faults = Faults()
    values = {var.name: read_one(var, source.get(var.name, ""), faults) for var in VARIABLES}
    check_together(values, faults)
    faults.raise_any()
    return values


def read_one(var: Var, raw: str, faults: Faults) -> Any:
    # A blank value means "not set": Heroku can't hold one, and compose passes blanks for variables that nobody set.
    if not raw.strip():
        if var.required:
            faults.add(var.name, "is missing.")
        return None if var.required else var.default
    try:
        return var.parse(raw.strip())
    except ValueError as error:
        shown = "" if var.secret else f" (it is {raw!r})"
        reason = str(error) if str(error).startswith(("is", "names")) else "can't be read"
        faults.add(var.name, f"{reason}{shown}.")
        return None


def check_together(values: dict[str, Any], faults: Faults) -> None:
    public = values["ALLOWED_HOSTS"] is not None and is_public(values["ALLOWED_HOSTS"])
    if public and values["DEBUG"]:
        faults.add("DEBUG", "is true, and a host that isn't loopback is allowed.")
    if public and values["DJANGO_SETTINGS_MODULE"] == LOCAL_SETTINGS:
        faults.add("DJANGO_SETTINGS_MODULE", f"is {LOCAL_SETTINGS}, and a host that isn't loopback is allowed.")
    if public and values["SECRET_KEY"] is not None:
        problem = weakness(values["SECRET_KEY"])
        if problem:
            faults.add("SECRET_KEY", problem)
    if values["DJANGO_SUPERUSER_USERNAME"] and not values["DJANGO_SUPERUSER_PASSWORD"]:
        faults.add("DJANGO_SUPERUSER_PASSWORD", "is missing, and DJANGO_SUPERUSER_USERNAME is set.")


def is_public(hosts: list[str]) -> bool:
    """Whether others than this very machine can reach the wiki."""
    return not set(hosts) <= LOOPBACK


def weakness(key: str) -> str:
    """Why a key is unfit for a host that others reach, or ""."""
    if any(part in key.lower() for part in KNOWN_KEY_PARTS):
        return "is a known one, which anybody can read in a public file."
    if len(key) < SECRET_KEY_LENGTH or len(set(key)) < SECRET_KEY_LETTERS:
        return f"is too short: {SECRET_KEY_LENGTH} characters or more are needed."
    return ""


def load() -> None:
    """Takes over the untracked `.env` of a checkout; what the shell or honcho has set already wins."""
    path = ROOT / ".env"
    if path.is_file():
        environ.Env.read_env(path, overwrite=False)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", BY_NAME["DJANGO_SETTINGS_MODULE"].default)


def load_or_exit() -> None:
    """As `load`, and ends the program with one message, without a traceback, when a variable is missing or wrong."""
    load()
    try:
        read()
    except ImproperlyConfigured as error:
        sys.exit(str(error))


def secrets(environment: Mapping[str, str] | None = None) -> list[str]:
    """The secret values in use, longest first, for the logs to leave out."""
    source = os.environ if environment is None else environment
    values = {source.get(var.name, "") for var in VARIABLES if var.secret}
    password = urlsplit(source.get("DATABASE_URL", "")).password or ""
    # What is written in a URL is quoted there, and plain in a driver's message. A password of a few letters, as the
    # local database has, would be found within the words of every line.
    known = {*values, password, unquote(password)}
    return sorted((value for value in known if len(value) > 8), key=len, reverse=True)


def example() -> str:
    """The text of `.env.example`."""
    blocks = [EXAMPLE_HEAD]
    for var in VARIABLES:
        kind = "required" if var.required else "optional"
        secret = ", secret" if var.secret else ""
        line = f"#{var.name}={var.example}" if var.local is None else f"{var.name}={var.local}"
        blocks.append(f"# {var.help}\n# ({kind}{secret}; set by {var.set_by})\n{line}\n")
    return "\n".join(blocks)


EXAMPLE_HEAD = """\
# The config vars of Dynowiki, with their values for a laptop. Printed by `python3 app/dynowiki/env.py`.
# `make up` writes .env from this file, once, and generates a value for each line that ends with =.
# Values hold no blanks, quotes, # or $, so that honcho, compose, django-environ and docker run read them alike.
"""


if __name__ == "__main__":
    print(example(), end="")
