"""Servers: everything that differs comes from the environment, and what is missing is named."""

from coalition.settings import env
from coalition.settings.base import *  # noqa: F403
from coalition.settings.base import PUBLIC_URL, STORAGES

DEBUG = False
SECRET_KEY = env.required("SECRET_KEY", "a long random text that signs sessions and links")
SECRET_KEY_FALLBACKS = env.words("SECRET_KEY_FALLBACKS")
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS") or [
    env.required("PUBLIC_HOST", "the host name under which the site is reached")
]
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]
LOCAL_MAIL_PAGE = False

globals().update(env.email())
EMAIL_BACKEND = env.text("EMAIL_BACKEND") or globals()["EMAIL_BACKEND"]
ANYMAIL = {key.removeprefix("ANYMAIL_"): value for key, value in env.with_prefix("ANYMAIL_").items()}

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = env.flag("HTTPS", True)
SECURE_SSL_REDIRECT = env.flag("HTTPS", True)
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 31_536_000 if env.flag("HTTPS", True) else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
ALLAUTH_TRUSTED_PROXY_COUNT = env.number("TRUSTED_PROXIES", 1)

if env.text("S3_BUCKET"):
    STORAGES["default"] = {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": env.text("S3_BUCKET"),
            "endpoint_url": env.text("S3_ENDPOINT") or None,
            "region_name": env.text("S3_REGION") or None,
            "querystring_auth": False,
        },
    }
    # Every machine prints for all; the names hold a secret, for the bucket may be open to readers.
    STORAGES["prints"] = {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            **STORAGES["default"]["OPTIONS"],
            "location": "prints",
            "default_acl": "private",
            "querystring_auth": True,
        },
    }
