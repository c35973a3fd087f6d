"""A certificate as a page of a PDF, drawn for the demo. Everything on it is invented."""

WIDTH, HEIGHT = 595, 842
LEFT = 72
FONTS = {"R": "Helvetica", "B": "Helvetica-Bold"}


def draw_certificate(*, scheme: str, issuer: str, facts: list[tuple[str, str]]) -> bytes:
    """One page A4 with a frame, the scheme, the issuer and the facts, a line each."""
    drawn = "\n".join(_draw(scheme, issuer, facts)).encode("cp1252", errors="replace")
    fonts = " ".join(f"/{name} {number} 0 R" for number, name in enumerate(FONTS, start=5))
    page = f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {WIDTH} {HEIGHT}]/Contents 4 0 R/Resources<</Font<<{fonts}>>>>>>"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>", page.encode(),
        b"<</Length %d>>stream\n%b\nendstream" % (len(drawn), drawn),
        *(f"<</Type/Font/Subtype/Type1/BaseFont/{base}/Encoding/WinAnsiEncoding>>".encode() for base in FONTS.values()),
    ]  # fmt: skip
    return _join(objects)


def _join(objects: list[bytes]) -> bytes:
    """The objects as a file, with the table that says where each begins."""
    content, places = b"%PDF-1.4\n", []
    for number, each in enumerate(objects, start=1):
        places.append(len(content))
        content += b"%d 0 obj\n%b\nendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    return content + b"xref\n0 %d\n0000000000 65535 f \n%btrailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (
        size, table, size, len(content),
    )  # fmt: skip


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
