"""`python -m demo.drawings [subject ...]`: render the named drawings, or all, to `demo/pictures/<subject>.jpg`."""

import io
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from PIL import Image

from demo.drawings import care, cloth, crafts, drinks, emblems, food, hides, home, industry, pantry, scenes
from demo.drawings.shapes import Drawing

PICTURES = Path(__file__).resolve().parent.parent / "pictures"
MAX_BYTES = 80_000
BROWSER_FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
    "--force-device-scale-factor=1",
]
SPARE_HEIGHT = 200  # some Chromium versions take their own bars off the window's height

DRAWINGS: dict[str, Callable[[], Drawing]] = {
    **drinks.DRAWINGS,
    **food.DRAWINGS,
    **pantry.DRAWINGS,
    **care.DRAWINGS,
    **home.DRAWINGS,
    **cloth.DRAWINGS,
    **hides.DRAWINGS,
    **crafts.DRAWINGS,
    **industry.DRAWINGS,
    **scenes.DRAWINGS,
    **emblems.DRAWINGS,
}


def main(subjects: list[str]) -> None:
    unknown = sorted(set(subjects) - set(DRAWINGS))
    if unknown:
        sys.exit(f"No such drawing: {', '.join(unknown)}")
    browser = shutil.which("chromium")
    if browser is None:
        sys.exit("Chromium is needed to draw: apt-get install chromium")
    for subject in subjects or DRAWINGS:
        picture = screenshot(browser, DRAWINGS[subject]())
        (PICTURES / f"{subject}.jpg").write_bytes(small_jpeg(picture))


def screenshot(browser: str, drawing: Drawing) -> Image.Image:
    wide, high = drawing.pixels_wide, drawing.pixels_high
    with tempfile.TemporaryDirectory() as folder:
        source, shot = Path(folder, "drawing.svg"), Path(folder, "drawing.png")
        source.write_text(drawing.as_svg(), encoding="utf-8")
        size = f"--window-size={wide},{high + SPARE_HEIGHT}"
        subprocess.run(  # noqa: S603 (a fixed program over a file of our own)
            [
                browser,
                *BROWSER_FLAGS,
                f"--user-data-dir={folder}/profile",
                size,
                f"--screenshot={shot}",
                source.as_uri(),
            ],
            check=True,
            capture_output=True,
            timeout=60,
        )
        with Image.open(shot) as picture:
            return picture.convert("RGB").crop((0, 0, wide, high))


def small_jpeg(picture: Image.Image) -> bytes:
    """The best quality that fits; baseline, so that it has one scan."""
    for quality in range(88, 30, -3):
        out = io.BytesIO()
        picture.save(out, "JPEG", quality=quality, optimize=True)
        if out.tell() <= MAX_BYTES:
            return out.getvalue()
    sys.exit(f"This drawing has too much detail for {MAX_BYTES} bytes.")


if __name__ == "__main__":
    main(sys.argv[1:])
