"""`make bench-shipping`: freight on a production-like stand of its own, with carriers on this machine.

The stand stands on free ports and in var/bench/shipping; whatever happens, it is stopped in the end. About five minutes.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from bench.report import FOLDER
from marketplace.run import heed_signals
from stand.__main__ import start, stop
from stand.places import ROOT, find_stand
from tests.services import free_port, wait_for

PLACE = FOLDER / "shipping"
CODE = "import sys; from bench.shipping.trial import main; sys.exit(main({place!r}))"


def main() -> int:
    """Start carriers and stand, hand the trial over to a process with the stand's settings, stop everything; its exit code is ours."""
    heed_signals()
    try:
        with carriers() as address:
            return measure(address)
    except KeyboardInterrupt:
        return 130


def measure(address: str) -> int:
    """The trial on a stand that looks for carriers there."""
    PLACE.mkdir(parents=True, exist_ok=True)
    try:
        if start(free_port(), root=PLACE, carriers=address):
            return 1
        stand = find_stand(PLACE)
        command = [sys.executable, "manage.py", "shell", "--verbosity=0", "-c", CODE.format(place=str(PLACE))]
        environment = stand.site_environment() if stand else dict(os.environ)
        return subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode
    finally:
        stop(root=PLACE)


@contextmanager
def carriers() -> Iterator[str]:
    """The address of three carriers in a process of their own."""
    port = free_port()
    server = subprocess.Popen([sys.executable, "-m", "bench.shipping.carriers", str(port)], cwd=ROOT)
    try:
        wait_for(port, "The carriers")
        yield f"http://127.0.0.1:{port}"
    finally:
        server.kill()
        server.wait()


if __name__ == "__main__":
    sys.exit(main())
