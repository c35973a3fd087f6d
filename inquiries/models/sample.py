"""A sample: asked for by the buyer, sent by the exporter, approved or not."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.bank_words import speaks_of_payment_change
from inquiries.choices import Payer, SampleState
from inquiries.models.quotation import Quotation
from inquiries.models.thread import Inquiry
from reference.choices import Unit

OPEN_SAMPLES = (SampleState.REQUESTED, SampleState.SENT, SampleState.RECEIVED)


class SampleQuerySet(models.QuerySet["Sample"]):
    def open(self) -> "SampleQuerySet":
        """Still under way."""
        return self.filter(state__in=OPEN_SAMPLES)

    def sent(self) -> "SampleQuerySet":
        """On their way, or there and not judged yet: the exporter has agreed to them."""
        return self.filter(state__in=[SampleState.SENT, SampleState.RECEIVED])


class Sample(models.Model):
    """One parcel on its way between the two sides of a thread."""

    inquiry = models.ForeignKey(Inquiry, on_delete=models.CASCADE, related_name="samples")
    quotation = models.ForeignKey(
        Quotation, null=True, blank=True, on_delete=models.SET_NULL, related_name="samples",
        help_text=_("The thread's quotation when it was asked for."),
    )  # fmt: skip
    key = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=SampleState, default=SampleState.REQUESTED)
    description = models.CharField(_("what"), max_length=200)
    quantity = models.DecimalField(max_digits=12, decimal_places=3)
    unit = models.CharField(max_length=10, choices=Unit)
    address = models.TextField(_("address"), max_length=500)
    payer = models.CharField(_("who pays"), max_length=10, choices=Payer)
    asked_at = models.DateTimeField()
    courier = models.CharField(_("courier"), max_length=80, blank=True)
    tracking_number = models.CharField(_("tracking number"), max_length=60, blank=True)
    sent_on = models.DateField(null=True, blank=True)
    reason = models.TextField(blank=True, help_text=_("Why it was not sent, not approved or cancelled."))
    changed_at = models.DateTimeField()

    objects = SampleQuerySet.as_manager()

    class Meta:
        ordering = ["asked_at"]
        constraints = [
            models.UniqueConstraint(fields=["inquiry", "key"], name="a_sample_is_asked_for_once"),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="a_sample_is_of_something"),
            models.CheckConstraint(
                condition=Q(state__in=["requested", "declined", "cancelled"])
                | Q(sent_on__isnull=False) & ~Q(courier=""),
                name="a_sent_sample_has_a_courier",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["refused", "declined"]) | ~Q(reason=""), name="a_refused_sample_says_why"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.description}: {self.state}"

    @property
    def speaks_of_payment(self) -> bool:
        """Its words name a bank account or say that one is new: whoever reads them is warned."""
        return speaks_of_payment_change(self.reason)

    @property
    def is_open(self) -> bool:
        """Something is still to happen to it."""
        return self.state in OPEN_SAMPLES
