"""A photograph of 12 megapixels that is always the same: light that falls off, surfaces of three grains, noise of a sensor."""

import io
import random

from PIL import Image

SIZE = (4000, 3000)
GRAINS = ((16, 0.35), (64, 0.25), (256, 0.15))
SENSOR = 0.1


def draw_photograph() -> bytes:
    """JPEG of quality 85, about 3 MB, as phones send it."""
    chance = random.Random(12)  # noqa: S311  the same picture every time
    tall, round_, wide = Image.linear_gradient("L"), Image.radial_gradient("L"), Image.linear_gradient("L").rotate(90)
    picture = Image.merge("RGB", [light.resize(SIZE) for light in (tall, round_, wide)])
    for grain, share in GRAINS:
        picture = Image.blend(picture, _noise(chance, (SIZE[0] // grain, SIZE[1] // grain)), share)
    small = _noise(chance, (1000, 750))
    fine = Image.new("RGB", SIZE)
    for place in range(16):
        fine.paste(small.rotate(180 * (place % 2)), (place % 4 * 1000, place // 4 * 750))
    target = io.BytesIO()
    Image.blend(picture, fine, SENSOR).save(target, "JPEG", quality=85)
    return target.getvalue()


def _noise(chance: random.Random, size: tuple[int, int]) -> Image.Image:
    grains = Image.frombytes("RGB", size, chance.randbytes(size[0] * size[1] * 3))
    return grains if size == (1000, 750) else grains.resize(SIZE, Image.Resampling.BICUBIC)


def draw_dot() -> bytes:
    """One pixel: what is left is the start of the child."""
    target = io.BytesIO()
    Image.new("RGB", (1, 1)).save(target, "JPEG")
    return target.getvalue()
