"""Which buyers a company hears no more from, and whom the agency has barred from the whole marketplace."""

from dataclasses import dataclass
from typing import Any, Self

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from inquiries.rules.buyers import name_mailbox


@dataclass(frozen=True)
class Identity:
    """Who an address is: every address, mailbox and account that is known to be the same buyer's."""

    addresses: frozenset[str]
    mailboxes: frozenset[str]
    user_ids: frozenset[int]

    def has_sent(self, *, email: str, user_id: int | None) -> bool:
        """What came from this address, or this account, came from the same buyer."""
        return user_id in self.user_ids or (bool(email) and name_mailbox(email) in self.mailboxes)


def identify(email: str, user: Any = None) -> Identity:
    """The account that has confirmed this address, and `user`, with all they have confirmed: a block of one holds for all. One query."""
    owners = Q(user__in=EmailAddress.objects.filter(email__iexact=email, verified=True).values("user"))
    if user is not None:
        owners |= Q(user=user)
    rows = list(EmailAddress.objects.filter(owners, verified=True).values_list("email", "user_id"))
    addresses = frozenset({email.strip().lower(), *(address.lower() for address, _user in rows)} - {""})
    people = {user_id for _address, user_id in rows} | ({user.pk} if user is not None else set())
    return Identity(addresses, frozenset(map(name_mailbox, addresses)), frozenset(people))


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

    def against(self, email: str, user: Any = None) -> Self:
        """Those of this mailbox or account, or of another address that the same account has confirmed. One query more."""
        buyer = identify(email, user)
        return self.filter(Q(mailbox__in=buyer.mailboxes) | Q(user__in=buyer.user_ids))


class BuyerBlock(models.Model):
    """A company takes nothing more from an address; without a company the agency has barred it. The reason is never the buyer's to read here."""

    company = models.ForeignKey(
        "storefronts.Company", null=True, blank=True, on_delete=models.CASCADE, related_name="buyer_blocks",
        help_text=_("Empty where the agency bars a buyer from the whole marketplace."),
    )  # fmt: skip
    email = models.EmailField(max_length=254, help_text=_("In lower case."))
    mailbox = models.CharField(
        max_length=254,
        editable=False,
        help_text=_("Where mails to the address arrive: what addresses are compared by."),
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+",
        help_text=_("Whose address it was: a new address is no way round."),
    )  # fmt: skip
    reason = models.TextField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    made_at = models.DateTimeField()

    objects = BuyerBlockQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["company", "mailbox"], name="a_company_blocks_a_buyer_once"),
            models.UniqueConstraint(fields=["mailbox"], condition=Q(company=None), name="a_buyer_is_barred_once"),
            models.CheckConstraint(condition=Q(email=Lower("email")) & ~Q(email=""), name="a_block_names_an_address"),
            models.CheckConstraint(condition=~Q(reason=""), name="a_block_says_why"),
        ]
        indexes = [models.Index(fields=["mailbox"], name="block_of_address")]

    def __str__(self) -> str:
        return f"{self.company_id or 'agency'}: {self.pk}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """The mailbox follows the address."""
        self.mailbox = name_mailbox(self.email)
        super().save(*args, **kwargs)

    @property
    def is_bar(self) -> bool:
        """Made by the agency."""
        return self.company_id is None

    @property
    def domain(self) -> str:
        """What an exporter may see of the address."""
        return self.email.rpartition("@")[2]
