"""A paper as PDF, by weasyprint in a child process: markup in, bytes out, a deadline that kills, and nothing fetched from anywhere."""

import base64
import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

PROJECT = Path(__file__).resolve().parents[2]
LOOK = Path(__file__).with_name("paper.css")
FONTS = PROJECT / "static" / "fonts"
FACES = (
    ("figtree-latin-wght-normal.woff2", "U+0000-00FF,U+2000-206F,U+20AC"),
    ("figtree-latin-ext-wght-normal.woff2", "U+0100-02FF,U+1E00-1EFF"),
)
DEADLINE_SECONDS = 20
MOST_SECONDS_OF_CPU, MOST_BYTES_OF_MEMORY = 15, 1024**3


class PaperNotMade(Exception):
    """The child died, or took longer than twenty seconds."""


def render_pdf(markup: str) -> bytes:
    """The PDF of a whole HTML document; whatever it names elsewhere is not fetched. Raises PaperNotMade."""
    command = [sys.executable, "-s", "-B", "-m", "inquiries.adapters.paper_pdf"]
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


def write_faces() -> str:
    """Our own letters as a style sheet that holds them, so that nothing needs to be fetched."""
    rules = []
    for name, letters in FACES:
        held = base64.b64encode((FONTS / name).read_bytes()).decode()
        rules.append(
            f"@font-face{{font-family:Figtree;font-weight:300 900;src:url(data:font/woff2;base64,{held});unicode-range:{letters}}}"
        )
    return "".join(rules)


def main() -> None:
    """The child: limits first, then the document from standard input to standard output."""
    import resource  # noqa: PLC0415  the child alone needs them, and weasyprint takes a second to load

    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS_OF_CPU, MOST_SECONDS_OF_CPU))
    resource.setrlimit(resource.RLIMIT_DATA, (MOST_BYTES_OF_MEMORY, MOST_BYTES_OF_MEMORY))
    from weasyprint import CSS, HTML  # noqa: PLC0415
    from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415
    from weasyprint.urls import URLFetcher  # noqa: PLC0415

    only_what_is_held, fonts = URLFetcher(allowed_protocols={"data"}), FontConfiguration()
    document = HTML(string=sys.stdin.buffer.read().decode(), url_fetcher=only_what_is_held, base_url="data:,")
    sheets = [
        CSS(string=words, font_config=fonts, url_fetcher=only_what_is_held)
        for words in (write_faces(), LOOK.read_text())
    ]
    sys.stdout.buffer.write(document.write_pdf(stylesheets=sheets, font_config=fonts))


if __name__ == "__main__":
    main()
