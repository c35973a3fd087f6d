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
from collections.abc import Iterator, Mapping
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


HASTY = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
"""For tests only: a power cut would cost the data."""


def postgres_account() -> dict[str, str]:
    """Whom PostgreSQL runs as, in the words of `subprocess`: it refuses root."""
    return {"user": "postgres", "group": "postgres"} if os.geteuid() == 0 else {}


def make_cluster(data: Path) -> None:
    """An empty database cluster whose superuser is `lateen`, trusted on loopback."""
    data.mkdir()
    if account := postgres_account():
        shutil.chown(data, **account)
    initdb = [str(postgres_programs() / "initdb"), "-D", str(data), "-U", "lateen"]
    initdb += ["--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8"]
    subprocess.run(initdb, check=True, stdout=subprocess.DEVNULL, cwd="/", **postgres_account())  # type: ignore[call-overload]


def postgres_command(data: Path, port: int, options: Mapping[str, str]) -> list[str]:
    """The server in the foreground, on loopback alone."""
    settings = {"listen_addresses": "127.0.0.1", "unix_socket_directories": str(data), **options}
    arguments = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
    return [str(postgres_programs() / "postgres"), "-D", str(data), "-p", str(port), *arguments]


def redis_command(folder: Path, port: int) -> list[str]:
    """A Redis on loopback that writes nothing to disk."""
    program = shutil.which("redis-server")
    if not program:
        sys.exit("Redis is missing. Type: apt-get install redis-server")
    quiet = ["--save", "", "--appendonly", "no", "--dir", str(folder)]
    return [program, "--port", str(port), "--bind", "127.0.0.1", *quiet]


@contextlib.contextmanager
def postgres(folder: Path) -> Iterator[str]:
    """A server without fsync, for tests only; yields its DATABASE_URL."""
    port, data = free_port(), folder / "postgres"
    make_cluster(data)
    command = postgres_command(data, port, {**HASTY, "max_connections": "60", "shared_buffers": "64MB"})
    with (folder / "postgres.log").open("wb") as log:
        server = subprocess.Popen(command, stdout=log, stderr=log, cwd="/", **postgres_account())  # type: ignore[call-overload]
    try:
        wait_for(port, "PostgreSQL")
        yield f"postgres://lateen@127.0.0.1:{port}/postgres"
    finally:
        stop(server)


def stop(server: "subprocess.Popen[bytes]") -> None:
    """Ask PostgreSQL to stop without waiting for its clients."""
    server.send_signal(signal.SIGINT)
    try:
        server.wait(timeout=20)
    except subprocess.TimeoutExpired:
        server.kill()


@contextlib.contextmanager
def redis(folder: Path) -> Iterator[str]:
    """A Redis that writes nothing to disk; yields its URL."""
    port = free_port()
    server = subprocess.Popen(redis_command(folder, port), stdout=subprocess.DEVNULL)
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
