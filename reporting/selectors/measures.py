"""What is counted in a period: for each measure the rows themselves, so that a figure and its rows cannot differ."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from inquiries.choices import ConfirmedVia, ValueLevel
from inquiries.models import Deal, Inquiry, InquiryQuerySet, Quotation
from listings.models import Listing
from reporting.choices import Measure
from reporting.models import SupportAct
from reporting.rules import Period
from reporting.selectors.firms import list_firms
from storefronts.models import Company


def begin_of(*, day: date) -> datetime:
    """The first moment of a day in the agency's time zone."""
    return timezone.make_aware(datetime.combine(day, time()))


def list_measured(*, measure: str, period: Period) -> QuerySet[Any]:
    """The rows behind a figure, of all firms. What is public or live is so today; everything else lies in the period."""
    begin, end = begin_of(day=period.first), begin_of(day=period.last + timedelta(days=1))
    lists: dict[str, Callable[[], QuerySet[Any]]] = {
        Measure.JOINED: lambda: list_firms().filter(joined_at__gte=begin, joined_at__lt=end),
        Measure.PUBLIC: lambda: list_firms().filter(pk__in=Company.objects.public().values("pk")),
        Measure.LIVE: Listing.objects.live,
        Measure.PUBLISHED: lambda: Listing.objects.filter(first_live_at__gte=begin, first_live_at__lt=end),
        Measure.INQUIRIES: lambda: _list_received(begin, end),
        Measure.IN_TIME: lambda: _list_received(begin, end).answered_in_time(),
        Measure.QUOTED: lambda: Quotation.objects.filter(
            versions__number=1, versions__sent_at__gte=begin, versions__sent_at__lt=end
        ),
        Measure.DEALS: lambda: Deal.objects.counted().filter(agreed_at__gte=begin, agreed_at__lt=end),
        Measure.CONFIRMED: lambda: _list_confirmed(begin, end),
        Measure.SUPPORT: lambda: SupportAct.objects.standing().given_in(period),
    }
    return lists[measure]()


def get_firm_path(*, measure: str) -> str:
    """How the rows of a measure name their firm."""
    return "pk" if measure in {Measure.JOINED, Measure.PUBLIC} else "company_id"


def _list_received(begin: datetime, end: datetime) -> InquiryQuerySet:
    """Inquiries whose buyers sent them in the period: then the response clock begins."""
    return Inquiry.objects.confirmed().asked().filter(confirmed_at__gte=begin, confirmed_at__lt=end)


def _list_confirmed(begin: datetime, end: datetime) -> QuerySet[Any]:
    """Deals whose value the buyer has confirmed in the period.

    A link that the exporter handed on confirms none, nor does one of its own addresses, nor a value far from the agreed one: those stay declared.
    """
    confirmed = Deal.objects.counted().filter(confirmed_at__gte=begin, confirmed_at__lt=end)
    return confirmed.exclude(confirmed_via=ConfirmedVia.HANDED).exclude(level=ValueLevel.DECLARED)
