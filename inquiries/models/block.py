"""Which buyers a company hears no more from, and whom the agency has barred from the whole marketplace."""

from typing import Any, Self

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _


def list_own_addresses(email: str) -> models.QuerySet[Any]:
    """The confirmed addresses, in lower case, of the account that has confirmed this one: a block of one holds for all."""
    owners = EmailAddress.objects.filter(email__iexact=email, verified=True).values("user")
    own = EmailAddress.objects.filter(user__in=owners, verified=True)
    found: models.QuerySet[Any] = own.annotate(lower=Lower("email")).values_list("lower", flat=True)
    return found


class BuyerBlockQuerySet(models.QuerySet["BuyerBlock"]):
    def bars(self) -> Self:
        """Made by the agency: they hold everywhere."""
        return self.filter(company=None)

    def of_company(self, company_id: int) -> Self:
        """Made by the company's members."""
        return self.filter(company_id=company_id)

    def visible_to(self, user: Any) -> Self:
        """Members see their company's, officers all; a buyer sees none, not even their own."""
        if getattr(user, "is_officer", False):
            return self
        return self.filter(company__members__user=user) if user.is_authenticated else self.none()

    def against(self, email: str) -> Self:
        """Those of this address, or of another one that the same account has confirmed."""
        return self.filter(Q(email=email.lower()) | Q(email__in=list_own_addresses(email)))


class BuyerBlock(models.Model):
    """A company takes nothing more from an address; without a company the agency has barred it. The reason is never the buyer's to read here."""

    company = models.ForeignKey(
        "storefronts.Company", null=True, blank=True, on_delete=models.CASCADE, related_name="buyer_blocks",
        help_text=_("Empty where the agency bars a buyer from the whole marketplace."),
    )  # fmt: skip
    email = models.EmailField(max_length=254, help_text=_("In lower case."))
    reason = models.TextField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    made_at = models.DateTimeField()

    objects = BuyerBlockQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["company", "email"], name="a_company_blocks_a_buyer_once"),
            models.UniqueConstraint(fields=["email"], condition=Q(company=None), name="a_buyer_is_barred_once"),
            models.CheckConstraint(condition=Q(email=Lower("email")) & ~Q(email=""), name="a_block_names_an_address"),
            models.CheckConstraint(condition=~Q(reason=""), name="a_block_says_why"),
        ]
        indexes = [models.Index(fields=["email"], name="block_of_address")]

    def __str__(self) -> str:
        return f"{self.company_id or 'agency'}: {self.pk}"

    @property
    def is_bar(self) -> bool:
        """Made by the agency."""
        return self.company_id is None

    @property
    def domain(self) -> str:
        """What an exporter may see of the address."""
        return self.email.rpartition("@")[2]
