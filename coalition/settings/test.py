"""The suite: development without surprises from the machine it runs on."""

import tempfile
from pathlib import Path

from coalition.settings import env
from coalition.settings.development import *  # noqa: F403
from coalition.settings.development import DATABASES

SECRET_KEY = "only for tests"  # noqa: S105
PUBLIC_URL = WAGTAILADMIN_BASE_URL = "http://testserver"
MAIL_DOMAIN = "example.org"
DEFAULT_FROM_EMAIL = SERVER_EMAIL = "post@example.org"
_scratch = Path(tempfile.mkdtemp(prefix="coalition-test-"))
MEDIA_ROOT = _scratch / "media"
EMAIL_FOLDER = _scratch / "mail"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "prints": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": _scratch / "prints", "base_url": None},
    },
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
REDIS_URL = env.text("REDIS_URL")
CELERY_BROKER_URL = REDIS_URL or "memory://"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
if "sqlite" in DATABASES["default"]["ENGINE"]:
    # A file, not memory: the suite starts processes that open the same database.
    DATABASES["default"]["TEST"] = {"NAME": str(_scratch / "test.sqlite3")}
if "OPTIONS" in DATABASES["default"]:
    DATABASES["default"]["OPTIONS"].pop("pool", None)
# Off, as it is by default; the tests that need it name a server of their own.
ACM = {}
SAMPLE_DATA = env.text("SAMPLE_DATA")
