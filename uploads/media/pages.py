"""The child for the pages of a document that was found harmless: their words, and each page as pictures.

Run as `python -m uploads.media.pages '{"widths": [...], "most": n, "reads_text": true}'`. A page that cannot be drawn is left out;
without widths none is.
"""

import sys
from typing import Any

import pypdfium2
from PIL import Image

from uploads.media.child import Emit, run_child
from uploads.media.pictures import encode_webp, resize
from uploads.rules.documents import LONGEST_TEXT
from uploads.rules.pictures import fit
from uploads.rules.text import clean_text


def main() -> int:
    return run_child(_show)


def _show(content: bytes, wanted: dict[str, Any], emit: Emit) -> None:
    document = pypdfium2.PdfDocument(content)
    try:
        if wanted["reads_text"]:
            emit(read_text(document, most=wanted["most"]).encode(), event="text")
        for number in range(min(len(document), wanted["most"]) if wanted["widths"] else 0):
            _emit_page(document, number, wanted["widths"], emit)
    finally:
        document.close()
    emit(event="done")


def read_text(document: pypdfium2.PdfDocument, *, most: int) -> str:
    """The words of the text layer, page after page, without control characters; "" for a scan."""
    parts: list[str] = []
    for number in range(min(len(document), most)):
        if sum(map(len, parts)) > LONGEST_TEXT:
            break
        try:
            parts.append(document[number].get_textpage().get_text_bounded())
        except pypdfium2.PdfiumError:  # one page that cannot be read costs no other
            continue
    return clean_text("\n".join(parts))[:LONGEST_TEXT]


def _emit_page(document: pypdfium2.PdfDocument, number: int, widths: list[int], emit: Emit) -> None:
    try:
        largest = draw_page(document[number], width=max(widths))
    except (pypdfium2.PdfiumError, ValueError):
        return
    for label in sorted(widths):
        picture = resize(largest, fit(width=largest.width, height=largest.height, label=label))
        _quality, webp = encode_webp(picture, budget=None)
        emit(
            webp, event="rendition", page=number + 1, label=label, format="webp", width=picture.width,
            height=picture.height,
        )  # fmt: skip


def draw_page(page: pypdfium2.PdfPage, *, width: int) -> Image.Image:
    """A page in the size of its largest rendition: what a page claims to measure decides over no memory."""
    points_wide, points_high = page.get_size()
    target = fit(width=round(points_wide * 100), height=round(points_high * 100), label=width)
    drawn: Image.Image = page.render(scale=target[0] / points_wide, may_draw_forms=False).to_pil().convert("RGB")
    return drawn.crop((0, 0, min(drawn.width, target[0] + 1), min(drawn.height, target[1] + 1)))


if __name__ == "__main__":
    sys.exit(main())
