"""Firms that did not say whether their prices are still right, with what an officer needs to call them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Exists, Min, OuterRef, Prefetch, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from core.errors import NotFound
from core.tables import CellValue
from listings.models import Listing, PriceCall
from listings.registry import list_firm_links
from storefronts.choices import ChannelKind
from storefronts.models import Company, ContactChannel

PHONES = (ChannelKind.PHONE, ChannelKind.WHATSAPP)


@dataclass(frozen=True)
class SilentFirm:
    """A firm of the list. `since` is the day from which buyers read no price of its first product; `calls` the last one first."""

    id: int
    name: str
    place: str
    contact: str
    phones: Sequence[str]
    since: date
    number: int
    calls: Sequence[PriceCall]
    url: str
    links: Sequence[tuple[str, str]]

    @property
    def last_call(self) -> PriceCall | None:
        return self.calls[0] if self.calls else None


def list_silent_companies(*, now: datetime) -> QuerySet[Company]:
    """Public firms with prices on request because nobody answered, the longest silent first; those who promised to answer are left out.

    Each has `since` and `number`, the count of its products.
    """
    hidden = Listing.objects.with_shown_prices().without_waiting_change().exclude(prices_hidden_on=None)
    ids = hidden.order_by().values("pk")
    promised = PriceCall.objects.promising_at(now).filter(company=OuterRef("pk"))
    wanted = Q(listings__in=ids)
    firms = Company.objects.public().exclude(Exists(promised)).annotate(
        since=Min("listings__prices_hidden_on", filter=wanted), number=Count("listings", filter=wanted, distinct=True)
    )  # fmt: skip
    return firms.filter(number__gt=0).order_by("since", "legal_name", "pk")


def count_silent_firms() -> int:
    """How many wait for a call, for the officers' menu."""
    return list_silent_companies(now=timezone.now()).count()


def with_call_facts(*, firms: QuerySet[Company]) -> QuerySet[Company]:
    """What a row shows, in two queries more for any number of firms."""
    phones = ContactChannel.objects.filter(kind__in=PHONES).order_by("kind", "pk")
    calls = PriceCall.objects.select_related("officer")
    return firms.select_related("agency_facts").prefetch_related(
        Prefetch("channels", queryset=phones), Prefetch("price_calls", queryset=calls)
    )


def describe_firm(*, company: Company) -> SilentFirm:
    """A row of the list; reads what `with_call_facts` brought."""
    facts = getattr(company, "agency_facts", None)
    links = [(_(link.label), reverse(link.url_name, args=[company.pk])) for link in list_firm_links()]
    return SilentFirm(
        id=company.pk, name=company.legal_name, place=company.city, contact=facts.contact_name if facts else "",
        phones=list(dict.fromkeys(channel.value for channel in company.channels.all())),
        since=company.since, number=company.number,  # type: ignore[attr-defined]  # annotated by list_silent_companies
        calls=list(company.price_calls.all()),
        url=reverse("admin:storefronts_company_change", args=[company.pk]), links=links,
    )  # fmt: skip


def get_called_firm(*, officer: User, company_id: int) -> Company:
    """A firm in any state, for officers; raises NotFound for everybody else."""
    company = Company.objects.filter(pk=company_id).first() if officer.is_officer else None
    if company is None:
        raise NotFound
    return company


def list_table_rows(*, firms: QuerySet[Company]) -> Iterator[Sequence[CellValue]]:
    """The list as a table with its headings."""
    yield [
        _("Firm"), _("Place"), _("Contact"), _("Phone"), _("Silent since"), _("Products"), _("Last call"), _("What came of it"), _("Note"),
    ]  # fmt: skip
    for company in firms:
        firm = describe_firm(company=company)
        call = firm.last_call
        told = (
            (timezone.localdate(call.called_at), str(call.get_outcome_display()), call.note) if call else (None, "", "")
        )
        phones = ", ".join(firm.phones)
        yield [firm.name, firm.place, firm.contact, phones, firm.since, firm.number, *told]
