"""The tables agree with themselves, with each other, and with what is installed here."""

import re
from importlib import metadata

import pytest

from parity.contract.packages import normalised
from parity.contract.version import parse
from parity.tables import addons, images, lifetimes, programs, services

DAY = re.compile(r"20\d\d-\d\d-\d\d")


def test_every_table_says_when_it_was_looked_up() -> None:
    assert all(DAY.fullmatch(table.LOOKED_UP) for table in (addons, images, lifetimes, programs, services))


def test_lifetimes_have_sources_days_and_versions() -> None:
    assert lifetimes.ENDS.keys() == lifetimes.SOURCES.keys()
    for lines in lifetimes.ENDS.values():
        assert all(parse(cycle) and (not day or DAY.fullmatch(day)) for cycle, day in lines.items())
    for what, cycle in lifetimes.CODENAMES.values():
        assert cycle in lifetimes.ENDS[what]


@pytest.mark.parametrize(
    ("what", "release", "cycle", "over"),
    [
        pytest.param("python", (3, 13, 15), "3.13", False, id="a patch belongs to its release"),
        pytest.param("python", (3, 9), "3.9", True, id="a release that has ended"),
        pytest.param("postgres", (14, 2), "14", True, id="Postgres 14 ended on 2026-11-12"),
        pytest.param("postgres", (9, 6, 24), "9.6", True, id="two numbers made a release of Postgres once"),
        pytest.param("redis", (7,), "7.4", False, id="redis:7 is the newest 7"),
        pytest.param("ubuntu", (22, 4), "22.04", False, id="Ubuntu's months have two digits"),
        pytest.param("node", (20, 1), "20", True, id="Node 20 ended on 2026-04-30"),
    ],
)
def test_a_version_s_lifetime(what: str, release: tuple[int, ...], cycle: str, over: bool) -> None:
    found = lifetimes.lifetime(what, release)
    assert found
    assert (found.cycle, found.over("2026-11-24")) == (cycle, over)


def test_what_has_no_lifetime() -> None:
    assert lifetimes.lifetime("python", (4, 0)) is None
    assert lifetimes.lifetime("minio", (1,)) is None
    assert lifetimes.named("trixi") is None


@pytest.mark.parametrize(
    ("name", "over"), [("buster", True), ("bookworm", False), ("heroku-20", True), ("heroku-24", False)]
)
def test_a_codename_s_lifetime(name: str, over: bool) -> None:
    found = lifetimes.named(name)
    assert found
    assert found.over("2026-11-24") is over


@pytest.mark.parametrize(
    ("repository", "tag", "state"),
    [
        ("minio/minio", "RELEASE.2025-04-22T22-12-26Z", "gone"),
        ("docker.io/bitnami/postgresql", "16", "gone"),
        ("quay.io/minio/minio", "latest", "frozen"),
        ("localstack/localstack", "", "closed"),
        ("localstack/localstack", "4.4.0", None),
        ("library/openjdk", "17", "unmaintained"),
        ("ghcr.io/bitnami/postgresql", "16", None),
        ("postgres", "17", None),
    ],
)
def test_an_image_s_change(repository: str, tag: str, state: str | None) -> None:
    found = images.change(repository, tag)
    assert (found and found.state) == state


def test_images_that_changed_have_sources_and_days() -> None:
    for one in images.CHANGES:
        assert one.source.startswith("https://")
        assert DAY.fullmatch(one.since)
        assert one.since < images.LOOKED_UP


def test_stand_ins_are_images_of_their_add_on_s_category_that_can_be_pulled() -> None:
    for one in addons.ADDONS.values():
        for image in one.images:
            assert services.category_of_image(image) == one.category, image
            assert (found := images.change(image, "1")) is None or found.state in ("frozen", "closed"), image


def test_add_ons_set_config_vars_behind_their_prefix() -> None:
    for one in addons.ADDONS.values():
        assert all(name.startswith(one.prefix) for name in one.config), one.slug
        for name in one.config:
            known = services.category_of_config_var(name)
            assert known in (None, one.category), name


@pytest.mark.parametrize(
    ("plan", "alias", "expected"),
    [
        ("heroku-postgresql:essential-0", "", ("DATABASE_URL",)),
        ("heroku-postgresql", "replica", ("REPLICA_URL",)),
        ("cloudcube:free", "MEDIA", ("MEDIA_URL", "MEDIA_ACCESS_KEY_ID", "MEDIA_SECRET_ACCESS_KEY")),
        ("scheduler:standard", "", ()),
    ],
)
def test_an_add_on_s_config_vars(plan: str, alias: str, expected: tuple[str, ...]) -> None:
    found = addons.addon(plan)
    assert found
    assert found.config_vars(alias) == expected


def test_heroku_s_default_postgres_is_offered_and_lives() -> None:
    assert addons.POSTGRES_DEFAULT in addons.POSTGRES_OFFERED
    assert addons.POSTGRES_DEPRECATED.keys() <= set(addons.POSTGRES_OFFERED)
    assert all(version in lifetimes.ENDS["postgres"] for version in addons.POSTGRES_OFFERED)


@pytest.mark.parametrize(
    ("image", "category", "product"),
    [
        ("postgres", "postgres", "postgres"),
        ("docker.io/library/postgres", "postgres", "postgres"),
        ("cimg/postgres", "postgres", "postgres"),
        ("postgis/postgis", "postgres", "postgres"),
        ("pgvector/pgvector", "postgres", "postgres"),
        ("valkey/valkey", "redis", "valkey"),
        ("quay.io/minio/minio", "s3", None),
        ("minio/mc", None, None),
        ("mcr.microsoft.com/mssql/server", "sqlserver", None),
        ("example/server", None, None),
        ("python", None, "python"),
        ("mcr.microsoft.com/devcontainers/javascript-node", None, "node"),
        ("example/web", None, None),
    ],
)
def test_an_image_s_service(image: str, category: str | None, product: str | None) -> None:
    assert (services.category_of_image(image), services.product_of_image(image)) == (category, product)


@pytest.mark.parametrize(
    ("url", "category"),
    [
        ("postgres://a@b/c", "postgres"),
        ("REDISS://a", "redis"),
        ("sqlite:///a", None),
        ("not a url", None),
        ("amqps://a", "amqp"),
    ],
)
def test_a_url_s_service(url: str, category: str | None) -> None:
    assert services.category_of_url(url) == category


def test_every_category_has_a_port() -> None:
    known = {
        *services.IMAGES.values(),
        *services.SCHEMES.values(),
        *services.CLIENTS.values(),
        *services.CONFIG_VARS.values(),
    }
    assert known <= services.PORTS.keys()


def test_products_with_a_lifetime_are_known_to_the_table_of_images() -> None:
    assert lifetimes.ENDS.keys() - set(services.PRODUCTS.values()) == {"django"}


def test_names_of_distributions_are_normalised() -> None:
    names = [name for several in (*programs.PROGRAMS.values(), *programs.IMPORTS.values()) for name in several]
    names += [*programs.DEVELOPMENT_ONLY, *(name.partition("[")[0] for name in services.CLIENTS)]
    assert [name for name in names if name != normalised(name)] == []


def test_what_is_arguable_is_development_only_at_first() -> None:
    assert set(programs.ARGUABLE) <= set(programs.DEVELOPMENT_ONLY)
    apps = {name for module in programs.DEVELOPMENT_APPS for name in programs.distributions_of_import(module)}
    assert apps & set(programs.DEVELOPMENT_ONLY)


INSTALLED = {normalised(one.metadata["Name"]): one for one in metadata.distributions()}


def test_programs_are_those_that_the_distributions_here_install() -> None:
    for program, names in programs.PROGRAMS.items():
        for name in names:
            if one := INSTALLED.get(name):
                assert program.removesuffix(".py") in commands(one) or program in RENAMED, (program, name)


# django-admin.py left Django with 4.0, and opt-in extras bring some.
RENAMED = {"django-admin.py", "http"}


def commands(one: metadata.Distribution) -> set[str]:
    scripts = {entry.name for entry in one.entry_points if entry.group == "console_scripts"}
    files = {file.name for file in one.files or () if "bin" in file.parts}
    return scripts | files


def test_imports_are_those_that_the_distributions_here_have() -> None:
    having = metadata.packages_distributions()
    for module, names in programs.IMPORTS.items():
        if module in having:
            assert {normalised(name) for name in having[module]} & set(names), module


@pytest.mark.parametrize(
    ("module", "expected"),
    [
        ("PIL.Image", ("pillow",)),
        ("rest_framework", ("djangorestframework",)),
        ("whitenoise.middleware", ("whitenoise",)),
        ("django_unknown_thing", ("django-unknown-thing",)),
    ],
)
def test_an_import_s_distributions(module: str, expected: tuple[str, ...]) -> None:
    assert programs.distributions_of_import(module) == expected


@pytest.mark.parametrize(
    ("program", "arguments", "expected"),
    [
        ("manage.py", ("runserver", "0.0.0.0:8000"), True),
        ("manage.py", ("--settings=a.b", "runserver"), True),
        ("manage.py", ("migrate",), False),
        ("uvicorn", ("a:app", "--host", "0.0.0.0", "--reload"), True),
        ("uvicorn", ("a:app", "--host", "0.0.0.0"), False),
        ("gunicorn", ("a.wsgi",), False),
        ("flask", ("run", "--host", "0.0.0.0"), True),
        ("fastapi", ("run",), False),
        ("npm", ("run", "dev"), True),
        ("npm", ("run", "build"), False),
        ("nodemon", ("server.js",), True),
    ],
)
def test_a_server_for_development(program: str, arguments: tuple[str, ...], expected: bool) -> None:
    assert programs.serves_development(program, arguments) is expected
