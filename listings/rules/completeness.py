"""Which facts of a listing are given, why buyers need the next one, and which a submission cannot do without."""

from collections.abc import Sequence
from dataclasses import dataclass

from core.errors import gettext_noop

STEPS = ("basics", "pictures", "delivery", "packing", "review")
PAGES = (*STEPS, "details", "variants", "documents", "texts")
"""The steps, and the pages beside them that a product may do without."""


@dataclass(frozen=True)
class Fact:
    """One fact that buyers look for, the page of the editor where it is given, and why they need it."""

    key: str
    label: str
    step: str
    why: str
    given: bool = False


FACTS = (
    Fact("title", gettext_noop("Name of the product"), "basics", gettext_noop("Buyers find it by the words in its name.")),
    Fact("description", gettext_noop("Description"), "basics", gettext_noop("It answers what buyers would ask first.")),
    Fact("category", gettext_noop("Category"), "basics", gettext_noop("Buyers who browse see only products with one.")),
    Fact("unit", gettext_noop("Unit it is sold by"), "basics", gettext_noop("Without it nobody can read a price.")),
    Fact("picture", gettext_noop("One picture or more"), "pictures", gettext_noop("A product without a picture cannot be sent.")),
    Fact("price", gettext_noop("Price, or price on request"), "pictures", gettext_noop("Buyers compare by price before they write.")),
    Fact("minimum_order", gettext_noop("Minimum order"), "pictures", gettext_noop("Buyers filter by it, and too small inquiries stay away.")),
    Fact("delivery_terms", gettext_noop("What the price includes"), "pictures", gettext_noop("A price means little without its Incoterm and place.")),
    Fact("origin", gettext_noop("Country of origin"), "delivery", gettext_noop("Duties depend on it.")),
    Fact("hs_code", gettext_noop("HS code"), "delivery", gettext_noop("Buyers reckon duties and find requirements by it.")),
    Fact("lead_time", gettext_noop("Days until ready to ship"), "delivery", gettext_noop("Buyers plan by it and filter by it.")),
    Fact("packing", gettext_noop("Packing and weights"), "packing", gettext_noop("Freight is reckoned from it.")),
)  # fmt: skip
"""What every product is asked for; the ranking counts these."""
MORE = (
    Fact("pictures", gettext_noop("Three pictures or more"), "pictures", gettext_noop("Buyers want the goods, the package and a detail.")),
    Fact("attributes", gettext_noop("What buyers of such goods ask"), "details", gettext_noop("Each answer saves a message, and buyers compare by them.")),
    Fact("availability", gettext_noop("How much, and when"), "details", gettext_noop("Importers plan a season ahead.")),
    Fact("documents", gettext_noop("A specification or laboratory report"), "documents", gettext_noop("Quality managers decide by papers.")),
    Fact("texts", gettext_noop("A second language"), "texts", gettext_noop("Buyers search in their own language.")),
)  # fmt: skip
"""What makes a good product page better."""
NEEDED = ("title", "category", "unit", "picture", "origin")
"""What a submission needs; everything else may be missing and is then shown as missing."""


def list_facts(given: frozenset[str]) -> list[Fact]:
    """Every fact in the editor's order, with whether it is given."""
    return [Fact(one.key, one.label, one.step, one.why, one.key in given) for one in (*FACTS, *MORE)]


def find_next(facts: Sequence[Fact]) -> Fact | None:
    """The fact to give next: what a submission needs comes first, then the order of the list."""
    missing = [fact for fact in facts if not fact.given]
    return min(missing, key=lambda fact: fact.key not in NEEDED, default=None)


def missing_for_submission(given: frozenset[str]) -> tuple[str, ...]:
    """The keys of needed facts that are not given; empty when the listing may be sent."""
    return tuple(key for key in NEEDED if key not in given)
