"""The inquiry with its messages, their files, and what somebody has begun to write."""

import uuid
from collections.abc import Iterable
from datetime import datetime
from typing import Self

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from core.templatetags.ui import listed
from inquiries.choices import DeclineReason, InquiryState, Origin, Side, Via
from inquiries.rules.messages import Reader
from reference.choices import Unit
from reference.selectors import get_country_name
from storefronts.models import Company


class InquiryQuerySet(models.QuerySet["Inquiry"]):
    def confirmed(self) -> Self:
        """Those that the buyer has really sent."""
        return self.exclude(state=InquiryState.UNCONFIRMED)

    def of_company(self, company_id: int) -> Self:
        """What a company's members find in their inbox."""
        return self.confirmed().filter(company_id=company_id)

    def asked(self) -> Self:
        """Those that a buyer began: the response clock, reply times and the count of inquiries are about them."""
        return self.filter(origin=Origin.ASKED)

    def asked_by(self, reader: Reader) -> Self:
        """Asked by this person, from one of their confirmed addresses, or opened in this browser by a mailed link, of itself or its request."""
        mine = Q(pk__in=list(reader.opened)) | Q(request__in=list(reader.opened))
        if reader.user.is_authenticated:
            addresses = EmailAddress.objects.filter(user=reader.user, verified=True).values("email")
            mine |= Q(buyer=reader.user) | Q(buyer=None, buyer_email__in=addresses)
        return self.filter(mine)

    def from_buyer(self, addresses: Iterable[str]) -> Self:
        """What a buyer with these addresses really sent; threads that an exporter opened say nothing of the buyer."""
        return self.confirmed().filter(buyer_email__in=list(addresses)).exclude(origin=Origin.OWN_BUYER)

    def visible_to(self, reader: Reader) -> Self:
        """The two parties' own threads. Officers see none here: see OfficerAccess."""
        told = Q(company__in=Company.objects.of_member(reader.user).values("pk")) & ~Q(state=InquiryState.UNCONFIRMED)
        return self.filter(Q(pk__in=self.asked_by(reader).values("pk")) | told)

    def waiting(self) -> Self:
        """The buyer has the last word; who waits longest comes first."""
        return self.confirmed().exclude(waits_since=None).order_by("waits_since", "pk")

    def answered_in_time(self) -> Self:
        """First answered before the response clock ran out, be it by a message or a decline; `is_overdue_at` draws the same line."""
        return self.filter(first_answered_at__lte=F("answer_due_at"))

    def unanswered(self) -> Self:
        """No first answer yet: the clock runs."""
        return self.filter(state=InquiryState.NEW)


class Inquiry(models.Model):
    """A buyer's question about a listing or a company, and the thread that it opens."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    company = models.ForeignKey("storefronts.Company", on_delete=models.PROTECT, related_name="inquiries")
    listing = models.ForeignKey(
        "listings.Listing", null=True, blank=True, on_delete=models.PROTECT, related_name="inquiries"
    )
    origin = models.CharField(max_length=10, choices=Origin, default=Origin.ASKED)
    request = models.ForeignKey(
        "inquiries.Request", null=True, blank=True, on_delete=models.PROTECT, related_name="threads"
    )
    state = models.CharField(max_length=12, choices=InquiryState, default=InquiryState.UNCONFIRMED)
    key = models.CharField(max_length=64, help_text=_("Made with the form: the same one twice is one inquiry."))

    buyer = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="inquiries"
    )
    buyer_email = models.EmailField(
        max_length=254, blank=True, help_text=_("Empty for an own buyer with a phone only.")
    )
    buyer_phone = models.CharField(max_length=40, blank=True)
    buyer_name = models.CharField(max_length=120)
    buyer_organisation = models.CharField(max_length=160, blank=True)
    buyer_country = models.CharField(max_length=2, blank=True)
    buyer_language = models.CharField(max_length=10, default="en")

    subject = models.CharField(max_length=200, help_text=_("The product's name, or the company's, when it was asked."))
    quantity = models.DecimalField(max_digits=12, decimal_places=3, null=True, blank=True)
    unit = models.CharField(max_length=10, choices=Unit, blank=True)
    destination = models.CharField(max_length=2, blank=True, help_text=_("ISO 3166 code of the country."))
    place = models.CharField(max_length=80, blank=True)
    wants_sample = models.BooleanField(default=False)

    asked_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    answer_due_at = models.DateTimeField(null=True, blank=True, help_text=_("Until the first answer is there."))
    first_answered_at = models.DateTimeField(null=True, blank=True)
    first_answer_minutes = models.PositiveIntegerField(
        null=True, blank=True, help_text=_("Working time until the first answer.")
    )
    waits_since = models.DateTimeField(
        null=True, blank=True, help_text=_("Since when the buyer waits; empty when the exporter had the last word.")
    )
    last_message_at = models.DateTimeField()
    assigned_to = models.ForeignKey(
        "storefronts.Member", null=True, blank=True, on_delete=models.SET_NULL, related_name="inquiries"
    )
    decline_reason = models.CharField(max_length=12, choices=DeclineReason, blank=True)

    objects = InquiryQuerySet.as_manager()

    class Meta:
        ordering = ["-last_message_at"]
        verbose_name_plural = _("inquiries")
        constraints = [
            models.CheckConstraint(
                condition=Q(state="unconfirmed", confirmed_at=None) | ~Q(state="unconfirmed") & ~Q(confirmed_at=None),
                name="an_inquiry_is_sent_by_confirming",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["unconfirmed", "new"], first_answered_at=None)
                | Q(state__in=["answered", "declined"], first_answered_at__isnull=False),
                name="an_answered_inquiry_says_when",
            ),
            models.CheckConstraint(
                condition=Q(state="declined") & ~Q(decline_reason="") | ~Q(state="declined") & Q(decline_reason=""),
                name="a_declined_inquiry_says_why",
            ),
            models.UniqueConstraint(fields=["buyer_email", "key"], name="an_inquiry_is_asked_once"),
            models.CheckConstraint(
                condition=~Q(buyer_email="") | Q(origin="own_buyer") & ~Q(buyer_phone=""), name="a_buyer_can_be_reached"
            ),
            models.CheckConstraint(
                condition=Q(quantity=None) | Q(quantity__gt=0), name="an_asked_quantity_is_positive"
            ),
        ]
        indexes = [
            models.Index(fields=["company", "waits_since"], name="inquiry_inbox"),
            models.Index(fields=["buyer_email", "-asked_at"], name="inquiry_of_buyer"),
            models.Index(
                fields=["company", "first_answered_at"],
                condition=Q(first_answered_at__isnull=False),
                name="inquiry_reply_times",
            ),
        ]

    def __str__(self) -> str:
        return self.subject

    def get_absolute_url(self) -> str:
        """The thread, the same address for both sides."""
        return reverse("inquiries:thread", args=[self.pk])

    @property
    def place_line(self) -> str:
        """Where the goods go, in the reader's language: "Hamburg, Germany"."""
        country = get_country_name(code=self.destination, language=get_language() or "en") if self.destination else ""
        return listed((self.place, country))

    @property
    def is_open(self) -> bool:
        """Messages can be sent."""
        return self.state in {InquiryState.NEW, InquiryState.ANSWERED}

    def is_overdue_at(self, now: datetime) -> bool:
        """No first answer, though its time is over."""
        return self.state == InquiryState.NEW and self.answer_due_at is not None and self.answer_due_at < now


class Message(models.Model):
    """One message of a thread; it is never changed. An event has no words of its own but an entry of `Event` in `event`."""

    inquiry = models.ForeignKey(Inquiry, on_delete=models.CASCADE, related_name="messages")
    number = models.PositiveIntegerField()
    key = models.CharField(
        max_length=64, help_text=_("Made with the form or the mail: the same one twice is one message.")
    )
    side = models.CharField(max_length=10, choices=Side)
    via = models.CharField(max_length=4, choices=Via, default=Via.WEB)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    author_name = models.CharField(max_length=120)
    text = models.TextField(blank=True)
    language = models.CharField(max_length=10, blank=True)
    event = models.CharField(max_length=20, blank=True)
    values = models.JSONField(default=dict, blank=True)
    sent_at = models.DateTimeField()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["inquiry", "number"], name="messages_are_numbered"),
            models.UniqueConstraint(fields=["inquiry", "key"], name="a_message_is_sent_once"),
            models.CheckConstraint(
                condition=Q(side="event") & ~Q(event="") | ~Q(side="event") & Q(event=""), name="events_have_names"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.inquiry_id} {self.number}"


class Attachment(models.Model):
    """A file of a message."""

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="attachments")
    upload = models.OneToOneField("uploads.Upload", on_delete=models.PROTECT, related_name="attachment")
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["message", "position"], name="attachments_are_in_order")]

    def __str__(self) -> str:
        return str(self.upload)


class Draft(models.Model):
    """What somebody has begun to write in a thread; `user` is empty for a buyer without an account."""

    inquiry = models.ForeignKey(Inquiry, on_delete=models.CASCADE, related_name="drafts")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    text = models.TextField()
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["-updated_at"]
        constraints = [
            models.UniqueConstraint(fields=["inquiry", "user"], condition=Q(user__isnull=False), name="one_draft_each"),
            models.UniqueConstraint(fields=["inquiry"], condition=Q(user=None), name="one_draft_of_the_buyer"),
        ]

    def __str__(self) -> str:
        return f"draft of {self.inquiry_id}"
