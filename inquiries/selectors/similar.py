"""Who else offers it: shown to a buyer whose inquiry was not answered in time, and to nobody else."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Case, F, IntegerField, Q, QuerySet, Value, When
from django.urls import reverse
from django.utils import timezone

from inquiries.models import Absence, Inquiry
from listings.models import Listing
from listings.selectors.cards import Card, list_cards
from reference.models import Category

SHOWN = 3
LOOKED_AT = 60


@dataclass(frozen=True)
class SimilarExporter:
    """A card of the exporter's product, and where the same question can be put to them."""

    card: Card
    ask_url: str


def list_similar_exporters(*, inquiry: Inquiry, user: Any, language: str) -> list[SimilarExporter]:
    """At most three other public exporters with a product of the same category, then of its branch; the quickest to answer first.

    Who is away today is left out; one product for each exporter. Six queries at most.
    """
    near, same = _find_categories(inquiry)
    if near is None:
        return []
    today = timezone.localdate()
    away = Absence.objects.filter(first_day__lte=today, back_on__gt=today).values("company")
    found = (
        Listing.objects.live().filter(near).exclude(company_id=inquiry.company_id).exclude(company__in=away)
        .order_by(same, F("company__reply_record__median_minutes").asc(nulls_last=True), "-first_live_at", "pk")
    )  # fmt: skip
    first_of: dict[int, int] = {}
    for listing_id, company_id in found.values_list("pk", "company_id")[:LOOKED_AT]:
        first_of.setdefault(company_id, listing_id)
    chosen = {listing_id: company_id for company_id, listing_id in list(first_of.items())[:SHOWN]}
    return [
        SimilarExporter(card, f"{reverse('inquiries:ask', args=[chosen[card.id]])}?listing={card.id}&from={inquiry.pk}")
        for card in list_cards(ids=list(chosen), user=user, language=language)
    ]


def _find_categories(inquiry: Inquiry) -> tuple[Q | None, Case]:
    """The condition for products that are near, and the order that puts the very same category first."""
    about = Listing.objects.filter(pk=inquiry.listing_id) if inquiry.listing_id else _live_of(inquiry)
    ids = set(about.exclude(live_revision=None).values_list("live_revision__category", flat=True)) - {None}
    branches = {category.parent_id or category.pk for category in Category.objects.filter(pk__in=ids)}
    same = Case(When(live_revision__category__in=ids, then=Value(0)), default=Value(1), output_field=IntegerField())
    if not ids:
        return None, same
    return Q(live_revision__category__in=branches) | Q(live_revision__category__parent__in=branches), same


def _live_of(inquiry: Inquiry) -> QuerySet[Listing]:
    return Listing.objects.live().filter(company_id=inquiry.company_id)
