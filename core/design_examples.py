"""Example context for the components page: one believable thing of each kind, no database."""

from typing import Any

from django import forms
from django.core.paginator import Paginator

from core.plots import draw_bars, draw_line

TOKENS = [
    *("ground", "paper", "sunk", "line", "line-strong", "ink", "ink-2", "ink-3", "brand", "brand-hover", "brand-tint"),
    *("sail", "sail-tint", "deep", "deep-2", "ok", "warn", "bad", "info"),
]


class ExampleForm(forms.Form):
    """One field of each layout; filled so that two of them are wrong."""

    title = forms.CharField(label="Name of the product", help_text="What a buyer would type to find it.", max_length=80)
    price = forms.DecimalField(label="Price each", min_value=0, required=False)
    password = forms.CharField(label="Password", widget=forms.PasswordInput, required=False)
    description = forms.CharField(label="Description", widget=forms.Textarea(attrs={"rows": 3}), required=False)
    unit = forms.ChoiceField(label="Sold by the", choices=[("kg", "kilogram"), ("piece", "piece")])
    sample = forms.BooleanField(label="We send samples", help_text="Buyers can filter by this.", required=False)
    visibility = forms.ChoiceField(
        label="Who sees the price",
        choices=[("public", "Everybody"), ("request", "On request")],
        widget=forms.RadioSelect,
    )


CARD = {
    "url": "#", "title": "Washed Arabica green coffee, Volta Highlands", "price": "$5.40", "unit": "kg",
    "moq": "60 kg", "lead_time": "18 days", "company": "Adanu Growers Union", "place": "Ho, Ghana", "tags": ["Cooperative"],
}  # fmt: skip
ROWS: list[dict[str, Any]] = [
    {"label": "Title", "before": "Roasted coffee, 1 kg", "after": "Roasted robusta blend, 1 kg", "kind": "text"},
    {"label": "Price from 48 bags", "before": "$8.10", "after": "$9.00", "kind": "number", "note": "+11%"},
    {"label": "Sample", "before": "", "after": "$18, sent in 3 days", "kind": "added"},
]
SHOTS = [
    {"id": 1, "name": "bags-front.jpg", "state": "ready", "position": 1, "first": True},
    {"id": 2, "name": "warehouse.jpg", "state": "processing", "position": 2},
    {"id": 3, "name": "back-label.jpg", "state": "sent", "position": 3},
    {"id": 4, "name": "drying-beds.heic", "state": "failed", "position": 4, "last": True, "reason": "The file is cut short."},
]  # fmt: skip
FACET = {
    "name": "moq", "label": "Minimum order", "open": True,
    "values": [{"value": "50", "label": "Under 50 kg", "count": 37}, {"value": "500", "label": "Under 500 kg", "count": 1214, "checked": True}],
    "more": [{"value": "5000", "label": "Under 5 t", "count": 1301}],
}  # fmt: skip
WEEKS = {"ticks": ["7 Sep", "5 Oct", "26 Oct", "23 Nov"]}
PLOTS = [
    {**WEEKS, "title": "Views per week", "summary": "2,036 in all.", "line": draw_line([212, 236, 271, 334, 381, 402, 200]), "last": "200"},
    {
        **WEEKS, "title": "Inquiries per week", "summary": "14 in all.",
        "bars": [{"text": str(value), "height": height} for value, height in zip((2, 3, 5, 4), draw_bars((2, 3, 5, 4)), strict=True)],
    },
]  # fmt: skip
EXAMPLES: dict[str, object] = {
    "plots": PLOTS,
    "figures": {"headings": ["Views", "Inquiries"], "rows": [{"label": "16 Nov", "cells": [402, 5]}, {"label": "23 Nov", "cells": [200, 4], "note": "so far"}]},
    "tokens": TOKENS,
    "example": ExampleForm({"title": "", "price": "-1", "unit": "kg", "visibility": "public"}),
    "cards": [CARD, {**CARD, "price": "", "price_note": "Price on request", "tags": []}],
    "rows": ROWS,
    "shots": SHOTS,
    "facet": FACET,
    "price_range": {"label": "Price per kg", "open": True, "min_name": "from", "max_name": "to", "unit": "USD", "max_value": "14"},
    "chips": [{"label": "Under 500 kg", "url": "#"}, {"label": "Ghana", "url": "#"}],
    "page": Paginator(range(214), 24).page(4),
    "breaks": [
        {"quantity": "60 to 299 kg", "price": "$6.20"},
        {"quantity": "300 to 999 kg", "price": "$5.60", "current": True},
        {"quantity": "1,000 kg +", "price": "$5.40"},
    ],
    "steps": [
        {"label": "Basics", "url": "#", "state": "done"},
        {"label": "Pictures and price", "state": "current"},
        {"label": "Packing", "state": "todo"},
        {"label": "Review", "state": "todo"},
    ],
    "crumbs": [{"label": "Home", "url": "#"}, {"label": "Food and drink", "url": "#"}, {"label": "Green coffee"}],
    "kpis": [{"label": "Live products", "value": "11"}, {"label": "Waiting for review", "value": "2", "note": "since 9:40"}],
    "todos": [
        {"icon": "chat", "kind": "warn", "title": "Change “Roasted robusta”", "text": "The officer asks for the back label.", "url": "#", "button": "Open", "primary": True},
        {"icon": "image", "kind": "info", "title": "One picture could not be read", "text": "Everything else is live.", "url": "#", "button": "Send again"},
    ],
    "checks": [{"label": "Name and category", "done": True}, {"label": "Add a sample", "url": "#", "note": "buyers filter by it"}],
    "facts": [{"icon": "box", "label": "Minimum order", "value": "60 kg"}, {"icon": "clock", "label": "Ready to ship", "value": ""}],
    "spec": [{"label": "HS code", "value": "0901.11", "code": True}, {"label": "Packing", "value": "30 kg in jute"}, {"label": "Sample", "value": ""}],
    "seller": {"url": "#", "name": "Adanu Growers Union", "line": "Cooperative in Ho, Ghana"},
}  # fmt: skip
