"""What an exporter writes: a new product, and each step of the editor saved into the open revision."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from core.audit import record
from core.errors import NotAllowed
from listings.models import Listing, ListingRevision, PackageType, PriceBreak
from listings.rules.packing import PackageFacts
from listings.rules.prices import Break
from listings.selectors.drafts import list_breaks, list_packages
from listings.services.revisions import lock_listing, open_revision, require_version
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
    RevisionInReview, ListingArchived, NotAllowed, ListingNotFound.
    """
    return _save(member, listing_id, version, _pick(values, BASICS))


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
    return _save(member, listing_id, version, picked, breaks=tuple(breaks), alts=alts)


@transaction.atomic
def save_delivery(*, member: Member, listing_id: int, version: str, values: Mapping[str, Any]) -> ListingRevision:
    """Keep HS code with the edition that it is of, origin, lead time and sample. A code that an officer set stays."""
    picked = _pick(values, DELIVERY)
    if lock := Listing.objects.filter(pk=listing_id, company=member.company).values_list("hs_lock", flat=True).first():
        picked["hs_code"] = lock
    if "hs_code" in picked:
        picked["hs_edition"] = HS_EDITION if picked["hs_code"] else ""
    return _save(member, listing_id, version, picked)


@transaction.atomic
def save_packing(*, member: Member, listing_id: int, version: str, packages: Sequence[PackageFacts]) -> ListingRevision:
    """Keep the list of package types, in the order given."""
    return _save(member, listing_id, version, {}, packages=tuple(packages))


def _pick(values: Mapping[str, Any], names: Sequence[str]) -> dict[str, Any]:
    return {name: values[name] for name in names if name in values}


def _save(
    member: Member,
    listing_id: int,
    version: str,
    values: dict[str, Any],
    *,
    breaks: tuple[Break, ...] | None = None,
    packages: tuple[PackageFacts, ...] | None = None,
    alts: Mapping[str, str] | None = None,
) -> ListingRevision:
    listing = lock_listing(member=member, listing_id=listing_id)
    shown = require_version(listing=listing, version=version)
    if shown and not _differs(shown, values, breaks, packages, alts):
        return shown
    revision = open_revision(listing=listing, member=member)
    for name, value in values.items():
        setattr(revision, name, value)
    revision.edit_count += 1
    revision.updated_by = member.user
    revision.save(update_fields=[*values, "edit_count", "updated_by", "updated_at"])
    if breaks is not None:
        _write_breaks(revision, breaks)
    if packages is not None:
        _write_packages(revision, packages)
    if alts:
        _write_alts(revision, alts)
    return revision


def _differs(
    shown: ListingRevision,
    values: Mapping[str, Any],
    breaks: tuple[Break, ...] | None,
    packages: tuple[PackageFacts, ...] | None,
    alts: Mapping[str, str] | None,
) -> bool:
    if any(getattr(shown, name) != value for name, value in values.items()):
        return True
    if breaks is not None and breaks != list_breaks(revision=shown):
        return True
    if packages is not None and packages != list_packages(revision=shown):
        return True
    kept = {str(picture.upload_id): picture.alt for picture in shown.pictures.all()}
    return any(kept.get(upload_id, alt) != alt for upload_id, alt in (alts or {}).items())


def _write_alts(revision: ListingRevision, alts: Mapping[str, str]) -> None:
    for picture in revision.pictures.all():
        picture.alt = alts.get(str(picture.upload_id), picture.alt)
        picture.save(update_fields=["alt"])


def _write_breaks(revision: ListingRevision, breaks: Sequence[Break]) -> None:
    revision.price_breaks.all().delete()
    PriceBreak.objects.bulk_create(
        PriceBreak(revision=revision, minimum_quantity=row.quantity, unit_price=row.price) for row in breaks
    )


def _write_packages(revision: ListingRevision, packages: Sequence[PackageFacts]) -> None:
    revision.package_types.all().delete()
    PackageType.objects.bulk_create(
        PackageType(
            revision=revision,
            position=position,
            kind=facts.kind,
            contents=facts.contents,
            net_weight_g=facts.net_weight_g,
            gross_weight_g=facts.gross_weight_g,
            length_mm=facts.length_mm,
            width_mm=facts.width_mm,
            height_mm=facts.height_mm,
            diameter_mm=facts.diameter_mm,
        )
        for position, facts in enumerate(packages, start=1)
    )
