"""What officers write in Markdown comes out safe, and with headings that fit under the page's own."""

import pytest

from core.markdown import render_markdown


@pytest.mark.parametrize(
    "typed",
    [
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))",
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
        "[x](vbscript:x)",
        "[x](//evil.example/)",
        "<javascript:alert(1)>",
    ],
)
def test_a_harmful_link_stays_text(typed):
    html = render_markdown(typed)
    assert "<a" not in html


def test_a_picture_is_at_most_a_link():
    assert "<img" not in render_markdown("![x](https://elsewhere.example/x.png)")


def test_a_backslash_does_not_lead_to_another_host():
    assert 'href="/%5Celsewhere.example"' in render_markdown(r"[x](/\\elsewhere.example)")


@pytest.mark.parametrize("typed", ["<script>alert(1)</script>", "a <b onclick=x>b</b>", "<style>*{}</style>"])
def test_html_is_shown_as_typed(typed):
    html = render_markdown(typed)
    assert ("<script" in html, "<b " in html, "<style" in html) == (False, False, False)
    assert "&lt;" in html


@pytest.mark.parametrize(
    ("typed", "html"),
    [
        ("[us](https://agency.example/)", '<a href="https://agency.example/" rel="nofollow noopener">us</a>'),
        ("[help](/help/)", '<a href="/help/">help</a>'),
        ("[write](mailto:a@agency.example)", '<a href="mailto:a@agency.example">write</a>'),
        ("**b** and *i*", "<strong>b</strong> and <em>i</em>"),
    ],
)
def test_plain_links_and_emphasis_are_kept(typed, html):
    assert html in render_markdown(typed)


def test_headings_begin_at_h2_and_skip_no_level():
    html = render_markdown("### A\n\n# B\n\n#### C\n\n## D")
    assert [line for line in html.splitlines() if line] == ["<h2>A</h2>", "<h2>B</h2>", "<h3>C</h3>", "<h3>D</h3>"]


def test_no_style_attribute_can_be_made():
    assert "style" not in render_markdown("| a |\n|:-:|\n| b |")
