"""Snapshots: what a quotation's freight was counted from, byte for byte, for good."""

import hashlib
import json
import uuid
from typing import Any

from django.conf import settings
from django.db import models


class Snapshot(models.Model):
    """The lookup, its offers, the rates, versions and rules that were used, as one canonical JSON text with its SHA-256.

    The database refuses every change (triggers of migration 0004).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    company = models.ForeignKey("storefronts.Company", on_delete=models.PROTECT, related_name="+")
    body = models.TextField()
    sha256 = models.CharField(max_length=64)
    valid_until = models.DateField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return self.sha256

    @property
    def content(self) -> Any:
        """What it holds, parsed."""
        return json.loads(self.body)

    @property
    def is_intact(self) -> bool:
        """Its text is the one that was frozen."""
        return hashlib.sha256(self.body.encode()).hexdigest() == self.sha256
