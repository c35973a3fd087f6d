"""What the inquiry form knows before anybody types: the thing asked about, the buyer's facts, when an answer can be expected."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from allauth.account.models import EmailAddress
from django.urls import reverse
from django.utils.translation import get_language

from accounts.selectors import find_buyer_profile
from inquiries.exceptions import NothingToAskAbout, OwnAddress
from inquiries.models import Absence
from inquiries.rules.buyers import name_mailbox
from inquiries.rules.messages import BuyerWords
from inquiries.selectors.replies import find_absence, find_reply_time
from listings.models import Listing
from listings.selectors.words import format_unit
from storefronts.choices import ChannelKind
from storefronts.models import Company


@dataclass(frozen=True)
class Subject:
    """What can be asked about: a public company, or one of its live listings."""

    company: Company
    listing: Listing | None

    @property
    def title(self) -> str:
        """The product's name, or the company's."""
        return str(self.listing) if self.listing else self.company.legal_name

    @property
    def unit(self) -> str:
        """The unit that the listing is sold by, "" for a company."""
        return self.listing.live_revision.unit if self.listing and self.listing.live_revision else ""

    @property
    def unit_label(self) -> str:
        """The unit as people write it."""
        return format_unit(unit=self.unit) if self.unit else ""

    @property
    def offers_sample(self) -> bool:
        """The exporter sends samples of it."""
        return bool(self.listing and self.listing.live_revision and self.listing.live_revision.sample_offered)

    @property
    def url(self) -> str:
        """Where the form is sent."""
        path = reverse("inquiries:ask", args=[self.company.pk])
        return f"{path}?listing={self.listing.pk}" if self.listing else path

    @property
    def page_url(self) -> str:
        """The page of the product or of the company."""
        return self.listing.get_absolute_url() if self.listing else self.company.get_absolute_url()


@dataclass(frozen=True)
class Prospect:
    """What a buyer may expect: the public reply time ("" while there is none), and an absence that runs today."""

    reply_time: str
    absence: Absence | None


def get_subject(*, company_id: int, listing_id: int | None) -> Subject:
    """What is asked about; raises NothingToAskAbout when it is not public."""
    company = Company.objects.public().filter(pk=company_id).first()
    if company is None:
        raise NothingToAskAbout
    if listing_id is None:
        return Subject(company, None)
    listing = (
        Listing.objects.live().select_related("live_revision", "company").filter(pk=listing_id, company=company).first()
    )
    if listing is None:
        raise NothingToAskAbout
    return Subject(company, listing)


def get_prospect(*, company: Company) -> Prospect:
    """When an answer can be expected. Two queries."""
    return Prospect(find_reply_time(company=company), find_absence(company=company))


def get_buyer_words(*, user: Any) -> BuyerWords:
    """Who asks, as the account knows them."""
    profile = find_buyer_profile(user=user)
    return BuyerWords(
        email=user.email,
        name=str(user),
        organisation=profile.organisation if profile else "",
        country=profile.country if profile else "",
        language=user.language or get_language() or "en",
    )


def find_owner(*, email: str) -> Any:
    """The person who has confirmed this address, if somebody has."""
    address: Any = EmailAddress.objects.select_related("user").filter(email__iexact=email, verified=True).first()
    return address.user if address and address.user.is_active else None


def refuse_own_address(*, company: Company, email: str) -> None:
    """Let nobody of the company play its buyer. Raises OwnAddress."""
    if is_own_address(company=company, emails=[email]):
        raise OwnAddress


def is_own_address(*, company: Company, emails: Iterable[str]) -> bool:
    """One of these reaches a member of the company, or the company's own inbox: what comes from there is its own word. Two queries."""
    mailboxes = {name_mailbox(email) for email in emails if email}
    if not mailboxes:
        return False
    members = EmailAddress.objects.filter(user__in=company.members.values("user"), verified=True)
    inboxes = company.channels.filter(kind=ChannelKind.EMAIL)
    own = [*members.values_list("email", flat=True), *inboxes.values_list("value", flat=True)]
    return not mailboxes.isdisjoint(map(name_mailbox, own))


def list_known_values(*, user: Any, remembered: Mapping[str, str]) -> dict[str, str]:
    """What the form is filled in with: where the last inquiry of this browser went, else where the buyer sits."""
    if remembered:
        return dict(remembered)
    profile = find_buyer_profile(user=user) if user.is_authenticated else None
    return {"destination": profile.country, "place": profile.city} if profile else {}
