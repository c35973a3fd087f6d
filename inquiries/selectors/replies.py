"""How fast companies answer, as buyers see it: in the catalogue's filters, on the storefront, beside the form."""

from collections.abc import Collection, Mapping, Sequence

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from inquiries.models import Absence, ReplyRecord
from inquiries.rules.clock import MINUTES_OF_RANGES
from storefronts.models import Company
from storefronts.rules import Number

HOUR, DAY = 60, 24 * 60


def read_reply_values(*, company_ids: Collection[int]) -> Mapping[int, Sequence[str]]:
    """The "within" ranges that each company's median falls into; nothing for those with fewer than five answers."""
    records = ReplyRecord.objects.filter(company_id__in=company_ids).exclude(median_minutes=None)
    return {
        company_id: [name for name, most in MINUTES_OF_RANGES.items() if minutes is not None and minutes <= most]
        for company_id, minutes in records.values_list("company_id", "median_minutes")
    }


def find_reply_time(*, company: Company) -> str:
    """As in "5 hours" or "2 days" of working time, rounded up; "" while it is not public."""
    minutes = ReplyRecord.objects.filter(company=company).values_list("median_minutes", flat=True).first()
    return describe_minutes(minutes=minutes) if minutes is not None else ""


def describe_minutes(*, minutes: int) -> str:
    """Working minutes in whole hours, from two working days on in whole days; both rounded up."""
    if minutes <= 2 * DAY:
        hours = max(1, -(-minutes // HOUR))
        return ngettext("%(number)d hour", "%(number)d hours", hours) % {"number": hours}
    days = -(-minutes // DAY)
    return ngettext("%(number)d working day", "%(number)d working days", days) % {"number": days}


def list_public_numbers(*, company: Company) -> Sequence[Number]:
    """What the storefront says of replies. One query."""
    found = find_reply_time(company=company)
    return (
        [Number(_("Usually answers within"), found, _("Median of first answers, working days only"))] if found else []
    )


def find_absence(*, company: Company) -> Absence | None:
    """The absence that runs today."""
    today = timezone.localdate()
    return Absence.objects.filter(company=company, first_day__lte=today, back_on__gt=today).first()
