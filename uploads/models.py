"""Files, their renditions, and files that are still on their way."""

import uuid
from datetime import datetime
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q, Sum
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from uploads.choices import Format, Kind, TextSource, UploadState


class UploadQuerySet(models.QuerySet["Upload"]):
    """Many-file questions."""


class Upload(models.Model):
    """One file as it was sent. It waits in quarantine until a worker has read it; then a picture lives on as renditions, a
    document byte for byte under the hash of its bytes."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.PICTURE, db_default=Kind.PICTURE)
    profile = models.CharField(max_length=40, help_text=_("What it is for; see uploads.registry."))
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="uploads"
    )
    name = models.CharField(max_length=200)
    byte_size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64, db_index=True)
    content_type = models.CharField(max_length=40)
    quarantine = models.CharField(
        max_length=200, blank=True, help_text=_("Where the original waits; empty once it is gone.")
    )
    state = models.CharField(max_length=10, choices=UploadState, default=UploadState.SENT)
    failure = models.CharField(
        max_length=300,
        blank=True,
        help_text=_("Why it failed, in words for the sender (English, translated on the page)."),
    )
    width = models.PositiveIntegerField(null=True, blank=True)
    height = models.PositiveIntegerField(null=True, blank=True)
    pages = models.PositiveIntegerField(null=True, blank=True)
    placeholder = models.CharField(max_length=60, blank=True, help_text=_("Thumbhash, base64."))
    placeholder_color = models.CharField(max_length=7, blank=True)
    text = models.TextField(blank=True, help_text=_("The words that could be read in the file."))
    text_source = models.CharField(max_length=5, choices=TextSource, blank=True)
    speaks_of_payment = models.BooleanField(
        default=False,
        db_default=False,
        help_text=_("Its words hold an account, or say that one is new; found once, by the worker."),
    )
    difference_hash = models.CharField(max_length=16, blank=True, db_index=True, help_text=_("64 bits, hexadecimal."))
    is_public = models.BooleanField(default=False)
    created_at = models.DateTimeField(db_default=Now())
    ready_at = models.DateTimeField(null=True, blank=True)

    objects = UploadQuerySet.as_manager()

    class Meta:
        ordering = ["created_at"]
        constraints = [
            models.CheckConstraint(condition=~Q(state="failed") | ~Q(failure=""), name="a_failure_has_a_reason"),
            models.CheckConstraint(
                condition=~Q(state="ready")
                | Q(kind="picture", width__isnull=False)
                | Q(kind="document", pages__isnull=False),
                name="a_ready_file_has_a_size_or_pages",
            ),
            models.CheckConstraint(
                condition=~Q(kind="document") | Q(is_public=False), name="a_document_is_never_public"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_settled(self) -> bool:
        """Ready and shown to everybody: its renditions will not change any more."""
        return self.is_public and self.state == UploadState.READY


class Rendition(models.Model):
    """One size and format of a picture, or of a document's page, stored under the hash of its bytes."""

    upload = models.ForeignKey(Upload, on_delete=models.CASCADE, related_name="renditions")
    format = models.CharField(max_length=4, choices=Format)
    page = models.PositiveSmallIntegerField(default=0, db_default=0, help_text=_("Of a document; 0 for a picture."))
    label = models.PositiveSmallIntegerField(help_text=_("The nominal width, such as 320 or 1200."))
    width = models.PositiveSmallIntegerField()
    height = models.PositiveSmallIntegerField()
    byte_size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        ordering = ["page", "label"]
        constraints = [
            models.UniqueConstraint(
                fields=["upload", "page", "format", "label"], name="one_rendition_per_page_and_size"
            )
        ]

    def __str__(self) -> str:
        return f"{self.upload_id} {self.label}.{self.format}"


class ArrivalQuerySet(models.QuerySet["Arrival"]):
    """Many-arrival questions."""

    def of(self, user: Any) -> Self:
        """Only who sends a file knows of it; nobody else's are there."""
        return self.filter(sender_id=user.pk)

    def open(self) -> Self:
        """Still waiting for pieces, or for somebody to take the whole."""
        return self.filter(upload=None)

    def count_bytes(self) -> int:
        """How many bytes were announced for them."""
        return self.aggregate(bytes=Sum("byte_size"))["bytes"] or 0

    def expired(self, now: datetime) -> Self:
        return self.filter(expires_at__lte=now)


class Arrival(models.Model):
    """A file that comes in pieces. `received` bytes are here without a gap; once the whole was taken, `upload` says what became of it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    profile = models.CharField(max_length=40)
    sender = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="arrivals")
    key = models.CharField(max_length=100, help_text=_("The sender's word for this file and what it is for."))
    name = models.CharField(max_length=200)
    byte_size = models.PositiveIntegerField()
    received = models.PositiveIntegerField(default=0)
    upload = models.ForeignKey(Upload, null=True, blank=True, on_delete=models.CASCADE, related_name="arrivals")
    created_at = models.DateTimeField(db_default=Now())
    expires_at = models.DateTimeField(db_index=True)

    objects = ArrivalQuerySet.as_manager()

    class Meta:
        ordering = ["created_at"]
        constraints = [
            models.UniqueConstraint(fields=["sender", "key"], name="an_arrival_once_per_sender_and_key"),
            models.CheckConstraint(condition=Q(received__lte=F("byte_size")), name="no_more_arrives_than_was_said"),
            models.CheckConstraint(
                condition=Q(upload=None) | Q(received=F("byte_size")), name="only_a_whole_arrival_is_taken"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_whole(self) -> bool:
        return self.received == self.byte_size


class Piece(models.Model):
    """Some bytes of an arrival, an object of their own in quarantine until the whole is taken."""

    arrival = models.ForeignKey(Arrival, on_delete=models.CASCADE, related_name="pieces")
    offset = models.PositiveIntegerField()
    byte_size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    quarantine = models.CharField(max_length=200)

    class Meta:
        ordering = ["offset"]
        constraints = [models.UniqueConstraint(fields=["arrival", "offset"], name="a_piece_once_per_place")]

    def __str__(self) -> str:
        return f"{self.arrival_id} {self.offset}+{self.byte_size}"
