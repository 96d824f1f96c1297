"""A service that a laptop's home has and production hasn't: https://12factor.net/backing-services"""

from __future__ import annotations

from collections.abc import Iterator

from parity.checks._services import of
from parity.contract.finding import Finding
from parity.contract.homes import Home, Service
from parity.contract.rule import Rule
from parity.contract.whole import Contract

RULE = Rule(
    "service-without-addon",
    "Services",
    "warning",
    "An app made from the manifest, a review app too, lacks what the program needs, and falls back or stops.",
)

# Without them an app goes on; mail is sent by a provider of one's own.
ASIDE = ("smtp", "")
NAMES = {
    "postgres": "heroku-postgresql",
    "redis": "heroku-redis",
    "s3": "bucketeer",
    "rabbitmq": "cloudamqp",
    "memcached": "memcachier",
    "mysql": "jawsdb",
}


def check(contract: Contract) -> Iterator[Finding]:
    """Where a manifest (heroku.yml's setup, app.json, render.yaml) says what services there are, or none stands there at all."""
    for production in contract.of_kind("heroku", "render"):
        for home in contract.of_kind("compose"):
            for service in home.services:
                if service.category in ASIDE or service.optional or of(production, service.category):
                    continue
                manifest = contract.herokuyml or contract.appjson if production.kind == "heroku" else None
                if (
                    (production.services or manifest)
                    and told_once(home, service)
                    and not elsewhere(production, service)
                ):
                    yield told(contract, production, home, service)


def told_once(home: Home, service: Service) -> bool:
    return next(one for one in home.services if one.category == service.category) is service


def elsewhere(production: Home, service: Service) -> bool:
    """Whether production's config vars say that somebody gives it the service from outside."""
    from parity.tables.services import category_of_config_var, category_of_url

    for variables in (production.variables, *(process.variables for process in production.processes)):
        for variable in variables.values():
            if variable.source in ("platform", "ENV"):
                continue
            if (
                category_of_config_var(variable.name) == service.category
                or category_of_url(variable.value or "") == service.category
            ):
                return True
    return False


def told(contract: Contract, production: Home, home: Home, service: Service) -> Finding:
    manifest = (
        contract.herokuyml.file
        if contract.herokuyml
        else contract.appjson.file
        if contract.appjson
        else production.place.file
    )
    if production.kind != "heroku":
        manifest = production.place.file
    name = NAMES.get(service.category, f"an add-on for {service.category}")
    return Finding(
        RULE.id,
        service.place,
        f"{home.name} has {service.what.partition('@')[0]} ({service.name}), {production.name} has none in {manifest}",
        f"add {name} to {manifest}, or the config var of the one that it uses",
        production.place,
        (home.name, production.name),
    )
