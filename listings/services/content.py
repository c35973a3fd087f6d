"""How anything typed gets into the open revision: compared with what stands, then written, in one transaction."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from core.audit import record
from listings.models import (
    AttributeValue,
    ListingRevision,
    ListingText,
    PackageType,
    PriceBreak,
    Variant,
    VariantPrice,
)
from listings.rules.documents import DocumentFacts
from listings.rules.packing import PackageFacts
from listings.rules.prices import Break
from listings.rules.texts import TextFacts
from listings.rules.variants import VariantFacts
from listings.selectors.depth import list_documents, list_texts, list_values, list_variants, make_document_facts
from listings.selectors.drafts import list_breaks, list_packages
from listings.services.revisions import lock_listing, open_revision, require_version
from storefronts.models import Member


@dataclass(frozen=True)
class Part:
    """Rows of a revision: how they are read as plain values, and replaced by others."""

    read: Callable[[ListingRevision], Any]
    write: Callable[[ListingRevision, Any], None]


def save_content(
    *, member: Member, listing_id: int, version: str, values: Mapping[str, Any], parts: Mapping[str, Any] | None = None
) -> ListingRevision:
    """Keep fields and parts (by their names in PARTS) of the open revision; opens one unless nothing differs. Within a transaction.

    `version` is what the page was based on. Raises StaleEdit when somebody saved in between, RevisionInReview, ListingArchived,
    NotAllowed, ListingNotFound.
    """
    wanted = parts or {}
    listing = lock_listing(member=member, listing_id=listing_id)
    shown = require_version(listing=listing, version=version)
    changed = _list_changed(shown, values, wanted) if shown else [*values, *wanted]
    if shown and not changed:
        return shown
    revision = open_revision(listing=listing, member=member)
    for name, value in values.items():
        setattr(revision, name, value)
    touch(revision=revision, member=member, fields=tuple(values))
    for name, rows in wanted.items():
        PARTS[name].write(revision, rows)
    record("listings.saved", subject=revision, actor=member.user, fields=changed)
    return revision


def touch(*, revision: ListingRevision, member: Member, fields: Sequence[str] = ()) -> None:
    """Save these fields, and that this person has changed the revision: other pages that show it are then of an old version."""
    revision.edit_count += 1
    revision.updated_by = member.user
    revision.save(update_fields=[*fields, "edit_count", "updated_by", "updated_at"])


def _list_changed(shown: ListingRevision, values: Mapping[str, Any], parts: Mapping[str, Any]) -> list[str]:
    fields = [name for name, value in values.items() if getattr(shown, name) != value]
    return fields + [name for name, wanted in parts.items() if _part_differs(PARTS[name].read(shown), wanted)]


def _part_differs(stands: Any, wanted: Any) -> bool:
    """A mapping says only what it changes; a list says all."""
    if isinstance(wanted, Mapping):
        return any(stands.get(key) != value for key, value in wanted.items())
    return bool(stands != wanted)


def _write_breaks(revision: ListingRevision, breaks: Sequence[Break]) -> None:
    revision.price_breaks.all().delete()
    PriceBreak.objects.bulk_create(
        PriceBreak(revision=revision, minimum_quantity=row.quantity, unit_price=row.price) for row in breaks
    )


def _write_packages(revision: ListingRevision, packages: Sequence[PackageFacts]) -> None:
    revision.package_types.all().delete()
    PackageType.objects.bulk_create(
        PackageType(revision=revision, position=position, **vars(facts))
        for position, facts in enumerate(packages, start=1)
    )


def _read_alts(revision: ListingRevision) -> dict[str, str]:
    return {str(picture.upload_id): picture.alt for picture in revision.pictures.all()}


def _write_alts(revision: ListingRevision, alts: Mapping[str, str]) -> None:
    for picture in revision.pictures.all():
        picture.alt = alts.get(str(picture.upload_id), picture.alt)
        picture.save(update_fields=["alt"])


def _write_variants(revision: ListingRevision, variants: Sequence[VariantFacts]) -> None:
    revision.variants.all().delete()
    rows = Variant.objects.bulk_create(
        Variant(revision=revision, position=position, name=one.name, article_number=one.article_number, gtin=one.gtin)
        for position, one in enumerate(variants, start=1)
    )
    VariantPrice.objects.bulk_create(
        VariantPrice(variant=row, minimum_quantity=price.quantity, unit_price=price.price)
        for row, one in zip(rows, variants, strict=True)
        for price in one.prices
    )


def _write_values(revision: ListingRevision, values: Mapping[int, Any]) -> None:
    """By the attribute's id; None takes a value out. What is not named stays: it may belong to a category chosen before."""
    revision.attribute_values.filter(attribute__in=values).delete()
    AttributeValue.objects.bulk_create(
        AttributeValue(
            revision=revision,
            attribute_id=pk,
            number=None if isinstance(value, str) else value,
            text=value if isinstance(value, str) else "",
        )
        for pk, value in values.items()
        if value is not None
    )


def _write_texts(revision: ListingRevision, texts: Sequence[TextFacts]) -> None:
    revision.texts.all().delete()
    ListingText.objects.bulk_create(ListingText(revision=revision, **vars(text)) for text in texts)


def _write_documents(revision: ListingRevision, documents: Mapping[str, DocumentFacts]) -> None:
    """By the upload's id. What an officer has seen is seen no more once it says something else."""
    for row in revision.documents.all():
        wanted = documents.get(str(row.upload_id))
        if wanted is None:
            continue
        if not wanted.says_the_same(make_document_facts(document=row)):
            row.seen_at = row.seen_by = None
        for name, value in vars(wanted).items():
            setattr(row, name, value)
        row.save(update_fields=[*vars(wanted), "seen_at", "seen_by"])


PARTS = {
    "breaks": Part(lambda revision: list_breaks(revision=revision), _write_breaks),
    "packages": Part(lambda revision: list_packages(revision=revision), _write_packages),
    "alts": Part(_read_alts, _write_alts),
    "variants": Part(lambda revision: list_variants(revision=revision), _write_variants),
    "attributes": Part(lambda revision: list_values(revision=revision), _write_values),
    "texts": Part(lambda revision: list_texts(revision=revision), _write_texts),
    "documents": Part(lambda revision: list_documents(revision=revision), _write_documents),
}
