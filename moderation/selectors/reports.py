"""Reports: what can be reported, what officers read of it, and who has a tie to it."""

from typing import Any

from django.db.models import QuerySet

from core.errors import NotFound
from moderation.models import Case, Decision, Report
from moderation.registry import Reportable, get_reportable
from moderation.rules import Comparison, Party, Reported
from moderation.selectors.appeals import find_appeal_address

REPORT_KIND = "report"


def get_reported(*, kind: str, subject_id: int) -> Reported:
    """What somebody wants to report, while it is public; NotFound for everything else."""
    found = get_reportable(kind).find_public(subject_id=subject_id)
    if found is None:
        raise NotFound
    return found


def name_subject(*, kind: str, subject_id: int) -> str:
    """How a case of a report names its subject: "listing:12"."""
    return f"{kind}:{subject_id}"


def find_subject(*, case: Case) -> tuple[Reportable, int]:
    """Who knows the subject of a report's case, and its number."""
    kind, _colon, number = case.subject_id.partition(":")
    return get_reportable(kind), int(number)


def list_reports(*, case: Case) -> QuerySet[Report]:
    """All reports that a case is about, oldest first; an appeal is about those of the first decision."""
    appeal = case.find_appeal()
    cases = [case.pk, *([appeal.decision.case_id] if appeal else [])]
    return Report.objects.filter(case__in=cases).select_related("reporter")


def find_report_appeal_address(*, kind: str, subject_id: int) -> str:
    """Where a company appeals that this was taken off the market; "" when it cannot, or an appeal waits."""
    subject = name_subject(kind=kind, subject_id=subject_id)
    decisions = Decision.objects.select_related("case").filter(case__kind=REPORT_KIND, case__subject_id=subject)
    return find_appeal_address(decision=decisions.filter(undone_at=None).first())


def compare_report(*, case: Case) -> Comparison:
    """The case page's links: a report proposes no change, so there are no rows."""
    reportable, subject_id = find_subject(case=case)
    found = reportable.find_public(subject_id=subject_id)
    return Comparison(rows=(), public_url=found.url if found else "")


def get_report_record_url(*, case: Case) -> str:
    """The record page of what was reported."""
    reportable, subject_id = find_subject(case=case)
    return reportable.describe(subject_id=subject_id).record_url


def find_report_party(*, case: Case, person: Any) -> Party | None:
    """What somebody is to the company that was reported."""
    reportable, subject_id = find_subject(case=case)
    return reportable.find_party(subject_id=subject_id, person=person)


def find_reported_company_id(*, case: Case) -> int | None:
    """The company that was reported, or whose product was."""
    reportable, subject_id = find_subject(case=case)
    return reportable.find_company_id(subject_id=subject_id) if reportable.find_company_id else None


def is_own_report(*, case: Case, officer: Any) -> bool:
    """The officer belongs to the reported company, or wrote one of the reports."""
    own = Report.objects.filter(case__kind=REPORT_KIND, case__subject_id=case.subject_id, reporter=officer)
    return find_report_party(case=case, person=officer) is not None or own.exists()


def is_still_out(*, decision: Decision) -> bool:
    """What a report took off the market is off it still."""
    reportable, subject_id = find_subject(case=decision.case)
    return reportable.is_out(subject_id=subject_id)
