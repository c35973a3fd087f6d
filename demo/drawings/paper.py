"""A certificate as a page of a PDF, drawn for the demo. Everything on it is invented."""

import io

import pikepdf
from pikepdf import Array, Dictionary, Name

WIDTH, HEIGHT = 595, 842
LEFT = 72


def draw_certificate(*, scheme: str, issuer: str, facts: list[tuple[str, str]]) -> bytes:
    """One page A4 with a frame, the scheme, the issuer and the facts, a line each."""
    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=(WIDTH, HEIGHT))
    page = pdf.pages[0]
    fonts = {
        f"/{name}": pdf.make_indirect(
            Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name(f"/{base}"), Encoding=Name.WinAnsiEncoding)
        )
        for name, base in (("R", "Helvetica"), ("B", "Helvetica-Bold"))
    }
    page.Resources = Dictionary(Font=Dictionary(fonts))
    page.MediaBox = Array([0, 0, WIDTH, HEIGHT])
    page.Contents = pdf.make_stream("\n".join(_draw(scheme, issuer, facts)).encode("cp1252", errors="replace"))
    target = io.BytesIO()
    pdf.save(target)
    return target.getvalue()


def _draw(scheme: str, issuer: str, facts: list[tuple[str, str]]) -> list[str]:
    lines = [
        "0.04 0.15 0.17 RG 3 w 40 40 515 762 re S",
        "1 0.72 0.11 rg 72 730 m 112 690 l 72 690 l f",
        _write("B", 11, 130, 712, issuer),
        _write("R", 9, 130, 698, "Specimen drawn for a demonstration. It certifies nothing."),
        _write("B", 20, LEFT, 640, "Certificate"),
        _write("B", 14, LEFT, 612, scheme),
    ]
    for number, (label, value) in enumerate(facts):
        height = 570 - number * 44
        lines += [_write("R", 9, LEFT, height, label), _write("B", 12, LEFT, height - 16, value)]
    return lines


def _write(font: str, size: int, x: int, y: int, text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
    return f"0.04 0.15 0.17 rg BT /{font} {size} Tf {x} {y} Td ({escaped}) Tj ET"
