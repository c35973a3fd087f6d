"""The child that makes a PDF of one HTML document: limits first, then standard input to standard output, and nothing is fetched."""

import base64
import resource
import sys
from pathlib import Path

from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher

LOOK = Path(__file__).with_name("paper.css")
FONTS = Path(__file__).resolve().parents[2] / "static" / "fonts"
FACES = (
    ("figtree-latin-wght-normal.woff2", "U+0000-00FF,U+2000-206F,U+20AC"),
    ("figtree-latin-ext-wght-normal.woff2", "U+0100-02FF,U+1E00-1EFF"),
)
MOST_SECONDS_OF_CPU, MOST_BYTES_OF_MEMORY = 15, 1024**3


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
    """Read the document, write the PDF."""
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS_OF_CPU, MOST_SECONDS_OF_CPU))
    resource.setrlimit(resource.RLIMIT_DATA, (MOST_BYTES_OF_MEMORY, MOST_BYTES_OF_MEMORY))
    only_what_is_held, fonts = URLFetcher(allowed_protocols={"data"}), FontConfiguration()
    document = HTML(string=sys.stdin.buffer.read().decode(), url_fetcher=only_what_is_held, base_url="data:,")
    sheets = [
        CSS(string=words, font_config=fonts, url_fetcher=only_what_is_held)
        for words in (write_faces(), LOOK.read_text())
    ]
    sys.stdout.buffer.write(document.write_pdf(stylesheets=sheets, font_config=fonts))


if __name__ == "__main__":
    main()
