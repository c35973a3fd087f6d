"""Tell the search index that a listing changed, in the transaction that changes it."""

from django.db import connection

from listings.models import SearchChange


def note_change(*, listing_id: int) -> None:
    """Write a change row; the indexer reads it once the transaction is committed."""
    SearchChange.objects.create(listing_id=listing_id, transaction_id=_transaction_id())


def _transaction_id() -> int:
    """PostgreSQL's 64-bit transaction id; 0 where the engine has one writer at a time (SQLite)."""
    if connection.vendor != "postgresql":
        return 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_xact_id()::text::bigint")
        row = cursor.fetchone()
    return int(row[0]) if row else 0
