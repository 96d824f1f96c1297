"""Heroku's add-ons: what each is, the config vars that it sets, and what stands in for it: https://elements.heroku.com/addons

Config vars are those of each add-on's page, https://devcenter.heroku.com/articles/SLUG, as far as that, or public code that reads
them, could be seen on LOOKED_UP; `seen` is False for an add-on of which it couldn't.
"""

from __future__ import annotations

from typing import Literal

from parity.contract.dataclass import dataclass
from parity.tables.services import Category

LOOKED_UP = "2026-11-24"

# What needs no stand-in, for the program runs without it.
Aside = Literal["logging", "monitoring", "errors", "scheduler", "proxy", "media", "search", "auth", "other"]


@dataclass(frozen=True, slots=True)
class Addon:
    """An add-on by its slug. `config` are its config vars, in front of whose rest `prefix` stands unless it is attached `as`."""

    slug: str
    category: Category | Aside
    prefix: str
    config: tuple[str, ...]
    # Images that stand in for it, the closest first; none for what needs no stand-in.
    images: tuple[str, ...] = ()
    seen: bool = True

    @property
    def needed(self) -> bool:
        """Whether a home without it must have something in its place."""
        return bool(self.images)

    def config_vars(self, alias: str = "") -> tuple[str, ...]:
        """Those that it sets when it is attached under a name of the user's (`as:`), or without one."""
        if not alias:
            return self.config
        return tuple(alias.upper().replace("-", "_") + name.removeprefix(self.prefix) for name in self.config)


POSTGRES = ("postgres",)
REDIS = ("valkey/valkey", "redis")
MEMCACHED = ("memcached",)
MYSQL = ("mysql",)
S3 = ("quay.io/minio/minio", "localstack/localstack")
AMQP = ("rabbitmq",)
KAFKA = ("apache/kafka",)
MONGO = ("mongo",)
ELASTIC = ("elasticsearch",)
OPENSEARCH = ("opensearchproject/opensearch", "elasticsearch")
SMTP = ("axllent/mailpit",)

ADDONS = {
    one.slug: one
    for one in (
        # Databases. Heroku's own sets a colour's name too, and the first one of an app is DATABASE_URL.
        Addon("heroku-postgresql", "postgres", "DATABASE", ("DATABASE_URL",), POSTGRES),
        Addon("heroku-postgresql-advanced", "postgres", "DATABASE", ("DATABASE_URL",), POSTGRES, seen=False),
        Addon("crunchybridge", "postgres", "CRUNCHY_DATABASE", ("CRUNCHY_DATABASE_URL",), POSTGRES, seen=False),
        Addon("stackhero-postgresql", "postgres", "STACKHERO_POSTGRESQL", ("STACKHERO_POSTGRESQL_HOST",), POSTGRES),
        Addon("jawsdb", "mysql", "JAWSDB", ("JAWSDB_URL",), MYSQL),
        Addon("jawsdb-maria", "mariadb", "JAWSDB_MARIA", ("JAWSDB_MARIA_URL",), ("mariadb",)),
        Addon("cleardb", "mysql", "CLEARDB_DATABASE", ("CLEARDB_DATABASE_URL",), MYSQL),
        Addon(
            "stackhero-mysql",
            "mysql",
            "STACKHERO_MYSQL",
            ("STACKHERO_MYSQL_HOST", "STACKHERO_MYSQL_ROOT_PASSWORD"),
            MYSQL,
        ),
        Addon("stackhero-mariadb", "mariadb", "STACKHERO_MARIADB", ("STACKHERO_MARIADB_HOST",), ("mariadb",)),
        Addon("mongolab", "mongo", "MONGODB", ("MONGODB_URI",), MONGO),
        Addon("mongohq", "mongo", "MONGOHQ", ("MONGOHQ_URL",), MONGO),
        Addon("ormongo", "mongo", "ORMONGO", ("ORMONGO_URL",), MONGO),
        Addon("stackhero-mongodb", "mongo", "STACKHERO_MONGODB", ("STACKHERO_MONGODB_HOST",), MONGO, seen=False),
        # Caches and queues.
        Addon("heroku-redis", "redis", "REDIS", ("REDIS_URL", "REDIS_TLS_URL"), REDIS),
        Addon("heroku-key-value-store", "redis", "REDIS", ("REDIS_URL", "REDIS_TLS_URL"), REDIS, seen=False),
        Addon("rediscloud", "redis", "REDISCLOUD", ("REDISCLOUD_URL",), REDIS),
        Addon("redistogo", "redis", "REDISTOGO", ("REDISTOGO_URL",), REDIS),
        Addon("redisgreen", "redis", "REDISGREEN", ("REDISGREEN_URL",), REDIS),
        Addon("openredis", "redis", "OPENREDIS", ("OPENREDIS_URL",), REDIS),
        Addon(
            "stackhero-redis",
            "redis",
            "STACKHERO_REDIS",
            ("STACKHERO_REDIS_URL_TLS", "STACKHERO_REDIS_URL_CLEAR"),
            REDIS,
        ),
        Addon(
            "memcachier",
            "memcached",
            "MEMCACHIER",
            ("MEMCACHIER_SERVERS", "MEMCACHIER_USERNAME", "MEMCACHIER_PASSWORD"),
            MEMCACHED,
        ),
        Addon(
            "memcachedcloud",
            "memcached",
            "MEMCACHEDCLOUD",
            ("MEMCACHEDCLOUD_SERVERS", "MEMCACHEDCLOUD_USERNAME", "MEMCACHEDCLOUD_PASSWORD"),
            MEMCACHED,
        ),
        Addon("cloudamqp", "amqp", "CLOUDAMQP", ("CLOUDAMQP_URL", "CLOUDAMQP_APIKEY"), AMQP),
        Addon("rabbitmq-bigwig", "amqp", "RABBITMQ_BIGWIG", ("RABBITMQ_BIGWIG_URL",), AMQP, seen=False),
        Addon("stackhero-rabbitmq", "amqp", "STACKHERO_RABBITMQ", ("STACKHERO_RABBITMQ_AMQP_URL_TLS",), AMQP),
        Addon(
            "heroku-kafka",
            "kafka",
            "KAFKA",
            ("KAFKA_URL", "KAFKA_TRUSTED_CERT", "KAFKA_CLIENT_CERT", "KAFKA_CLIENT_CERT_KEY"),
            KAFKA,
        ),
        Addon(
            "cloudkarafka",
            "kafka",
            "CLOUDKARAFKA",
            ("CLOUDKARAFKA_BROKERS", "CLOUDKARAFKA_USERNAME", "CLOUDKARAFKA_PASSWORD"),
            KAFKA,
        ),
        # Files.
        Addon(
            "bucketeer",
            "s3",
            "BUCKETEER",
            (
                "BUCKETEER_AWS_ACCESS_KEY_ID",
                "BUCKETEER_AWS_SECRET_ACCESS_KEY",
                "BUCKETEER_AWS_REGION",
                "BUCKETEER_BUCKET_NAME",
            ),
            S3,
        ),
        Addon(
            "cloudcube",
            "s3",
            "CLOUDCUBE",
            ("CLOUDCUBE_URL", "CLOUDCUBE_ACCESS_KEY_ID", "CLOUDCUBE_SECRET_ACCESS_KEY"),
            S3,
        ),
        Addon("stackhero-minio", "s3", "STACKHERO_MINIO", ("STACKHERO_MINIO_HOST",), S3),
        Addon("cloudinary", "media", "CLOUDINARY", ("CLOUDINARY_URL",), seen=False),
        # Search.
        Addon("searchbox", "elasticsearch", "SEARCHBOX", ("SEARCHBOX_URL", "SEARCHBOX_SSL_URL"), ELASTIC),
        Addon("bonsai", "elasticsearch", "BONSAI", ("BONSAI_URL",), OPENSEARCH),
        Addon("foundelasticsearch", "elasticsearch", "FOUNDELASTICSEARCH", ("FOUNDELASTICSEARCH_URL",), ELASTIC),
        Addon("websolr", "solr", "WEBSOLR", ("WEBSOLR_URL",), ("solr",)),
        Addon(
            "algoliasearch",
            "search",
            "ALGOLIASEARCH",
            ("ALGOLIASEARCH_APPLICATION_ID", "ALGOLIASEARCH_API_KEY"),
            seen=False,
        ),
        # Mail. Django prints it in place of sending it where its settings say so.
        Addon("sendgrid", "smtp", "SENDGRID", ("SENDGRID_USERNAME", "SENDGRID_PASSWORD"), SMTP),
        Addon(
            "mailgun",
            "smtp",
            "MAILGUN",
            (
                "MAILGUN_API_KEY",
                "MAILGUN_DOMAIN",
                "MAILGUN_PUBLIC_KEY",
                "MAILGUN_SMTP_LOGIN",
                "MAILGUN_SMTP_PASSWORD",
                "MAILGUN_SMTP_PORT",
                "MAILGUN_SMTP_SERVER",
            ),
            SMTP,
        ),
        Addon(
            "mailertogo",
            "smtp",
            "MAILERTOGO",
            (
                "MAILERTOGO_SMTP_HOST",
                "MAILERTOGO_SMTP_PORT",
                "MAILERTOGO_SMTP_USER",
                "MAILERTOGO_SMTP_PASSWORD",
                "MAILERTOGO_DOMAIN",
            ),
            SMTP,
        ),
        Addon(
            "postmark",
            "smtp",
            "POSTMARK",
            ("POSTMARK_API_TOKEN", "POSTMARK_SMTP_SERVER", "POSTMARK_INBOUND_ADDRESS"),
            SMTP,
        ),
        Addon("sparkpost", "smtp", "SPARKPOST", ("SPARKPOST_API_KEY", "SPARKPOST_SMTP_HOST"), SMTP, seen=False),
        Addon("trustifi", "smtp", "TRUSTIFI", ("TRUSTIFI_KEY", "TRUSTIFI_SECRET", "TRUSTIFI_URL"), SMTP, seen=False),
        # What a program runs without.
        Addon("scheduler", "scheduler", "SCHEDULER", ()),
        Addon("advanced-scheduler", "scheduler", "ADVANCED_SCHEDULER", ("ADVANCED_SCHEDULER_API_TOKEN",), seen=False),
        Addon("crontogo", "scheduler", "CRONTOGO", (), seen=False),
        Addon("cronjob", "scheduler", "CRONJOB", (), seen=False),
        Addon("papertrail", "logging", "PAPERTRAIL", ("PAPERTRAIL_API_TOKEN",)),
        Addon("logentries", "logging", "LOGENTRIES", (), seen=False),
        Addon("logdna", "logging", "LOGDNA", ("LOGDNA_KEY",), seen=False),
        Addon("mezmo", "logging", "LOGDNA", ("LOGDNA_KEY",), seen=False),
        Addon("loggly", "logging", "LOGGLY", (), seen=False),
        Addon("sumologic", "logging", "SUMOLOGIC", (), seen=False),
        Addon("coralogix", "logging", "CORALOGIX", (), seen=False),
        Addon("logtail", "logging", "LOGTAIL", (), seen=False),
        Addon("solarwinds", "monitoring", "SOLARWINDS", (), seen=False),
        Addon("newrelic", "monitoring", "NEW_RELIC", ("NEW_RELIC_LICENSE_KEY", "NEW_RELIC_LOG"), seen=False),
        Addon("scout", "monitoring", "SCOUT", ("SCOUT_KEY", "SCOUT_MONITOR", "SCOUT_LOG_LEVEL"), seen=False),
        Addon("librato", "monitoring", "LIBRATO", ("LIBRATO_USER", "LIBRATO_TOKEN", "LIBRATO_PASSWORD"), seen=False),
        Addon("hostedgraphite", "monitoring", "HOSTEDGRAPHITE", ("HOSTEDGRAPHITE_APIKEY",), seen=False),
        Addon("appsignal", "monitoring", "APPSIGNAL", ("APPSIGNAL_PUSH_API_KEY",), seen=False),
        Addon("skylight", "monitoring", "SKYLIGHT", ("SKYLIGHT_AUTHENTICATION",), seen=False),
        Addon("deadmanssnitch", "monitoring", "DEADMANSSNITCH", ("DEADMANSSNITCH_URL",), seen=False),
        Addon("heroku-metrics", "monitoring", "HEROKU_METRICS", (), seen=False),
        Addon("judoscale", "monitoring", "JUDOSCALE", ("JUDOSCALE_URL",), seen=False),
        Addon("rails-autoscale", "monitoring", "RAILS_AUTOSCALE", ("RAILS_AUTOSCALE_URL",), seen=False),
        Addon("hirefire", "monitoring", "HIREFIRE", ("HIREFIRE_TOKEN",), seen=False),
        Addon("sentry", "errors", "SENTRY", ("SENTRY_DSN",), seen=False),
        Addon("rollbar", "errors", "ROLLBAR", ("ROLLBAR_ACCESS_TOKEN", "ROLLBAR_ENDPOINT"), seen=False),
        Addon("bugsnag", "errors", "BUGSNAG", ("BUGSNAG_API_KEY",), seen=False),
        Addon("honeybadger", "errors", "HONEYBADGER", ("HONEYBADGER_API_KEY",), seen=False),
        Addon("airbrake", "errors", "AIRBRAKE", ("AIRBRAKE_API_KEY", "AIRBRAKE_PROJECT_ID"), seen=False),
        Addon("raygun", "errors", "RAYGUN", ("RAYGUN_APIKEY",), seen=False),
        Addon("quotaguard", "proxy", "QUOTAGUARD", ("QUOTAGUARD_URL",), seen=False),
        Addon("quotaguardstatic", "proxy", "QUOTAGUARDSTATIC", ("QUOTAGUARDSTATIC_URL",), seen=False),
        Addon("fixie", "proxy", "FIXIE", ("FIXIE_URL",), seen=False),
        Addon("fixie-socks", "proxy", "FIXIE_SOCKS", ("FIXIE_SOCKS_HOST",), seen=False),
        Addon("proximo", "proxy", "PROXIMO", ("PROXIMO_URL",), seen=False),
        Addon("ssl", "other", "SSL", (), seen=False),
        Addon("pgbackups", "other", "PGBACKUPS", (), seen=False),
        Addon("heroku-connect", "other", "HEROKUCONNECT", ("HEROKUCONNECT_URL", "HEROKUCONNECT_SCHEMA"), seen=False),
        Addon("herokuconnect", "other", "HEROKUCONNECT", ("HEROKUCONNECT_URL", "HEROKUCONNECT_SCHEMA"), seen=False),
        Addon("auth0", "auth", "AUTH0", ("AUTH0_DOMAIN", "AUTH0_CLIENT_ID", "AUTH0_CLIENT_SECRET"), seen=False),
        Addon("twilio", "other", "TWILIO", (), seen=False),
        Addon("pusher", "other", "PUSHER", ("PUSHER_URL",), seen=False),
        Addon("ably", "other", "ABLY", ("ABLY_API_KEY",), seen=False),
    )
}

# Plans that Heroku ended: https://devcenter.heroku.com/changelog-items/2461
# The free ones on 2022-11-28; hobby-basic became mini, and mini essential-0, of which Heroku still takes the old names.
ENDED_PLANS = {
    "heroku-postgresql": ("dev", "hobby-dev"),
    "heroku-redis": ("hobby-dev",),
}

# What `heroku addons:create heroku-postgresql` makes without --version, as Heroku wrote to its users:
# https://github.com/votingworks/arlo/issues/2390 (2026-08-31: "Our most recent and default version is 18")
# and as it has it in the database of its own CI:
# https://github.com/heroku/heroku-buildpack-ci-postgresql/pull/78 (2026-09-14: 18 is the default, 14 is gone)
POSTGRES_DEFAULT = "18"
# 15 is deprecated: databases are to be upgraded by 2026-12-20 or, as later notices say, 2027-01-28.
POSTGRES_OFFERED = ("15", "16", "17", "18")
POSTGRES_DEPRECATED = {"15": "2026-12-20"}
POSTGRES_SOURCE = "https://devcenter.heroku.com/articles/heroku-postgres-version-support"


def addon(plan: str) -> Addon | None:
    """The add-on of a plan as manifests write it: `heroku-postgresql:essential-0`, or `heroku-postgresql`."""
    return ADDONS.get(plan.partition(":")[0].strip().lower())
