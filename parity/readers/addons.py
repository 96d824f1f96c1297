"""Reads what the config vars of the add-ons promise: a database and a bucket, on this machine.

https://devcenter.heroku.com/articles/connecting-heroku-postgres
https://devcenter.heroku.com/articles/bucketeer
"""

from urllib.parse import SplitResult, unquote, urlsplit

from parity.contract.order import Bucket, Database, Login
from parity.errors import UserError
from parity.readers.dotenv import SAFE, Entry

# Where a server listens for each name of loopback; `localhost` is both, and clients try 127.0.0.1 too.
LOOPBACK = {"127.0.0.1": "127.0.0.1", "localhost": "127.0.0.1", "::1": "::1"}

Variables = dict[str, Entry]


def database(variables: Variables) -> Database | None:
    """None without a DATABASE_URL. Raises UserError when it names no server that could be started here."""
    if "DATABASE_URL" not in variables:
        return None
    entry = plain(variables, "DATABASE_URL")
    url = local(entry, ("postgres", "postgresql"), "postgres://user:password@127.0.0.1:15432/name")
    name = unquote(url.path.removeprefix("/"))
    if not (url.username and url.password and name):
        message = f".env:{entry.line}: DATABASE_URL lacks a user, a password or a database name"
        raise UserError(message, "write postgres://user:password@127.0.0.1:15432/name", "database-url")
    return Database(LOOPBACK[str(url.hostname)], url.port or 5432, unquote(url.username), unquote(url.password), name)


def bucket(variables: Variables) -> Bucket | None:
    """None without BUCKETEER_BUCKET_NAME. Raises UserError when the bucket would be AWS's, or another machine's."""
    if "BUCKETEER_BUCKET_NAME" not in variables:
        return None
    if "AWS_ENDPOINT_URL_S3" not in variables:
        message = ".env: without AWS_ENDPOINT_URL_S3 the bucket is AWS's own, and none can be started in its place"
        raise UserError(message, "add AWS_ENDPOINT_URL_S3=http://127.0.0.1:19000 to .env", "bucket-elsewhere")
    url = local(plain(variables, "AWS_ENDPOINT_URL_S3"), ("http",), "http://127.0.0.1:19000")
    return Bucket(
        host=LOOPBACK[str(url.hostname)],
        port=url.port or 80,
        key=plain(variables, "BUCKETEER_AWS_ACCESS_KEY_ID").value,
        secret=plain(variables, "BUCKETEER_AWS_SECRET_ACCESS_KEY").value,
        name=plain(variables, "BUCKETEER_BUCKET_NAME").value,
    )


def login(variables: Variables) -> Login | None:
    """The first account, None when .env names none."""
    user, password = (variables.get(f"DJANGO_SUPERUSER_{part}") for part in ("USERNAME", "PASSWORD"))
    return Login(user.value, password.value) if user and password else None


def port_agrees(variables: Variables, port: int) -> None:
    """Raises UserError when .env names another PORT, since honcho takes that one, whatever the shell or --port says."""
    entry = variables.get("PORT")
    if entry and entry.value != str(port):
        message = f".env:{entry.line}: PORT={entry.value} would beat the port {port} asked for"
        raise UserError(message, "remove that line from .env", "port-twice")


def plain(variables: Variables, name: str) -> Entry:
    """The variable `name`. Raises UserError when it is missing, or when readers of .env would differ over it."""
    entry = variables.get(name)
    if entry is None or not entry.value:
        raise UserError(f".env: {name} is missing", f"add {name}=… as in .env.example", "variable-missing")
    if not entry.alike:
        message = f".env:{entry.line}: {name} would not be read alike by honcho, compose and Django"
        raise UserError(message, SAFE, "dotenv-dialect")
    return entry


def local(entry: Entry, schemes: tuple[str, ...], example: str) -> SplitResult:
    """The URL that `entry` holds. Raises UserError unless a server of this machine can answer it."""
    where = f".env:{entry.line}: {entry.name}"
    try:
        url = urlsplit(entry.value)
        url.port  # noqa: B018  urlsplit checks a port only when it is asked for.
    except ValueError as error:
        raise UserError(f"{where} is no URL: {error}", f"write {example}", "variable-url") from None
    if url.scheme not in schemes or url.hostname not in LOOPBACK:
        message = f"{where} names {url.scheme}://{url.hostname}, and this home starts servers on 127.0.0.1 only"
        raise UserError(message, f"write {example}, or run it with honcho yourself", "variable-elsewhere")
    return url
