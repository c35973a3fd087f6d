"""What the search index has still to learn, written in the transaction that changed it."""

from typing import Any, Self

from django.db import connection, models
from django.db.models import Func, Q
from django.db.models.functions import Now


class OldestRunningTransaction(Func):
    """PostgreSQL: transactions below this number are all finished."""

    template = "pg_snapshot_xmin(pg_current_snapshot())::text::bigint"
    output_field = models.BigIntegerField()


class SearchChangeQuerySet(models.QuerySet["SearchChange"]):
    def settled(self) -> Self:
        """Rows that no transaction still running can get in front of, in the order in which they are read.

        SQLite has one writer at a time: there every row that can be read is settled.
        """
        rows = self.order_by("transaction_id", "id")
        if connection.vendor != "postgresql":
            return rows
        return rows.filter(transaction_id__lt=OldestRunningTransaction())

    def after(self, *, transaction_id: int, change_id: int) -> Self:
        """Rows behind a position of the index."""
        return self.filter(Q(transaction_id__gt=transaction_id) | Q(transaction_id=transaction_id, id__gt=change_id))


class SearchChange(models.Model):
    """One listing to index again. On PostgreSQL `transaction_id` is pg_current_xact_id(), on SQLite 0.

    A tailer reads only rows of transactions below the oldest running one: an id is given before its commit, so "id > last"
    alone would lose a late commit.
    """

    listing_id = models.BigIntegerField()
    transaction_id = models.BigIntegerField(default=0)
    changed_at = models.DateTimeField(db_default=Now())

    objects = SearchChangeQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["transaction_id", "id"], name="search_change_order")]

    def __str__(self) -> str:
        return f"{self.id}: listing {self.listing_id}"

    @staticmethod
    def read_next_transaction_id() -> int:
        """What no transaction of this database has reached yet; 1 on SQLite."""
        if connection.vendor != "postgresql":
            return 1
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint")
            row: Any = cursor.fetchone()
        return int(row[0])

    @staticmethod
    def read_transaction_id() -> int:
        """The caller's own transaction: PostgreSQL's 64-bit number, 0 on SQLite."""
        if connection.vendor != "postgresql":
            return 0
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_current_xact_id()::text::bigint")
            row: Any = cursor.fetchone()
        return int(row[0])
