"""Settings of the test bench: strict, quick, and on the database that TEST_DATABASE_URL names."""

import os

os.environ["SURELLE_MODE"] = "demo"
os.environ.setdefault("SECRET_KEY", "only-for-tests")
if url := os.environ.get("TEST_DATABASE_URL"):
    os.environ["DATABASE_URL"] = url
else:
    os.environ.pop("DATABASE_URL", None)

from .settings import *  # noqa: F403
from .settings import DATABASES, VAR

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
MEDIA_ROOT = VAR / "test-media"
DATABASES["default"]["CONN_MAX_AGE"] = 0
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
if DATABASES["default"]["ENGINE"].endswith("sqlite3") and os.environ.get("TEST_ON_DISK"):
    # A server of the tests has several threads: in memory they would meet locks that no timeout waits for.
    DATABASES["default"]["TEST"] = {"NAME": str(VAR / "test.sqlite3")}
