"""The connections to PostgreSQL as a site keeps them."""

import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.services import postgres

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = """
import os
import django
import psycopg
django.setup()
from django.db import connection

def ask(question):
    with connection.cursor() as cursor:
        cursor.execute(question)
        return cursor.fetchone()[0]

served_by = ask("SELECT pg_backend_pid()")
connection.close()
with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as other:
    other.execute("SELECT pg_terminate_backend(%s, 5000)", [served_by])
print(ask("SELECT 'answered'"))
"""


@pytest.fixture
def database_url():
    """A PostgreSQL of its own, whatever the other tests run on."""
    with TemporaryDirectory(prefix="lateen-database-") as folder:
        Path(folder).chmod(0o755)
        with postgres(Path(folder)) as url:
            yield url


def test_a_connection_that_the_server_has_closed_costs_nobody_an_error(database_url, tmp_path):
    environment = {
        **os.environ,
        "DATABASE_URL": database_url,
        "DJANGO_SETTINGS_MODULE": "marketplace.settings.site",
        "LATEEN_ENV_FILE": os.devnull,
        "LATEEN_VAR": str(tmp_path),
    }
    answer = subprocess.run(
        [sys.executable, "-c", SCRIPT], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert answer.stdout.strip() == "answered", answer.stderr
