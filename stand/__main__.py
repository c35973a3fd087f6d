"""`python -m stand start --port 8443`, `python -m stand stop`: the stand runs on in the background."""

import argparse
import os
import shutil
import signal
import ssl
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

from marketplace.run import port_is_free
from stand.places import ROOT, Stand, find_stand, new_stand

START_SECONDS = 240
STOP_SECONDS = 60


def main() -> int:
    """Do what the first word says."""
    parser = argparse.ArgumentParser(prog="stand", description=__doc__)
    parser.add_argument("what", choices=["start", "stop"])
    parser.add_argument("--port", type=int, default=8443)
    wanted = parser.parse_args()
    return start(wanted.port) if wanted.what == "start" else stop()


def start(port: int, *, root: Path = ROOT, carriers: str = "") -> int:
    """Start the supervisor of the stand that is kept below `root`, and return once the site answers."""
    running = find_stand(root)
    if running and running.read_pid("supervisor"):
        print(f"The stand runs already: {running.url}")
        return 0
    if not port_is_free(port):
        print(f"Port {port} is in use. Choose another one: make stand STAND_PORT={port + 1}", file=sys.stderr)
        return 1
    end_leftovers(running)
    shutil.rmtree(root / "var" / "stand", ignore_errors=True)
    stand = new_stand(https_port=port, root=root, carriers=carriers)
    stand.save()
    log = stand.var / "log" / "supervisor.log"
    with log.open("ab") as file:
        supervisor = subprocess.Popen(
            [sys.executable, "-m", "stand.supervisor", str(root)],
            cwd=ROOT, env=stand.server_environment(), stdout=file, stderr=file, stdin=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip
    stand.pid_file("supervisor").write_text(f"{supervisor.pid}\n")
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and supervisor.poll() is None:
        if (stand.run / "ready").exists() and answers(stand):
            print(
                f"The stand is at {stand.url} (its certificate signs itself). Processes: run/*.pid. Logs: {log.parent}"
            )
            return 0
        time.sleep(0.5)
    print(f"The stand did not start:\n{log.read_text()[-3000:]}", file=sys.stderr)
    stop(root=root)
    return 1


def answers(stand: Stand) -> bool:
    """The catalogue is there, which needs nginx, a web process, the database and the index."""
    trusting = ssl.create_default_context(cafile=str(stand.certificate))
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), urllib.request.HTTPSHandler(context=trusting))
    try:
        with opener.open(f"{stand.url}/search/", timeout=5):
            return True
    except (urllib.error.URLError, OSError):
        return False


def stop(*, root: Path = ROOT) -> int:
    """Ask the supervisor to end everything, and end what it left."""
    stand = find_stand(root)
    pid = stand.read_pid("supervisor") if stand else None
    if stand and pid:
        os.kill(pid, signal.SIGTERM)
        deadline = time.monotonic() + STOP_SECONDS
        while stand.owns(pid) and time.monotonic() < deadline:
            time.sleep(0.2)
    end_leftovers(stand)
    print("The stand has stopped." if pid else "No stand runs.")
    return 0


def end_leftovers(stand: Stand | None) -> None:
    """Processes whose supervisor was killed, each with its group."""
    for file in stand.run.glob("*.pid") if stand else ():
        if stand and (pid := stand.read_pid(file.stem)):
            os.killpg(pid, signal.SIGKILL)
        file.unlink()


if __name__ == "__main__":
    sys.exit(main())
