"""What anybody would write with Pillow alone: `python -m bench.bare_pillow TIMES < picture` makes the same set and prints its CPU seconds.

Same sizes, formats, first qualities and effort as uploads.media; without limits, budgets, colour profiles, turns and hashes.
"""

import io
import json
import sys
import time

from PIL import Image

WIDTHS = (1200, 640, 320, 160)


def make_set(content: bytes) -> int:
    """Decode once, then a WebP and an AVIF of each size, each from the one before; the bytes made."""
    picture = Image.open(io.BytesIO(content))
    picture.draft("RGB", (WIDTHS[0], WIDTHS[0]))
    made = 0
    for width in WIDTHS:
        picture.thumbnail((width, 2 * width), Image.Resampling.LANCZOS)
        for kind, how in (
            ("WEBP", {"quality": 75, "method": 4}),
            ("AVIF", {"quality": 57, "speed": 8, "max_threads": 1}),
        ):
            target = io.BytesIO()
            picture.save(target, kind, **how)
            made += target.tell()
    return made


def main() -> int:
    """So many sets, one after the other."""
    content = sys.stdin.buffer.read()
    make_set(content)  # Pillow loads its plug-ins at the first picture
    times = int(sys.argv[1])
    began = time.process_time()
    for _ in range(times):
        make_set(content)
    sys.stdout.write(json.dumps({"cpu_s": (time.process_time() - began) / times}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
