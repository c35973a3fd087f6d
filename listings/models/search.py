"""What the search index has still to learn, written in the transaction that changed it."""

from django.db import models
from django.db.models.functions import Now


class SearchChange(models.Model):
    """One listing to index again. On PostgreSQL `transaction_id` is pg_current_xact_id(), on SQLite 0.

    A tailer reads only rows of transactions below the oldest running one: an id is given before its commit, so "id > last"
    alone would lose a late commit.
    """

    listing_id = models.BigIntegerField()
    transaction_id = models.BigIntegerField(default=0)
    changed_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["transaction_id", "id"], name="search_change_order")]

    def __str__(self) -> str:
        return f"{self.id}: listing {self.listing_id}"
