"""The settings of every home: base, and the rules of a site behind Heroku's router."""

from csp.constants import NONE, SELF

from dynowiki.settings.base import *  # noqa: F403
from dynowiki.settings.base import MEDIA_ENDPOINT_URL, config

# TLS ends at the router, which says so in this header and lets no client set it.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = config["HTTPS_ONLY"]
# Probes come from inside, where there is no TLS.
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if config["HTTPS_ONLY"] else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = config["HTTPS_ONLY"]
SECURE_HSTS_PRELOAD = config["HTTPS_ONLY"]
SESSION_COOKIE_SECURE = config["HTTPS_ONLY"]
CSRF_COOKIE_SECURE = config["HTTPS_ONLY"]
SESSION_COOKIE_HTTPONLY = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "dynowiki.errors.csrf_failure"


def media_origin(endpoint_url: str | None, bucket: str, region: str) -> str:
    """Where a browser gets photos from: the host that dynowiki.storage signs for."""
    return endpoint_url or f"https://{bucket}.s3.{region}.amazonaws.com"


MEDIA_ORIGIN = media_origin(MEDIA_ENDPOINT_URL, config["BUCKETEER_BUCKET_NAME"], config["BUCKETEER_AWS_REGION"])

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        # /media/… answers with a redirect to the bucket, and the policy holds for where it leads.
        "img-src": [SELF, MEDIA_ORIGIN],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    },
}
