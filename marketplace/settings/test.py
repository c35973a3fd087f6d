"""Settings of the test runs: the real ones, on whatever database `tests/services.py` started, else on SQLite."""

import atexit
import os
import shutil
import tempfile

os.environ["LATEEN_ENV_FILE"] = os.devnull
if "LATEEN_VAR" not in os.environ:  # processes that a test starts use the folder of the run
    os.environ["LATEEN_VAR"] = tempfile.mkdtemp(prefix="lateen-test-")
    atexit.register(shutil.rmtree, os.environ["LATEEN_VAR"], ignore_errors=True)

from marketplace.settings.site import *  # noqa: F403  the variables above must be set first

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
WHITENOISE_AUTOREFRESH = True
TALLY_SECONDS = 0  # tests hand sums over themselves
TEMPLATES[0]["OPTIONS"]["debug"] = True
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["TEST"] = {"NAME": str(VAR_DIR / "test.sqlite3")}
else:
    DATABASES["default"]["OPTIONS"] = {}
