"""Tell the search index that a listing changed, in the transaction that changes it."""

from listings.models import Listing, SearchChange


def note_change(*, listing_id: int) -> None:
    """Write a change row; the indexer reads it once the transaction is committed."""
    SearchChange.objects.create(listing_id=listing_id, transaction_id=SearchChange.read_transaction_id())


def note_company_change(*, company_id: int) -> None:
    """A firm's name, place or verification changed: index all its listings again. Fills storefronts' change hook."""
    transaction_id = SearchChange.read_transaction_id()
    ids = Listing.objects.filter(company_id=company_id).exclude(live_revision=None).values_list("id", flat=True)
    SearchChange.objects.bulk_create(
        [SearchChange(listing_id=listing_id, transaction_id=transaction_id) for listing_id in ids]
    )
