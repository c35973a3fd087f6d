"""The quotation with its versions: what was sent never changes; the database itself refuses (triggers of migration 0003)."""

import secrets
import uuid
from datetime import datetime, time, timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from core.bank_words import speaks_of_payment_change
from core.money import Money
from inquiries.choices import Door, LineKind, OutcomeKind, QuotationState, Side
from inquiries.models.thread import Inquiry
from inquiries.rules.messages import Reader
from inquiries.rules.quotations import LineTerms, Terms
from reference.choices import Incoterm, Unit
from storefronts.models import Company

OPEN_STATES = (QuotationState.DRAFT, QuotationState.SENT, QuotationState.COUNTERED)


def make_link_key() -> str:
    """Part of the shared link: another one makes every link of before useless."""
    return secrets.token_urlsafe(9)


class QuotationQuerySet(models.QuerySet["Quotation"]):
    def visible_to(self, reader: Reader) -> Self:
        """Those of threads that this reader is a party of; a buyer sees one once it was sent."""
        sent_to = Q(inquiry__in=Inquiry.objects.asked_by(reader).values("pk")) & ~Q(current=None)
        return self.filter(sent_to | Q(company__in=Company.objects.of_member(reader.user).values("pk")))

    def open(self) -> Self:
        """Not ended: a draft, or the buyer can still answer."""
        return self.filter(state__in=OPEN_STATES)


class Quotation(models.Model):
    """An exporter's offer in a thread, under one number; what it says stands in its versions."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    inquiry = models.ForeignKey(Inquiry, on_delete=models.PROTECT, related_name="quotations")
    company = models.ForeignKey("storefronts.Company", on_delete=models.PROTECT, related_name="quotations")
    number = models.CharField(max_length=20, help_text=_("Such as Q-2026-0042, counted by the company."))
    state = models.CharField(max_length=10, choices=QuotationState, default=QuotationState.DRAFT)
    current = models.ForeignKey(
        "inquiries.QuotationVersion", null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        help_text=_("The last version that was sent: the one that can be accepted."),
    )  # fmt: skip
    edit_number = models.PositiveIntegerField(default=0, help_text=_("Counts how often its draft was saved."))
    link_key = models.CharField(max_length=20, default=make_link_key)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    objects = QuotationQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(fields=["company", "number"], name="quotations_are_numbered"),
            models.UniqueConstraint(
                fields=["inquiry"],
                condition=Q(state__in=["draft", "sent", "countered"]),
                name="one_open_quotation_per_thread",
            ),
            models.CheckConstraint(
                condition=Q(state="draft", current=None) | ~Q(state="draft") & Q(current__isnull=False),
                name="a_sent_quotation_has_a_version",
            ),
        ]
        indexes = [models.Index(fields=["company", "-changed_at"], name="quotation_of_company")]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        """The page of both sides."""
        return reverse("inquiries:quotation", args=[self.inquiry_id, self.pk])

    @property
    def is_open(self) -> bool:
        """Not ended yet."""
        return self.state in OPEN_STATES

    @property
    def is_answerable(self) -> bool:
        """The buyer can accept, counter or decline, as far as its day lets them."""
        return self.state in {QuotationState.SENT, QuotationState.COUNTERED}


class QuotationVersion(models.Model):
    """What a quotation says. Without `sent_at` it is the draft, of which there is one; once sent it never changes."""

    quotation = models.ForeignKey(Quotation, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    supersedes = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="superseded_by"
    )
    sent_at = models.DateTimeField(null=True, blank=True)
    key = models.CharField(max_length=64, blank=True, help_text=_("Of the form that sent it: twice is once."))
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    author_name = models.CharField(max_length=120)
    language = models.CharField(max_length=10)
    currency = models.CharField(_("currency"), max_length=3, blank=True)
    incoterm = models.CharField(_("Incoterm"), max_length=3, choices=Incoterm, blank=True)
    named_place = models.CharField(_("named place"), max_length=80, blank=True)
    payment_terms = models.CharField(_("payment terms"), max_length=300, blank=True)
    lead_time_days = models.PositiveSmallIntegerField(_("lead time in days"), null=True, blank=True)
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    documents = models.CharField(_("documents"), max_length=300, blank=True)
    notes = models.TextField(_("notes"), max_length=3000, blank=True)
    total = models.DecimalField(max_digits=15, decimal_places=4, null=True, blank=True)
    freight = models.ForeignKey(
        "shipping.Snapshot", null=True, blank=True, on_delete=models.PROTECT, related_name="quoted_in",
        help_text=_("What its freight was counted from; none where the exporter wrote it by hand."),
    )  # fmt: skip
    parties = models.JSONField(
        default=dict, blank=True, help_text=_("Seller and buyer as they were when it was sent; empty on versions of before 0006.")
    )  # fmt: skip

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["quotation", "number"], name="versions_are_numbered"),
            models.UniqueConstraint(fields=["quotation"], condition=Q(sent_at=None), name="one_draft_of_a_quotation"),
            models.CheckConstraint(
                condition=Q(sent_at=None)
                | Q(valid_until__isnull=False, total__isnull=False, lead_time_days__isnull=False)
                & ~Q(currency="")
                & ~Q(incoterm="")
                & ~Q(named_place="")
                & ~Q(key=""),
                name="a_sent_version_is_complete",
            ),
            models.CheckConstraint(condition=Q(total=None) | Q(total__gte=0), name="a_total_is_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.quotation_id}, {self.number}"

    @property
    def total_money(self) -> Money | None:
        """The total in its currency."""
        return Money(self.total, self.currency) if self.total is not None else None

    @property
    def last_day(self) -> str:
        """The last day on which it can be accepted, in words; "" for a draft without one."""
        return date_format(self.valid_until, "j M Y") if self.valid_until else ""

    @property
    def ends_at(self) -> datetime | None:
        """The first moment at which it can no longer be accepted: midnight after its last day, in the agency's time zone."""
        if self.valid_until is None:
            return None
        return timezone.make_aware(datetime.combine(self.valid_until + timedelta(days=1), time()))

    def is_over_at(self, now: datetime) -> bool:
        """Its last day has passed."""
        return self.ends_at is not None and now >= self.ends_at

    def read_terms(self) -> Terms:
        """All that it says, without the private floor. Reads prefetched lines."""
        return Terms(
            currency=self.currency, incoterm=self.incoterm, named_place=self.named_place, payment_terms=self.payment_terms,
            lead_time_days=self.lead_time_days, valid_until=self.valid_until, documents=self.documents, notes=self.notes,
            lines=tuple(line.read_terms() for line in self.lines.all()),
        )  # fmt: skip


class QuotationLine(models.Model):
    """One line of a version; `amount` is quantity times price in the currency's minor unit, below zero for a discount."""

    version = models.ForeignKey(QuotationVersion, on_delete=models.CASCADE, related_name="lines")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=LineKind)
    listing = models.ForeignKey("listings.Listing", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    request_line = models.ForeignKey(
        "inquiries.RequestLine", null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        help_text=_("The line of the request that it answers, whatever its words."),
    )  # fmt: skip
    description = models.CharField(_("description"), max_length=200, blank=True)
    detail = models.CharField(_("detail"), max_length=300, blank=True)
    quantity = models.DecimalField(max_digits=12, decimal_places=3, null=True, blank=True)
    unit = models.CharField(max_length=10, choices=Unit, blank=True)
    unit_price = models.DecimalField(max_digits=14, decimal_places=4, null=True, blank=True)
    amount = models.DecimalField(max_digits=15, decimal_places=4)
    hs_code = models.CharField(
        max_length=6, blank=True, help_text=_("Of the product when it was sent, as its origin (ISO 3166).")
    )
    origin = models.CharField(max_length=2, blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["version", "position"], name="lines_of_a_version_are_in_order"),
            models.CheckConstraint(
                condition=Q(quantity=None) | Q(quantity__gt=0), name="a_quoted_quantity_is_positive"
            ),
            models.CheckConstraint(
                condition=Q(unit_price=None) | Q(unit_price__gte=0), name="a_quoted_price_is_not_negative"
            ),
        ]

    def __str__(self) -> str:
        return self.description

    def read_terms(self) -> LineTerms:
        """What it says, without the private floor."""
        return LineTerms(
            kind=self.kind, description=self.description, detail=self.detail, quantity=self.quantity, unit=self.unit,
            unit_price=self.unit_price, listing_id=self.listing_id, request_line_id=self.request_line_id,
        )  # fmt: skip


class PrivateFloor(models.Model):
    """The lowest price that the exporter would take for a line. Only the company's members ever read it; it stands in a table of its own."""

    line = models.OneToOneField(QuotationLine, on_delete=models.CASCADE, related_name="floor")
    unit_price = models.DecimalField(max_digits=14, decimal_places=4)

    class Meta:
        ordering = ["line"]
        constraints = [models.CheckConstraint(condition=Q(unit_price__gt=0), name="a_floor_is_positive")]

    def __str__(self) -> str:
        return f"floor of line {self.line_id}"


class Counter(models.Model):
    """What the buyer would agree to instead of a version: words, and figures of its lines. The exporter answers with the next version."""

    version = models.OneToOneField(QuotationVersion, on_delete=models.PROTECT, related_name="counter")
    text = models.TextField(blank=True)
    by_name = models.CharField(max_length=120)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField()
    key = models.CharField(max_length=64)

    class Meta:
        ordering = ["at"]

    def __str__(self) -> str:
        return f"counter to {self.version_id}"

    @property
    def speaks_of_payment(self) -> bool:
        """Its words name a bank account or say that one is new: whoever reads them is warned."""
        return speaks_of_payment_change(self.text)


class CounterLine(models.Model):
    """The quantity and price that the buyer wishes for one line; what is None stays as it was quoted."""

    counter = models.ForeignKey(Counter, on_delete=models.CASCADE, related_name="lines")
    line = models.ForeignKey(QuotationLine, on_delete=models.PROTECT, related_name="wishes")
    quantity = models.DecimalField(max_digits=12, decimal_places=3, null=True, blank=True)
    unit_price = models.DecimalField(max_digits=14, decimal_places=4, null=True, blank=True)

    class Meta:
        ordering = ["line__position"]
        constraints = [
            models.UniqueConstraint(fields=["counter", "line"], name="one_wish_per_line"),
            models.CheckConstraint(
                condition=(Q(quantity=None) | Q(quantity__gt=0)) & (Q(unit_price=None) | Q(unit_price__gte=0)),
                name="a_wish_is_positive",
            ),
        ]

    def __str__(self) -> str:
        return f"wish for line {self.line_id}"


class QuotationOutcome(models.Model):
    """How a quotation ended, once: by whom, of which version, when."""

    quotation = models.OneToOneField(Quotation, on_delete=models.PROTECT, related_name="outcome")
    kind = models.CharField(max_length=10, choices=OutcomeKind)
    version = models.ForeignKey(QuotationVersion, on_delete=models.PROTECT, related_name="+")
    side = models.CharField(max_length=10, choices=Side)
    by_name = models.CharField(max_length=120, help_text=_("As it was typed, or as the account knows it."))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    via = models.CharField(max_length=8, choices=Door)
    reason = models.TextField(blank=True)
    at = models.DateTimeField()
    key = models.CharField(max_length=64)

    class Meta:
        ordering = ["-at"]
        constraints = [
            models.CheckConstraint(condition=Q(kind="expired") | ~Q(by_name=""), name="an_outcome_says_by_whom"),
            models.CheckConstraint(
                condition=Q(kind__in=["accepted", "declined"], side="buyer")
                | Q(kind="withdrawn", side="exporter")
                | Q(kind="expired", side="event"),
                name="each_side_has_its_outcomes",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quotation_id}: {self.kind}"

    @property
    def speaks_of_payment(self) -> bool:
        """Its words name a bank account or say that one is new: whoever reads them is warned."""
        return speaks_of_payment_change(self.reason)
