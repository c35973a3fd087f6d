"""A private PostgreSQL for measurements on a free port, whose data is kept for the next run, and one size in a process of its own."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from tests.services import free_port, make_cluster, postgres_account, postgres_command, stop, wait_for

OPTIONS = {
    "shared_buffers": "512MB", "work_mem": "32MB", "maintenance_work_mem": "256MB", "max_wal_size": "4GB", "synchronous_commit": "off",
    "random_page_cost": "1.1",
}  # fmt: skip
ROOT = Path(__file__).resolve().parent.parent


@contextmanager
def running(folder: Path) -> Iterator[int]:
    """The port of a server whose data lies in `folder`; it stops at the end."""
    folder.mkdir(parents=True, exist_ok=True)
    for part in (folder, *folder.parents):  # PostgreSQL runs as another user than root
        if part.stat().st_uid == os.getuid():
            part.chmod(part.stat().st_mode | 0o055)
    data, port = folder / "postgres", free_port()
    if not data.exists():
        make_cluster(data)
    with (folder / "postgres.log").open("wb") as log:
        server = subprocess.Popen(
            postgres_command(data, port, OPTIONS),
            stdout=log,
            stderr=log,
            cwd="/",
            **postgres_account(),  # type: ignore[call-overload]
        )
    try:
        wait_for(port, "PostgreSQL")
        yield port
    finally:
        stop(server)


def measure_apart(module: str, size: str, *, port: int, folder: Path) -> Mapping[str, float]:
    """What `module.main(size)` prints last, in a process with a database of its own; each figure is told."""
    name = f"scale_{size}"
    address = f"postgres://lateen@127.0.0.1:{port}"
    make = f"from psycopg import connect; c = connect('{address}/postgres', autocommit=True); c.execute('CREATE DATABASE {name}')"
    subprocess.run([sys.executable, "-c", make], check=False, stderr=subprocess.DEVNULL)  # there already: used again
    environment = {
        **os.environ, "DATABASE_URL": f"{address}/{name}", "LATEEN_VAR": str(folder / f"var-{size}"), "DJANGO_SETTINGS_MODULE": "marketplace.settings.site",
    }  # fmt: skip
    code = f"from {module} import main; main({int(size)})"
    answer = subprocess.run(
        [sys.executable, "manage.py", "shell", "-v", "0", "-c", code], check=True, cwd=ROOT, env=environment, stdout=subprocess.PIPE
    )  # fmt: skip
    found: Mapping[str, float] = json.loads(answer.stdout.splitlines()[-1])
    for key, value in found.items():
        sys.stdout.write(f"{size:>9}  {key:26} {value:10}\n")
    return found
