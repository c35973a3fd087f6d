"""Markdown of officers as safe HTML: no markup of their own, plain links only, headings under the page's own h1."""

from urllib.parse import urlsplit

from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token

LINK_SCHEMES = frozenset({"", "http", "https", "mailto", "tel"})
DEEPEST = 6


def render_markdown(text: str) -> SafeString:
    """Headings, lists, emphasis, quotes, code and links. Pictures, tables and raw HTML stay the text that was typed."""
    tokens = _parser.parse(text)
    _fit_headings(tokens)
    for token in tokens:
        _mark_links(token.children or [])
    html: str = _parser.renderer.render(tokens, _parser.options, {})
    return mark_safe(html)  # noqa: S308  the parser escapes all HTML


def is_harmless(url: str) -> bool:
    """An address within the site, of the web, of a mailbox or a telephone; never a script."""
    try:
        parts = urlsplit(url)
    except ValueError:  # an address that not even urlsplit can take apart
        return False
    return parts.scheme.lower() in LINK_SCHEMES and not (url.startswith("//") or "\\" in url)


def _fit_headings(tokens: list[Token]) -> None:
    """The first level becomes h2, and no level is skipped on the way down."""
    depth = 1
    for token in tokens:
        if token.type == "heading_open":
            depth = min(int(token.tag[1]) + 1, depth + 1, DEEPEST)
        if token.type in {"heading_open", "heading_close"}:
            token.tag = f"h{depth}"


def _mark_links(tokens: list[Token]) -> None:
    for token in tokens:
        if token.type == "link_open" and urlsplit(str(token.attrGet("href"))).scheme in {"http", "https"}:
            token.attrSet("rel", "nofollow noopener")


def _make_parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False}).disable("image")
    parser.validateLink = is_harmless  # type: ignore[method-assign]  # the library's own way to restrict links
    return parser


_parser = _make_parser()
