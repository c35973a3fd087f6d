"""What came of an accepted quotation: shipped, received, confirmed by the buyer; and who stands behind its value."""

from datetime import datetime
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.bank_words import speaks_of_payment_change
from core.money import Money
from inquiries.choices import ConfirmedVia, DealStage, HelpMattered, Origin, Side, ValueLevel
from inquiries.models.quotation import Quotation
from inquiries.rules.deals import CLAIMS_LAST
from inquiries.rules.messages import Reader


class DealQuerySet(models.QuerySet["Deal"]):
    def visible_to(self, reader: Reader) -> Self:
        """Those of the reader's own quotations."""
        return self.filter(quotation__in=Quotation.objects.visible_to(reader))

    def for_officers(self, user: Any) -> Self:
        """Officers see number, firm, value and stage of every deal, never the thread."""
        return self if getattr(user, "is_officer", False) else self.none()

    def counted(self) -> Self:
        """Those that were not called off."""
        return self.exclude(stage=DealStage.CALLED_OFF)

    def under_way_at(self, now: datetime) -> Self:
        """Agreed and not over: until it is called off, or two weeks after the buyer confirmed it."""
        claimed = Q(stage=DealStage.CONFIRMED, confirmed_at__gt=now - CLAIMS_LAST)
        return self.filter(Q(stage__in=[DealStage.AGREED, DealStage.SHIPPED, DealStage.RECEIVED]) | claimed)


class Deal(models.Model):
    """One for each accepted quotation. The agreed value never changes; what the buyer says was paid stands beside it."""

    quotation = models.OneToOneField(Quotation, on_delete=models.PROTECT, related_name="deal")
    company = models.ForeignKey("storefronts.Company", on_delete=models.PROTECT, related_name="deals")
    origin = models.CharField(max_length=10, choices=Origin)
    stage = models.CharField(max_length=10, choices=DealStage, default=DealStage.AGREED)
    currency = models.CharField(max_length=3)
    agreed_value = models.DecimalField(max_digits=15, decimal_places=4)
    paid_value = models.DecimalField(max_digits=15, decimal_places=4, null=True, blank=True)
    level = models.CharField(max_length=10, choices=ValueLevel, default=ValueLevel.DECLARED)
    agreed_at = models.DateTimeField()
    shipped_on = models.DateField(null=True, blank=True)
    received_on = models.DateField(null=True, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_via = models.CharField(max_length=8, choices=ConfirmedVia, blank=True)
    confirmed_by = models.CharField(
        max_length=120, blank=True, help_text=_("As it was typed, or as the account knows it.")
    )
    help_mattered = models.CharField(max_length=8, choices=HelpMattered, blank=True)
    help_words = models.TextField(blank=True)
    called_off_at = models.DateTimeField(null=True, blank=True)
    called_off_side = models.CharField(max_length=10, choices=Side, blank=True)
    called_off_reason = models.TextField(blank=True)
    paper_seen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    paper_seen_at = models.DateTimeField(null=True, blank=True)
    paper_note = models.CharField(max_length=300, blank=True)

    objects = DealQuerySet.as_manager()

    class Meta:
        ordering = ["-agreed_at"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(stage="confirmed")
                | Q(confirmed_at__isnull=False, paid_value__gt=0) & ~Q(confirmed_by="") & ~Q(confirmed_via=""),
                name="a_confirmed_deal_says_by_whom_and_how_much",
            ),
            models.CheckConstraint(
                condition=Q(stage="called_off", called_off_at__isnull=False) & ~Q(called_off_reason="")
                | ~Q(stage="called_off") & Q(called_off_at=None),
                name="a_deal_called_off_says_why",
            ),
            models.CheckConstraint(
                condition=~Q(level="documented")
                | Q(paper_seen_by__isnull=False, paper_seen_at__isnull=False) & ~Q(paper_note=""),
                name="a_documented_value_names_its_paper",
            ),
            models.CheckConstraint(condition=Q(agreed_value__gte=0), name="a_deal_is_worth_something"),
        ]
        indexes = [models.Index(fields=["company", "-agreed_at"], name="deal_of_company")]

    def __str__(self) -> str:
        return f"{self.quotation_id}: {self.stage}"

    @property
    def speaks_of_payment(self) -> bool:
        """Its words name a bank account or say that one is new: whoever reads them is warned."""
        return speaks_of_payment_change(self.called_off_reason)

    @property
    def value(self) -> Money:
        """What it is worth as far as is known: what was paid once somebody stands behind that, else what was agreed."""
        is_proven = self.level != ValueLevel.DECLARED
        return Money(self.paid_value if is_proven and self.paid_value is not None else self.agreed_value, self.currency)

    @property
    def unproven_value(self) -> Money | None:
        """What is said to be paid while neither the buyer's own word nor a paper stands behind it."""
        if self.paid_value is None or self.level != ValueLevel.DECLARED:
            return None
        return Money(self.paid_value, self.currency)
