"""A quotation for a buyer whom the exporter knows already: the thread begins with the exporter, and counts as own buyer."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from core import audit
from core.errors import NotAllowed
from core.limits import spend
from inquiries.choices import InquiryState, Origin
from inquiries.exceptions import BuyerUnreachable, CompanySuspendedNow, NameMissing, NotYourProduct
from inquiries.models import Inquiry, Quotation
from inquiries.rules.messages import Reader, clean_name
from inquiries.selectors.asking import refuse_own_address
from inquiries.selectors.blocks import refuse_selling
from inquiries.services.quotations import begin_quotation
from listings.models import Listing
from storefronts.choices import CompanyState
from storefronts.models import Member

OWN_BUYERS_A_DAY, DAY_SECONDS = 50, 86_400


@dataclass(frozen=True)
class OwnBuyer:
    """Whom the exporter knows: a name, and an e-mail or a phone number. `country` ISO 3166, `language` a language of the site."""

    name: str
    email: str = ""
    phone: str = ""
    organisation: str = ""
    country: str = ""
    language: str = "en"


@transaction.atomic
def quote_own_buyer(*, member: Member, buyer: OwnBuyer, listing_id: int | None, key: str) -> Quotation:
    """Open a thread with a buyer whom the company knows, and a draft in it; nobody is told before it is sent. The same `key` is once.

    May: members who may edit, of a company that is not suspended. Raises NotAllowed, CompanySuspendedNow, NameMissing,
    BuyerUnreachable, OwnAddress, NotYourProduct, TooOften, BlockedByYou, BuyerIsBarred.
    """
    if not member.can_edit:
        raise NotAllowed
    if member.company.state == CompanyState.SUSPENDED:
        raise CompanySuspendedNow
    email, phone, name = buyer.email.strip().lower(), clean_name(buyer.phone)[:40], clean_name(buyer.name)[:120]
    if not name:
        raise NameMissing
    if not (email or phone):
        raise BuyerUnreachable
    again = Inquiry.objects.filter(buyer_email=email, key=key, company_id=member.company_id).first()
    if again is None:
        refuse_own_address(company=member.company, email=email)
        refuse_selling(company_id=member.company_id, email=email)
        spend(what="own_buyer", who=str(member.company_id), most=OWN_BUYERS_A_DAY, seconds=DAY_SECONDS)
        again = _open_thread(
            member, buyer, name=name, email=email, phone=phone, listing=_find(member, listing_id), key=key
        )
    return begin_quotation(reader=Reader(member.user), inquiry_id=again.pk)


def _find(member: Member, listing_id: int | None) -> Listing | None:
    if listing_id is None:
        return None
    rows = Listing.objects.select_related("live_revision").filter(company_id=member.company_id)
    listing = rows.filter(pk=listing_id, live_revision__isnull=False).first()
    if listing is None:
        raise NotYourProduct(row=1, field="listing")
    return listing


def _open_thread(
    member: Member, buyer: OwnBuyer, *, name: str, email: str, phone: str, listing: Listing | None, key: str
) -> Inquiry:
    now = timezone.now()
    inquiry = Inquiry.objects.create(
        company=member.company, listing=listing, origin=Origin.OWN_BUYER, state=InquiryState.ANSWERED, key=key, buyer_email=email,
        buyer_phone=phone, buyer_name=name, buyer_organisation=clean_name(buyer.organisation)[:160], buyer_country=buyer.country,
        buyer_language=buyer.language, subject=(str(listing) if listing else member.company.legal_name)[:200], asked_at=now,
        confirmed_at=now, first_answered_at=now, last_message_at=now, assigned_to=member,
    )  # fmt: skip
    audit.record("inquiries.own_buyer_added", subject=inquiry, actor=member.user)
    return inquiry
