"""A paper as PDF, by weasyprint in a child process: markup in, bytes out, a deadline that kills, and nothing fetched from anywhere."""

import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

PROJECT = Path(__file__).resolve().parents[2]
DEADLINE_SECONDS = 20


class PaperNotMade(Exception):
    """The child died, or took longer than twenty seconds."""


def render_pdf(markup: str) -> bytes:
    """The PDF of a whole HTML document; whatever it names elsewhere is not fetched. Raises PaperNotMade."""
    command = [sys.executable, "-s", "-B", "-m", "inquiries.media.paper"]
    with TemporaryDirectory(prefix="lateen-paper-") as folder:  # what a killed child leaves behind goes with it
        environment = {**os.environ, "TMPDIR": folder}
        try:
            done = subprocess.run(  # noqa: S603  our own module, no arguments
                command, input=markup.encode(), capture_output=True, timeout=DEADLINE_SECONDS, check=False, cwd=PROJECT, env=environment,
            )  # fmt: skip
        except subprocess.TimeoutExpired as late:
            raise PaperNotMade("it took too long") from late
    if done.returncode or not done.stdout.startswith(b"%PDF"):
        raise PaperNotMade(done.stderr.decode(errors="replace")[-500:])
    return done.stdout
