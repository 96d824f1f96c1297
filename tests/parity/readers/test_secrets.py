"""Values as they stand in public .env.example and .env files, with every secret made up.

What looks like a token is put together here, since hosting sites refuse a push that holds one.
"""

import random
import string

import pytest

from parity.readers.secrets import suspicious

DICE = random.Random(4)


def dice(length: int, alphabet: str = string.ascii_letters + string.digits) -> str:
    return "".join(DICE.choices(alphabet, k=length))


HEX = "0123456789abcdef"
BASE32 = string.ascii_uppercase + "234567"
DJANGO = "abcdefghijklmnopqrstuvwxyz0123456789!@#$%^&*(-_=+)"
UUID = "-".join(dice(length, HEX) for length in (8, 4, 4, 4, 12))
RANDOM = "a random value, as a secret has"


@pytest.mark.parametrize(
    ("name", "value", "kind"),
    [
        ("AWS_ACCESS_KEY_ID", "AK" + "IA" + dice(16, BASE32), "an AWS access key id"),
        ("S3_KEY", "AS" + "IA" + dice(16, BASE32), "an AWS access key id"),
        ("AWS_SECRET_ACCESS_KEY", dice(40, string.ascii_letters + string.digits + "/+"), RANDOM),
        ("BUCKETEER_AWS_SECRET_ACCESS_KEY", dice(40), RANDOM),
        ("GITHUB_TOKEN", "gh" + "p_" + dice(36), "a GitHub token"),
        ("GH_PAT", "gh" + "o_" + dice(36), "a GitHub token"),
        ("CI_JOB", "github" + "_pat_" + dice(22) + "_" + dice(59), "a GitHub token"),
        ("GITLAB", "gl" + "pat-" + dice(20), "a GitLab token"),
        ("SLACK_BOT", "xo" + "xb-" + dice(12, "123456789") + "-" + dice(24), "a Slack token"),
        (
            "SLACK_URL",
            "https://hooks.slack" + ".com/services/T" + dice(8).upper() + "/B" + dice(8).upper() + "/" + dice(24),
            "the address of a Slack webhook",
        ),
        ("STRIPE_SECRET_KEY", "sk_" + "live_" + dice(24), "a live key of Stripe"),
        ("STRIPE_KEY", "rk_" + "live_" + dice(40), "a live key of Stripe"),
        ("STRIPE_SECRET_KEY", "sk_" + "test_" + dice(24), "a test key of Stripe"),
        ("STRIPE_HOOK", "wh" + "sec_" + dice(32), "a webhook secret of Stripe"),
        ("SENDGRID", "S" + "G." + dice(22) + "." + dice(43), "a SendGrid key"),
        ("GOOGLE_MAPS_KEY", "AI" + "za" + dice(35), "a Google API key"),
        ("SOCIAL_AUTH_GOOGLE", "GOC" + "SPX-" + dice(28), "a Google client secret"),
        ("ANTHROPIC_API_KEY", "sk-" + "ant-api03-" + dice(90), "an Anthropic key"),
        ("OPENAI_API_KEY", "sk-" + dice(20) + "T3Blbk" + "FJ" + dice(20), "an OpenAI key"),
        ("OPENAI_API_KEY", "sk-" + "proj-" + dice(60) + "T3Blbk" + "FJ" + dice(60), "an OpenAI key"),
        ("MAILGUN", "key" + "-" + dice(32, HEX), "a Mailgun key"),
        ("TWILIO", "S" + "K" + dice(32, HEX), "a Twilio key"),
        ("TWILIO_AUTH_TOKEN", dice(32, HEX), RANDOM),
        ("NPM", "np" + "m_" + dice(36), "an npm token"),
        ("TWINE", "py" + "pi-AgEIcHlwaS5vcmc" + dice(100), "a PyPI token"),
        ("DO", "do" + "p_v1_" + dice(64, HEX), "a DigitalOcean token"),
        ("HEROKU_API_KEY", UUID, "a Heroku API key"),
        ("HEROKU", "HR" + "KU-" + dice(60), "a Heroku API key"),
        ("TELEGRAM_TOKEN", dice(10, "123456789") + ":AA" + dice(33), "a Telegram bot token"),
        ("JWT_PRIVATE_KEY", "-----BEGIN RSA PRIVATE" + " KEY-----\n" + dice(64) + "\n" + dice(64), "a private key"),
        ("GOOGLE_KEY", "-----BEGIN PRIVATE" + " KEY-----\\n" + dice(64) + "\\n", "a private key"),
        (
            "DATABASE_URL",
            "postgres://app:" + dice(20) + "@db.company.io:5432/app",
            "a URL with a password for db.company.io",
        ),
        (
            "DATABASE_URL",
            "postgres://u:" + "p" + dice(30, HEX) + "@ec2-1-2-3-4.compute-1.amazonaws.com:5432/d",
            "a URL with a password for ec2-1-2-3-4.compute-1.amazonaws.com",
        ),
        ("REDIS_URL", "rediss://:" + dice(20) + "@redis.company.io:6380", "a URL with a password for redis.company.io"),
        (
            "MONGO",
            "mongodb+srv://me:" + "Blue42Sky" + "@cluster0.ab1cd.mongodb.net/x",
            "a URL with a password for cluster0.ab1cd.mongodb.net",
        ),
        (
            "BROKERS",
            "amqp://a:guest@mq,amqps://b:" + dice(12) + "@mq.company.io",
            "a URL with a password for mq.company.io",
        ),
        ("SECRET_KEY", dice(50, DJANGO), RANDOM),
        ("DJANGO_SECRET_KEY", dice(64), RANDOM),
        ("SECRET_KEY", f"'{dice(50, DJANGO)}'", RANDOM),
        ("SECRET_KEY_BASE", dice(128, HEX), RANDOM),
        ("JWT_SECRET", dice(32, HEX), RANDOM),
        ("JWT__KEY", UUID, RANDOM),
        ("POSTGRES_PASSWORD", dice(32), RANDOM),
        ("EMAIL_HOST_PASSWORD", dice(16, string.ascii_lowercase), RANDOM),
        ("DB_PASS", "kR7!vq2Zt#9x", RANDOM),
        ("ADMIN_PWD", dice(20), RANDOM),
        ("MAILCHIMP_API_KEY", dice(32, HEX) + "-us6", RANDOM),
        ("FERNET_KEY", dice(43, string.ascii_letters + string.digits + "-_") + "=", RANDOM),
        ("CLIENT_SECRET_2", dice(40), RANDOM),
        ("email_host_password", dice(24), RANDOM),
    ],
)
def test_a_secret(name: str, value: str, kind: str) -> None:
    assert suspicious(name, value) == kind


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECRET_KEY", ""),
        ("SECRET_KEY", "changeme"),
        ("SECRET_KEY", "change-me-to-something-long-and-random"),
        ("SECRET_KEY", "change_this_to_a_long_random_string"),
        ("SECRET_KEY", "your-secret-key-here"),
        ("SECRET_KEY", "<your-secret-key>"),
        ("SECRET_KEY", "{{ secret_key }}"),
        ("SECRET_KEY", "${SECRET_KEY:-x7Gk2mQp9sLw4vTz8nRb}"),
        ("SECRET_KEY", "$(openssl rand -hex 32)"),
        ("SECRET_KEY", "$DJANGO_SECRET_KEY"),
        ("SECRET_KEY", "django-insecure-" + dice(50, DJANGO)),
        ("SECRET_KEY", "this-is-a-very-secret-key"),
        ("SECRET_KEY", "local-development-only-key"),
        ("SECRET_KEY", "not-so-secret-key-for-tests-1234567890"),
        ("SECRET_KEY", "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"),
        ("SECRET_KEY", "0123456789abcdef0123456789abcdef"),
        ("SECRET_KEY", "a1b2c3d4e5f6g7h8i9j0"),
        ("SECRET_KEY", "00000000-0000-0000-0000-000000000000"),
        ("SECRET_KEY", "********************"),
        ("SECRET_KEY", "foo"),
        ("SECRET_KEY", "dummy-value-for-the-build-step"),
        ("JWT_SECRET", "d3vs3cr3t"),
        ("SESSION_SECRET", "keyboard cat"),
        ("APP_SECRET", "jersey_secure_pass_123"),
        ("POSTGRES_PASSWORD", "postgres"),
        ("POSTGRES_PASSWORD", "correct-horse-battery-staple"),
        ("POSTGRES_PASSWORD", "jersey_wiki_app_2024"),
        ("REDIS_PASSWORD", "redis-password"),
        ("MYSQL_ROOT_PASSWORD", "SuperStrongPassword123!"),
        ("EMAIL_HOST_PASSWORD", "your-app-password"),
        ("DB_PASS", "secure_password_123"),
        ("DB_PASSWORD", "hunter2hunter2"),
        ("PASSWORD_HASHERS", "django.contrib.auth.hashers.MD5PasswordHasher"),
        ("AUTH_PASSWORD_VALIDATORS", "a8Kd0Lx92mNq7Rt4Vw"),
        ("DJANGO_SECRET_KEY_FILE", "/run/secrets/django_secret_key"),
        ("POSTGRES_PASSWORD_FILE", "/run/secrets/x7Gk2mQp9sLw4vTz8nRb"),
        ("TLS_PRIVATE_KEY", "/etc/letsencrypt/live/example.org/privkey.pem"),
        ("JWT_PRIVATE_KEY", "-----BEGIN PRIVATE KEY-----\\n...\\n-----END PRIVATE KEY-----"),
        ("ACCESS_TOKEN_EXPIRE_MINUTES", "10080"),
        ("MAX_TOKENS", "4096"),
        ("TOKEN_LIFETIME", "P7DT12H30M5S1234x"),
        ("API_KEY_HEADER", "X-Company-Api-Key-V2"),
        ("AWS_ACCESS_KEY_ID", "AKIA" + "IOSFODNN7EXAMPLE"),
        ("AWS_SECRET_ACCESS_KEY", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"),
        ("AWS_ACCESS_KEY_ID", "AKIA" + "XXXXXXXXXXXXXXXX"),
        ("AWS_ACCESS_KEY_ID", "AKIA..."),
        ("GITHUB_TOKEN", "ghp_" + "x" * 36),
        ("GITHUB_TOKEN", "ghp_" + "1234567890abcdefghijklmnopqrstuvwxyz"),
        ("SLACK_BOT_TOKEN", "xoxb-your-token-here-please-replace-it"),
        ("STRIPE_SECRET_KEY", "sk_test_your_key_here"),
        ("STRIPE_SECRET_KEY", "sk_test_" + "4eC39HqLyjWDarjtT1zdp7dc"),
        ("STRIPE_SECRET_KEY", "sk_live_xxxxxxxxxxxxxxxxxxxxxxxx"),
        ("STRIPE_WEBHOOK_SECRET", "whsec_..."),
        ("STRIPE_PUBLISHABLE_KEY", "pk_live_" + dice(24)),
        ("SENDGRID_API_KEY", "SG.xxxxxxxxxxxxxxxxxxxxxx.xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"),
        ("SENDGRID_API_KEY", "{Add Your Key Here}"),
        ("NEXT_PUBLIC_FIREBASE_API_KEY", "AIza" + dice(35)),
        ("VITE_SUPABASE_ANON_KEY", "eyJ" + dice(100)),
        ("RECAPTCHA_SITE_KEY", "6L" + dice(38)),
        ("OPENAI_API_KEY", "sk-..."),
        ("HEROKU_APP_NAME", "calm-river-12345"),
        ("HEROKU_RELEASE", UUID),
        ("DATABASE_URL", "postgres://postgres:postgres@localhost:5432/app"),
        ("DATABASE_URL", "postgres://app:kR7vq2Zt9xLw@127.0.0.1:5432/app"),
        ("DATABASE_URL", "postgres://app:kR7vq2Zt9xLw@db:5432/app"),
        ("DATABASE_URL", "postgresql://user:password@host.company.io:5432/name"),
        ("DATABASE_URL", "postgres://USER:PASSWORD@HOST:5432/NAME"),
        ("DATABASE_URL", "postgres://${POSTGRES_USER}:${POSTGRES_PASSWORD}@db.company.io/app"),
        ("DATABASE_URL", "postgres://app:kR7vq2Zt9xLw@db.example.com/app"),
        ("DATABASE_URL", "sqlite:////app/db.sqlite3"),
        ("CELERY_BROKER_URL", "amqp://guest:guest@rabbitmq.company.io:5672//"),
        ("REDIS_URL", "redis://:redis@redis:6379/0"),
        ("REDIS_URL", "redis://localhost:6379/0"),
        ("MAIL", "smtp://me:kR7vq2Zt9xLw@host.docker.internal:1025"),
        ("SENTRY_DSN", "https://0123456789abcdef0123456789abcdef@o1.ingest.sentry.io/1"),
        ("GIT_COMMIT", dice(40, HEX)),
        ("CSP_NONCE_SHA", "sha256-" + dice(43) + "="),
        ("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]"),
        ("SECURE_PROXY_SSL_HEADER", "HTTP_X_FORWARDED_PROTO,https"),
        ("COMPASS", dice(20)),
        ("PASSENGER_ID", dice(20)),
        ("KEYCLOAK_REALM", dice(20)),
        ("CACHE_KEY_PREFIX", dice(20)),
    ],
)
def test_no_secret(name: str, value: str) -> None:
    assert suspicious(name, value) is None


@pytest.mark.parametrize(
    ("alphabet", "length", "seen"),
    [
        (string.ascii_letters + string.digits, 64, 0.99),
        (string.ascii_letters + string.digits, 20, 0.97),
        (HEX, 32, 0.99),
        (DJANGO, 50, 0.99),
        (string.ascii_lowercase + string.digits, 32, 0.97),
        (string.ascii_lowercase, 16, 0.9),
    ],
)
def test_nearly_every_random_value_of_a_secret_is_seen(alphabet: str, length: int, seen: float) -> None:
    values = [dice(length, alphabet) for _ in range(500)]
    assert sum(suspicious("SECRET_KEY", value) is not None for value in values) >= seen * len(values)


def test_hardly_any_value_of_words_is_taken_for_a_secret() -> None:
    words = [
        "secure",
        "jersey",
        "wiki",
        "production",
        "database",
        "team",
        "cat",
        "horse",
        "battery",
        "staple",
        "blog",
        "cloud",
    ]
    values = [
        DICE.choice("-_.").join(DICE.choices(words, k=DICE.randrange(2, 6)))
        + DICE.choice(["", "1", "123", "2024", "!"])
        for _ in range(1000)
    ]
    assert [value for value in values if suspicious("DB_PASSWORD", value)][10:] == []


@pytest.mark.parametrize(
    "value",
    [
        "a" * 1_000_000,
        "a1B" * 300_000,
        "://" * 300_000,
        "a://b:" * 100_000,
        "-----BEGIN " * 50_000,
        "xox" * 200_000,
        "{" * 500_000,
    ],
)
def test_a_long_value_is_no_reason_to_wait(value: str) -> None:
    suspicious("SECRET_KEY", value)
