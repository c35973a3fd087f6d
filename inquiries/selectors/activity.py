"""Which inquiries and quotations the audit of a company is about, and how they are called; never who asked."""

from collections.abc import Sequence

from inquiries.models import Inquiry, Quotation

MOST = 1000


def list_subject_ids(*, company_id: int) -> list[str]:
    """The keys of the company's liveliest inquiries, as the audit writes them (engines write UUIDs in different ways, so no subquery)."""
    rows = Inquiry.objects.of_company(company_id).order_by("-last_message_at").values_list("pk", flat=True)
    return [str(pk) for pk in rows[:MOST]]


def name_subjects(*, subject_ids: Sequence[str]) -> dict[str, str]:
    """Key to the product's or company's name as it was when it was asked."""
    rows = Inquiry.objects.filter(pk__in=subject_ids).order_by().values_list("pk", "subject")
    return {str(pk): subject for pk, subject in rows}


def list_quotation_ids(*, company_id: int) -> list[str]:
    """The keys of the company's liveliest quotations, as the audit writes them."""
    rows = Quotation.objects.filter(company_id=company_id).order_by("-changed_at").values_list("pk", flat=True)
    return [str(pk) for pk in rows[:MOST]]


def name_quotations(*, subject_ids: Sequence[str]) -> dict[str, str]:
    """Key to number."""
    rows = Quotation.objects.filter(pk__in=subject_ids).order_by().values_list("pk", "number")
    return {str(pk): number for pk, number in rows}
