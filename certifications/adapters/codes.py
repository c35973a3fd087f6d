"""QR codes as drawings."""

import io

import segno


def draw_qr(text: str) -> bytes:
    """An SVG without styles that prints at any size; a quarter of it may be damaged."""
    target = io.BytesIO()
    segno.make(text, error="q").save(
        target, kind="svg", xmldecl=False, svgclass=None, lineclass=None, scale=4, border=2
    )
    return target.getvalue()
