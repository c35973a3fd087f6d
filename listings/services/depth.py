"""What an exporter writes beyond the five steps: details, variants, texts in other languages."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from listings.exceptions import TextInSameLanguage
from listings.models import ListingRevision
from listings.rules.documents import DocumentFacts
from listings.rules.texts import TextFacts
from listings.rules.variants import VariantFacts
from listings.selectors.drafts import find_shown_revision
from listings.services.content import save_content
from listings.services.numbers import require_own_numbers
from listings.services.revisions import lock_listing
from storefronts.models import Member

DETAILS = (
    "private_label_offered", "private_label_minimum", "customisation_offered", "customisation_note", "shelf_life", "shelf_life_unit",
    "harvest_months", "stock", "yearly_capacity",
)  # fmt: skip


@transaction.atomic
def save_details(
    *,
    member: Member,
    listing_id: int,
    version: str,
    values: Mapping[str, Any],
    attributes: Mapping[int, Decimal | str | None],
) -> ListingRevision:
    """Keep what the goods can do (DETAILS) and the attributes by their ids, None where nothing is said. Raises what every save raises.

    A quantity in stock carries the day on which it was last changed.
    """
    kept = {name: values[name] for name in DETAILS if name in values}
    if "stock" in kept:
        shown = find_shown_revision(listing=lock_listing(member=member, listing_id=listing_id))
        is_same = shown is not None and shown.stock == kept["stock"]
        today = timezone.localdate() if kept["stock"] is not None else None
        kept["stock_on"] = shown.stock_on if shown and is_same else today
    return save_content(
        member=member, listing_id=listing_id, version=version, values=kept, parts={"attributes": attributes}
    )


@transaction.atomic
def save_variants(
    *, member: Member, listing_id: int, version: str, variants: Sequence[VariantFacts]
) -> ListingRevision:
    """Keep the list of variants, in the order given, already checked by `rules.variants`. Raises what every save raises, ArticleNumberTaken."""
    revision = save_content(
        member=member, listing_id=listing_id, version=version, values={}, parts={"variants": tuple(variants)}
    )
    require_own_numbers(revision=revision, company_id=member.company_id)
    return revision


@transaction.atomic
def save_texts(*, member: Member, listing_id: int, version: str, texts: Sequence[TextFacts]) -> ListingRevision:
    """Keep the texts in other languages, all of them; the approved ones stay until the next approval. Raises what every save raises,
    TextInSameLanguage."""
    ordered = tuple(sorted(texts, key=lambda text: text.language))
    revision = save_content(member=member, listing_id=listing_id, version=version, values={}, parts={"texts": ordered})
    if any(text.language == revision.language for text in texts):
        raise TextInSameLanguage
    return revision


@transaction.atomic
def save_documents(
    *, member: Member, listing_id: int, version: str, documents: Mapping[str, DocumentFacts]
) -> ListingRevision:
    """Keep what is said of each document, by its upload's id, already checked by `rules.documents`. Raises what every save raises."""
    return save_content(
        member=member, listing_id=listing_id, version=version, values={}, parts={"documents": documents}
    )
