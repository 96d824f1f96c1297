"""What is the same in every home. Values that differ come from config vars, declared in dynowiki/env.py."""

from typing import Any

from dynowiki import env, log, static

config = env.read()

DEBUG = config["DEBUG"]
SECRET_KEY = config["SECRET_KEY"]
ALLOWED_HOSTS = config["ALLOWED_HOSTS"]

ROOT_URLCONF = "dynowiki.urls"
WSGI_APPLICATION = "dynowiki.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    # Before Django's own, because its `migrate` takes a lock first.
    "wiki",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "csp",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "dynowiki.middleware.RequestLog",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

AUTH_USER_MODEL = "wiki.User"
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "home"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]

DATABASES = {
    "default": {
        **config["DATABASE_URL"],
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            **config["DATABASE_URL"].get("OPTIONS", {}),
            "sslmode": config["DATABASE_SSLMODE"],
            # Heroku's router gives up after 30 s; a reader should hear of a lost database long before that.
            "connect_timeout": 5,
            # No home has Kerberos, and on macOS asking for it after a fork crashes the worker.
            "gssencmode": "disable",
            "application_name": "dynowiki",
        },
    },
}

STATIC_URL = static.STATIC_URL
STATIC_ROOT = static.STATIC_ROOT
STATICFILES_DIRS = static.STATICFILES_DIRS
STATICFILES_FINDERS = static.STATICFILES_FINDERS

# Bucketeer lets the world read public/*, and only that.
MEDIA_LOCATION = "public/media"
S3_ENDPOINT_URL = config["AWS_ENDPOINT_URL_S3"] or None
MEDIA_ENDPOINT_URL = config["MEDIA_ENDPOINT_URL"] or S3_ENDPOINT_URL

STORAGES = {
    "default": {
        "BACKEND": "dynowiki.storage.MediaStorage",
        "OPTIONS": {
            "access_key": config["BUCKETEER_AWS_ACCESS_KEY_ID"],
            "secret_key": config["BUCKETEER_AWS_SECRET_ACCESS_KEY"],
            "region_name": config["BUCKETEER_AWS_REGION"],
            "bucket_name": config["BUCKETEER_BUCKET_NAME"],
            "endpoint_url": S3_ENDPOINT_URL,
            "browser_endpoint_url": MEDIA_ENDPOINT_URL,
            "location": MEDIA_LOCATION,
            # New buckets refuse every ACL header, and MinIO wouldn't tell.
            "default_acl": None,
            # Two uploads of photo.jpg are two objects.
            "file_overwrite": False,
            "querystring_expire": 3600,
        },
    },
    "staticfiles": static.STATICFILES_STORAGE,
}

LANGUAGE_CODE = "en"
TIME_ZONE = "UTC"
USE_TZ = True
USE_I18N = False

# An article of 1 MB, typed in a script that takes three bytes a letter, is sent as nine; the form then says the limit.
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
# Files lie in /tmp before anybody is asked who sends them: one photo in a request, and PhotoLimit bounds it.
DATA_UPLOAD_MAX_NUMBER_FILES = 1
FILE_UPLOAD_HANDLERS = [
    "wiki.upload_handlers.PhotoLimit",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

LOGGING = log.config(config["LOG_FORMAT"], config["LOG_LEVEL"])
