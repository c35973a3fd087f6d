"""Cards of listings: drawn once for each state of a listing, language and width, then kept."""

from dataclasses import replace

from django import template
from django.template.loader import render_to_string
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from core.kept import Kept
from listings.selectors.cards import Card

register = template.Library()
TITLE_PLACE = "\ue000"
"""Where the name goes: its marked words change with each search, the rest of the card does not."""
_drawn: Kept[str] = Kept(most=4000)


@register.simple_tag
def product_card(card: Card, *, eager: bool = False, compare: bool = False) -> SafeString:
    """A card as HTML; `eager` loads its picture at once, `compare` adds the box of the form that compares."""
    key = (replace(card, title_parts=()), get_language(), eager, compare)
    values = {"card": card, "eager": eager, "can_compare": compare, "can_save": True, "title": TITLE_PLACE}
    drawn = _drawn.remember(key, lambda: render_to_string("components/card.html", values))
    return SafeString(drawn.replace(TITLE_PLACE, _write_title(card)))


def _write_title(card: Card) -> str:
    if not card.title_parts:
        return escape(card.title)
    parts = (format_html("<mark>{}</mark>", part.text) if part.is_marked else part.text for part in card.title_parts)
    return format_html_join("", "{}", ((part,) for part in parts))
