"""The connections to PostgreSQL as a site keeps them."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

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


@pytest.mark.skipif(not os.environ.get("DATABASE_URL", "").startswith("postgres"), reason="asks PostgreSQL")
def test_a_connection_that_the_server_has_closed_costs_nobody_an_error(tmp_path):
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "marketplace.settings.site",
        "LATEEN_ENV_FILE": os.devnull,
        "LATEEN_VAR": str(tmp_path),
    }
    answer = subprocess.run(
        [sys.executable, "-c", SCRIPT], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert answer.stdout.strip() == "answered", answer.stderr
