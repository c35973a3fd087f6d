"""What the doctor looks at in this room."""

from collections.abc import Iterator

from core.doctor import Finding
from inquiries.adapters.paper_pdf import PaperNotMade, render_pdf

PACKAGES = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-noto-core fonts-droid-fallback"


def look_at_papers() -> Iterator[Finding]:
    """Whether quotations can be made as PDF: a small one is."""
    try:
        size = len(render_pdf("<p>Lateen \u0639\u0631\u0628\u064a \u4e2d\u6587</p>"))
    except PaperNotMade as fault:
        words = f"No PDF can be made: {str(fault).strip().splitlines()[-1] if str(fault).strip() else fault}"
        yield Finding("Quotations as PDF", words, f"Type: apt-get install {PACKAGES}")
        return
    yield Finding("Quotations as PDF", f"Can be made (a small one has {size} bytes).")
