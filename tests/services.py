"""Start a private PostgreSQL and Redis on free loopback ports, run a command against them, stop them.

    python tests/services.py pytest -n 2

PostgreSQL refuses root, so root hands it to the user `postgres`. Everything lives in a temporary folder.
"""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path


def free_port() -> int:
    """A port that nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(port: int, name: str, seconds: float = 30) -> None:
    """Return once something listens; exit with a sentence when nothing does."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.1)
    sys.exit(f"{name} did not start within {seconds:.0f} s.")


def postgres_programs() -> Path:
    """The folder of initdb and postgres: Debian keeps them out of PATH."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    on_path = shutil.which("initdb")
    if not found and not on_path:
        sys.exit("PostgreSQL is missing. Type: apt-get install postgresql")
    return (found[-1] if found else Path(str(on_path))).parent


POSTGRES_OPTIONS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "60",
    "listen_addresses": "127.0.0.1",
    "shared_buffers": "64MB",
}


@contextlib.contextmanager
def postgres(folder: Path) -> Iterator[str]:
    """A server without fsync, for tests only; yields its DATABASE_URL."""
    programs, port, data = postgres_programs(), free_port(), folder / "postgres"
    data.mkdir()
    as_user: list[str] = []
    if os.geteuid() == 0:
        shutil.chown(data, "postgres", "postgres")
        as_user = ["runuser", "-u", "postgres", "--"]
    initdb = [
        str(programs / "initdb"),
        "-D",
        str(data),
        "-U",
        "lateen",
        "--auth=trust",
        "--encoding=UTF8",
        "--locale=C.UTF-8",
    ]
    subprocess.run([*as_user, *initdb], check=True, stdout=subprocess.DEVNULL, cwd="/")
    options = {**POSTGRES_OPTIONS, "unix_socket_directories": str(data)}
    arguments = [part for name, value in options.items() for part in ("-c", f"{name}={value}")]
    command = [*as_user, str(programs / "postgres"), "-D", str(data), "-p", str(port), *arguments]
    with (folder / "postgres.log").open("wb") as log:
        server = subprocess.Popen(command, stdout=log, stderr=log, cwd="/")
    try:
        wait_for(port, "PostgreSQL")
        yield f"postgres://lateen@127.0.0.1:{port}/postgres"
    finally:
        stop(server, data / "postmaster.pid")


def stop(server: "subprocess.Popen[bytes]", pid_file: Path) -> None:
    """Ask PostgreSQL itself to stop (runuser would not pass the signal on), then wait."""
    with contextlib.suppress(OSError, ValueError, IndexError):
        os.kill(int(pid_file.read_text().split()[0]), 2)
    try:
        server.wait(timeout=20)
    except subprocess.TimeoutExpired:
        server.kill()


@contextlib.contextmanager
def redis(folder: Path) -> Iterator[str]:
    """A Redis that writes nothing to disk; yields its URL."""
    program = shutil.which("redis-server")
    if not program:
        sys.exit("Redis is missing. Type: apt-get install redis-server")
    port = free_port()
    server = subprocess.Popen(
        [program, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", folder],
        stdout=subprocess.DEVNULL,
    )
    try:
        wait_for(port, "Redis")
        yield f"redis://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(timeout=20)


def end(number: int, frame: object) -> None:
    """A polite kill still stops the services."""
    sys.exit(128 + number)


def main() -> int:
    """Run the command that was given; its exit code is ours."""
    signal.signal(signal.SIGTERM, end)
    folder = Path(tempfile.mkdtemp(prefix="lateen-services-"))
    folder.chmod(0o755)
    try:
        with postgres(folder) as database_url, redis(folder) as redis_url:
            environment = {
                **os.environ,
                "DATABASE_URL": database_url,
                "BROKER_URL": f"{redis_url}/0",
            }
            return subprocess.run(sys.argv[1:], env=environment, check=False).returncode
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
