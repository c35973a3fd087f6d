"""Companies against which a severe report waits for an officer."""

from listings.models import Listing
from moderation.choices import CaseState, ReportReason
from moderation.models import Report
from moderation.selectors.reports import REPORT_KIND

SEVERE = (ReportReason.FRAUD, ReportReason.GOODS)
"""Fraud, and forbidden or dangerous goods: nobody is sent to such a firm before an officer has looked."""


def list_doubted_companies() -> set[int]:
    """Their numbers, be the storefront or one of the products reported. Two queries at most."""
    rows = Report.objects.filter(reason__in=SEVERE, case__kind=REPORT_KIND, case__state=CaseState.OPEN)
    named = [
        subject.partition(":") for subject in rows.order_by().values_list("case__subject_id", flat=True).distinct()
    ]
    doubted = {int(number) for kind, _colon, number in named if kind == "exporter"}
    products = [int(number) for kind, _colon, number in named if kind == "product"]
    if products:
        doubted |= set(Listing.objects.filter(pk__in=products).values_list("company_id", flat=True))
    return doubted
