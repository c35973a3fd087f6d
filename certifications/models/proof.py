"""Proofs that outlive the site: signed credentials, the public halves of the keys, and the dated status list."""

import uuid

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from certifications.models.certificate import Certificate


class SigningKey(models.Model):
    """The public half of a key that signs, or signed, credentials; the private half is a file that only workers read."""

    key_id = models.CharField(max_length=60, unique=True, help_text=_("RFC 7638 thumbprint: the fingerprint in print."))
    public_jwk = models.JSONField()
    is_current = models.BooleanField(default=True)
    created_at = models.DateTimeField(db_default=Now())
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["is_current"], condition=Q(is_current=True), name="one_key_signs"),
            models.CheckConstraint(
                condition=Q(is_current=True, retired_at=None) | Q(is_current=False, retired_at__isnull=False),
                name="a_retired_key_signs_no_more",
            ),
        ]

    def __str__(self) -> str:
        return self.key_id


class Credential(models.Model):
    """What the agency attests of one verified certificate: that it was checked, in which way, on which day."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    certificate = models.ForeignKey(Certificate, on_delete=models.PROTECT, related_name="credentials")
    key = models.ForeignKey(SigningKey, on_delete=models.PROTECT, related_name="credentials")
    status_index = models.PositiveIntegerField(unique=True, help_text=_("Its bit in the status list, drawn at random."))
    jwt = models.TextField()
    verified_at = models.DateTimeField(help_text=_("The check that it attests."))
    issued_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-issued_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["certificate"], condition=Q(revoked_at=None), name="one_standing_credential_per_certificate"
            )
        ]

    def __str__(self) -> str:
        return str(self.id)


class StatusList(models.Model):
    """The signed bitstring status list as it was at one time; the newest is served."""

    jwt = models.TextField()
    issued_at = models.DateTimeField()

    class Meta:
        ordering = ["-issued_at", "-id"]

    def __str__(self) -> str:
        return str(self.issued_at)
