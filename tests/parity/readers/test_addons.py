import pytest

from parity.contract.order import Bucket, Database, Login
from parity.errors import UserError
from parity.readers import addons
from parity.readers.dotenv import SAFE, variables

BUCKET = """\
BUCKETEER_AWS_ACCESS_KEY_ID=key
BUCKETEER_AWS_SECRET_ACCESS_KEY=secret
BUCKETEER_BUCKET_NAME=photos
AWS_ENDPOINT_URL_S3=http://127.0.0.1:19000
"""
DATABASE_HINT = "write postgres://user:password@127.0.0.1:15432/name"


def message(caught: pytest.ExceptionInfo[UserError]) -> str:
    return str(caught.value)


@pytest.mark.parametrize(
    ("url", "database", "why"),
    [
        ("postgres://u:p@127.0.0.1:15432/n", Database("127.0.0.1", 15432, "u", "p", "n"), "the plain form"),
        ("postgresql://u:p@localhost/n", Database("127.0.0.1", 5432, "u", "p", "n"), "Postgres's port is the default"),
        ("postgres://u:p@[::1]:1/n", Database("::1", 1, "u", "p", "n"), "IPv6"),
        ("postgres://u%40x:p%3A%2F@127.0.0.1/n%20m", Database("127.0.0.1", 5432, "u@x", "p:/", "n m"), "quoted parts"),
        ("postgres://u:p@127.0.0.1/n?sslmode=disable", Database("127.0.0.1", 5432, "u", "p", "n"), "libpq's options"),
    ],
)
def test_a_database_url_is_a_promise(url: str, database: Database, why: str) -> None:
    assert addons.database(variables(f"DATABASE_URL={url}")) == database, why


@pytest.mark.parametrize(
    ("url", "wrong"),
    [
        (
            "postgres://u:p@db.example.com/n",
            " names postgres://db.example.com, and this home starts servers on 127.0.0.1 only [variable-elsewhere]\n"
            f"hint: {DATABASE_HINT}, or run it with honcho yourself",
        ),
        (
            "mysql://u:p@127.0.0.1/n",
            " names mysql://127.0.0.1, and this home starts servers on 127.0.0.1 only [variable-elsewhere]\n"
            f"hint: {DATABASE_HINT}, or run it with honcho yourself",
        ),
        (
            "postgres://u@127.0.0.1/n",
            f" lacks a user, a password or a database name [database-url]\nhint: {DATABASE_HINT}",
        ),
        (
            "postgres://u:p@127.0.0.1:99999/n",
            f" is no URL: Port out of range 0-65535 [variable-url]\nhint: {DATABASE_HINT}",
        ),
        (
            "postgres://u:p$x@127.0.0.1/n",
            f" would not be read alike by honcho, compose and Django [dotenv-dialect]\nhint: {SAFE}",
        ),
    ],
)
def test_a_database_url_that_can_not_be_kept_is_refused(url: str, wrong: str) -> None:
    with pytest.raises(UserError) as caught:
        addons.database(variables(f"# a comment\nDATABASE_URL={url}"))
    assert message(caught) == f".env:2: DATABASE_URL{wrong}"


def test_a_repository_without_add_ons_needs_none() -> None:
    none = variables("HOST=x")
    assert (addons.database(none), addons.bucket(none), addons.login(none)) == (None, None, None)


def test_bucketeers_variables_are_a_promise() -> None:
    assert addons.bucket(variables(BUCKET)) == Bucket("127.0.0.1", 19000, "key", "secret", "photos")


def test_a_bucket_without_an_endpoint_would_be_aws_and_is_refused() -> None:
    with pytest.raises(UserError) as caught:
        addons.bucket(variables(BUCKET.replace("AWS_ENDPOINT_URL_S3", "#")))
    assert message(caught) == (
        ".env: without AWS_ENDPOINT_URL_S3 the bucket is AWS's own, and none can be started in its place "
        "[bucket-elsewhere]\nhint: add AWS_ENDPOINT_URL_S3=http://127.0.0.1:19000 to .env"
    )


def test_an_endpoint_on_another_machine_is_refused() -> None:
    with pytest.raises(UserError) as caught:
        addons.bucket(variables(BUCKET.replace("http://127.0.0.1:19000", "https://s3.eu-west-1.amazonaws.com")))
    assert message(caught) == (
        ".env:4: AWS_ENDPOINT_URL_S3 names https://s3.eu-west-1.amazonaws.com, "
        "and this home starts servers on 127.0.0.1 only [variable-elsewhere]\n"
        "hint: write http://127.0.0.1:19000, or run it with honcho yourself"
    )


def test_a_missing_key_is_named() -> None:
    with pytest.raises(UserError) as caught:
        addons.bucket(variables(BUCKET.replace("BUCKETEER_AWS_ACCESS_KEY_ID", "#")))
    assert message(caught) == (
        ".env: BUCKETEER_AWS_ACCESS_KEY_ID is missing [variable-missing]\n"
        "hint: add BUCKETEER_AWS_ACCESS_KEY_ID=… as in .env.example"
    )


def test_the_first_account_is_known_when_both_its_variables_are() -> None:
    assert addons.login(variables("DJANGO_SUPERUSER_USERNAME=ada")) is None
    both = variables("DJANGO_SUPERUSER_USERNAME=ada\nDJANGO_SUPERUSER_PASSWORD=lovelace")
    assert addons.login(both) == Login("ada", "lovelace")


def test_a_port_in_dotenv_that_differs_from_the_one_asked_for_is_refused() -> None:
    addons.port_agrees(variables("A=b"), 8000)
    addons.port_agrees(variables("PORT=8000"), 8000)
    with pytest.raises(UserError) as caught:
        addons.port_agrees(variables("A=b\nPORT=5000"), 8000)
    assert message(caught) == (
        ".env:2: PORT=5000 would beat the port 8000 asked for [port-twice]\nhint: remove that line from .env"
    )


def test_secrets_are_in_no_representation() -> None:
    promised = (Database("h", 1, "u", "hush", "n"), Bucket("h", 1, "k", "hush", "n"), Login("u", "hush"))
    assert "hush" not in repr(promised)
