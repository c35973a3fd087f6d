"""Up to four products side by side: what differs first."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core.money import Money, format_money
from listings.models import Listing, ListingRevision
from listings.rules.visibility import Reader, find_price_access, may_see_price
from listings.selectors.cards import Card, get_reader, list_cards, name_place
from listings.selectors.editor import describe_hs_code, describe_packages, describe_terms
from listings.selectors.words import explain_hidden_price, format_days, format_price_range, format_quantity, format_unit
from reference.selectors import get_country_name
from storefronts.models import Company

MOST = 4


@dataclass(frozen=True)
class Column:
    """A product with the address of the same page without it."""

    card: Card
    without_url: str


@dataclass(frozen=True)
class Line:
    """One fact of all products, in the order of the columns; `differs` when they are not all the same."""

    label: str
    values: tuple[str, ...]
    differs: bool


@dataclass(frozen=True)
class Comparison:
    """What the page shows; `gone` were asked for and are not offered, `left_out` were too many."""

    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    gone: int = 0
    left_out: int = 0


def compare_products(*, ids: Sequence[int], user: Any, language: str) -> Comparison:
    """Compare the live listings among the first four ids, in a fixed number of queries."""
    wanted = list(dict.fromkeys(ids))
    cards = list_cards(ids=wanted[:MOST], user=user, language=language)
    shown = [card.id for card in cards]
    rows = Listing.objects.filter(pk__in=shown).select_related("company", "live_revision__category__parent")
    found = {
        listing.pk: listing
        for listing in rows.prefetch_related(
            "live_revision__price_breaks", "live_revision__package_types", "live_revision__variants__prices"
        )
    }
    reader = get_reader(user=user)
    told = [_describe(found[card.id], found[card.id].live_revision, card, reader) for card in cards]
    lines = [_make_line(number, told) for number in range(len(told[0]))] if told else []
    return Comparison(
        columns=tuple(Column(card, _address([pk for pk in shown if pk != card.id])) for card in cards),
        lines=tuple(sorted((line for line in lines if any(line.values)), key=lambda line: not line.differs)),
        gone=len(wanted[:MOST]) - len(shown),
        left_out=max(0, len(wanted) - MOST),
    )


def _address(ids: Sequence[int]) -> str:
    query = "&".join(f"p={pk}" for pk in ids)
    return f"{reverse('catalogue:compare')}?{query}" if query else reverse("catalogue:compare")


def _make_line(number: int, told: Sequence[list[tuple[str, str]]]) -> Line:
    values = tuple(facts[number][1] for facts in told)
    return Line(told[0][number][0], values, len(set(values)) > 1)


def _describe(listing: Listing, revision: ListingRevision | None, card: Card, reader: Reader) -> list[tuple[str, str]]:
    """Every fact of one product as words, in the same order for all."""
    if revision is None:
        return []
    language, company = get_language() or "en", listing.company
    country: Callable[[str], str] = lambda code: get_country_name(code=code, language=language) if code else ""  # noqa: E731
    days = revision.lead_time_days
    return [
        (_("Price"), _describe_prices(listing, revision, reader, language)),
        (
            _("Minimum order"),
            format_quantity(number=revision.minimum_order, unit=revision.unit) if revision.minimum_order else "",
        ),
        (_("Sold by the"), format_unit(unit=revision.unit)),
        (_("Price includes"), describe_terms(revision=revision)),
        (_("Ready to ship in"), format_days(days=days) if days is not None else ""),
        (_("Samples"), _("Sends samples") if revision.sample_offered else _("No samples")),
        (
            _("Certificates and papers"),
            "\n".join((*card.seals, *(tag for tag in card.tags if tag != _("Sample available")))),
        ),
        (_("Packing"), "\n".join(describe_packages(revision=revision))),
        (_("HS code"), describe_hs_code(revision=revision)),
        (_("Category"), revision.category.label if revision.category else ""),
        (_("Origin"), country(revision.origin_country)),
        (_("Exporter"), company.legal_name),
        (_("Place"), name_place(company=company, language=language)),
        (_("Kind of exporter"), str(company.get_kind_display())),
        (_("Exporting since"), _describe_since(company)),
    ]


def _describe_since(company: Company) -> str:
    return str(company.exporting_since or "")


def _describe_prices(listing: Listing, revision: ListingRevision, reader: Reader, language: str) -> str:
    visibility, company_id = listing.price_visibility_of(revision), listing.company_id
    if not may_see_price(visibility=visibility, company_id=company_id, reader=reader):
        return explain_hidden_price(
            access=find_price_access(visibility=visibility, company_id=company_id, reader=reader)
        )
    if not revision.price_breaks.all():
        return format_price_range(amounts=revision.list_amounts(), currency=revision.currency, language=language)
    return "\n".join(
        _("%(price)s from %(quantity)s")
        % {
            "price": format_money(Money(row.unit_price, revision.currency), language=language),
            "quantity": format_quantity(number=row.minimum_quantity, unit=revision.unit),
        }
        for row in revision.price_breaks.all()
    )
