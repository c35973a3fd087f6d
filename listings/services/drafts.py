"""What an exporter writes: a new product, and each step of the editor saved into the open revision."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from core.audit import record
from core.errors import NotAllowed
from listings.exceptions import LanguageTaken
from listings.models import Listing, ListingRevision
from listings.rules.packing import PackageFacts
from listings.rules.prices import Break
from listings.services.content import save_content
from listings.services.numbers import require_own_numbers
from reference.selectors import HS_EDITION
from storefronts.choices import CompanyState
from storefronts.exceptions import CompanyIsSuspended
from storefronts.models import Member

ONE_MINUTE = timedelta(minutes=1)
BASICS = ("title", "summary", "description", "language", "category", "unit")
OFFER = ("unit", "currency", "price_visibility", "minimum_order", "incoterm", "incoterm_place")
DELIVERY = (
    "hs_code", "hs_ask_agency", "article_number", "gtin", "origin_country", "origin_region", "lead_time_days",
    "sample_offered", "sample_price", "sample_days", "sample_size",
)  # fmt: skip
PACKING = ("is_dangerous", "un_number")


@transaction.atomic
def create_listing(*, member: Member, values: Mapping[str, Any]) -> Listing:
    """Begin a product with its first draft; `values` are the clean fields of the first step (BASICS). Owners and editors may.

    The same words from the same person within a minute are a second click: the first product is the answer.
    """
    if not member.can_edit:
        raise NotAllowed
    if member.company.state == CompanyState.SUSPENDED:
        raise CompanyIsSuspended
    Member.objects.select_for_update().get(pk=member.pk)
    words = {"number": 1, "edit_count": 1, "updated_by": member.user, **_pick(values, BASICS)}
    just_now = ListingRevision.objects.filter(
        listing__company=member.company, updated_at__gt=timezone.now() - ONE_MINUTE
    )
    if again := just_now.filter(**words).first():
        return again.listing
    listing = Listing.objects.create(company=member.company)
    ListingRevision.objects.create(listing=listing, **words)
    record("listings.created", subject=listing, actor=member.user, fields=["state"])
    return listing


@transaction.atomic
def save_basics(*, member: Member, listing_id: int, version: str, values: Mapping[str, Any]) -> ListingRevision:
    """Keep name, texts, category and unit. `version` is what the page was based on.

    As every save: opens a revision where none is open, unless nothing differs; raises StaleEdit when somebody saved in between,
    RevisionInReview, ListingArchived, NotAllowed, ListingNotFound; here also LanguageTaken.
    """
    picked = _pick(values, BASICS)
    revision = save_content(member=member, listing_id=listing_id, version=version, values=picked)
    if revision.texts.filter(language=revision.language).exists():
        raise LanguageTaken
    return revision


@transaction.atomic
def save_offer(
    *,
    member: Member,
    listing_id: int,
    version: str,
    values: Mapping[str, Any],
    breaks: Sequence[Break],
    alts: Mapping[str, str] | None = None,
) -> ListingRevision:
    """Keep currency, terms, who sees the price, the price breaks (already checked), and what the pictures show (upload id to words)."""
    picked = _pick(values, OFFER)
    if breaks and picked.get("minimum_order") is None:
        picked["minimum_order"] = breaks[0].quantity
    parts = {"breaks": tuple(breaks), "alts": alts or {}}
    return save_content(member=member, listing_id=listing_id, version=version, values=picked, parts=parts)


@transaction.atomic
def save_delivery(*, member: Member, listing_id: int, version: str, values: Mapping[str, Any]) -> ListingRevision:
    """Keep HS code with the edition that it is of, numbers, origin, lead time and sample. A code that an officer set stays.

    Raises what every save raises, and ArticleNumberTaken.
    """
    picked = _pick(values, DELIVERY)
    if lock := Listing.objects.filter(pk=listing_id, company=member.company).values_list("hs_lock", flat=True).first():
        picked["hs_code"] = lock
    if "hs_code" in picked:
        picked["hs_edition"] = HS_EDITION if picked["hs_code"] else ""
    revision = save_content(member=member, listing_id=listing_id, version=version, values=picked)
    require_own_numbers(revision=revision, company_id=member.company_id)
    return revision


@transaction.atomic
def save_packing(
    *,
    member: Member,
    listing_id: int,
    version: str,
    packages: Sequence[PackageFacts],
    values: Mapping[str, Any] | None = None,
) -> ListingRevision:
    """Keep the list of package types, in the order given, and whether these are dangerous goods, with their UN number."""
    return save_content(
        member=member, listing_id=listing_id, version=version, values=_pick(values or {}, PACKING), parts={"packages": tuple(packages)}
    )  # fmt: skip


def _pick(values: Mapping[str, Any], names: Sequence[str]) -> dict[str, Any]:
    return {name: values[name] for name in names if name in values}
