"""What is known of a buyer beside the thread: facts that an exporter can weigh, each a word and never a mark or a colour alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from django.db.models import Count, Min, Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.exceptions import TaxNumberWrong
from accounts.models import BuyerProfile
from accounts.rules import check_tax_number, knows_tax_numbers
from accounts.selectors import find_buyer_profile
from core.templatetags.ui import quantity
from inquiries.choices import DealStage, Origin, ValueLevel
from inquiries.models import Deal, Inquiry
from inquiries.rules.buyers import MailKind, classify_mail, is_known
from inquiries.selectors.blocks import find_block, list_addresses
from storefronts.selectors.dashboard import Fact


@dataclass(frozen=True)
class BuyerFacts:
    """Facts as components/facts.html shows them; `is_blocked` by the company that reads, `is_barred` by the agency."""

    facts: Sequence[Fact]
    is_blocked: bool
    is_barred: bool


def get_buyer_facts(*, inquiry: Inquiry) -> BuyerFacts:
    """What the exporter reads of the buyer of a thread; never whom else the buyer asked, nor who blocked them. Six queries."""
    profile = find_buyer_profile(user=inquiry.buyer) if inquiry.buyer else None
    addresses = list_addresses(email=inquiry.buyer_email)
    block = find_block(company_id=inquiry.company_id, email=inquiry.buyer_email, user=inquiry.buyer)
    website = profile.website if profile else ""
    facts = [
        Fact("mail", _("Kind of mail"), _tell_mail(inquiry.buyer_email, website)),
        Fact("globe", _("Website"), urlsplit(website).hostname or ""),
        Fact("file", _("Tax number"), _tell_tax_number(profile)),
        *_list_history(inquiry, addresses),
        Fact("hands", _("Deals here"), _tell_deals(addresses)),
    ]
    is_barred = block is not None and block.is_bar
    return BuyerFacts(facts, is_blocked=block is not None and not is_barred, is_barred=is_barred)


def _tell_mail(email: str, website: str) -> str:
    if not email:
        return _("No address")
    kind = classify_mail(email, website=website)
    if kind == MailKind.WORK and website:
        return _("Work mail, of another domain than their website")
    return {
        MailKind.OWN: _("Work mail of the domain of their website"),
        MailKind.WORK: _("Work mail"),
        MailKind.FREE: _("Free mail, which anybody can have"),
    }[kind]


def _tell_tax_number(profile: BuyerProfile | None) -> str:
    """What the check digits say; no register is asked."""
    if profile is None or not profile.tax_id:
        return ""
    if not knows_tax_numbers(profile.country):
        return _("Given, its check digits are not known here")
    try:
        check_tax_number(country=profile.country, number=profile.tax_id)
    except TaxNumberWrong:
        return _("Given, its check digits do not fit")
    return _("Given, its check digits fit")


def _list_history(inquiry: Inquiry, addresses: Sequence[str]) -> list[Fact]:
    sent = Inquiry.objects.from_buyer(addresses).aggregate(
        first=Min("confirmed_at"), firms=Count("company", distinct=True)
    )
    days = [day for day in (sent["first"], inquiry.buyer.date_joined if inquiry.buyer else None) if day is not None]
    asked = ngettext("%(number)s exporter", "%(number)s exporters", sent["firms"]) % {"number": quantity(sent["firms"])}
    return [
        Fact("cal", _("Known here"), _tell_since(min(days, default=None))),
        Fact("chat", _("Has asked"), asked if sent["firms"] else _("Nobody yet")),
    ]


def _tell_since(since: datetime | None) -> str:
    if since is None:
        return ""
    day = {"day": date_format(timezone.localtime(since), "j M Y")}
    return _("Since %(day)s") % day if is_known(since, now=timezone.now()) else _("New, since %(day)s") % day


def _tell_deals(addresses: Sequence[str]) -> str:
    """Of threads that the buyer began: what exporters enter themselves says nothing of a buyer."""
    rows = Deal.objects.counted().exclude(origin=Origin.OWN_BUYER).filter(quotation__inquiry__buyer_email__in=addresses)
    confirmed = Q(stage=DealStage.CONFIRMED) & ~Q(level=ValueLevel.DECLARED)
    number = rows.aggregate(agreed=Count("pk"), confirmed=Count("pk", filter=confirmed))
    if not number["agreed"]:
        return _("None yet")
    values = {"agreed": quantity(number["agreed"]), "confirmed": quantity(number["confirmed"])}
    return (
        ngettext(
            "%(agreed)s agreed, %(confirmed)s confirmed", "%(agreed)s agreed, %(confirmed)s confirmed", number["agreed"]
        )
        % values
    )
