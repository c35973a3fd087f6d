"""Which facts of a listing are given, and which a submission cannot do without."""

from dataclasses import dataclass

from core.errors import gettext_noop

STEPS = ("basics", "pictures", "delivery", "packing", "review")


@dataclass(frozen=True)
class Fact:
    """One fact that buyers look for, and the step of the editor where it is given."""

    key: str
    label: str
    given: bool
    step: str


FACTS: tuple[tuple[str, str, str], ...] = (
    ("title", gettext_noop("Name of the product"), "basics"),
    ("description", gettext_noop("Description"), "basics"),
    ("category", gettext_noop("Category"), "basics"),
    ("unit", gettext_noop("Unit it is sold by"), "basics"),
    ("picture", gettext_noop("One picture or more"), "pictures"),
    ("price", gettext_noop("Price, or price on request"), "pictures"),
    ("minimum_order", gettext_noop("Minimum order"), "pictures"),
    ("delivery_terms", gettext_noop("What the price includes"), "pictures"),
    ("origin", gettext_noop("Country of origin"), "delivery"),
    ("hs_code", gettext_noop("HS code"), "delivery"),
    ("lead_time", gettext_noop("Days until ready to ship"), "delivery"),
    ("packing", gettext_noop("Packing and weights"), "packing"),
)
NEEDED = ("title", "category", "unit", "picture", "origin")
"""What a submission needs; everything else may be missing and is then shown as missing."""


def list_facts(given: frozenset[str]) -> list[Fact]:
    """Every fact in the editor's order, with whether it is given."""
    return [Fact(key, label, key in given, step) for key, label, step in FACTS]


def missing_for_submission(given: frozenset[str]) -> tuple[str, ...]:
    """The keys of needed facts that are not given; empty when the listing may be sent."""
    return tuple(key for key in NEEDED if key not in given)
