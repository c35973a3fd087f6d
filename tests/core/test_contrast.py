"""Every pair of colours that the stylesheet puts together can be read, light and dark."""

import re
from pathlib import Path

import pytest

CSS = (Path(__file__).parents[2] / "static" / "lateen.css").read_text()
TEXT, SHAPE = 4.5, 3.0
PAIRS = [
    ("ink", "paper", TEXT), ("ink", "ground", TEXT), ("ink", "sail-tint", TEXT), ("ink", "sunk", TEXT),
    ("ink", "brand-tint", TEXT), ("ink", "ok-tint", TEXT), ("ink", "warn-tint", TEXT), ("ink", "bad-tint", TEXT),
    ("ink", "info-tint", TEXT), ("ink-2", "paper", TEXT), ("ink-2", "ground", TEXT), ("ink-2", "sunk", TEXT),
    ("ink-3", "paper", TEXT), ("ink-3", "ground", TEXT), ("ink-3", "sunk", TEXT),
    ("brand-ink", "paper", TEXT), ("brand-ink", "ground", TEXT), ("brand-ink", "sunk", TEXT), ("brand-ink", "brand-tint", TEXT),
    ("on-brand", "brand", TEXT), ("on-brand", "brand-hover", TEXT), ("on-sail", "sail", TEXT), ("on-sail", "sail-hover", TEXT),
    ("on-deep", "deep", TEXT), ("on-deep-2", "deep", TEXT), ("on-deep", "deep-2", TEXT),
    ("ok", "ok-tint", TEXT), ("warn", "warn-tint", TEXT), ("bad", "bad-tint", TEXT), ("info", "info-tint", TEXT),
    ("bad", "paper", TEXT), ("ok", "paper", TEXT), ("paper", "ink", TEXT),
    ("line-strong", "paper", SHAPE), ("line-strong", "ground", SHAPE), ("brand", "paper", SHAPE), ("focus", "paper", SHAPE),
    ("plot-1", "paper", SHAPE), ("plot-2", "paper", SHAPE), ("plot-3", "paper", SHAPE), ("sail", "deep", SHAPE),
]  # fmt: skip


def read_tokens(block):
    return dict(re.findall(r"--([\w-]+):(#[0-9A-Fa-f]{6})", block))


LIGHT = read_tokens(CSS[CSS.index(":root{") : CSS.index("/* type:")])
DARK = {**LIGHT, **read_tokens(CSS[CSS.index(':root[data-theme="dark"]{') : CSS.index("@layer reset{")])}


def measure_luminance(colour):
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def measure_contrast(one, other):
    dark, light = sorted((measure_luminance(one), measure_luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_black_on_white_measures_21():
    assert round(measure_contrast("#000000", "#FFFFFF"), 2) == 21


@pytest.mark.parametrize(("front", "back", "least"), PAIRS)
@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_a_pair_of_colours_can_be_read(theme, front, back, least):
    assert measure_contrast(theme[front], theme[back]) >= least


def test_the_dark_theme_is_the_same_by_preference_and_by_choice():
    preferred = CSS[CSS.index("@media (prefers-color-scheme:dark)") : CSS.index(':root[data-theme="dark"]{')]
    assert read_tokens(preferred) == read_tokens(
        CSS[CSS.index(':root[data-theme="dark"]{') : CSS.index("@layer reset{")]
    )


@pytest.mark.parametrize("name", ["gap-1", "mt-4", "min-15", "page-wide"])
def test_the_spacing_words_that_replace_inline_styles_exist(name):
    assert f".{name}{{" in CSS
